//! The parameters of workloads: what each accepts, and reading them with every
//! bound checked.

mod idle;
mod reader;
mod spec;
mod values;

pub use idle::{IgnoredParams, check_keys, idle_beside};
pub use reader::Reader;
pub use spec::{ParamSpec, ParamType, Params, Place, SEED};
pub use values::{MAX_SAFE_INTEGER, choice, flag, integer, number, shown};
