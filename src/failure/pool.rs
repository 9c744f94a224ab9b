//! What a script's pool refuses, and why it ends a task.

use super::kind::FailureKind;
use super::names::listed;
use crate::coded;
use crate::coded::Words;
use crate::wording::grouped;

coded! {
    /// What the pool, or one of its futures, says.
    #[derive(Clone, Debug, PartialEq)]
    pub enum PoolProblem {
        /// It was shut down.
        ShutDown,
        /// Too many tasks wait.
        QueueFull {
            /// The most.
            most: u64,
        },
        /// A task made its worker stop: it panicked or trapped.
        TaskStopped {
            /// What the worker, or the browser, says.
            said: Words,
        },
        /// A task was cancelled.
        TaskCancelled,
        /// A task's worker ended without a word.
        WorkerDied,
        /// A task ran for longer than it may.
        TaskTimedOut {
            /// How long it may run, in ms.
            limit_ms: u64,
        },
        /// One task failed, the others did not.
        TaskLost {
            /// The number of the task.
            task: u64,
            /// All tasks.
            tasks: u64,
            /// Those that came to a result.
            survived: u64,
            /// How long it took until all had settled, in ms.
            took_ms: f64,
            /// Why it failed.
            why: TaskEnd,
        },
        /// A pool, a call or what goes with it has no such key.
        NoSuchKey {
            /// The keys that there are.
            known: Vec<Words>,
        },
        /// It makes requests, whose answers the page prepares for a run only.
        MakesRequests,
        /// It works on a file of the reader's own.
        WantsOwnFile,
    }
}

impl PoolProblem {
    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::ShutDown | Self::QueueFull { .. } => FailureKind::Unavailable,
            Self::TaskLost { why, .. } => why.kind(),
            Self::TaskStopped { .. } => FailureKind::TaskFailed,
            Self::WorkerDied => FailureKind::WorkerLost,
            Self::TaskCancelled => FailureKind::Cancelled,
            Self::TaskTimedOut { .. } => FailureKind::TimedOut,
            Self::NoSuchKey { .. } | Self::MakesRequests | Self::WantsOwnFile => {
                FailureKind::InvalidInput
            }
        }
    }

    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        match self {
            Self::ShutDown => "The pool is shut down and takes no more tasks. Make another with \
                               playground.pool()."
                .to_owned(),
            Self::QueueFull { most } => format!(
                "{} tasks wait already. Wait for some of them, or use map with a bufferSize.",
                grouped(*most)
            ),
            Self::TaskStopped { said } => format!(
                "The task stopped its worker: {}. Another worker takes its place; other tasks are not \
                 affected.",
                said.as_str()
            ),
            Self::TaskCancelled => "The task was cancelled.".to_owned(),
            Self::WorkerDied => "The worker ended without a word while it ran this task. Another \
                                 worker takes its place; other tasks are not affected. A task that \
                                 may run twice can be submitted with repeatable: true."
                .to_owned(),
            Self::TaskTimedOut { limit_ms } => format!(
                "The task ran for longer than {} ms, so its worker was ended. Raise timeoutMs, or \
                 make the task smaller.",
                grouped(*limit_ms)
            ),
            Self::TaskLost { task, tasks, survived, why, .. } => format!(
                "Task {task} failed: {} {survived} of {tasks} tasks have their results.",
                why.message()
            ),
            Self::NoSuchKey { known } => {
                format!("there is no such key. Use {}.", listed(known, ", "))
            }
            Self::MakesRequests => "makes requests, which only a run of the lab prepares. Choose \
                                    a workload that computes."
                .to_owned(),
            Self::WantsOwnFile => "works on a file of your own, which a script cannot hand over. \
                                   Leave it out to use generated data."
                .to_owned(),
        }
    }
}

coded! {
    /// Why a task of several failed.
    #[derive(Clone, Debug, PartialEq)]
    pub enum TaskEnd {
        /// It made its worker stop.
        Stopped {
            /// What the worker, or the browser, says.
            said: Words,
        },
        /// Its worker ended without a word.
        Died,
        /// It ran for longer than it may.
        TimedOut {
            /// How long it may run, in ms.
            limit_ms: u64,
        },
        /// There was no memory left for it.
        OutOfMemory,
        /// It failed in another way.
        Other {
            /// What was said of it.
            said: Words,
        },
    }
}

impl TaskEnd {
    fn kind(&self) -> FailureKind {
        match self {
            Self::Stopped { .. } | Self::Other { .. } => FailureKind::TaskFailed,
            Self::Died => FailureKind::WorkerLost,
            Self::TimedOut { .. } => FailureKind::TimedOut,
            Self::OutOfMemory => FailureKind::OutOfMemory,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::Stopped { said } => format!("it stopped its worker ({}).", said.as_str()),
            Self::Died => "its worker ended without a word.".to_owned(),
            Self::TimedOut { limit_ms } => {
                format!("it ran for longer than {} ms.", grouped(*limit_ms))
            }
            Self::OutOfMemory => "its worker had no memory left.".to_owned(),
            Self::Other { said } => said.as_str().to_owned(),
        }
    }
}
