//! The ways in which a run can fail. A failure is a value from the kernel to the
//! card on the page; its message says what to do.

pub mod stop;

use serde::{Deserialize, Serialize};
use std::fmt;

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
    /// The memory that the work needs is not to be had.
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

/// A failure, in the form in which it crosses workers, reports and the page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// What kind of failure it was.
    #[serde(rename = "name")]
    pub kind: FailureKind,
    /// What happened and what to do, in a sentence or two for a person.
    pub message: String,
}

impl Failure {
    /// A failure of `kind` whose message says what to do.
    pub fn new(kind: FailureKind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// `InvalidInput` about `key`: the message begins with the key's name.
    pub fn invalid(key: &str, message: impl fmt::Display) -> Self {
        Self::new(FailureKind::InvalidInput, format!("{key}: {message}"))
    }

    /// `Cancelled`, in the one wording that the page and scripts share.
    pub fn cancelled() -> Self {
        Self::new(FailureKind::Cancelled, "The run was cancelled. Run it again whenever you like.")
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message)
    }
}

impl std::error::Error for Failure {}

/// The result of anything that can fail in one of these ways.
pub type Result<T, E = Failure> = std::result::Result<T, E>;
