//! A pool's tasks.

use super::ids::WorkerId;

/// What is special about a task.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TaskOptions {
    /// How long it may run, in ms, from when it starts. Then its worker is ended.
    pub timeout_ms: Option<u32>,
    /// Whether it may be run again where its worker was lost: running it twice does no harm.
    pub repeatable: bool,
}

/// How far a task is that has not settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// It waits in the queue.
    Pending,
    /// This worker runs it.
    Running(WorkerId),
}

/// A task that has not settled.
#[derive(Clone, Debug)]
pub(super) struct Task {
    pub options: TaskOptions,
    pub state: TaskState,
    /// How often it was started.
    pub starts: u32,
}
