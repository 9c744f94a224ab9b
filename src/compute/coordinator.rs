//! The coordinator of a thread pool: it owns the memory that the threads share, is the
//! first of them, and waits for the others so that the page need not.

use super::pool_thread::PoolWork;
use super::reply::{reply, run_of};
use crate::browser::clock::BrowserClock;
use crate::browser::worker_scope::Received;
use crate::failure::{Failure, Result, WorkerProblem};
use crate::measure::recorder::Recorder;
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::protocol::{self, FromWorker, GilRules, RunId, Supply, ToWorker};
use crate::sync::gil::Gil;
use crate::sync::task_queue::TaskQueue;
use crate::workloads::Workload;
use std::sync::OnceLock;
use std::sync::atomic::AtomicU32;
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
}

struct PreparedPool {
    workload: Workload,
    /// Shared by all threads: nothing of it moves.
    input: Vec<u8>,
    merged: Vec<u8>,
    /// Whether to note who does what when.
    spans: bool,
    /// What was noted since it was last collected.
    own: Vec<Span>,
    threads: Vec<Vec<Span>>,
}

impl Coordinator {
    /// The coordinator of so many threads, of which rayon has all but the first.
    pub fn new(threads: usize) -> Self {
        Self { threads, prepared: None }
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
                    (_, [all]) => all.to_vec()?,
                    _ => return Err(not_ready()),
                };
                let threads = vec![Vec::new(); self.threads];
                let (merged, own) = (Vec::new(), Vec::new());
                self.prepared = Some(PreparedPool { workload, input, merged, spans, own, threads });
                reply(&FromWorker::Prepared { run });
            }
            ToWorker::AskTime { .. } => {
                reply(&FromWorker::Time { run, received_ms });
            }
            ToWorker::All { chunk_size, gil, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                prepared.compute(chunk_size as usize, gil, received_ms)?;
                reply(&FromWorker::Finished { run, received_ms });
            }
            ToWorker::Collect { with_merged, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                let lanes = prepared.lanes();
                let PreparedPool { workload, merged, .. } = prepared;
                let collected = FromWorker::Collected {
                    run,
                    answer: workload.answer(merged),
                    merged: if with_merged { merged } else { &[] },
                    lanes,
                };
                reply(&collected);
            }
            ToWorker::Tasks { .. } | ToWorker::Calibrate { .. } => return Err(not_ready()),
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
        chunk_size: usize,
        gil: Option<GilRules>,
        received_ms: f64,
    ) -> Result<()> {
        let kernel = self.workload.kernel();
        let (tasks, spans) = (kernel.task_count(), self.spans);
        let queue = TaskQueue::new(tasks, self.threads.len(), chunk_size, &STOP);
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
        let shares = on_every_thread(self.threads.len(), |number| work.do_share(number));
        // Meanwhile its own lane had nothing to do: it was the first thread.
        let gathered_ms = own.since(Phase::Idle, None, begun_ms);
        if queue.is_stopped() {
            return Err(Failure::cancelled());
        }
        let mut parts = vec![Vec::new(); tasks];
        for (share, lane) in shares.into_iter().zip(&mut self.threads) {
            let share = share?;
            let done_ms = share.spans.last().map_or(begun_ms, |span| span.end_ms);
            lane.extend(share.spans);
            if spans {
                lane.push(Span::new(Phase::Idle, None, done_ms, gathered_ms));
            }
            for (task, part) in share.parts {
                parts[task] = part;
            }
        }
        // What was there before goes first: it may be as large.
        self.merged = Vec::new();
        self.merged = kernel.merge(parts)?;
        own.since(Phase::Merge, None, gathered_ms);
        self.own.extend(own.into_spans());
        Ok(())
    }

    /// What was noted since this was last asked.
    fn lanes(&mut self) -> Vec<Lane> {
        let own = Lane::new(LaneKind::Coordinator, 1, std::mem::take(&mut self.own));
        let threads = self.threads.iter_mut().map(std::mem::take);
        let threads = (1..).zip(threads);
        let threads = threads.map(|(number, spans)| Lane::new(LaneKind::Thread, number, spans));
        std::iter::once(own).chain(threads).collect()
    }
}

fn not_ready() -> Failure {
    WorkerProblem::NotPrepared.into()
}
