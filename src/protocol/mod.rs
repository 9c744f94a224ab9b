//! The messages between the page and its workers: one enum per direction, encoded
//! as postcard. Every message but the first names the run it belongs to, and each ends with the time
//! at which it was sent, so that the way it took can be told from the rest.

use crate::experiment::executor::DataMode;
use crate::failure::{Failure, FailureKind, Result};
use crate::measure::{Clock, Lane, Span};
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use serde::{Deserialize, Serialize};

/// Raised with every change of a message's form. A worker and a page of different
/// versions, as a stale cache may bring together, refuse one another.
pub const VERSION: u32 = 1;

/// Which run a message belongs to.
pub type RunId = u32;

/// From the page to a worker.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ToWorker<'a> {
    /// Get ready for a workload and answer `Prepared`. A coordinator makes the
    /// static data here; a process is sent its share of it with each task.
    Prepare {
        /// The run to come.
        run: RunId,
        /// The workload, which outlives its samples.
        workload: Workload,
        /// How a process is to send its results back.
        data_mode: DataMode,
    },
    /// A process computes these tasks and answers `Done`.
    Tasks {
        /// The run they belong to.
        run: RunId,
        /// The tasks, in the order in which to compute them.
        #[serde(borrow)]
        tasks: Vec<TaskInput<'a>>,
    },
    /// A coordinator computes everything in its pool and answers `Finished`.
    All {
        /// The run.
        run: RunId,
        /// Tasks that a thread takes at a time.
        chunk_size: u32,
    },
    /// A coordinator hands over what the last `All` came to, as `Collected`.
    Collect {
        /// The run.
        run: RunId,
        /// Whether the merged bytes are wanted, too.
        with_merged: bool,
    },
}

/// A task on its way to a process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskInput<'a> {
    /// Its index.
    pub task: u32,
    /// The part of the static data that it reads.
    #[serde(borrow, with = "serde_bytes")]
    pub payload: &'a [u8],
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
    /// `Tasks` are done.
    Done {
        /// The run they belong to.
        run: RunId,
        /// When the message with the tasks was picked up, in ms.
        received_ms: f64,
        /// The parts.
        #[serde(borrow)]
        parts: Vec<TaskOutput<'a>>,
        /// What the worker did with its time, but for serializing this.
        spans: Vec<Span>,
        /// When serializing this began, in ms.
        serialize_ms: f64,
    },
    /// `All` is done, and the answer is whole in the coordinator's memory.
    Finished {
        /// The run.
        run: RunId,
    },
    /// What `All` came to.
    Collected {
        /// The run.
        run: RunId,
        /// The answer.
        answer: Answer,
        /// The merged bytes, where they were wanted; else empty.
        #[serde(borrow, with = "serde_bytes")]
        merged: &'a [u8],
        /// Who did what, in ms; the coordinator's own lane is the first.
        lanes: Vec<Lane>,
    },
    /// Something failed.
    Failed {
        /// The run; `None` where it could not be read.
        run: Option<RunId>,
        /// What, and what to do.
        failure: Failure,
    },
}

/// A part on its way back from a process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskOutput<'a> {
    /// The task's index.
    pub task: u32,
    /// What it came to.
    #[serde(borrow, with = "serde_bytes")]
    pub part: &'a [u8],
}

/// Refuses a worker that speaks another version.
///
/// # Errors
/// `WorkerLost`.
pub fn check_version(version: u32) -> Result<()> {
    if version == VERSION { Ok(()) } else { Err(unreadable()) }
}

fn unreadable() -> Failure {
    let message = "A worker's message could not be read. Reload the page, so that all its parts \
                   are of one version.";
    Failure::new(FailureKind::WorkerLost, message)
}

const STAMP: usize = size_of::<f64>();

/// Encodes `message` and stamps it as sent now. The stamp comes first: it is written
/// last, and behind the message it would make the buffer grow once more.
///
/// # Errors
/// `TaskFailed` where it cannot be encoded.
pub fn encode<T: Serialize>(message: &T, clock: &impl Clock) -> Result<Vec<u8>> {
    let mut bytes = postcard::to_allocvec(&(0.0_f64, message)).map_err(|error| {
        Failure::new(FailureKind::TaskFailed, format!("A message could not be written: {error}."))
    })?;
    if let Some(stamp) = bytes.first_chunk_mut::<STAMP>() {
        *stamp = clock.now_ms().to_le_bytes();
    }
    Ok(bytes)
}

/// Decodes a message and the time at which it was sent, in ms.
///
/// # Errors
/// `WorkerLost` where it cannot be read: whoever sent it speaks another version.
pub fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<(T, f64)> {
    let (stamp, body) = bytes.split_first_chunk::<STAMP>().ok_or_else(unreadable)?;
    let message = postcard::from_bytes(body).map_err(|_| unreadable())?;
    Ok((message, f64::from_le_bytes(*stamp)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::Phase;
    use crate::measure::clock::FakeClock;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn tasks_survive_the_way(
            run: u32, payloads in prop::collection::vec(prop::collection::vec(any::<u8>(), 0..300), 0..9),
        ) {
            let tasks = (0..).zip(&payloads).map(|(task, payload)| TaskInput { task, payload });
            let sent = ToWorker::Tasks { run, tasks: tasks.collect() };
            let clock = FakeClock::default();
            clock.advance(12.5);
            let bytes = encode(&sent, &clock).expect("encodes");
            prop_assert_eq!(decode::<ToWorker>(&bytes), Ok((sent, 12.5)));
        }

        #[test]
        fn results_survive_the_way(run: u32, part in prop::collection::vec(any::<u8>(), 0..300), at in 0f64..1e13) {
            let sent = FromWorker::Done {
                run,
                received_ms: at,
                parts: vec![TaskOutput { task: 3, part: &part }],
                spans: vec![Span::new(Phase::Compute, 3, at, at + 1.0)],
                serialize_ms: at + 1.0,
            };
            let bytes = encode(&sent, &FakeClock::default()).expect("encodes");
            prop_assert_eq!(decode::<FromWorker>(&bytes), Ok((sent, 0.0)));
        }

        /// What is no message, or only the beginning of one, is refused.
        #[test]
        fn noise_is_refused_or_read_but_never_fatal(noise in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = decode::<ToWorker>(&noise);
            let _ = decode::<FromWorker>(&noise);
        }
    }

    #[test]
    fn a_cut_message_is_refused() {
        let sent = FromWorker::Failed { run: Some(1), failure: Failure::cancelled() };
        let bytes = encode(&sent, &FakeClock::default()).expect("encodes");
        assert!(decode::<FromWorker>(&bytes[..bytes.len() - 1]).is_err());
        assert!(decode::<FromWorker>(&[]).is_err());
    }
}
