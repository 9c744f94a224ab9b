//! What a rule looks at: one model's outcome, in its report.

use super::check::Missing;
use crate::measure::report::{LaneBreakdown, Outcome, Report};
use crate::measure::waterfall::{Step, Waterfall};
use crate::measure::{Lane, Phase};

/// Fewer samples have no middle one whose timeline could stand for all.
pub const FEWEST_SAMPLES: usize = 3;

/// One model's outcome, in its report.
pub struct Case<'a> {
    /// The report.
    pub report: &'a Report,
    /// The outcome.
    pub outcome: &'a Outcome,
    /// Where the time went, if there is enough to tell.
    pub waterfall: Option<&'a Waterfall>,
    /// The accounts of the lanes that computed.
    pub workers: Vec<&'a LaneBreakdown>,
    /// How often these computed the workload.
    computations: f64,
}

impl<'a> Case<'a> {
    /// The case of `outcome`, which is one of the report's.
    pub fn of(report: &'a Report, outcome: &'a Outcome) -> Self {
        let Outcome { samples, lanes, accounts, .. } = outcome;
        let is_worker = |at: usize| lanes.get(at).is_some_and(|lane| lane.kind.is_worker());
        let pool = accounts.iter().enumerate().filter(|(at, _)| is_worker(*at));
        let pool: Vec<_> = pool.map(|(_, breakdown)| breakdown).collect();
        let shown = outcome.shown();
        let enough = samples.len() >= FEWEST_SAMPLES;
        Self {
            report,
            outcome,
            waterfall: outcome.waterfall.as_ref().filter(|_| enough),
            workers: if pool.is_empty() { accounts.iter().take(1).collect() } else { pool },
            computations: f64::from(shown.map_or(1, |sample| sample.computations).max(1)),
        }
    }

    /// What is missing where there is no waterfall.
    pub fn missing(&self) -> Missing {
        match self.outcome.samples.len() {
            few if few < FEWEST_SAMPLES => Missing::Samples(few),
            count => Missing::Timeline(count),
        }
    }

    /// How long a lane was in `phase` for each computation, in ms.
    pub fn ms(&self, breakdown: &LaneBreakdown, phase: Phase) -> f64 {
        breakdown.phases_ms.get(&phase).copied().unwrap_or_default() / self.computations
    }

    /// How long a lane was at its tasks for each computation, in ms.
    pub fn worked_ms(&self, breakdown: &LaneBreakdown) -> f64 {
        self.ms(breakdown, Phase::Compute) + self.ms(breakdown, Phase::IoWait)
    }

    /// The mean over all workers of `ms`.
    pub fn mean(&self, ms: impl Fn(&LaneBreakdown) -> f64) -> f64 {
        self.workers.iter().map(|breakdown| ms(breakdown)).sum::<f64>() / self.lanes()
    }

    /// The lanes that computed, with what they did when.
    pub fn working_lanes(&self) -> Vec<&'a Lane> {
        let is_working =
            |lane: &&Lane| self.workers.iter().any(|breakdown| breakdown.lane == lane.id);
        self.outcome.lanes.iter().filter(is_working).collect()
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
    pub fn lanes(&self) -> f64 {
        self.workers.len().max(1) as f64
    }

    /// How many tasks the work was cut into.
    pub fn tasks(&self) -> f64 {
        self.report.experiment.workload.work().task_count().max(1) as f64
    }

    /// The time between tasks that nothing explains, in ms. The waterfall's rest
    /// holds it together with work that took longer than it should have.
    pub fn gaps_ms(&self, waterfall: &Waterfall) -> f64 {
        let turns_ms = waterfall.ms(Step::Oversubscription) + waterfall.ms(Step::Overlap);
        let worked_ms = self.mean(|breakdown| self.worked_ms(breakdown));
        (waterfall.ms(Step::Rest) - (worked_ms - waterfall.ideal_ms - turns_ms)).max(0.0)
    }
}
