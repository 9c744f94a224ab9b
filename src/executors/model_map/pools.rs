//! The workers of all models of a map: started once, and made ready for one cell after another.

use crate::executors::run::{Fleet, Pool};
use crate::executors::spread_out::spread_out;
use crate::failure::{Failure, Result};
use crate::models::Executor;
use crate::workloads::Workload;

/// Pools of a model with several workers. A system may keep the workers of one pool on fewer cores than those
/// of the next, from the first cell to the last: what two pools do not agree on is too close to call.
pub const POOLS: usize = 2;
/// A model with more workers than this has one pool: two would be too many workers at once, each with its
/// memory.
const MOST_WORKERS_TWICE: u32 = 8;
/// Samples of a pool that has just started which are thrown away: the first calls are the slowest.
const COLD_SAMPLES: u32 = 3;

/// The workers of all models; of one that failed, with what.
pub struct Pools<'a, F> {
    fleet: &'a F,
    started: Vec<(Executor, Result<AlternatingPools>)>,
}

/// The pools of one model, which compute in turns.
pub struct AlternatingPools {
    pools: Vec<Box<dyn Pool>>,
    next: usize,
}

impl<'a, F: Fleet> Pools<'a, F> {
    /// None is started yet.
    pub fn new(fleet: &'a F) -> Self {
        Self { fleet, started: Vec::new() }
    }

    /// The pools of a model, ready for `workload`.
    ///
    /// # Errors
    /// What they failed with, now or before: they are not tried again.
    pub async fn ready(
        &mut self,
        executor: &Executor,
        workload: &Workload,
    ) -> Result<&mut AlternatingPools> {
        let known = self.started.iter().position(|(one, _)| one == executor);
        let at = match known {
            Some(at) => {
                let prepared = match &mut self.started[at].1 {
                    Ok(pools) => pools.prepare(workload).await,
                    Err(failure) => Err(failure.clone()),
                };
                if let Err(failure) = prepared {
                    self.give_up(executor, &failure);
                }
                at
            }
            None => {
                let started = self.start(executor, workload).await;
                self.started.push((executor.clone(), started));
                self.started.len() - 1
            }
        };
        self.started[at].1.as_mut().map_err(|failure| failure.clone())
    }

    /// How long the next pool of a model takes to compute so many times, for each in ms; `None` where none
    /// is ready.
    pub async fn sample(&mut self, executor: &Executor, times: u32) -> Option<Result<f64>> {
        let (_, pools) = self.started.iter_mut().find(|(one, _)| one == executor)?;
        Some(pools.as_mut().ok()?.sample(times).await)
    }

    /// Ends the pools of a model that failed.
    pub fn give_up(&mut self, executor: &Executor, failure: &Failure) {
        for (_, pools) in self.started.iter_mut().filter(|(one, _)| one == executor) {
            *pools = Err(failure.clone());
        }
    }

    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<AlternatingPools> {
        let count = if (2..=MOST_WORKERS_TWICE).contains(&executor.workers()) { POOLS } else { 1 };
        let mut pools = vec![self.start_one(executor, workload).await?];
        while pools.len() < count {
            // One is enough to go on with.
            let Ok(another) = self.start_one(executor, workload).await else { break };
            pools.push(another);
        }
        Ok(AlternatingPools { pools, next: 0 })
    }

    async fn start_one(&self, executor: &Executor, workload: &Workload) -> Result<Box<dyn Pool>> {
        let mut pool = self.fleet.start(executor, workload).await?;
        spread_out(&mut *pool, executor).await?;
        pool.prepare(workload).await?;
        pool.sample(COLD_SAMPLES).await?;
        Ok(pool)
    }
}

impl AlternatingPools {
    /// How long each of them takes to compute once, in ms.
    ///
    /// # Errors
    /// What one fails with.
    pub async fn once_each(&mut self) -> Result<Vec<f64>> {
        let mut all_ms = Vec::with_capacity(self.pools.len());
        for _ in 0..self.pools.len() {
            all_ms.push(self.sample(1).await?);
        }
        Ok(all_ms)
    }

    /// How long the next one takes to compute so many times, for each in ms.
    ///
    /// # Errors
    /// What it fails with.
    pub async fn sample(&mut self, times: u32) -> Result<f64> {
        let at = self.next % self.pools.len();
        self.next += 1;
        Ok(self.pools[at].sample(times).await?.total_ms())
    }

    async fn prepare(&mut self, workload: &Workload) -> Result<()> {
        for pool in &mut self.pools {
            pool.prepare(workload).await?;
        }
        Ok(())
    }
}
