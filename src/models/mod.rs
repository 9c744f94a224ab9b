//! The concurrency models: what each of them is. How they run is in `executors`.
//!
//! Each model has a file in `registry` with its [`Definition`], and one line in the table there.
//! Everything else that depends on the model asks its definition.

mod choices;
mod definition;
mod executor;
mod foreign;
pub mod option;
mod options;
mod registry;
pub mod stage_options;

pub use choices::{CpuStage, DataMode, IoStage, StartMethod, StaticData};
pub use definition::{Definition, Memory};
pub use executor::Executor;
pub use foreign::ForeignModel;
pub use option::{MAX_WORKERS, MIN_WORKERS, OptionSpec};
pub use options::Options;
pub use registry::ExecutorKind;
