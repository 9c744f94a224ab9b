//! The ways in which a run can fail. A failure is a value from the kernel to the card on the
//! page: what it was, with its figures. [`Failure::message`] makes the sentence, which says what
//! to do; nothing reads it again.

mod files;
mod input;
mod kind;
mod lack;
mod memory;
mod names;
mod pool;
mod profile;
mod reports;
mod requests;
mod serialize;
pub mod stop;
mod storage;
mod unavailable;
mod who;
mod work;
mod workers;

pub use files::FileProblem;
pub use input::InputProblem;
pub use kind::FailureKind;
pub use lack::Lack;
pub use memory::MemoryProblem;
pub use names::{NameProblem, names};
pub use pool::{PoolProblem, TaskEnd};
pub use profile::ProfileProblem;
pub use reports::{ReportProblem, Wanted};
pub use requests::{AddressFlaw, NoAnswer, RequestProblem};
pub use storage::StorageFlaw;
pub use unavailable::Unavailable;
pub use who::Who;
pub use work::WorkProblem;
pub use workers::WorkerProblem;

use crate::coded::{Coded, Record, cut};
use std::fmt;

/// A failure.
#[derive(Debug)]
pub struct Failure {
    /// Which part of the input was wrong: a key, an option, a place in a file.
    pub key: Option<String>,
    /// What happened; if there is a `key`, what is wrong with it.
    pub problem: Problem,
}

/// What can happen, by subject.
#[derive(Clone, Debug, PartialEq)]
pub enum Problem {
    /// A given value was refused.
    Input(InputProblem),
    /// A given name is unknown here.
    Names(NameProblem),
    /// The reader's file was refused.
    Files(FileProblem),
    /// A report cannot be opened.
    Reports(ReportProblem),
    /// There is no memory for something.
    Memory(MemoryProblem),
    /// Work failed by itself.
    Work(WorkProblem),
    /// A worker did not start, answer or stay.
    Workers(WorkerProblem),
    /// A script's pool refused or ended a task.
    Pool(PoolProblem),
    /// Work cannot be profiled.
    Profile(ProfileProblem),
    /// A request brought no answer.
    Requests(RequestProblem),
    /// The browser, or the page as it was served, cannot do something.
    Unavailable(Unavailable),
    /// The reader, or the script's signal, ended the run.
    Cancelled,
    /// What another program wrote into a report, or another version of this one.
    Foreign {
        /// The kind of failure.
        kind: FailureKind,
        /// What it says.
        message: String,
    },
}

impl Problem {
    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::Input(_) | Self::Names(_) | Self::Files(_) | Self::Reports(_) => {
                FailureKind::InvalidInput
            }
            Self::Memory(_) => FailureKind::OutOfMemory,
            Self::Work(work) => work.kind(),
            Self::Workers(workers) => workers.kind(),
            Self::Pool(pool) => pool.kind(),
            Self::Profile(profile) => profile.kind(),
            Self::Requests(requests) => requests.kind(),
            Self::Unavailable(_) => FailureKind::Unavailable,
            Self::Cancelled => FailureKind::Cancelled,
            Self::Foreign { kind, .. } => *kind,
        }
    }

    /// What is wrong and what to do, in a sentence or two for a person.
    pub fn message(&self) -> String {
        match self {
            Self::Input(input) => input.message(),
            Self::Names(names) => names.message(),
            Self::Files(files) => files.message(),
            Self::Reports(reports) => reports.message(),
            Self::Memory(memory) => memory.message(),
            Self::Work(work) => work.message(),
            Self::Workers(workers) => workers.message(),
            Self::Pool(pool) => pool.message(),
            Self::Profile(profile) => profile.message(),
            Self::Requests(requests) => requests.message(),
            Self::Unavailable(unavailable) => unavailable.message(),
            Self::Cancelled => "The run was cancelled. You can run it again.".to_owned(),
            Self::Foreign { message, .. } => message.clone(),
        }
    }

    /// Whether a model that failed with it had come as far as its tasks.
    pub fn is_of_tasks(&self) -> bool {
        !matches!(
            self,
            Self::Unavailable(_)
                | Self::Cancelled
                | Self::Workers(
                    WorkerProblem::TooFewStarted { .. }
                        | WorkerProblem::SilentAtStart { .. }
                        | WorkerProblem::NotLoaded
                        | WorkerProblem::Lost { .. }
                )
        )
    }

    /// The problem as it is stored; `None` where only its message can be.
    fn record(&self) -> Option<Record> {
        Some(match self {
            Self::Input(input) => input.record(),
            Self::Names(names) => names.record(),
            Self::Files(files) => files.record(),
            Self::Reports(reports) => reports.record(),
            Self::Memory(memory) => memory.record(),
            Self::Work(work) => work.record(),
            Self::Workers(workers) => workers.record(),
            Self::Pool(pool) => pool.record(),
            Self::Profile(profile) => profile.record(),
            Self::Requests(requests) => requests.record(),
            Self::Unavailable(unavailable) => unavailable.record(),
            Self::Cancelled => Record { code: CANCELLED.to_owned(), figures: Vec::new() },
            Self::Foreign { .. } => return None,
        })
    }

    /// The problem that `record` is; `None` where this program knows none of this code with
    /// these figures.
    fn from_record(record: &Record) -> Option<Self> {
        None.or_else(|| InputProblem::from_record(record).map(Self::Input))
            .or_else(|| NameProblem::from_record(record).map(Self::Names))
            .or_else(|| FileProblem::from_record(record).map(Self::Files))
            .or_else(|| ReportProblem::from_record(record).map(Self::Reports))
            .or_else(|| MemoryProblem::from_record(record).map(Self::Memory))
            .or_else(|| WorkProblem::from_record(record).map(Self::Work))
            .or_else(|| WorkerProblem::from_record(record).map(Self::Workers))
            .or_else(|| PoolProblem::from_record(record).map(Self::Pool))
            .or_else(|| ProfileProblem::from_record(record).map(Self::Profile))
            .or_else(|| RequestProblem::from_record(record).map(Self::Requests))
            .or_else(|| Unavailable::from_record(record).map(Self::Unavailable))
            .or_else(|| (record.code == CANCELLED).then_some(Self::Cancelled))
    }
}

