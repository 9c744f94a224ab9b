//! The coordinator of a thread pool: it owns the memory that the threads share, is the
//! first of them, and waits for the others so that the page need not.

use super::pool_thread::PoolWork;
use super::reply::{reply, run_of};
use super::stages::{Item, Stages, StagesEnd};
use crate::browser::clock::BrowserClock;
use crate::browser::worker_scope::Received;
use crate::failure::{Failure, Result, WorkerProblem};
use crate::measure::queue_depth::QueueDepth;
use crate::measure::recorder::Recorder;
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::protocol::{self, FromWorker, GilRules, RunId, Supply, ToWorker};
use crate::sync::gil::Gil;
use crate::sync::task_queue::TaskQueue;
use crate::workloads::Workload;
use std::sync::atomic::AtomicU32;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

/// Set by the page, which shares this memory, when it wants no more of a run. A
/// browser takes seconds to end workers that are busy; those that look at this end
/// after the task they are at.
pub static STOP: AtomicU32 = AtomicU32::new(0);

/// What a coordinator knows between messages.
pub struct Coordinator {
    /// Threads of its pool, itself among them; the others are rayon's.
    threads: usize,
    prepared: Option<PreparedPool>,
    /// The stages of a pipeline that its threads are at.
    stages: Option<Stages>,
}

struct PreparedPool {
    workload: Arc<Workload>,
    /// Shared by all threads: nothing of it moves.
    input: Arc<Vec<u8>>,
    /// What the last computation came to; `None` where its tasks were computed elsewhere.
    merged: Option<Vec<u8>>,
    /// Whether to note who does what when.
    spans: bool,
    /// What was noted since it was last collected.
    own: Vec<Span>,
    threads: Vec<Lane>,
    queue: Option<QueueDepth>,
}

impl Coordinator {
    /// The coordinator of so many threads, of which rayon has all but the first.
    pub fn new(threads: usize) -> Self {
        Self { threads, prepared: None, stages: None }
    }

    /// Handles one message and answers it. `named` becomes the run it names.
    ///
    /// # Errors
    /// Whatever keeps the message from being answered as it wants to be.
    pub fn handle(&mut self, received: &Received, named: &mut Option<RunId>) -> Result<()> {
        let received_ms = received.at_ms;
        let (message, _) = protocol::decode::<ToWorker>(&received.bytes)?;
        let run = run_of(&message);
        *named = Some(run);
        match message {
            ToWorker::Prepare { workload, supply, spans, .. } => {
                // What was there before goes first: it may be as large.
                self.prepared = None;
                let input = match (supply, received.buffers.as_slice()) {
                    (Supply::Own, _) => workload.input(None)?,
                    // Its threads compute nothing.
                    (Supply::WithTasks, _) => Vec::new(),
                    (_, [all]) => all.to_vec()?,
                    _ => return Err(not_ready()),
                };
                self.prepared = Some(PreparedPool {
                    workload: Arc::new(workload),
                    input: Arc::new(input),
                    merged: None,
                    spans,
                    own: Vec::new(),
                    threads: Vec::new(),
                    queue: None,
                });
                reply(&FromWorker::Prepared { run });
            }
            ToWorker::AskTime { .. } => {
                reply(&FromWorker::Time { run, received_ms });
            }
            ToWorker::All { chunk_size, gil, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                prepared.compute(self.threads, chunk_size as usize, gil, received_ms)?;
                reply(&FromWorker::Finished { run, received_ms });
            }
            ToWorker::Collect { with_merged, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                let lanes = prepared.lanes();
                let PreparedPool { workload, merged, .. } = prepared;
                let collected = FromWorker::Collected {
                    run,
                    answer: merged.as_ref().map(|merged| workload.answer(merged)),
                    merged: merged.as_deref().filter(|_| with_merged).unwrap_or_default(),
                    lanes,
                };
                reply(&collected);
            }
            ToWorker::BeginStages { plan, .. } => {
                let prepared = self.prepared.as_ref().ok_or_else(not_ready)?;
                let PreparedPool { workload, input, spans, .. } = prepared;
                let (workload, input) = (workload.clone(), input.clone());
                self.stages = Some(Stages::begin(plan, workload, input, *spans, &STOP));
                reply(&FromWorker::StagesBegun { run });
            }
            ToWorker::PutItem { task, body, .. } => {
                let stages = self.stages.as_ref().ok_or_else(not_ready)?;
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                let mut own = Recorder::new(BrowserClock, prepared.spans, 2);
                let read_ms = own.since(Phase::Deserialize, task, received_ms);
                stages.put(Item { task: task as usize, body })?;
                let put_ms = own.since(Phase::QueueWait, task, read_ms);
                prepared.own.extend(own.into_spans());
                reply(&FromWorker::ItemPut { run, received_ms, put_ms });
            }
            ToWorker::TakeItem { .. } => {
                let stages = self.stages.as_ref().ok_or_else(not_ready)?;
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                let mut own = Recorder::new(BrowserClock, prepared.spans, 2);
                let item = stages.take();
                let (task, body) = item.map_or((None, Vec::new()), |it| (Some(it.task), it.body));
                let task = task.map(|task| task as u32);
                let taken_ms = own.since(Phase::QueueWait, task, received_ms);
                reply(&FromWorker::ItemTaken { run, taken_ms, task, body: &body });
                own.since(Phase::Serialize, task, taken_ms);
                prepared.own.extend(own.into_spans());
            }
            ToWorker::EndStages { .. } => {
                let stages = self.stages.take().ok_or_else(not_ready)?;
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                prepared.end_stages(stages)?;
                reply(&FromWorker::Finished { run, received_ms });
            }
            ToWorker::Tasks { .. } | ToWorker::Item { .. } | ToWorker::Calibrate { .. } => {
                return Err(not_ready());
            }
        }
        Ok(())
    }
}

