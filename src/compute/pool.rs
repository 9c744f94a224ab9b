//! A workload in a pool of threads, which computes it once for each job that the page sends.

use super::pool_thread::{PoolWork, ThreadShare};
use super::stage_pool::StagePool;
use crate::browser::clock::BrowserClock;
use crate::browser::shared_words::SharedWords;
use crate::failure::{Failure, Result};
use crate::measure::recorder::Recorder;
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::protocol::{GilRules, JobTimes};
use crate::sync::gil::Gil;
use crate::sync::job_channel::JobReceiver;
use crate::sync::task_queue::TaskQueue;
use crate::sync::task_words::TaskWords;
use crate::sync::team::Team;
use crate::workloads::Workload;
use std::cell::Cell;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// A pool with a workload ready.
pub struct PreparedPool {
    workload: Arc<Workload>,
    /// Shared by all threads: nothing of it moves.
    input: Arc<Vec<u8>>,
    merged: Vec<u8>,
    log: PoolLog,
}

/// What was noted since it was last collected.
struct PoolLog {
    /// Whether to note who does what when.
    spans: bool,
    coordinator: Vec<Span>,
    threads: Vec<Vec<Span>>,
    jobs: Vec<JobTimes>,
}

/// How the threads of a pool share the tasks of a job.
pub struct Rules {
    /// Tasks that a thread takes at a time.
    pub chunk_size: usize,
    /// The lock that only its holder may compute under, where there is one.
    pub gil: Option<GilRules>,
    /// Anything but 0 once nobody wants the tasks any more.
    pub stop: &'static AtomicU32,
    /// Where threads say which task they are at.
    pub tasks: TaskWords<'static>,
}

/// What the pool's threads share while it receives jobs.
struct Shared<'a> {
    work: PoolWork<'a>,
    /// Its jobs are known by when they were received, in ms.
    team: Team<f64>,
    /// What each thread did of the job, with its number.
    shares: Mutex<Vec<(usize, Result<ThreadShare>)>>,
}

impl PreparedPool {
    /// A pool of so many threads, for `workload` with its static data.
    pub fn new(workload: Workload, input: Vec<u8>, threads: usize, spans: bool) -> Self {
        let threads = vec![Vec::new(); threads];
        let log = PoolLog { spans, coordinator: Vec::new(), threads, jobs: Vec::new() };
        let (workload, input) = (Arc::new(workload), Arc::new(input));
        Self { workload, input, merged: Vec::new(), log }
    }

    /// The same workload for a pool whose threads are stages of a pipeline, which `stop` stops.
    pub fn as_stages(&self, stop: &'static AtomicU32) -> StagePool {
        StagePool::new(self.workload.clone(), self.input.clone(), self.log.spans, stop)
    }

    /// Computes everything for each job, and calls `finished` after each, until there are no more.
    /// The threads are there for all of them.
    ///
    /// # Errors
    /// Whatever a job failed with; no more are received then.
    pub fn serve(
        &mut self,
        mut jobs: JobReceiver<SharedWords>,
        rules: &Rules,
        finished: impl Fn(),
    ) -> Result<()> {
        let Self { workload, input, merged, log } = self;
        let (kernel, threads) = (workload.kernel(), log.threads.len());
        let &Rules { chunk_size, gil, stop, tasks } = rules;
        let queue = TaskQueue::new(kernel.task_count(), threads, chunk_size, stop);
        let lock =
            gil.map(|rules| Gil::new(Duration::from_micros(rules.switch_interval_us.into()), stop));
        let work = PoolWork {
            kernel,
            input,
            queue: &queue,
            faults: workload.faults().map(|faults| (faults, tasks)),
            gil: lock.as_ref(),
            release_in_native: gil.is_some_and(|rules| rules.release_in_native),
            spans: log.spans,
        };
        let shared = Shared { work, team: Team::default(), shares: Mutex::default() };
        shared.with_threads(threads, |wake| {
            while jobs.receive() {
                // What was there before goes first: it may be as large.
                *merged = Vec::new();
                *merged = shared.compute(log, wake)?;
                jobs.finish();
                finished();
            }
            Ok(())
        })
    }

