//! The numbers of a pool's tasks and workers.

/// A task of a pool, by number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u32);

/// A worker of a pool, by number. Numbers are not used again, so that what an ended worker still says is
/// told from what its successor says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WorkerId(pub u32);
