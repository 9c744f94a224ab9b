//! The programs of threads that share a memory, and what they end with: what page and threads tell each
//! other.

use super::cast::{Cast, NOBODY};
use super::lock_order::{self, LockOrder, Transferred};
use super::lost_update::{Adders, Counted, LostUpdate};
use super::primitive::demonstrated::Demonstrated;
use super::primitive::demonstration::Demonstration;
use super::queue_deadlock::{Passed, QueueDeadlock};
use serde::{Deserialize, Serialize};

/// A program of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ThreadProgram {
    /// These threads add to one counter.
    LostUpdate(LostUpdate, Adders),
    /// Two threads take two locks.
    LockOrder(LockOrder),
    /// A queue or a pool in which threads wait for each other.
    QueueDeadlock(QueueDeadlock),
    /// Some threads use a primitive.
    Primitive(Demonstration),
}

impl ThreadProgram {
    /// How many threads it takes.
    pub fn threads(self) -> u32 {
        match self {
            Self::LostUpdate(_, adders) => adders.threads,
            Self::LockOrder(way) => way.threads(),
            Self::QueueDeadlock(way) => way.threads(),
            Self::Primitive(demonstration) => demonstration.threads,
        }
    }

    /// Who waits for what in it.
    pub fn cast(self) -> &'static Cast {
        match self {
            Self::LostUpdate(..) | Self::Primitive(_) => &NOBODY,
            Self::LockOrder(_) => &lock_order::CAST,
            Self::QueueDeadlock(way) => way.cast(),
        }
    }
}

/// What a program came to that has ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum ThreadResult {
    /// Of [`ThreadProgram::LostUpdate`].
    Counted(Counted),
    /// Of [`ThreadProgram::LockOrder`].
    Transferred(Transferred),
    /// Of [`ThreadProgram::QueueDeadlock`].
    Passed(Passed),
    /// Of [`ThreadProgram::Primitive`].
    Demonstrated(Demonstrated),
}

impl ThreadResult {
    /// What came of it, in a sentence or two.
    pub fn sentence(&self) -> String {
        match self {
            Self::Counted(counted) => counted.sentence(),
            Self::Transferred(transferred) => transferred.sentence(),
            Self::Passed(passed) => passed.sentence(),
            Self::Demonstrated(demonstrated) => demonstrated.sentence(),
        }
    }

    /// Whether nothing is lost or wrong.
    pub fn is_right(&self) -> bool {
        match self {
            Self::Counted(counted) => counted.lost() == 0,
            Self::Transferred(transferred) => transferred.is_right(),
            Self::Passed(passed) => passed.got == passed.expected,
            Self::Demonstrated(demonstrated) => demonstrated.is_right(),
        }
    }

    /// How long it took, in ms.
    pub fn took_ms(&self) -> f64 {
        match self {
            Self::Counted(counted) => counted.took_ms,
            Self::Transferred(transferred) => transferred.took_ms,
            Self::Passed(passed) => passed.took_ms,
            Self::Demonstrated(demonstrated) => demonstrated.took_ms,
        }
    }
}
