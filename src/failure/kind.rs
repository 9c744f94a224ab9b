//! The kinds of failures.

use serde::{Deserialize, Serialize};

/// What kind of failure it was; the `name` of the error that a script sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum FailureKind {
    /// Something given was not understood; nothing was started.
    InvalidInput,
    /// This browser, or this page as it was served, cannot do it.
    Unavailable,
    /// A worker did not start, or was lost while it had work.
    WorkerLost,
    /// The work itself failed: a request without an answer, a kernel that trapped.
    TaskFailed,
    /// There is not enough memory for the work.
    OutOfMemory,
    /// Nothing was heard for longer than the work can take.
    TimedOut,
    /// The reader, or the script's signal, ended the run.
    Cancelled,
}

impl FailureKind {
    /// Every one of them.
    pub const ALL: [Self; 7] = [
        Self::InvalidInput,
        Self::Unavailable,
        Self::WorkerLost,
        Self::TaskFailed,
        Self::OutOfMemory,
        Self::TimedOut,
        Self::Cancelled,
    ];

    /// The name as scripts and reports spell it.
    pub fn name(self) -> &'static str {
        match self {
            Self::InvalidInput => "InvalidInput",
            Self::Unavailable => "Unavailable",
            Self::WorkerLost => "WorkerLost",
            Self::TaskFailed => "TaskFailed",
            Self::OutOfMemory => "OutOfMemory",
            Self::TimedOut => "TimedOut",
            Self::Cancelled => "Cancelled",
        }
    }
}
