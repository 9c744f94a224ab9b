//! How long a model takes, with its interval.

use super::costs::{Costs, PoolCosts};
use super::evidence::Evidence;
use super::formulas::{self, Terms};
use super::uncertain::Uncertain;
use crate::models::{Executor, ExecutorKind};
use serde::Serialize;

/// A normal distribution has 90% within so many standard deviations of its middle.
const Z90: f64 = 1.645;

/// By which part a formula is off where all that goes into it is right, as a standard
/// deviation: on one thread nothing is left out but what other programs take; a pool's workers
/// also share caches and memory, and end at different times.
fn formula_part(kind: ExecutorKind) -> f64 {
    match kind {
        ExecutorKind::MainThread | ExecutorKind::EventLoop => 0.05,
        ExecutorKind::Threads | ExecutorKind::ThreadsGil => 0.10,
        ExecutorKind::Processes | ExecutorKind::Hybrid | ExecutorKind::Foreign(_) => 0.15,
    }
}

/// How long a model is predicted to take.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Prediction {
    /// The model, with the options that suit the work.
    pub executor: Executor,
    /// As often longer as shorter, in ms; where it is one of two by chance, between these.
    pub median_ms: f64,
    /// It holds the time in nine cases of ten, in ms.
    pub interval90_ms: [f64; 2],
    /// The terms of the cost model, which add up to the median.
    pub terms: Terms,
    /// The standard deviation of the time's logarithm.
    #[serde(skip)]
    log_sd: f64,
}

/// A figure of evidence or costs that is uncertain.
type Raise = fn(&mut Evidence, &mut Costs);

/// Each raises one such figure by its standard uncertainty. That of both pools is one figure, as
/// no model has two.
const RAISES: [Raise; 16] = [
    |evidence, _| {
        let raised = evidence.work.compute_ms.typical().raised().value;
        evidence.work.compute_ms = evidence.work.compute_ms.around(raised);
    },
    |evidence, _| {
        let raised = evidence.work.wait_ms.typical().raised().value;
        evidence.work.wait_ms = evidence.work.wait_ms.around(raised);
    },
    |evidence, _| evidence.cores = evidence.cores.raised(),
    |_, costs| costs.task_ms = costs.task_ms.raised(),
    |_, costs| costs.turn_ms = costs.turn_ms.raised(),
    |_, costs| costs.request_ms = costs.request_ms.raised(),
    |_, costs| costs.late_ms = costs.late_ms.raised(),
    |_, costs| costs.last_late_ms = costs.last_late_ms.raised(),
    |_, costs| costs.served_ms = costs.served_ms.raised(),
    |_, costs| costs.slowdown = costs.slowdown.raised(),
    |_, costs| in_pools(costs, |pool| pool.start_ms = pool.start_ms.raised()),
    |_, costs| in_pools(costs, |pool| pool.job_ms = pool.job_ms.raised()),
    |_, costs| in_pools(costs, |pool| pool.message_ms = pool.message_ms.raised()),
    |_, costs| in_pools(costs, |pool| pool.one_core_ms = pool.one_core_ms.raised()),
    |_, costs| in_pools(costs, |pool| pool.one_core_share = pool.one_core_share.raised()),
    |_, costs| {
        in_pools(costs, |pool| {
            pool.byte_ms = pool.byte_ms.raised();
            pool.shared_byte_ms = pool.shared_byte_ms.map(Uncertain::raised);
        });
    },
];

fn in_pools(costs: &mut Costs, raise: impl Fn(&mut PoolCosts)) {
    costs.threads.iter_mut().for_each(&raise);
    costs.processes.iter_mut().for_each(&raise);
}

impl Prediction {
    /// How long `executor` takes; `None` where it cannot run there, or nothing takes any time.
    ///
    /// Each uncertain figure is raised by itself; what these change, as parts of the
    /// whole, and what the formula leaves out add up as variances do. The interval is that of a
    /// log-normal distribution, as times are never negative and far more often much too long
    /// than much too short.
    pub fn of(executor: &Executor, evidence: &Evidence, costs: &Costs) -> Option<Self> {
        let terms = formulas::terms(executor, evidence, costs)?;
        let median_ms = terms.total_ms();
        if !(median_ms > 0.0 && median_ms.is_finite()) {
            return None;
        }
        let changed = |raise: &Raise| {
            let (mut evidence, mut costs) = (evidence.clone(), costs.clone());
            raise(&mut evidence, &mut costs);
            let raised = formulas::terms(executor, &evidence, &costs);
            raised.map_or(0.0, |raised| (raised.total_ms() / median_ms).ln().powi(2))
        };
        let variance: f64 = RAISES.iter().map(changed).sum();
        let log_sd = variance.sqrt().hypot(formula_part(executor.kind()));
        let interval90_ms = [-Z90, Z90].map(|z| median_ms * (z * log_sd).exp());
        Some(Self { executor: executor.clone(), median_ms, interval90_ms, terms, log_sd })
    }

    /// How long each of `executors` takes, as far as it can run there.
    pub fn of_each(executors: &[Executor], evidence: &Evidence, costs: &Costs) -> Vec<Self> {
        executors.iter().filter_map(|executor| Self::of(executor, evidence, costs)).collect()
    }

    /// Which model it is of.
    pub fn kind(&self) -> ExecutorKind {
        self.executor.kind()
    }

    /// How likely this model takes no longer than `times` as long as `other`, 0 to 1.
    pub fn likely_within(&self, times: f64, other: &Self) -> f64 {
        let ahead = (times * other.median_ms / self.median_ms).ln();
        normal_below(ahead / self.log_sd.hypot(other.log_sd))
    }
}

/// How much of a standard normal distribution lies below `z`: Abramowitz and Stegun 26.2.17,
/// off by 7.5e-8 at the most.
fn normal_below(z: f64) -> f64 {
    let t = 1.0 / (1.0 + 0.231_641_9 * z.abs());
    let terms = [0.319_381_530, -0.356_563_782, 1.781_477_937, -1.821_255_978, 1.330_274_429];
    let sum = terms.iter().rev().fold(0.0, |sum, term| (sum + term) * t);
    let above = (-z * z / 2.0).exp() / std::f64::consts::TAU.sqrt() * sum;
    if z < 0.0 { above } else { 1.0 - above }
}

#[cfg(test)]
mod tests {
    use super::normal_below;

    /// The values are those of every table.
    #[test]
    fn normal_distribution_is_that_of_the_tables() {
        for (z, below) in [(0.0, 0.5), (1.0, 0.841_345), (1.645, 0.950_015), (-1.96, 0.024_998)] {
            assert!((normal_below(z) - below).abs() < 1e-6, "{z}: {}", normal_below(z));
        }
    }
}
