//! The advisor: which model suits a piece of work, by what was measured of it, and why.
//!
//! | file | holds |
//! | --- | --- |
//! | [`uncertain`] | a figure with its uncertainty |
//! | [`evidence`] | what is known of the work and of the machine |
//! | [`own_work`] | the same, as a reader types it |
//! | [`costs`] | what starting and handing over cost in each model |
//! | [`home`] | these costs in CPython and in Rust, outside of a browser |
//! | [`lens`] | Python with the GIL, without it, and Rust |
//! | [`formulas`] | the cost model: how long each model takes, term by term |
//! | [`prediction`] | the same with its interval |
//! | [`sizing`] | how many workers, how large chunks, how deep a queue |
//! | [`answering`] | the decision tree, walked by evidence |
//! | [`boundary`] | where the cost model has one model overtake another, on a map |
//! | [`evidence_path`] | its way, as the drawn tree shows it |
//! | [`caveat`] | what a reader should know of the advice |
//! | [`recommendation`] | the advice |
//! | [`trial`] | the advice put to the test |
//! | [`score`] | how often it was right |
//!
//! Nothing here measures: `executors::profile` does.

pub mod answering;
pub mod boundary;
pub mod caveat;
pub mod costs;
pub mod evidence;
pub mod evidence_path;
pub mod formulas;
pub mod home;
pub mod lens;
pub mod own_work;
pub mod prediction;
pub mod recommendation;
pub mod score;
pub mod sizing;
pub mod trial;
pub mod uncertain;

pub use caveat::Caveat;
pub use costs::{Costs, PoolCosts};
pub use evidence::{Evidence, Limits, Source, Spread, WorkProfile};
pub use evidence_path::EvidencePath;
pub use lens::Lens;
pub use prediction::Prediction;
pub use recommendation::{Advice, advise};
pub use uncertain::Uncertain;

#[cfg(test)]
mod tests;