/// The longest message of a failure that a report holds, in characters.
pub const MAX_MESSAGE: usize = 1_000;
/// The code of [`Problem::Cancelled`].
const CANCELLED: &str = "Cancelled";

impl Failure {
    /// `InvalidInput` about `key`.
    pub fn invalid(key: &str, problem: impl Into<Self>) -> Self {
        Self { key: Some(key.to_owned()), ..problem.into() }
    }

    /// `Cancelled`.
    pub fn cancelled() -> Self {
        Problem::Cancelled.into()
    }

    /// The failure that a report holds: what this program knows by `record`, or else what
    /// another says.
    pub fn stored(
        kind: FailureKind,
        message: &str,
        key: Option<&str>,
        record: Option<&Record>,
    ) -> Self {
        let known = record.and_then(Problem::from_record).filter(|known| known.kind() == kind);
        match known {
            Some(problem) => Self { key: key.map(str::to_owned), problem },
            None => {
                let mut message = message.to_owned();
                cut(&mut message, MAX_MESSAGE);
                Problem::Foreign { kind, message }.into()
            }
        }
    }

    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        self.problem.kind()
    }

    /// The text for a person: it begins with the key, where there is one.
    pub fn message(&self) -> String {
        match (&self.key, &self.problem) {
            (Some(key), problem) => format!("{key}: {}", problem.message()),
            // The form says so at first sight; all other messages are loaded after.
            (None, Problem::Unavailable(unavailable)) => unavailable.message(),
            (None, problem) => problem.message(),
        }
    }
}

// There are many problems. What copies and compares them is long, and no part of a first visit.
impl Failure {
    #[inline(never)]
    fn copied(&self) -> Self {
        Self { key: self.key.clone(), problem: self.problem.clone() }
    }

    #[inline(never)]
    fn is_same_as(&self, other: &Self) -> bool {
        self.key == other.key && self.problem == other.problem
    }
}

impl Clone for Failure {
    fn clone(&self) -> Self {
        self.copied()
    }
}

impl PartialEq for Failure {
    fn eq(&self, other: &Self) -> bool {
        self.is_same_as(other)
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self { key: None, problem }
    }
}

/// Makes a failure of each subject.
macro_rules! from_subjects {
    ($($Subject:ident: $Of:ty),*) => {$(
        impl From<$Of> for Failure {
            fn from(of: $Of) -> Self {
                Problem::$Subject(of).into()
            }
        }
    )*};
}

from_subjects!(
    Input: InputProblem,
    Names: NameProblem,
    Files: FileProblem,
    Reports: ReportProblem,
    Memory: MemoryProblem,
    Work: WorkProblem,
    Workers: WorkerProblem,
    Pool: PoolProblem,
    Profile: ProfileProblem,
    Requests: RequestProblem,
    Unavailable: Unavailable
);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.kind().name(), self.message())
    }
}

impl std::error::Error for Failure {}

/// The result of anything that can fail in one of these ways.
pub type Result<T, E = Failure> = std::result::Result<T, E>;

#[cfg(test)]
mod tests;
