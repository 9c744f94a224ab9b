//! What a program does wrong with a primitive, as Python tells it.

use std::error::Error;
use std::fmt;

/// What is wrong. Python raises `RuntimeError` for the first four, `ValueError` for the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Misuse {
    /// A lock is released that nobody holds.
    ReleasedFree,
    /// An `RLock` is released by a thread that does not hold it.
    ReleasedByOther,
    /// A thread waits for a condition without holding its lock.
    WaitedWithoutLock,
    /// A thread notifies others without holding the condition's lock.
    NotifiedWithoutLock,
    /// A `BoundedSemaphore` is released more often than it was acquired.
    ReleasedTooOften,
    /// More tasks are done than were put into a queue.
    DoneTooOften,
}

impl fmt::Display for Misuse {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        to.write_str(match self {
            Self::ReleasedFree => "release unlocked lock",
            Self::ReleasedByOther => "cannot release un-acquired lock",
            Self::WaitedWithoutLock => "cannot wait on un-acquired lock",
            Self::NotifiedWithoutLock => "cannot notify on un-acquired lock",
            Self::ReleasedTooOften => "Semaphore released too many times",
            Self::DoneTooOften => "task_done() called too many times",
        })
    }
}

impl Error for Misuse {}
