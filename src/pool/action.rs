//! What a pool asks of whoever carries it out.

use super::ids::{TaskId, WorkerId};
use crate::failure::{Failure, Result};

/// Something that is to be done, in the order in which it is told.
#[derive(Clone, Debug, PartialEq)]
pub enum Action<R> {
    /// Start this worker.
    Start(WorkerId),
    /// Run the initializer in this worker.
    Initialize(WorkerId),
    /// Send this task to this worker, which has nothing else to do.
    Run(WorkerId, TaskId),
    /// End this worker, whatever it is doing. Nothing is asked of it again.
    End(WorkerId),
    /// The future of this task settles, once and for all.
    Settle(TaskId, Result<R>),
    /// The browser starts no more workers: so many of so many are all there will be.
    Limited {
        /// Workers that began.
        begun: usize,
        /// Workers that were wanted.
        wanted: usize,
    },
    /// No worker can be had, or the initializer failed: all that waited has been told, and nothing is
    /// accepted any more.
    Broken(Failure),
    /// The pool is shut down, and its last worker is ended.
    Closed,
}
