//! What each thread of a pool does: it takes tasks until there are none left. With a GIL it does
//! everything but waiting as its holder.

use super::{faults, wait};
use crate::browser::clock::BrowserClock;
use crate::failure::{Failure, Result};
use crate::measure::recorder::Recorder;
use crate::measure::{Phase, Span};
use crate::sync::gil::{Acquired, Gil};
use crate::sync::safepoint::Safepoint;
use crate::sync::task_queue::TaskQueue;
use crate::sync::task_words::TaskWords;
use crate::workloads::Kernel;
use crate::workloads::faults::Faults;
use std::cell::{Cell, RefCell};

/// What all threads of a pool work on.
pub struct PoolWork<'a> {
    /// What computes the tasks.
    pub kernel: &'a (dyn Kernel + Send + Sync),
    /// The static data.
    pub input: &'a [u8],
    /// Where the tasks are taken from, one after another. Splitting the range in halves, as rayon's
    /// `par_iter` would, suits work that waits less: half of the waits would be behind others.
    pub queue: &'a TaskQueue<'a>,
    /// The faults that tasks have on purpose, and where threads say which task they are at.
    pub faults: Option<(&'a Faults, TaskWords<'a>)>,
    /// The lock that only its holder may compute under, where there is one.
    pub gil: Option<&'a Gil<'a>>,
    /// Whether the lock is released while a kernel computes.
    pub release_in_native: bool,
    /// Whether to note who does what when.
    pub spans: bool,
}

/// What one thread did.
pub struct ThreadShare {
    /// The tasks that it computed, and what each came to.
    pub parts: Vec<(usize, Vec<u8>)>,
    /// What it did when.
    pub spans: Vec<Span>,
}

impl PoolWork<'_> {
    /// Does what the thread with this number does of a job that began at `begun_ms`.
    ///
    /// # Errors
    /// As [`wait::wait`], of the first request that fails; `Cancelled` where nobody wants the tasks
    /// any more.
    pub fn do_share(&self, number: usize, begun_ms: f64) -> Result<ThreadShare> {
        let room = 2 * self.kernel.task_count() + 2;
        let thread = PoolThread {
            work: self,
            number,
            holds_gil: Cell::new(false),
            recorder: RefCell::new(Recorder::new(BrowserClock, self.spans, room)),
            last_ms: Cell::new(begun_ms),
        };
        // Until here its tasks waited for this thread to wake, or to wake the others.
        thread.note(Phase::Queue, None);
        let parts = thread.take_tasks();
        // Also where it failed: others wait.
        thread.release();
        let parts = parts.inspect_err(|_| self.queue.close())?;
        Ok(ThreadShare { parts, spans: thread.recorder.into_inner().into_spans() })
    }
}

struct PoolThread<'a> {
    work: &'a PoolWork<'a>,
    number: usize,
    holds_gil: Cell<bool>,
    recorder: RefCell<Recorder<BrowserClock>>,
    /// When what was noted last had ended, in ms.
    last_ms: Cell<f64>,
}

impl PoolThread<'_> {
    fn take_tasks(&self) -> Result<Vec<(usize, Vec<u8>)>> {
        let mut parts = Vec::new();
        self.acquire(None)?;
        while let Some(chunk) = self.work.queue.take() {
            for task in chunk {
                parts.push((task, self.compute(task)?));
            }
        }
        Ok(parts)
    }

    fn compute(&self, task: usize) -> Result<Vec<u8>> {
        let PoolWork { kernel, input, .. } = *self.work;
        let Some(request) = kernel.request(task) else {
            return self.run_kernel(task, &input[kernel.payload(task)]);
        };
        self.release();
        let body = wait::wait(&request)?;
        self.note(Phase::IoWait, Some(task));
        self.acquire(Some(task))?;
        self.run_kernel(task, &body)
    }

    fn run_kernel(&self, task: usize, payload: &[u8]) -> Result<Vec<u8>> {
        let Some((faults, tasks)) = self.work.faults else {
            return self.run_kernel_unwatched(task, payload);
        };
        tasks.begin(self.number, task);
        faults::happen_in_thread(faults, task);
        let part = self.run_kernel_unwatched(task, payload);
        tasks.end(self.number);
        part
    }

    fn run_kernel_unwatched(&self, task: usize, payload: &[u8]) -> Result<Vec<u8>> {
        let kernel = self.work.kernel;
        let part = match self.work.gil {
            None => kernel.compute(task, payload, Safepoint::never()),
            Some(_) if self.work.release_in_native => {
                self.release();
                let part = kernel.compute(task, payload, Safepoint::never());
                self.note(Phase::Compute, Some(task));
                return self.acquire(Some(task)).map(|()| part);
            }
            Some(gil) => {
                let hand_over = || self.hand_over(gil, task);
                kernel.compute(task, payload, Safepoint::new(gil.drop_request(), &hand_over))
            }
        };
        self.note(Phase::Compute, Some(task));
        // While it had to hand over, it was told to stop.
        if self.work.gil.is_some() && !self.holds_gil.get() {
            return Err(Failure::cancelled());
        }
        Ok(part)
    }

    /// Notes a phase that began when the last one ended.
    fn note(&self, phase: Phase, task: Option<usize>) {
        let task = task.map(|task| task as u32);
        self.last_ms.set(self.recorder.borrow_mut().since(phase, task, self.last_ms.get()));
    }

    fn acquire(&self, task: Option<usize>) -> Result<()> {
        let Some(gil) = self.work.gil else { return Ok(()) };
        self.acquired(gil.acquire(self.number), task);
        if self.holds_gil.get() { Ok(()) } else { Err(Failure::cancelled()) }
    }

    fn release(&self) {
        if let Some(gil) = self.work.gil.filter(|_| self.holds_gil.replace(false)) {
            gil.release();
        }
    }

    /// Lets another thread have the lock, in the middle of a task.
    fn hand_over(&self, gil: &Gil, task: usize) {
        if self.holds_gil.get() {
            self.note(Phase::Compute, Some(task));
            // While it waits for the lock it runs nothing.
            let tasks = self.work.faults.map(|(_, tasks)| tasks);
            tasks.inspect(|tasks| tasks.end(self.number));
            self.acquired(gil.hand_over(self.number), Some(task));
            tasks.inspect(|tasks| tasks.begin(self.number, task));
        }
    }

    fn acquired(&self, how: Acquired, task: Option<usize>) {
        self.holds_gil.set(how != Acquired::Stopped);
        if how != Acquired::AtOnce {
            self.note(Phase::LockWait, task);
        }
    }
}
