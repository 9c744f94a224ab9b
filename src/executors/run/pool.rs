//! The traits that a run depends on: `Pool`, which takes samples, and `Fleet`, which starts pools.

use super::progress::Progress;
use crate::failure::Result;
use crate::measure::calibration::Calibration;
use crate::measure::report::{Disturbance, Environment, Report, Sample};
use crate::models::Executor;
use crate::workloads::Workload;
use std::future::Future;
use std::pin::Pin;

/// A sample on its way.
pub type Sampling<'a> = Pin<Box<dyn Future<Output = Result<Sample>> + 'a>>;

/// Getting ready for another workload, on its way.
pub type Preparing<'a> = Pin<Box<dyn Future<Output = Result<()>> + 'a>>;

/// The workers of one model, ready to compute a workload again and again.
/// Dropping it ends them.
pub trait Pool {
    /// Computes the workload so many times, one after the other.
    fn sample(&mut self, times: u32) -> Sampling<'_>;

    /// Gets the same workers ready for another workload: one that needs no data of the asker's own and
    /// makes no requests but timers.
    fn prepare<'a>(&'a mut self, workload: &'a Workload) -> Preparing<'a>;

    /// How long the workers took to be ready, in ms.
    fn startup_ms(&self) -> f64;

    /// Whether their first start got stuck, so that they were started again.
    fn started_again(&self) -> bool {
        false
    }

    /// The merged bytes of the last sample, where they are worth looking at.
    fn merged(&mut self) -> Option<Vec<u8>>;
}

/// Starts pools and receives progress.
#[allow(async_fn_in_trait, reason = "everything here runs on the page's one thread")]
pub trait Fleet {
    /// Starts the workers of `executor` and gets them ready for `workload`.
    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<Box<dyn Pool>>;

    /// Tells how far the run is, outside of anything measured, and lets whoever
    /// is told show it.
    async fn tell(&self, progress: Progress);

    /// Times a fixed kernel, on one core alone and on all at once; `None` where that
    /// cannot be done.
    async fn calibrate(&self) -> Option<Calibration>;

    /// What disturbed the machine since this was last asked.
    fn disturbed(&self) -> Option<Disturbance>;

    /// Comes once the run may go on after a disturbance.
    async fn go_on(&self);

    /// Whether whoever wanted the run has seen enough of it.
    fn is_enough(&self) -> bool;

    /// The time, in ms.
    fn now_ms(&self) -> f64;

    /// What `work` comes to, or `None` where it has not after so many ms; it is dropped then.
    async fn in_time<T>(&self, ms: u32, work: impl Future<Output = T>) -> Option<T>;

    /// What the run takes place in; asked for at its end.
    fn environment(&self) -> Environment;
}

/// The result of a run.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The report.
    pub report: Report,
    /// Per model, the merged bytes of its last sample, where they are worth
    /// looking at.
    pub merged: Vec<Option<Vec<u8>>>,
}
