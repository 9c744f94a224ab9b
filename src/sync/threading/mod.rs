//! The primitives of Python's `threading` and `queue`, with their names and their rules, for threads that
//! share a memory.
//!
//! | module | waits on |
//! | --- | --- |
//! | [`lock`], [`semaphore`], [`event`] | one atomic word, a futex (`sync::futex`) |
//! | [`rlock`] | a `Lock` |
//! | [`condition`] | an `RLock`, and an `Event` for each thread that waits |
//! | [`barrier`], [`queue`] | a mutex and condition variables |
//!
//! What Python raises is a value here: [`misuse`] where the program is wrong, an error of its own where
//! somebody else is done, or gave up. [`timeout`] says how long a call may wait.

pub mod barrier;
pub mod condition;
pub mod event;
pub mod lock;
pub mod misuse;
pub mod queue;
pub mod rlock;
pub mod semaphore;
pub mod timeout;
