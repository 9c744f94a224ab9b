//! A pool's workers, as far as the pool knows them.

use super::ids::{TaskId, WorkerId};

/// A worker that has not been ended.
#[derive(Clone, Debug)]
pub(super) struct Worker {
    pub id: WorkerId,
    pub state: WorkerState,
    /// Tasks that it has finished.
    pub finished: u32,
}

/// What a worker is at.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum WorkerState {
    /// It is to start once the browser has a place for it.
    Waiting,
    /// It was asked for and has not said a word.
    Asked {
        /// When, in ms.
        since_ms: f64,
    },
    /// It has begun, and loads the program.
    Loading {
        /// When it began, in ms.
        since_ms: f64,
    },
    /// It runs the initializer.
    Initializing {
        /// Since when, in ms.
        since_ms: f64,
    },
    /// It waits for a task.
    Idle,
    /// It runs a task.
    Busy {
        /// Which.
        task: TaskId,
        /// Since when, in ms.
        since_ms: f64,
    },
}

impl Worker {
    /// Whether it has still to get ready.
    pub fn is_starting(&self) -> bool {
        !matches!(self.state, WorkerState::Idle | WorkerState::Busy { .. })
    }

    /// Whether it runs the initializer.
    pub fn is_initializing(&self) -> bool {
        matches!(self.state, WorkerState::Initializing { .. })
    }

    /// What it runs, and since when, in ms.
    pub fn running(&self) -> Option<(TaskId, f64)> {
        match self.state {
            WorkerState::Busy { task, since_ms } => Some((task, since_ms)),
            _ => None,
        }
    }
}
