//! Who takes part in a program, and what they wait for: the names behind the numbers that threads write
//! into shared memory.

/// The actors and resources of a program, by their numbers in [`crate::sync::progress`].
#[derive(Debug, PartialEq, Eq)]
pub struct Cast {
    /// Threads or tasks: "Thread 1".
    pub actors: &'static [&'static str],
    /// What they wait for.
    pub resources: &'static [Resource],
}

/// Something that is waited for.
#[derive(Debug, PartialEq, Eq)]
pub struct Resource {
    /// What it is, in a sentence: "lock A".
    pub name: &'static str,
    /// How it is related to those that hold it or bring it about: "held by", "made only by".
    pub by: &'static str,
}

/// Of a program that nobody waits in.
pub const NOBODY: Cast = Cast { actors: &[], resources: &[] };