/// Has each of so many threads `work`, this one among them, and waits for all. Each is told its
/// number. Gives what each came to, this one's first.
///
/// This thread takes part, as whoever only waited would have to be woken at the end, and
/// would want a core that the pool is at.
fn on_every_thread<T: Send + Sync>(threads: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    if threads <= 1 {
        return vec![work(0)];
    }
    let others: Vec<_> = (1..threads).map(|_| OnceLock::new()).collect();
    let own = rayon::in_place_scope(|scope| {
        scope.spawn_broadcast(|_, context| {
            if let Some(other) = others.get(context.index()) {
                // Each thread is asked once, and has a place of its own.
                let _ = other.set(work(1 + context.index()));
            }
        });
        work(0)
    });
    std::iter::once(own).chain(others.into_iter().filter_map(OnceLock::into_inner)).collect()
}

impl PreparedPool {
    /// Computes everything in the pool, and merges it here.
    fn compute(
        &mut self,
        threads: usize,
        chunk_size: usize,
        gil: Option<GilRules>,
        received_ms: f64,
    ) -> Result<()> {
        let kernel = self.workload.kernel();
        let (tasks, spans) = (kernel.task_count(), self.spans);
        let queue = TaskQueue::new(tasks, threads, chunk_size, &STOP);
        let lock = gil
            .map(|rules| Gil::new(Duration::from_micros(rules.switch_interval_us.into()), &STOP));
        let mut own = Recorder::new(BrowserClock, spans, 3);
        let begun_ms = own.since(Phase::Deserialize, None, received_ms);
        let work = PoolWork {
            kernel,
            input: &self.input,
            queue: &queue,
            gil: lock.as_ref(),
            release_in_native: gil.is_some_and(|rules| rules.release_in_native),
            spans,
            begun_ms,
        };
        let shares = on_every_thread(threads, |number| work.do_share(number));
        // Meanwhile its own lane had nothing to do: it was the first thread.
        let gathered_ms = own.since(Phase::Idle, None, begun_ms);
        if queue.is_stopped() {
            return Err(Failure::cancelled());
        }
        let mut parts = vec![Vec::new(); tasks];
        let mut lanes = Vec::with_capacity(threads);
        for (share, number) in shares.into_iter().zip(1..) {
            let mut share = share?;
            let done_ms = share.spans.last().map_or(begun_ms, |span| span.end_ms);
            if spans {
                share.spans.push(Span::new(Phase::Idle, None, done_ms, gathered_ms));
            }
            lanes.push(Lane::new(LaneKind::Thread, number, share.spans));
            for (task, part) in share.parts {
                parts[task] = part;
            }
        }
        // What was there before goes first: it may be as large.
        self.merged = None;
        self.merged = Some(kernel.merge(parts)?);
        own.since(Phase::Merge, None, gathered_ms);
        self.own.extend(own.into_spans());
        self.add(lanes);
        Ok(())
    }

    /// Waits for the stages, and merges what they computed, if they did.
    fn end_stages(&mut self, stages: Stages) -> Result<()> {
        let computes = stages.plan().cpu_threads > 0;
        let mut own = Recorder::new(BrowserClock, self.spans, 1);
        let StagesEnd { parts, lanes, mut queue } = stages.end()?;
        let gathered_ms = own.now_ms();
        self.merged = None;
        if computes {
            self.merged = Some(self.workload.work().merge(parts)?);
            own.since(Phase::Merge, None, gathered_ms);
        }
        self.own.extend(own.into_spans());
        self.add(lanes);
        if let Some(before) = self.queue.take() {
            queue.changes.splice(0..0, before.changes);
        }
        self.queue = Some(queue);
        Ok(())
    }

    /// Adds what threads did to what was noted of them before.
    fn add(&mut self, lanes: Vec<Lane>) {
        if self.threads.len() != lanes.len() {
            self.threads = lanes;
            return;
        }
        for (lane, more) in self.threads.iter_mut().zip(lanes) {
            lane.spans.extend(more.spans);
        }
    }

    /// What was noted since this was last asked.
    fn lanes(&mut self) -> Vec<Lane> {
        let mut own = Lane::new(LaneKind::Coordinator, 1, std::mem::take(&mut self.own));
        own.queue = self.queue.take();
        std::iter::once(own).chain(std::mem::take(&mut self.threads)).collect()
    }
}

fn not_ready() -> Failure {
    WorkerProblem::NotPrepared.into()
}
