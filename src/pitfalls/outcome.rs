//! What came of an attempt: a value with its figures, and the sentence that is made of it.

use super::programs::processes::ProcessOutcome;
use super::programs::threads::{ThreadProgram, ThreadResult};
use super::waits::snapshot::Snapshot;
use super::waits::words;
use crate::measure::format;

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// Threads have ended, with this result.
    Threads(ThreadResult),
    /// Threads wait for one another for ever.
    Deadlock(Deadlock),
    /// Processes have ended, with this result.
    Processes(ProcessOutcome),
}

/// A deadlock that was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Deadlock {
    /// What was run.
    pub program: ThreadProgram,
    /// Who waited for what.
    pub snapshot: Snapshot,
    /// How long after the beginning it was found, in ms.
    pub after_ms: f64,
}

impl Outcome {
    /// What came of it, in a few sentences.
    pub fn sentence(&self) -> String {
        match self {
            Self::Threads(result) => result.sentence(),
            Self::Processes(outcome) => outcome.sentence(),
            Self::Deadlock(Deadlock { program, snapshot, after_ms }) => format!(
                "Deadlock. {} The page found this after {} and ended the threads.",
                words::of(snapshot, program.cast()),
                format::duration(*after_ms)
            ),
        }
    }

    /// Whether everything came out as it should.
    pub fn is_right(&self) -> bool {
        match self {
            Self::Threads(result) => result.is_right(),
            Self::Processes(outcome) => outcome.is_right(),
            Self::Deadlock(_) => false,
        }
    }

    /// In a few words, for a table: "right", "wrong", "deadlock".
    pub fn verdict(&self) -> &'static str {
        match self {
            Self::Deadlock(_) => "deadlock",
            Self::Processes(outcome) if outcome.is_deadlock() => "deadlock",
            _ if self.is_right() => "right",
            _ => "wrong",
        }
    }

    /// How long it took, in ms; `None` where it did not end.
    pub fn took_ms(&self) -> Option<f64> {
        match self {
            Self::Threads(result) => Some(result.took_ms()),
            Self::Processes(outcome) => outcome.took_ms(),
            Self::Deadlock(_) => None,
        }
    }
}
