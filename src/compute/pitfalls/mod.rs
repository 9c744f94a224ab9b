//! The pitfalls' programs on the threads of a pool. Where threads block for ever, nothing here ends them:
//! the page watches from outside, and ends their workers.

mod lock_order;
mod lost_update;
mod queue_deadlock;

use crate::compute::primitives;
use crate::failure::{Result, WorkerProblem};
use crate::pitfalls::programs::threads::{ThreadProgram, ThreadResult};
use crate::sync::progress::Progress;
use std::sync::atomic::AtomicU32;

/// Runs `program` on a pool of so many `threads`, the caller's among them. Who waits for what is
/// written to `progress`; `stop` is anything but 0 once nobody wants the result any more.
///
/// # Errors
/// `WorkerLost` where the pool has another size than the program needs.
pub fn run(
    program: ThreadProgram,
    threads: usize,
    progress: Progress,
    stop: &AtomicU32,
) -> Result<ThreadResult> {
    if threads != program.threads() as usize {
        return Err(WorkerProblem::NotPrepared.into());
    }
    progress.clear();
    Ok(match program {
        ThreadProgram::LostUpdate(way, adders) => {
            ThreadResult::Counted(lost_update::run(way, adders, stop))
        }
        ThreadProgram::LockOrder(way) => {
            ThreadResult::Transferred(lock_order::run(way, progress, stop))
        }
        ThreadProgram::QueueDeadlock(way) => {
            ThreadResult::Passed(queue_deadlock::run(way, progress, stop))
        }
        ThreadProgram::Primitive(demonstration) => {
            ThreadResult::Demonstrated(primitives::demonstrate(demonstration))
        }
    })
}
