//! An experiment from start to report.
//!
//! The page and scripts come through here alike. Cancelling is dropping: whoever
//! drops this future drops the pools with it, and a dropped pool ends its workers.

use super::order;
use crate::experiment::{Executor, Experiment};
use crate::failure::{Failure, Result};
use crate::measure::report::{self, Environment, Measured, Report, Sample};
use crate::workloads::Workload;

/// The workers of one model, ready to compute one workload again and again.
/// Dropping it ends them.
#[allow(async_fn_in_trait, reason = "everything here runs on the page's one thread")]
pub trait Pool {
    /// Computes the workload once.
    async fn sample(&mut self) -> Result<Sample>;

    /// How long the workers took to be ready, in ms.
    fn startup_ms(&self) -> f64;

    /// The merged bytes of the last sample, where they are worth looking at.
    fn merged(&mut self) -> Option<Vec<u8>>;
}

/// Where pools come from, and who is told how far things are.
#[allow(async_fn_in_trait, reason = "everything here runs on the page's one thread")]
pub trait Fleet {
    /// Its pools.
    type Pool: Pool;

    /// Starts the workers of `executor` and gets them ready for `workload`.
    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<Self::Pool>;

    /// Tells how far the run is, outside of anything measured, and lets whoever
    /// is told show it.
    async fn tell(&self, progress: Progress);

    /// What the run takes place in; asked for at its end.
    fn environment(&self) -> Environment;
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is about to happen.
    pub stage: Stage,
    /// The model it happens to, as an index into the experiment's list.
    pub executor: usize,
    /// Steps done.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// What a run is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Workers are started.
    Starting,
    /// A sample is taken and thrown away.
    WarmingUp,
    /// A sample is taken.
    Measuring,
}

impl Stage {
    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::WarmingUp => "warming-up",
            Self::Measuring => "measuring",
        }
    }
}

/// What a run leaves behind.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The report.
    pub report: Report,
    /// Per model, the merged bytes of its last sample, where they are worth
    /// looking at.
    pub merged: Vec<Option<Vec<u8>>>,
}

/// Runs `experiment`. A model that fails keeps its failure and leaves the others
/// running.
pub async fn run<F: Fleet>(fleet: &F, experiment: &Experiment) -> Finished {
    let rounds = experiment.warmup + experiment.repeats;
    let order = order::rounds(experiment.executors.len(), rounds, experiment.seed);
    let total = experiment.executors.len() as u32 * (rounds + 1);
    let mut done = 0;
    let mut entries = Vec::with_capacity(experiment.executors.len());
    for (at, executor) in experiment.executors.iter().enumerate() {
        fleet.tell(Progress { stage: Stage::Starting, executor: at, done, total }).await;
        let started = fleet.start(executor, &experiment.workload).await;
        entries.push(Entry { pool: started, samples: Vec::new() });
        done += 1;
    }
    for (round, executors) in order.iter().enumerate() {
        let warming_up = round < experiment.warmup as usize;
        let stage = if warming_up { Stage::WarmingUp } else { Stage::Measuring };
        for at in executors {
            if let Ok(pool) = &mut entries[*at].pool {
                fleet.tell(Progress { stage, executor: *at, done, total }).await;
                match pool.sample().await {
                    Ok(_) if warming_up => {}
                    Ok(sample) => entries[*at].samples.push(sample),
                    Err(failure) => entries[*at].pool = Err(failure),
                }
            }
            done += 1;
        }
    }
    let merged = entries.iter_mut().map(Entry::merged).collect();
    let measured: Vec<_> = experiment
        .executors
        .iter()
        .zip(entries)
        .map(|(executor, entry)| entry.measured(executor.clone()))
        .collect();
    let report = report::build(experiment, &order, fleet.environment(), &measured);
    Finished { report, merged }
}

struct Entry<P> {
    pool: Result<P, Failure>,
    samples: Vec<Sample>,
}

impl<P: Pool> Entry<P> {
    fn merged(&mut self) -> Option<Vec<u8>> {
        self.pool.as_mut().ok()?.merged()
    }

    fn measured(self, executor: Executor) -> Measured {
        let startup_ms = self.pool.as_ref().map_or(0.0, Pool::startup_ms);
        Measured { executor, startup_ms, samples: self.pool.map(|_| self.samples) }
    }
}
