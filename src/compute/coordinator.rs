//! The coordinator of a thread pool: it owns the memory that the threads share,
//! and waits for them so that the page need not.

use super::{reply, run_of, wait};
use crate::browser::clock::BrowserClock;
use crate::executors::task_queue::TaskQueue;
use crate::experiment::executor::DataMode;
use crate::failure::{Failure, FailureKind, Result};
use crate::measure::{Clock, Lane, LaneKind, Phase, Span};
use crate::protocol::{self, FromWorker, RunId, ToWorker};
use crate::workloads::Workload;
use std::sync::atomic::AtomicU32;

/// Set by the page, which shares this memory, when it wants no more of a run. A
/// browser takes seconds to end workers that are busy; those that look at this end
/// after the task they are at.
pub static STOP: AtomicU32 = AtomicU32::new(0);

/// What a coordinator knows between messages.
#[derive(Default)]
pub struct Coordinator {
    prepared: Option<Prepared>,
}

struct Prepared {
    workload: Workload,
    /// Shared by all threads: nothing of it moves.
    input: Vec<u8>,
    merged: Vec<u8>,
    lanes: Vec<Lane>,
}

impl Coordinator {
    /// Handles one message and answers it. `named` becomes the run it names.
    ///
    /// # Errors
    /// Whatever keeps the message from being answered as it wants to be.
    pub fn handle(&mut self, bytes: &[u8], named: &mut Option<RunId>) -> Result<()> {
        let received_ms = BrowserClock.now_ms();
        let (message, sent_ms) = protocol::decode::<ToWorker>(bytes)?;
        let run = run_of(&message);
        *named = Some(run);
        match message {
            ToWorker::Prepare { workload, .. } => {
                // What was there before goes first: it may be as large.
                self.prepared = None;
                let input = workload.input()?;
                let (merged, lanes) = (Vec::new(), Vec::new());
                self.prepared = Some(Prepared { workload, input, merged, lanes });
                reply(&FromWorker::Prepared { run }, DataMode::Transfer);
            }
            ToWorker::All { chunk_size, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                prepared.compute(chunk_size as usize)?;
                reply(&FromWorker::Finished { run }, DataMode::Transfer);
                let way = Span::new(Phase::Transfer, None, sent_ms, received_ms);
                if let Some(own) = prepared.lanes.first_mut() {
                    own.spans.insert(0, way);
                }
            }
            ToWorker::Collect { with_merged, .. } => {
                let Prepared { workload, merged, lanes, .. } =
                    self.prepared.as_ref().ok_or_else(not_ready)?;
                let collected = FromWorker::Collected {
                    run,
                    answer: workload.answer(merged),
                    merged: if with_merged { merged } else { &[] },
                    lanes: lanes.clone(),
                };
                reply(&collected, DataMode::Transfer);
            }
            ToWorker::Tasks { .. } => return Err(not_ready()),
        }
        Ok(())
    }
}

/// What one thread did.
#[derive(Default)]
struct ThreadShare {
    parts: Vec<(usize, Vec<u8>)>,
    spans: Vec<Span>,
}

impl Prepared {
    /// Computes everything in the pool, and merges it here.
    fn compute(&mut self, chunk_size: usize) -> Result<()> {
        let work = self.workload.work();
        let (input, tasks) = (&self.input, work.task_count());
        let queue = TaskQueue::new(tasks, chunk_size, &STOP);
        // Every thread takes tasks from one queue until it is empty, as the
        // threads of a ThreadPoolExecutor do. Splitting the range in halves, as
        // `par_iter` would, suits work that waits less: half of the waits would
        // be behind others.
        let shares = rayon::broadcast(|_| -> Result<ThreadShare> {
            let mut share = ThreadShare::default();
            let mut last_ms = BrowserClock.now_ms();
            while let Some(chunk) = queue.take() {
                for task in chunk {
                    let mut lap = |phase| {
                        let now_ms = BrowserClock.now_ms();
                        share.spans.push(Span::new(phase, task as u32, last_ms, now_ms));
                        last_ms = now_ms;
                    };
                    let part = match work.request(task) {
                        Some(request) => {
                            let body = wait::wait(&request).inspect_err(|_| queue.close())?;
                            lap(Phase::IoWait);
                            work.compute(task, &body)
                        }
                        None => work.compute(task, &input[work.payload(task)]),
                    };
                    lap(Phase::Compute);
                    share.parts.push((task, part));
                }
            }
            Ok(share)
        });
        let gathered_ms = BrowserClock.now_ms();
        if queue.is_stopped() {
            return Err(Failure::cancelled());
        }
        let mut parts = vec![Vec::new(); tasks];
        let mut threads = Vec::new();
        for (thread, share) in shares.into_iter().enumerate() {
            let ThreadShare { parts: computed, spans } = share?;
            threads.push(Lane::new(LaneKind::Thread, thread + 1, spans));
            for (task, part) in computed {
                parts[task] = part;
            }
        }
        self.merged = work.merge(parts);
        let merge = Span::new(Phase::Merge, None, gathered_ms, BrowserClock.now_ms());
        self.lanes = vec![Lane::new(LaneKind::Coordinator, 1, vec![merge])];
        self.lanes.append(&mut threads);
        Ok(())
    }
}

fn not_ready() -> Failure {
    let message = "The pool was asked for something it was not prepared for. Reload the page.";
    Failure::new(FailureKind::WorkerLost, message)
}
