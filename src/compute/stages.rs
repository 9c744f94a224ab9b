//! The stages of a pipeline that a pool's threads are: those that wait for requests, those that
//! compute, or both, with the queue between them in the memory that they share. Where the page is
//! the other stage, the coordinator passes on what it puts and takes.

use super::wait;
use crate::browser::clock::BrowserClock;
use crate::failure::{Failure, Result};
use crate::measure::queue_depth::QueueDepth;
use crate::measure::recorder::Recorder;
use crate::measure::{Clock, Lane, LaneKind, Phase, Span};
use crate::protocol::stages::{Item, StagePlan};
use crate::sync::bounded_queue::BoundedQueue;
use crate::sync::queue_state::QueueState;
use crate::sync::safepoint::Safepoint;
use crate::workloads::Workload;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::{AtomicUsize, Ordering};

/// The stages of one computation, while it goes on.
pub struct Stages {
    shared: Arc<Shared>,
    plan: StagePlan,
}

/// What all threads of the stages know.
struct Shared {
    workload: Arc<Workload>,
    input: Arc<Vec<u8>>,
    queue: BoundedQueue<'static, Item>,
    /// What threads that are done did, each with its number.
    ended: BoundedQueue<'static, (usize, ThreadEnd)>,
    /// The next task to be waited for.
    next: AtomicUsize,
    /// Threads that still wait for requests.
    waiting: AtomicUsize,
    spans: bool,
    begun_ms: f64,
}

/// What one thread did.
struct ThreadEnd {
    parts: Vec<(usize, Vec<u8>)>,
    spans: Vec<Span>,
    /// What the first of its tasks that failed failed with: it fails alone.
    failed: Option<Failure>,
}

/// What all stages did.
pub struct StagesEnd {
    /// What each task came to, where they were computed here.
    pub parts: Vec<Vec<u8>>,
    /// The lanes of their threads, those that wait first.
    pub lanes: Vec<Lane>,
    /// How deep the queue was.
    pub queue: QueueDepth,
}

fn now_ms() -> f64 {
    BrowserClock.now_ms()
}

impl Stages {
    /// Starts the threads of both stages; `stop` ends them.
    pub fn begin(
        plan: StagePlan,
        workload: Arc<Workload>,
        input: Arc<Vec<u8>>,
        spans: bool,
        stop: &'static AtomicU32,
    ) -> Self {
        let tasks = workload.work().task_count();
        let state = match plan.queue_max {
            Some(bound) => QueueState::streaming(bound as usize),
            None => QueueState::holding_back(tasks),
        };
        let (io, all) = (plan.io_threads as usize, (plan.io_threads + plan.cpu_threads) as usize);
        let shared = Arc::new(Shared {
            workload,
            input,
            queue: BoundedQueue::new(state.noting(spans), stop),
            ended: BoundedQueue::new(QueueState::streaming(all).noting(false), stop),
            next: AtomicUsize::new(0),
            waiting: AtomicUsize::new(plan.io_threads as usize),
            spans,
            begun_ms: now_ms(),
        });
        for number in 0..all {
            let shared = shared.clone();
            rayon::spawn(move || {
                let end = if number < io { shared.wait_for_all() } else { shared.compute_all() };
                // There is room for all of them.
                shared.ended.put((number, end), now_ms);
            });
        }
        Self { shared, plan }
    }

    /// Which stages they are.
    pub fn plan(&self) -> StagePlan {
        self.plan
    }

    /// Puts an item into the queue, for a first stage elsewhere.
    ///
    /// # Errors
    /// `Cancelled` where the run is cancelled.
    pub fn put(&self, item: Item) -> Result<()> {
        if self.shared.queue.put(item, now_ms) { Ok(()) } else { Err(Failure::cancelled()) }
    }

    /// Takes the next item from the queue, for a second stage elsewhere; `None` after the last.
    pub fn take(&self) -> Option<Item> {
        self.shared.queue.take(now_ms)
    }

