//! What is to be run.

pub mod executor;

pub use executor::{Executor, ExecutorKind};
