//! The messages between the page and its workers: one enum per direction, encoded
//! as postcard. Data that is large travels beside a message, in buffers of its own, so that the
//! browser moves it and nobody encodes it. Every message but the first names the run it belongs
//! to, and each begins with the time at which it had been encoded, so that the way it took can be
//! told from the rest.

pub mod global_state;
pub mod places;
pub mod stages;

use crate::failure::{Failure, Result, WorkProblem, WorkerProblem};
use crate::measure::{Clock, Lane, Span};
use crate::models::DataMode;
use crate::pitfalls::programs::threads::{ThreadProgram, ThreadResult};
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use crate::workloads::task_order::TaskOrder;
use global_state::{StateReply, StateRequest};
use serde::{Deserialize, Serialize};
use stages::{Item, StageReply, StageRequest};
use std::ops::Range;

/// Raised with every change of a message's form. A worker and a page of different
/// versions, as a stale cache may bring together, refuse one another.
pub const VERSION: u32 = 12;

/// Which run a message belongs to.
pub type RunId = u32;

/// How the tasks of a worker come by the static data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Supply {
    /// The worker makes it, or there is none.
    Own,
    /// The payload of each task comes beside the message that names the task.
    WithTasks,
    /// All of it comes beside `Prepare`, and is kept in the worker's memory.
    Kept,
    /// All of it is in a shared buffer, which comes beside `Prepare`; each task copies
    /// its payload from there.
    Shared,
}

/// How the threads of a pool share a GIL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct GilRules {
    /// After how long a thread that waits for it requests that it be dropped, in µs.
    pub switch_interval_us: u32,
    /// Whether threads release it while a kernel computes.
    pub release_in_native: bool,
}

/// When a coordinator had a job, in ms by its clock.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct JobTimes {
    /// When it received the job.
    pub received_ms: f64,
    /// When the job was done.
    pub done_ms: f64,
}

/// From the page to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker {
    /// Get ready for a workload and answer `Prepared`.
    Prepare {
        /// The run to come.
        run: RunId,
        /// The workload, which outlives its samples.
        workload: Workload,
        /// How a process is to send its results back.
        data_mode: DataMode,
        /// How tasks come by the static data.
        supply: Supply,
        /// Which tasks a process is to compute where it is named their places. A pool's
        /// threads take them as they lie.
        order: TaskOrder,
        /// Whether to note who does what when.
        spans: bool,
    },
    /// Answer `Time`, so that the two clocks can be compared.
    AskTime {
        /// The run.
        run: RunId,
    },
    /// A process computes the calibration kernel and answers `Calibrated`.
    Calibrate {
        /// The run.
        run: RunId,
        /// How often.
        bursts: u32,
    },
    /// A process computes these tasks and answers `Done`.
    Tasks {
        /// The run they belong to.
        run: RunId,
        /// Their places in the order that `Prepare` gave.
        places: Range<u32>,
    },
    /// A process computes these workloads, one after the other, and answers `Called`.
    Call {
        /// The task that it is, by its number in the pool.
        run: RunId,
        /// What it computes.
        workloads: Vec<Workload>,
        /// Whether the task starts for the first time. Faults on purpose happen only then.
        is_first: bool,
    },
    /// A coordinator answers `Attending`, and receives jobs through memory until it is told to leave
    /// (`sync::job_channel`). In each job it computes everything in its pool.
    Attend {
        /// The run.
        run: RunId,
        /// What was sent to it last through memory.
        sent: u32,
        /// Whether it posts `JobDone` after each job, too.
        by_message: bool,
        /// Tasks that a thread takes at a time.
        chunk_size: u32,
        /// The lock that only its holder may compute under, where there is one.
        gil: Option<GilRules>,
    },
    /// A process computes a task with the answer of its request, which somebody else has waited for,
    /// and answers `Computed`.
    Item {
        /// The run.
        run: RunId,
        /// The task, and the answer.
        item: Item,
    },
    /// A coordinator whose threads are stages of a pipeline does this and answers `Stage`.
    Stage {
        /// The run.
        run: RunId,
        /// What it is to do.
        request: StageRequest,
    },
    /// A process does this with its global state and answers `State`.
    State {
        /// The run.
        run: RunId,
        /// What it is to do.
        request: StateRequest,
    },
    /// A coordinator hands over what the last job, or the last stages, came to, as `Collected`.
    Collect {
        /// The run.
        run: RunId,
        /// Whether the merged bytes are wanted, too.
        with_merged: bool,
    },
    /// A coordinator runs this program of a pitfall with the threads of its pool and answers
    /// `Pitfall`, unless they block for ever (`sync::progress`).
    Pitfall {
        /// The run.
        run: RunId,
        /// The program.
        program: ThreadProgram,
    },
}

