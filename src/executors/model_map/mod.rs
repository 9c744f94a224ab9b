//! Measuring a map of where one model overtakes another, cell after cell.

#[cfg(feature = "app")]
pub mod browser;
mod pools;

use super::run::Fleet;
use crate::failure::{Failure, Result};
use crate::measure::model_map::{Cell, FAR_SLOWER, ModelMap, NextCell, Plan, Timing};
use crate::models::{Executor, ExecutorKind};
use crate::workloads::Workload;
use pools::{AlternatingPools, POOLS, Pools};
use std::cell::RefCell;

/// Samples of each model that comes into question in a cell; fewer where its have taken long together, in
/// ms. Models take turns, as in the lab: a system may keep the workers of a pool on one core for many ms, and
/// on two for the next.
const SAMPLES: usize = 2 * POOLS;
const FEWEST_SAMPLES: usize = POOLS;
const LONG_MS: f64 = 30.0;
/// First samples that took this long count: finding nothing in the caches was a small part of it.
const FIRST_COUNTS_MS: f64 = 10.0;
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
    let mut measuring = Measuring { pools: Pools::new(fleet), least_ms };
    let plan = map.borrow().plan().clone();
    // What was before is nobody's disturbance.
    fleet.disturbed();
    loop {
        let next = map.borrow_mut().next_cell();
        let Some(next) = next else { return Ok(()) };
        let cell = measuring.cell(&plan, &next).await?;
        if fleet.disturbed().is_some() {
            // It is measured anew.
            fleet.go_on().await;
            continue;
        }
        map.borrow_mut().note(next.place, cell);
        tell().await;
    }
}

/// What a map is measured with.
struct Measuring<'a, F> {
    pools: Pools<'a, F>,
    /// A sample lasts at least so long, in ms.
    least_ms: f64,
}

/// A model that comes into question in a cell.
struct Contender<'a> {
    executor: &'a Executor,
    timing: Timing,
    /// How often it computes in each of its next samples; 0 once there are enough.
    times: u32,
}

impl<F: Fleet> Measuring<'_, F> {
    async fn cell(&mut self, plan: &Plan, next: &NextCell) -> Result<Cell> {
        let workload = plan.workload(next.place)?;
        let mix = plan.mix(next.place);
        let executors = plan.executors(next.place.row);
        let mut best_ms = f64::INFINITY;
        let mut contenders = Vec::new();
        for kind in &next.contenders {
            let Some(executor) = executors.iter().find(|one| one.kind() == *kind) else { continue };
            let waiting_ms = match kind {
                ExecutorKind::MainThread => (mix.tasks * mix.wait_ms) as f64,
                _ => 0.0,
            };
            let contender = match waiting_ms {
                long if long > FAR_SLOWER * best_ms => {
                    Contender { executor, timing: Timing::AtLeast(long), times: 0 }
                }
                _ => self.first(executor, &workload, &mut best_ms).await,
            };
            contenders.push(contender);
        }
        while contenders.iter().any(|one| one.times > 0) {
            for contender in contenders.iter_mut().filter(|one| one.times > 0) {
                self.next_sample(contender).await;
            }
        }
        let of = |kind: ExecutorKind| {
            let found = contenders.iter().find(|one| one.executor.kind() == kind);
            (kind, found.map_or(Timing::FarSlower, |one| one.timing.clone()))
        };
        Ok(Cell::new(executors.iter().map(|one| of(one.kind())).collect()))
    }

    /// Has a model compute `workload` for the first time; the only one where that is far longer than `best_ms`.
    async fn first<'e>(
        &mut self,
        executor: &'e Executor,
        workload: &Workload,
        best_ms: &mut f64,
    ) -> Contender<'e> {
        let firsts_ms = match self.pools.ready(executor, workload).await {
            Ok(pools) => firsts_ms(pools, *best_ms).await,
            Err(failure) => Err(failure),
        };
        let firsts_ms = match firsts_ms {
            Ok(firsts_ms) => firsts_ms,
            Err(failure) => return self.failed(executor, failure),
        };
        let first_ms = least(&firsts_ms);
        let is_far_slower = first_ms > FAR_SLOWER * *best_ms;
        *best_ms = best_ms.min(first_ms);
        let counts = is_far_slower || first_ms >= FIRST_COUNTS_MS;
        let timing = Timing::Ran(if counts { firsts_ms } else { Vec::new() });
        let times = (self.least_ms / first_ms.max(f64::MIN_POSITIVE)).ceil().clamp(1.0, MOST_TIMES);
        Contender { executor, timing, times: if is_far_slower { 0 } else { times as u32 } }
    }

    async fn next_sample(&mut self, contender: &mut Contender<'_>) {
        let Contender { executor, timing, times } = contender;
        match (self.pools.sample(executor, *times).await, timing) {
            (Some(Ok(sample_ms)), Timing::Ran(samples_ms)) => {
                samples_ms.push(sample_ms);
                if is_enough(samples_ms) {
                    *times = 0;
                }
            }
            (Some(Err(failure)), _) => *contender = self.failed(contender.executor, failure),
            // It is not asked before it is ready.
            _ => *times = 0,
        }
    }

    /// Notes a failure. What failed is not tried again in every cell.
    fn failed<'e>(&mut self, executor: &'e Executor, failure: Failure) -> Contender<'e> {
        self.pools.give_up(executor, &failure);
        Contender { executor, timing: Timing::Failed(failure), times: 0 }
    }
}

/// How long the first computation of each pool of a model takes, in ms; the second, where the first are far longer
/// than `best_ms`, as they found nothing in the caches.
async fn firsts_ms(pools: &mut AlternatingPools, best_ms: f64) -> Result<Vec<f64>> {
    let firsts_ms = pools.once_each().await?;
    let first_ms = least(&firsts_ms);
    if first_ms > FAR_SLOWER * best_ms && first_ms < FIRST_COUNTS_MS {
        return pools.once_each().await;
    }
    Ok(firsts_ms)
}

fn least(all_ms: &[f64]) -> f64 {
    all_ms.iter().copied().fold(f64::INFINITY, f64::min)
}

/// Whether a model has computed often enough in a cell.
fn is_enough(samples_ms: &[f64]) -> bool {
    let has_few = samples_ms.len() < FEWEST_SAMPLES;
    samples_ms.len() >= SAMPLES || !has_few && samples_ms.iter().sum::<f64>() >= LONG_MS
}

#[cfg(test)]
mod tests;