    /// Waits until all threads are done: nothing is put any more by a first stage elsewhere.
    ///
    /// # Errors
    /// What the first task that failed failed with, after all others are done; `Cancelled` where
    /// the run is cancelled.
    pub fn end(self) -> Result<StagesEnd> {
        let Self { shared, plan } = self;
        if plan.io_threads == 0 {
            shared.queue.close();
        }
        let mut parts = vec![Vec::new(); shared.workload.work().task_count()];
        let mut lanes: Vec<_> = (0..plan.io_threads + plan.cpu_threads)
            .map(|number| match number.checked_sub(plan.io_threads) {
                None => Lane::new(LaneKind::IoThread, number as usize + 1, Vec::new()),
                Some(number) => Lane::new(LaneKind::Thread, number as usize + 1, Vec::new()),
            })
            .collect();
        let mut failed = None;
        for _ in 0..lanes.len() {
            let (number, end) = shared.ended.take(now_ms).ok_or_else(Failure::cancelled)?;
            lanes[number].spans = end.spans;
            failed = failed.or(end.failed);
            for (task, part) in end.parts {
                parts[task] = part;
            }
        }
        if shared.queue.is_stopped() {
            return Err(Failure::cancelled());
        }
        let bound = plan.queue_max.unwrap_or(parts.len() as u32);
        let queue = QueueDepth { bound, changes: shared.queue.changes() };
        failed.map_or(Ok(StagesEnd { parts, lanes, queue }), Err)
    }
}

impl Shared {
    /// The first stage: waits for one request after another, and hands on each answer.
    fn wait_for_all(&self) -> ThreadEnd {
        let mut thread = StageThread::begin(self);
        let kernel = self.workload.kernel();
        loop {
            let task = self.next.fetch_add(1, Ordering::Relaxed);
            if task >= kernel.task_count() || self.queue.is_stopped() {
                break;
            }
            match kernel.request(task).map(|request| wait::wait(&request)) {
                Some(Ok(body)) => {
                    thread.note(Phase::IoWait, Some(task));
                    thread.put(Item { task: task as u32, body });
                }
                None => thread.put(Item { task: task as u32, body: Vec::new() }),
                Some(Err(failure)) => thread.failed = thread.failed.or(Some(failure)),
            }
        }
        if self.waiting.fetch_sub(1, Ordering::AcqRel) == 1 {
            self.queue.close();
        }
        thread.end(Vec::new())
    }

    /// The second stage: computes one item after another.
    fn compute_all(&self) -> ThreadEnd {
        let mut thread = StageThread::begin(self);
        let kernel = self.workload.kernel();
        let mut parts = Vec::new();
        while let Some(Item { task, body }) = self.queue.take(now_ms) {
            let task = task as usize;
            thread.note(Phase::QueueWait, Some(task));
            let payload = match kernel.request(task) {
                Some(_) => &body,
                None => &self.input[kernel.payload(task)],
            };
            parts.push((task, kernel.compute(task, payload, Safepoint::never())));
            thread.note(Phase::Compute, Some(task));
        }
        thread.end(parts)
    }
}

/// What a thread of a stage notes.
struct StageThread<'a> {
    shared: &'a Shared,
    recorder: Recorder<BrowserClock>,
    /// When what was noted last had ended, in ms.
    last_ms: f64,
    failed: Option<Failure>,
}

impl<'a> StageThread<'a> {
    fn begin(shared: &'a Shared) -> Self {
        let room = 2 * shared.workload.work().task_count() + 2;
        let recorder = Recorder::new(BrowserClock, shared.spans, room);
        let mut thread = Self { shared, recorder, last_ms: shared.begun_ms, failed: None };
        // Until here its tasks waited for this thread to wake.
        thread.note(Phase::Queue, None);
        thread
    }

    /// Notes a phase that began when the last one ended.
    fn note(&mut self, phase: Phase, task: Option<usize>) {
        let task = task.map(|task| task as u32);
        self.last_ms = self.recorder.since(phase, task, self.last_ms);
    }

    fn put(&mut self, item: Item) {
        let task = item.task as usize;
        // It is refused only once the run is cancelled.
        self.shared.queue.put(item, now_ms);
        self.note(Phase::QueueWait, Some(task));
    }

    fn end(self, parts: Vec<(usize, Vec<u8>)>) -> ThreadEnd {
        ThreadEnd { parts, spans: self.recorder.into_spans(), failed: self.failed }
    }
}
