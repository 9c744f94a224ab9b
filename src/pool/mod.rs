//! A process pool, as Python's `concurrent.futures.ProcessPoolExecutor` is one, without its
//! workers: [`Machine`] decides what becomes of tasks and workers, and tells what is to be done about
//! it as [`Action`]s. It has no clock, no browser and no thread, so that it is tested natively, in any order
//! of events.

mod action;
mod ids;
mod machine;
mod options;
mod task;
mod worker;

pub use action::Action;
pub use ids::{TaskId, WorkerId};
pub use machine::{Counts, Machine};
pub use options::{CallSpec, MAX_QUEUED, PoolOptions, PoolSpec, StartWhen};
pub use task::{TaskOptions, TaskState};