/// From a worker to the page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum FromWorker<'a> {
    /// The worker is there and speaks this version of the protocol.
    Ready {
        /// Its [`VERSION`].
        version: u32,
    },
    /// `Prepare` is done.
    Prepared {
        /// The run.
        run: RunId,
    },
    /// What the worker's clock shows; the message's own times say when it answered.
    Time {
        /// The run.
        run: RunId,
        /// When the question was picked up, in ms.
        received_ms: f64,
    },
    /// `Calibrate` is done.
    Calibrated {
        /// The run.
        run: RunId,
        /// How long each burst took, in ms.
        bursts_ms: Vec<f64>,
    },
    /// `Tasks` are done.
    Done {
        /// The run they belong to.
        run: RunId,
        /// When the message with the tasks was picked up, in ms.
        received_ms: f64,
        /// Their places.
        places: Range<u32>,
        /// How many bytes the part of each has.
        lens: Vec<u32>,
        /// The parts, one after the other; empty where they are so many bytes that they
        /// come in a buffer beside this message. Payloads that changed hands come back
        /// behind it.
        #[serde(borrow, with = "serde_bytes")]
        parts: &'a [u8],
        /// What the worker did with its time, but for serializing this.
        spans: Vec<Span>,
        /// When copying parts out of memory to a buffer beside this began, in ms.
        copy_ms: f64,
        /// When serializing this began, in ms.
        serialize_ms: f64,
    },
    /// `Call` is done.
    Called {
        /// The task.
        run: RunId,
        /// What each workload came to.
        answers: Vec<Result<Answer>>,
    },
    /// The coordinator receives jobs from now on.
    Attending {
        /// The run.
        run: RunId,
    },
    /// A job is done, and its answer is whole in the coordinator's memory.
    JobDone {
        /// The run.
        run: RunId,
    },
    /// An item is computed.
    Computed {
        /// The run.
        run: RunId,
        /// When the message with the item was picked up, in ms.
        received_ms: f64,
        /// What the task came to.
        #[serde(borrow, with = "serde_bytes")]
        part: &'a [u8],
        /// What the worker did with its time, but for serializing this.
        spans: Vec<Span>,
        /// When serializing this began, in ms.
        serialize_ms: f64,
    },
    /// A coordinator has done what its stages were asked for.
    Stage {
        /// The run.
        run: RunId,
        /// What came of it.
        reply: StageReply,
    },
    /// A process has done what was asked of its global state.
    State {
        /// The run.
        run: RunId,
        /// What came of it.
        reply: StateReply,
    },
    /// What the last job, or the last stages, came to.
    Collected {
        /// The run.
        run: RunId,
        /// The answer; `None` where the tasks were computed elsewhere.
        answer: Option<Answer>,
        /// The merged bytes, where they were wanted; else empty.
        #[serde(borrow, with = "serde_bytes")]
        merged: &'a [u8],
        /// Who did what since the last `Collect`, in ms; the coordinator's own lane is
        /// the first.
        lanes: Vec<Lane>,
        /// When each job since the last `Collect` was received and done, if that was to be noted.
        jobs: Vec<JobTimes>,
    },
    /// The program of a pitfall has ended.
    Pitfall {
        /// The run.
        run: RunId,
        /// What it came to.
        result: ThreadResult,
    },
    /// Something failed.
    Failed {
        /// The run; `None` where it could not be read.
        run: Option<RunId>,
        /// What, and what to do.
        failure: Failure,
    },
}

/// Parts of up to so many bytes together are encoded; a buffer of their own costs more
/// than it saves.
pub const MOST_ENCODED: usize = 16 * 1024;

/// Refuses a worker that speaks another version.
///
/// # Errors
/// `WorkerLost`.
pub fn check_version(version: u32) -> Result<()> {
    if version == VERSION { Ok(()) } else { Err(unreadable()) }
}

fn unreadable() -> Failure {
    WorkerProblem::Unreadable.into()
}

const STAMP: usize = size_of::<f64>();

/// Encodes `message` and stamps it with the time at which that was done, which is given
/// as well, in ms. The stamp comes first: it is written last, and behind the message it
/// would make the buffer grow once more.
///
/// # Errors
/// `TaskFailed` where it cannot be encoded.
pub fn encode<T: Serialize>(message: &T, clock: &impl Clock) -> Result<(Vec<u8>, f64)> {
    let mut bytes = postcard::to_allocvec(&(0.0_f64, message)).map_err(|error| {
        Failure::from(WorkProblem::MessageNotWritten { said: error.to_string().into() })
    })?;
    let sent_ms = clock.now_ms();
    if let Some(stamp) = bytes.first_chunk_mut::<STAMP>() {
        *stamp = sent_ms.to_le_bytes();
    }
    Ok((bytes, sent_ms))
}

/// Decodes a message, and when it had been encoded, in ms by the sender's clock.
///
/// # Errors
/// `WorkerLost` where it cannot be read: whoever sent it speaks another version.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, f64)> {
    let (stamp, body) = bytes.split_first_chunk::<STAMP>().ok_or_else(unreadable)?;
    let message = postcard::from_bytes(body).map_err(|_| unreadable())?;
    Ok((message, f64::from_le_bytes(*stamp)))
}

#[cfg(test)]
mod tests;
