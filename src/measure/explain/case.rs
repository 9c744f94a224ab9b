//! What a rule looks at: one model's outcome beside the others.

use super::check::{FEWEST_SAMPLES, Missing};
use crate::measure::report::outcome::{LaneBreakdown, Outcome, RunResults};
use crate::measure::waterfall::{Step, Waterfall};
use crate::measure::{Lane, Phase};
use crate::models::ExecutorKind;

/// One model's outcome beside the others.
pub struct Case<'a> {
    /// The run.
    pub run: &'a RunResults<'a>,
    /// The outcome.
    pub outcome: &'a Outcome,
    waterfall: Option<&'a Waterfall>,
    /// The time breakdowns of the lanes that computed.
    pub workers: Vec<&'a LaneBreakdown>,
    /// How often these computed the workload.
    computations: f64,
}

impl<'a> Case<'a> {
    /// The case of `outcome`, which is one of the run's.
    pub fn of(run: &'a RunResults<'a>, outcome: &'a Outcome) -> Self {
        let Outcome { samples, lanes, accounts, .. } = outcome;
        let is_worker = |at: usize| lanes.get(at).is_some_and(|lane| lane.kind.is_worker());
        let pool = accounts.iter().enumerate().filter(|(at, _)| is_worker(*at));
        let pool: Vec<_> = pool.map(|(_, breakdown)| breakdown).collect();
        let shown = outcome.shown();
        let enough = samples.len() >= FEWEST_SAMPLES;
        Self {
            run,
            outcome,
            waterfall: outcome.waterfall.as_ref().filter(|_| enough),
            workers: if pool.is_empty() { accounts.iter().take(1).collect() } else { pool },
            computations: f64::from(shown.map_or(1, |sample| sample.computations).max(1)),
        }
    }

    /// What the main thread came to in the same run, unless the case is its own.
    pub fn main_thread(&self) -> Option<&'a Outcome> {
        let is_main = |one: &&Outcome| one.executor.kind() == ExecutorKind::MainThread;
        self.run.results.iter().find(is_main).filter(|_| !is_main(&self.outcome))
    }

    /// Where the time went.
    ///
    /// # Errors
    /// What is missing where there is not enough to tell.
    pub fn waterfall(&self) -> Result<&'a Waterfall, Missing> {
        self.waterfall.ok_or_else(|| self.missing())
    }

    /// What is missing where there is no waterfall.
    pub fn missing(&self) -> Missing {
        match self.outcome.samples.len() {
            rounds if rounds < FEWEST_SAMPLES => Missing::Samples { rounds },
            rounds => Missing::Timeline { rounds },
        }
    }

    /// How long a lane was in `phase` for each computation, in ms.
    pub fn ms(&self, breakdown: &LaneBreakdown, phase: Phase) -> f64 {
        breakdown.phases_ms.get(&phase).copied().unwrap_or_default() / self.computations
    }

    /// How long a worker waited for a lock for each computation, on average, in ms.
    pub fn lock_wait_ms(&self) -> f64 {
        self.mean(|breakdown| self.ms(breakdown, Phase::LockWait))
    }

    /// How long a lane was at its tasks for each computation, in ms.
    pub fn worked_ms(&self, breakdown: &LaneBreakdown) -> f64 {
        self.ms(breakdown, Phase::Compute) + self.ms(breakdown, Phase::IoWait)
    }

    /// The mean over all workers of `ms`.
    pub fn mean(&self, ms: impl Fn(&LaneBreakdown) -> f64) -> f64 {
        self.workers.iter().map(|breakdown| ms(breakdown)).sum::<f64>() / self.lanes() as f64
    }

    /// The lanes that computed, with what they did when.
    pub fn working_lanes(&self) -> Vec<&'a Lane> {
        let is_working =
            |lane: &&Lane| self.workers.iter().any(|breakdown| breakdown.lane == lane.id);
        self.outcome.lanes.iter().filter(is_working).collect()
    }

    /// The lanes that waited for requests: those that computed, but for a pipeline, where others do.
    pub fn waiting_lanes(&self) -> Vec<&'a Lane> {
        if self.outcome.executor.kind() != ExecutorKind::Hybrid {
            return self.working_lanes();
        }
        let waits = |lane: &&Lane| lane.spans.iter().any(|span| span.phase == Phase::IoWait);
        self.outcome.lanes.iter().filter(waits).collect()
    }

    /// How often the sample whose timeline is kept computed the workload.
    pub fn computations(&self) -> f64 {
        self.computations
    }

    /// Whether the work waits for longer than it computes.
    pub fn waits(&self) -> bool {
        let Some(sample) = self.outcome.samples.first() else { return false };
        let ms = |phase| sample.phases_ms.get(&phase).copied().unwrap_or_default();
        ms(Phase::IoWait) > ms(Phase::Compute)
    }

    /// How many lanes computed.
    pub fn lanes(&self) -> usize {
        self.workers.len().max(1)
    }

    /// How many tasks the work was cut into.
    pub fn tasks(&self) -> usize {
        self.run.experiment.workload.work().task_count().max(1)
    }

    /// The time between tasks that nothing explains, in ms. The waterfall's rest
    /// holds it together with work that took longer than it should have.
    pub fn gaps_ms(&self, waterfall: &Waterfall) -> f64 {
        let turns_ms = waterfall.ms(Step::Oversubscription) + waterfall.ms(Step::Overlap);
        let worked_ms = self.mean(|breakdown| self.worked_ms(breakdown));
        (waterfall.ms(Step::Rest) - (worked_ms - waterfall.ideal_ms - turns_ms)).max(0.0)
    }
}
