//! What threads that share a memory meet at. Pure: there is no clock and no browser in it, so that
//! it is tested natively, and [`gil`], [`bounded_queue`], [`job_channel`], [`team`] and the primitives of
//! [`threading`] in every order in which threads may take their turns (`tests/interleavings`).

pub mod bank;
pub mod bounded_queue;
pub mod counter;
mod futex;
pub mod gil;
pub mod job_channel;
mod primitives;
pub mod progress;
pub mod queue_state;
pub mod safepoint;
pub mod task_queue;
pub mod task_words;
pub mod team;
pub mod threading;

#[cfg(test)]
mod tests;
