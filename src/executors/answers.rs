//! Decodes the messages of workers. Messages of earlier runs are dropped; a message that reports a
//! failure, cannot be read or is of another version becomes a failure.

use crate::failure::{Failure, Result, WorkerProblem};
use crate::measure::{Lane, Span};
use crate::pitfalls::programs::threads::ThreadResult;
use crate::protocol::global_state::StateReply;
use crate::protocol::stages::StageReply;
use crate::protocol::{self, FromWorker, JobTimes, RunId};
use crate::workloads::answer::Answer;
use std::ops::Range;

/// What a worker answered.
#[derive(Debug, PartialEq)]
pub enum Answered {
    /// It is there.
    Ready,
    /// It is prepared.
    Prepared,
    /// When it picked up the question, in ms by its clock.
    Time(f64),
    /// How long each burst took, in ms.
    Calibrated(Vec<f64>),
    /// It receives jobs.
    Attending,
    /// A job is done.
    JobDone,
    /// An item is computed. All times are in ms by its clock.
    Computed {
        /// What the task came to.
        part: Vec<u8>,
        /// What the worker did with its time.
        spans: Vec<Span>,
        /// When it picked the item up.
        picked_up_ms: f64,
        /// When it began to encode its answer.
        serialize_ms: f64,
    },
    /// What the workloads of a call came to.
    Called(Vec<Result<Answer>>),
    /// Its stages have done what was asked for.
    Stage(StageReply),
    /// It has done what was asked of its global state.
    State(StateReply),
    /// What the last job, or the last stages, came to.
    Collected {
        /// The answer; `None` where the tasks were computed elsewhere.
        answer: Option<Answer>,
        /// The merged bytes, where they were asked for.
        merged: Vec<u8>,
        /// Who did what, in ms by its clock.
        lanes: Vec<Lane>,
        /// When it had each job, in ms by its clock.
        jobs: Vec<JobTimes>,
    },
    /// The program of a pitfall has ended.
    Pitfall(ThreadResult),
}

/// Some tasks that a process has computed. All times are in ms by its clock.
#[derive(Debug, PartialEq)]
pub struct TasksDone<'a> {
    /// Their places.
    pub places: Range<usize>,
    /// How many bytes the part of each has.
    pub lens: Vec<u32>,
    /// The parts, one after the other, unless they come in a buffer beside the message.
    pub parts: &'a [u8],
    /// What the worker did with its time.
    pub spans: Vec<Span>,
    /// When it picked the tasks up.
    pub picked_up_ms: f64,
    /// When it began to copy parts out of memory.
    pub copy_ms: f64,
    /// When it began to encode its answer.
    pub serialize_ms: f64,
}

/// A message of the current run.
#[derive(Debug, PartialEq)]
pub enum WorkerMessage<'a> {
    /// An answer.
    Answered(Answered),
    /// Tasks are done.
    Tasks(TasksDone<'a>),
}

/// Reads what a worker answers about the run that is under way.
#[derive(Debug, Default)]
pub struct Answers {
    run: RunId,
    /// Messages of earlier runs, which are dropped.
    stale: u32,
}

impl Answers {
    /// The run that is under way.
    pub fn run(&self) -> RunId {
        self.run
    }

    /// Begins the next run. What is still answered about the one before is dropped.
    pub fn next_run(&mut self) -> RunId {
        self.run = self.run.wrapping_add(1);
        self.run
    }

    /// Reads a message and when it was sent, in ms by the worker's clock; `None` where it is of
    /// an earlier run.
    ///
    /// # Errors
    /// What the worker failed with; `WorkerLost` where the message cannot be read, or the worker
    /// speaks another version.
    pub fn read<'a>(&mut self, bytes: &'a [u8]) -> Result<Option<(WorkerMessage<'a>, f64)>> {
        let (message, sent_ms) = protocol::decode::<FromWorker>(bytes)?;
        let Some(said) = said(message, self.run)? else {
            self.stale += 1;
            return Ok(None);
        };
        Ok(Some((said, sent_ms)))
    }
}

/// What `message` says; `None` where it is of another run than `current`.
fn said(message: FromWorker<'_>, current: RunId) -> Result<Option<WorkerMessage<'_>>> {
    let (run, said) = match message {
        FromWorker::Ready { version } => {
            protocol::check_version(version)?;
            (current, WorkerMessage::Answered(Answered::Ready))
        }
        FromWorker::Prepared { run } => (run, WorkerMessage::Answered(Answered::Prepared)),
        FromWorker::Time { run, received_ms } => {
            (run, WorkerMessage::Answered(Answered::Time(received_ms)))
        }
        FromWorker::Calibrated { run, bursts_ms } => {
            (run, WorkerMessage::Answered(Answered::Calibrated(bursts_ms)))
        }
        FromWorker::Attending { run } => (run, WorkerMessage::Answered(Answered::Attending)),
        FromWorker::JobDone { run } => (run, WorkerMessage::Answered(Answered::JobDone)),
        FromWorker::Collected { run, answer, merged, lanes, jobs } => {
            let merged = merged.to_vec();
            (run, WorkerMessage::Answered(Answered::Collected { answer, merged, lanes, jobs }))
        }
        FromWorker::Computed { run, received_ms: picked_up_ms, part, spans, serialize_ms } => {
            let part = part.to_vec();
            let computed = Answered::Computed { part, spans, picked_up_ms, serialize_ms };
            (run, WorkerMessage::Answered(computed))
        }
        FromWorker::Pitfall { run, result } => {
            (run, WorkerMessage::Answered(Answered::Pitfall(result)))
        }
        FromWorker::Called { run, answers } => {
            (run, WorkerMessage::Answered(Answered::Called(answers)))
        }
        FromWorker::Stage { run, reply } => (run, WorkerMessage::Answered(Answered::Stage(reply))),
        FromWorker::State { run, reply } => (run, WorkerMessage::Answered(Answered::State(reply))),
        FromWorker::Done {
            run,
            received_ms: picked_up_ms,
            places,
            lens,
            parts,
            spans,
            copy_ms,
            serialize_ms,
        } => {
            let places = places.start as usize..places.end as usize;
            let done =
                TasksDone { places, lens, parts, spans, picked_up_ms, copy_ms, serialize_ms };
            (run, WorkerMessage::Tasks(done))
        }
        FromWorker::Failed { run, failure } => {
            return match run {
                Some(run) if run != current => Ok(None),
                _ => Err(failure),
            };
        }
    };
    Ok((run == current).then_some(said))
}

/// A worker said something that nobody had asked it for.
pub fn out_of_turn() -> Failure {
    WorkerProblem::OutOfTurn.into()
}

#[cfg(test)]
mod tests;
