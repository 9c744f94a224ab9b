//! The figures of a run that texts can quote: taken from its report, or recorded on another device.

use crate::measure::gil_use::GilUse;
use crate::measure::latency;
use crate::measure::report::{Outcome, Report};
use crate::measure::span::Phase;
use crate::models::ExecutorKind;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The figures of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Measurements {
    /// Those of each model, in the experiment's order.
    pub models: Vec<ModelMeasurements>,
    /// How many cores were free, if that was measured.
    pub cores: Option<f64>,
}

/// The figures of one model.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ModelMeasurements {
    /// The model's id.
    pub model: String,
    /// Its name with its options.
    pub name: String,
    /// Its median time, in ms; `None` where it did not run.
    pub median_ms: Option<f64>,
    /// The 95% interval of the median, in ms.
    pub interval_ms: Option<[f64; 2]>,
    /// Why it did not run.
    pub failed: Option<String>,
    /// The part of each phase in all time in which its lanes were not idle, 0 to 1.
    pub shares: BTreeMap<Phase, f64>,
    /// The longest stretch for which the page did not answer, in ms.
    pub freeze_ms: f64,
    /// How long its workers took to be ready, in ms.
    pub startup_ms: f64,
    /// Bytes sent to and from its workers in one computation.
    pub bytes: f64,
    /// How many tasks were worked on at a time, on average.
    pub concurrency: f64,
    /// The median time of its requests, in ms, if it had some.
    pub latency_ms: Option<f64>,
    /// How often its GIL changed hands, per second, if it has one.
    pub hand_overs_per_s: Option<f64>,
}

impl Measurements {
    /// The figures of `report`.
    pub fn of(report: &Report) -> Self {
        Self {
            models: report.results.iter().map(ModelMeasurements::of).collect(),
            cores: report.environment.machine.effective_cores,
        }
    }
}

impl ModelMeasurements {
    fn of(outcome: &Outcome) -> Self {
        let samples = &outcome.samples;
        let mean = |figure: &dyn Fn(usize) -> f64| match samples.len() {
            0 => 0.0,
            count => (0..count).map(figure).sum::<f64>() / count as f64,
        };
        let shown_ms = outcome.shown().map(|sample| {
            // The timeline has all computations of its sample.
            sample.total_ms * f64::from(sample.computations)
        });
        let requests = latency::request_times(&outcome.lanes);
        let hand_overs = (outcome.executor.kind() == ExecutorKind::ThreadsGil)
            .then(|| GilUse::of(&outcome.lanes).hand_overs as f64);
        Self {
            model: outcome.executor.kind().id().to_owned(),
            name: outcome.executor.label(),
            median_ms: outcome.summary.as_ref().map(|summary| summary.median_ms),
            interval_ms: outcome.summary.as_ref().map(|summary| summary.ci95_ms),
            failed: outcome.error.as_ref().map(|failure| failure.message()),
            shares: shares(outcome),
            freeze_ms: outcome.longest_freeze_ms(),
            startup_ms: outcome.startup_ms,
            bytes: mean(&|at| (samples[at].bytes_sent + samples[at].bytes_received) as f64),
            concurrency: mean(&|at| samples[at].concurrency),
            latency_ms: latency::median(&requests, |request| request.total_ms),
            hand_overs_per_s: hand_overs.zip(shown_ms).map(|(count, ms)| count / ms * 1000.0),
        }
    }

    /// Which model it is, unless it is one that this page does not know.
    pub fn kind(&self) -> Option<ExecutorKind> {
        ExecutorKind::ALL.into_iter().find(|kind| kind.id() == self.model)
    }
}

/// The part of each phase in all time in which lanes were not idle, over all samples.
fn shares(outcome: &Outcome) -> BTreeMap<Phase, f64> {
    let mut phases: BTreeMap<Phase, f64> = BTreeMap::new();
    let mut total_ms = 0.0;
    for sample in &outcome.samples {
        total_ms += sample.rest_ms;
        for (phase, ms) in sample.phases_ms.iter().filter(|(phase, _)| **phase != Phase::Idle) {
            *phases.entry(*phase).or_default() += ms;
            total_ms += ms;
        }
    }
    if total_ms > 0.0 {
        phases.values_mut().for_each(|ms| *ms /= total_ms);
    }
    phases
}
