//! The concurrency models: what each of them is. How they run is in `executors`.
//!
//! Each model has a file here with its [`Definition`], and one line in the table below.
//! Everything else that depends on the model asks its definition.

mod choices;
mod definition;
mod event_loop;
mod executor;
mod foreign;
mod kind;
mod main_thread;
pub mod option;
mod options;
mod processes;
mod threads;

pub use choices::{DataMode, StartMethod, StaticData};
pub use definition::{Definition, Memory};
pub use executor::Executor;
pub use foreign::ForeignModel;
pub use kind::ExecutorKind;
pub use option::{MAX_WORKERS, MIN_WORKERS, OptionSpec};
pub use options::Options;
