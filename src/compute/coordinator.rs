//! The coordinator of a thread pool: it owns the memory that the threads share, is the
//! first of them, and waits for the others so that the page need not.

use super::pitfalls;
use super::pool::{PreparedPool, Rules};
use super::reply::{reply, run_of};
use super::stage_pool::StagePool;
use crate::browser::worker_scope::{self, Received};
use crate::failure::{Failure, Result, WorkerProblem};
use crate::protocol::{self, FromWorker, RunId, Supply, ToWorker};
use crate::sync::job_channel::{JobReceiver, Word};
use crate::sync::progress::{self, Progress};
use crate::sync::task_words::{self, TaskWords};
use std::ops::Range;
use std::sync::atomic::AtomicU32;

/// Where the page, which shares this memory, sends jobs, and says when it wants no more of a run. A
/// browser takes seconds to end workers that are busy; those that look at the last of these end after
/// the task they are at. Behind them the threads of a pitfall write who waits for what, and those of a pool
/// that is watched what they are at.
pub static WORDS: [AtomicU32; Word::COUNT + progress::WORDS + task_words::WORDS] =
    [const { AtomicU32::new(0) }; _];
/// Where a pitfall's threads write.
const PROGRESS: Range<usize> = Word::COUNT..Word::COUNT + progress::WORDS;

/// What a coordinator knows between messages.
pub struct Coordinator {
    /// Threads of its pool, itself among them; the others are rayon's.
    threads: usize,
    prepared: Option<PreparedPool>,
    /// The pool as stages of a pipeline, once it is asked for them.
    stages: Option<StagePool>,
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
        let (message, _) = protocol::decode::<ToWorker>(&received.bytes)?;
        let run = run_of(&message);
        *named = Some(run);
        match message {
            ToWorker::Prepare { workload, supply, spans, .. } => {
                // What was there before goes first: it may be as large.
                (self.prepared, self.stages) = (None, None);
                let input = match (supply, received.buffers.as_slice()) {
                    (Supply::Own, _) => workload.input(None)?,
                    // Its threads compute nothing.
                    (Supply::WithTasks, _) => Vec::new(),
                    (_, [all]) => all.to_vec()?,
                    _ => return Err(not_ready()),
                };
                self.prepared = Some(PreparedPool::new(workload, input, self.threads, spans));
                reply(&FromWorker::Prepared { run });
            }
            ToWorker::AskTime { .. } => {
                reply(&FromWorker::Time { run, received_ms: received.at_ms });
            }
            ToWorker::Attend { sent, by_message, chunk_size, gil, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                let jobs = JobReceiver::new(worker_scope::own_words(&WORDS), sent);
                let stop = &WORDS[Word::Stop as usize];
                let tasks = TaskWords::new(&WORDS[PROGRESS.end..]);
                let rules = Rules { chunk_size: chunk_size as usize, gil, stop, tasks };
                reply(&FromWorker::Attending { run });
                prepared.serve(jobs, &rules, || {
                    if by_message {
                        reply(&FromWorker::JobDone { run });
                    }
                })?;
            }
            ToWorker::Collect { with_merged, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_ready)?;
                if let Some(stages) = &mut self.stages {
                    let (answer, lanes) = stages.collect();
                    let (merged, jobs) = (&[][..], Vec::new());
                    reply(&FromWorker::Collected { run, answer, merged, lanes, jobs });
                    return Ok(());
                }
                let (lanes, jobs) = prepared.collect();
                let (workload, merged) = prepared.merged();
                reply(&FromWorker::Collected {
                    run,
                    answer: Some(workload.answer(merged)),
                    merged: if with_merged { merged } else { &[] },
                    lanes,
                    jobs,
                });
            }
            ToWorker::Stage { request, .. } => {
                let prepared = self.prepared.as_ref().ok_or_else(not_ready)?;
                let stages = self
                    .stages
                    .get_or_insert_with(|| prepared.as_stages(&WORDS[Word::Stop as usize]));
                stages.handle(request, received.at_ms, |came_of_it| {
                    reply(&FromWorker::Stage { run, reply: came_of_it });
                })?;
            }
            ToWorker::Pitfall { program, .. } => {
                let words = WORDS[PROGRESS].first_chunk().ok_or_else(not_ready)?;
                let stop = &WORDS[Word::Stop as usize];
                let result = pitfalls::run(program, self.threads, Progress::new(words), stop)?;
                reply(&FromWorker::Pitfall { run, result });
            }
            ToWorker::Tasks { .. }
            | ToWorker::Call { .. }
            | ToWorker::Item { .. }
            | ToWorker::State { .. }
            | ToWorker::Calibrate { .. } => {
                return Err(not_ready());
            }
        }
        Ok(())
    }
}

fn not_ready() -> Failure {
    WorkerProblem::NotPrepared.into()
}
