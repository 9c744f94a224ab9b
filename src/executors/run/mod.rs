//! An experiment from start to report.
//!
//! The page and scripts come through here alike. Cancelling is dropping: whoever
//! drops this future drops the pools with it, and a dropped pool ends its workers.

mod entry;
mod pool;
mod progress;
pub mod schedule;
mod under_way;

pub use pool::{Finished, Fleet, Pool, Preparing, Sampling};
pub use progress::{Interim, InterimModel, Progress, Stage};

use crate::experiment::Experiment;
use crate::measure::report::Facts;
use under_way::UnderWay;

/// Runs `experiment`. A model that fails keeps its failure and leaves the others
/// running.
pub async fn run<F: Fleet>(fleet: &F, experiment: &Experiment) -> Finished {
    go_on(fleet, experiment, None).await
}

/// Runs `experiment`, and adds what is measured to what was measured of it `before`.
pub async fn go_on<F: Fleet>(
    fleet: &F,
    experiment: &Experiment,
    before: Option<Facts>,
) -> Finished {
    let mut run = UnderWay::new(fleet, experiment, before);
    run.start().await;
    run.warm_up().await;
    run.measure().await;
    run.finish()
}
