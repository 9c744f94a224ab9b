//! Measuring a map of where one model overtakes another: the workers of each model are started once, and get
//! ready for one cell after another.

#[cfg(feature = "app")]
pub mod browser;

use super::run::{Fleet, Pool};
use crate::failure::{Failure, Result};
use crate::measure::model_map::{Cell, FAR_SLOWER, ModelMap, NextCell, Plan, Timing};
use crate::models::{Executor, ExecutorKind};
use crate::workloads::Workload;
use std::cell::RefCell;

/// Samples of each model that comes into question in a cell; fewer where they have taken long together, in
/// ms.
const SAMPLES: usize = 3;
const FEWEST_SAMPLES: usize = 2;
const LONG_MS: f64 = 60.0;
/// A first sample that took this long counts: finding nothing in the caches was a small part of it.
const FIRST_COUNTS_MS: f64 = 10.0;
/// Samples of a pool that has just started which are thrown away: the first calls are the slowest.
const COLD_SAMPLES: u32 = 3;
/// A sample lasts at least so long, in ms, and so many steps of the clock.
const LEAST_MS: f64 = 2.0;
const LEAST_STEPS: f64 = 50.0;
/// Most computations of a sample.
const MOST_TIMES: f64 = 50.0;

/// Measures `map` until nothing of it is left. `tell` is called after each cell, outside of
/// anything measured.
///
/// # Errors
/// Never, as long as each cell's experiment is within bounds; a model that fails is noted in its cell.
pub async fn measure<F: Fleet>(
    fleet: &F,
    map: &RefCell<ModelMap>,
    tell: impl AsyncFn(),
) -> Result<()> {
    let step_ms = fleet.environment().machine.clock_resolution_us / 1_000.0;
    let least_ms = LEAST_MS.max(LEAST_STEPS * step_ms);
    let mut pools = Pools { fleet, least_ms, started: Vec::new() };
    let plan = map.borrow().plan().clone();
    // What was before is nobody's disturbance.
    fleet.disturbed();
    loop {
        let next = map.borrow_mut().next_cell();
        let Some(next) = next else { return Ok(()) };
        let cell = pools.measure(&plan, &next).await?;
        if fleet.disturbed().is_some() {
            // It is measured anew.
            fleet.go_on().await;
            continue;
        }
        map.borrow_mut().note(next.place, cell);
        tell().await;
    }
}

/// The workers of all models, those of one that failed aside.
struct Pools<'a, F> {
    fleet: &'a F,
    /// A sample lasts at least so long, in ms.
    least_ms: f64,
    started: Vec<(Executor, Result<Box<dyn Pool>>)>,
}

impl<F: Fleet> Pools<'_, F> {
    async fn measure(&mut self, plan: &Plan, next: &NextCell) -> Result<Cell> {
        let workload = plan.workload(next.place)?;
        let mix = plan.mix(next.place);
        let executors = plan.executors(next.place.row);
        let mut best_ms = f64::INFINITY;
        let mut measured = Vec::new();
        for kind in &next.contenders {
            let Some(executor) = executors.iter().find(|one| one.kind() == *kind) else { continue };
            let waiting_ms = match kind {
                ExecutorKind::MainThread => (mix.tasks * mix.wait_ms) as f64,
                _ => 0.0,
            };
            let timing = match waiting_ms {
                long if long > FAR_SLOWER * best_ms => Timing::AtLeast(long),
                _ => match self.samples(executor, &workload, best_ms).await {
                    Ok(samples_ms) => Timing::Ran(samples_ms),
                    Err(failure) => Timing::Failed(failure),
                },
            };
            best_ms = best_ms.min(timing.median_ms().unwrap_or(f64::INFINITY));
            measured.push((*kind, timing));
        }
        let of = |kind: ExecutorKind| {
            let timing =
                measured.iter().find(|(of, _)| *of == kind).map(|(_, timing)| timing.clone());
            (kind, timing.unwrap_or(Timing::FarSlower))
        };
        Ok(Cell { timings: executors.iter().map(|one| of(one.kind())).collect() })
    }

    /// How long `workload` takes, in ms, several times; only once where that is far longer than `best_ms`.
    async fn samples(
        &mut self,
        executor: &Executor,
        workload: &Workload,
        best_ms: f64,
    ) -> Result<Vec<f64>> {
        let least_ms = self.least_ms;
        let pool = self.ready(executor, workload).await?;
        let sampled = take(pool, least_ms, best_ms).await;
        if let Err(failure) = &sampled {
            // What failed is not tried again in every cell.
            self.give_up(executor, failure);
        }
        sampled
    }

    /// The pool of a model, ready for `workload`.
    async fn ready(&mut self, executor: &Executor, workload: &Workload) -> Result<&mut dyn Pool> {
        let known = self.started.iter().position(|(one, _)| one == executor);
        let at = match known {
            Some(at) => {
                let prepared = match &mut self.started[at].1 {
                    Ok(pool) => pool.prepare(workload).await,
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
        match &mut self.started[at].1 {
            Ok(pool) => Ok(&mut **pool),
            Err(failure) => Err(failure.clone()),
        }
    }

    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<Box<dyn Pool>> {
        let mut pool = self.fleet.start(executor, workload).await?;
        for _ in 0..COLD_SAMPLES {
            pool.sample(1).await?;
        }
        Ok(pool)
    }

    /// Ends a pool that failed.
    fn give_up(&mut self, executor: &Executor, failure: &Failure) {
        for (_, pool) in self.started.iter_mut().filter(|(one, _)| one == executor) {
            *pool = Err(failure.clone());
        }
    }
}

async fn take(pool: &mut dyn Pool, least_ms: f64, best_ms: f64) -> Result<Vec<f64>> {
    let mut first_ms = pool.sample(1).await?.total_ms();
    if first_ms > FAR_SLOWER * best_ms && first_ms < FIRST_COUNTS_MS {
        // The first one found nothing in the caches.
        first_ms = pool.sample(1).await?.total_ms();
    }
    if first_ms > FAR_SLOWER * best_ms {
        return Ok(vec![first_ms]);
    }
    let times = (least_ms / first_ms.max(f64::MIN_POSITIVE)).ceil().clamp(1.0, MOST_TIMES);
    let mut samples_ms = Vec::with_capacity(SAMPLES);
    if first_ms >= FIRST_COUNTS_MS {
        samples_ms.push(first_ms);
    }
    let is_enough = |samples_ms: &[f64]| {
        let has_few = samples_ms.len() < FEWEST_SAMPLES;
        samples_ms.len() >= SAMPLES || !has_few && samples_ms.iter().sum::<f64>() >= LONG_MS
    };
    while !is_enough(&samples_ms) {
        samples_ms.push(pool.sample(times as u32).await?.total_ms());
    }
    Ok(samples_ms)
}

#[cfg(test)]
mod tests;
