//! The ways in which a run can fail. A failure is a value from the kernel to the
//! card on the page; its message says what to do.

pub mod stop;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What kind of failure it was.
    pub kind: FailureKind,
    /// What of the given was wrong: a key, an option, a place in a file.
    pub key: Option<String>,
    /// What happened and what to do, in a sentence or two for a person; of a `key` what is
    /// wrong with it.
    pub problem: String,
}

impl Failure {
    /// A failure of `kind` whose text says what to do.
    pub fn new(kind: FailureKind, problem: impl Into<String>) -> Self {
        Self { kind, key: None, problem: problem.into() }
    }

    /// `InvalidInput` about `key`.
    pub fn invalid(key: &str, problem: impl fmt::Display) -> Self {
        let key = Some(key.to_owned());
        Self { kind: FailureKind::InvalidInput, key, problem: problem.to_string() }
    }

    /// `Cancelled`, in the one wording that the page and scripts share.
    pub fn cancelled() -> Self {
        Self::new(FailureKind::Cancelled, "The run was cancelled. Run it again whenever you like.")
    }

    /// The text for a person: it begins with the key, where there is one.
    pub fn message(&self) -> String {
        match &self.key {
            Some(key) => format!("{key}: {}", self.problem),
            None => self.problem.clone(),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind.name(), self.message())
    }
}

/// A failure in JSON, as reports have it.
#[derive(Serialize, Deserialize)]
struct Told {
    name: FailureKind,
    message: String,
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return Told { name: self.kind, message: self.message() }.serialize(serializer);
        }
        (self.kind, &self.key, &self.problem).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let Told { name, message } = Told::deserialize(deserializer)?;
            return Ok(Self::new(name, message));
        }
        let (kind, key, problem) = Deserialize::deserialize(deserializer)?;
        Ok(Self { kind, key, problem })
    }
}

impl std::error::Error for Failure {}

/// The result of anything that can fail in one of these ways.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_survives_messages_and_is_in_the_text_of_reports() {
        let failure = Failure::invalid("n", "give a whole number.");
        let bytes = postcard::to_allocvec(&failure).expect("can be written");
        assert_eq!(postcard::from_bytes(&bytes), Ok(failure.clone()));
        let json = serde_json::to_value(&failure).expect("can be written");
        let told =
            serde_json::json!({ "name": "InvalidInput", "message": "n: give a whole number." });
        assert_eq!(json, told);
        let again: Failure = serde_json::from_value(json).expect("can be read");
        assert_eq!((again.kind, again.message()), (failure.kind, failure.message()));
    }
}