    /// The bytes that the last job came to, and its workload.
    pub fn merged(&self) -> (&Workload, &[u8]) {
        (&self.workload, &self.merged)
    }

    /// Who did what since this was last asked, and when it had each job.
    pub fn collect(&mut self) -> (Vec<Lane>, Vec<JobTimes>) {
        let PoolLog { coordinator, threads, jobs, .. } = &mut self.log;
        let coordinator = Lane::new(LaneKind::Coordinator, 1, std::mem::take(coordinator));
        let threads = (1..).zip(threads.iter_mut().map(std::mem::take));
        let threads = threads.map(|(number, spans)| Lane::new(LaneKind::Thread, number, spans));
        (std::iter::once(coordinator).chain(threads).collect(), std::mem::take(jobs))
    }
}

impl Shared<'_> {
    /// Does `lead` while the other threads of a pool of so many help, from when it calls what it is
    /// given. This thread is the first of them: if it only waited, it would want a core that the pool
    /// is at.
    fn with_threads<T>(&self, threads: usize, lead: impl FnOnce(&dyn Fn()) -> T) -> T {
        if threads <= 1 {
            return lead(&|| ());
        }
        rayon::in_place_scope(|scope| {
            let is_woken = Cell::new(false);
            let led = lead(&|| {
                if !is_woken.replace(true) {
                    scope.spawn_broadcast(|_, context| {
                        let number = 1 + context.index();
                        self.team.serve(|begun_ms| self.do_share(number, begun_ms));
                    });
                }
            });
            self.team.dismiss();
            led
        })
    }

    fn do_share(&self, number: usize, begun_ms: f64) {
        let share = self.work.do_share(number, begun_ms);
        self.shares.lock().unwrap_or_else(PoisonError::into_inner).push((number, share));
    }

    /// Computes everything with all threads that are awake in time, and merges it here.
    fn compute(&self, log: &mut PoolLog, wake: &dyn Fn()) -> Result<Vec<u8>> {
        let PoolWork { kernel, queue, .. } = self.work;
        let mut own = Recorder::new(BrowserClock, log.spans, 2);
        let begun_ms = own.now_ms();
        queue.restart();
        if queue.chunks() > 1 {
            self.team.open(begun_ms);
            // For the first job: threads that sleep until then find cores that are free.
            wake();
        }
        self.do_share(0, begun_ms);
        self.team.close();
        // Meanwhile its own lane had nothing to do: it was the first thread.
        let gathered_ms = own.since(Phase::Idle, None, begun_ms);
        if queue.is_stopped() {
            return Err(Failure::cancelled());
        }
        let mut parts = vec![Vec::new(); kernel.task_count()];
        let mut idle_from_ms = vec![begun_ms; log.threads.len()];
        let shares = &mut *self.shares.lock().unwrap_or_else(PoisonError::into_inner);
        for (number, share) in shares.drain(..) {
            let share = share?;
            if let Some(last) = share.spans.last() {
                idle_from_ms[number] = last.end_ms;
            }
            log.threads[number].extend(share.spans);
            for (task, part) in share.parts {
                parts[task] = part;
            }
        }
        let merged = kernel.merge(parts)?;
        if log.spans {
            for (lane, from_ms) in log.threads.iter_mut().zip(idle_from_ms) {
                lane.push(Span::new(Phase::Idle, None, from_ms, gathered_ms));
            }
            let done_ms = own.since(Phase::Merge, None, gathered_ms);
            log.jobs.push(JobTimes { received_ms: begun_ms, done_ms });
            log.coordinator.extend(own.into_spans());
        }
        Ok(merged)
    }
}
