//! The facts of a report: everything that was measured, and nothing that is derived from it.
//! A report from a file is derived anew from these.

use super::environment::Environment;
use super::limits::{self, MAX_USER_AGENT};
use super::measuring::Measuring;
use super::outcome::Outcome;
use super::producer::Producer;
use super::reported::{ReportedSample, relative_lanes, reported, rounded};
use super::sample::{Measured, Sample, WarmedUp};
use super::sample_log::LoggedSamples;
use crate::coded::cut;
use crate::experiment::Experiment;
use crate::failure::Failure;
use crate::measure::{Lane, stats};
use crate::models::Executor;
use crate::workloads::answer::Answer;

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Which program measured it.
    pub producer: Producer,
    /// Where and when.
    pub environment: Environment,
    /// What was run.
    pub experiment: Experiment,
    /// The order of the models in each block, as indices into the experiment's list.
    pub order: Vec<Vec<usize>>,
    /// How it was measured.
    pub measuring: Measuring,
    /// What each model did, in the experiment's order.
    pub results: Vec<ModelFacts>,
}

/// What one model did.
#[derive(Clone, Debug, PartialEq)]
pub struct ModelFacts {
    /// The model and its options.
    pub executor: Executor,
    /// How long its workers took to be ready, in ms; not part of any sample.
    pub startup_ms: f64,
    /// Whether their first start got stuck, so that they were started again.
    pub started_again: bool,
    /// How it warmed up.
    pub warm_up: WarmedUp,
    /// The samples, in the order in which they were taken.
    pub samples: Vec<ReportedSample>,
    /// Whose timeline `lanes` is, as an index into the samples: one near the median;
    /// `None` without samples.
    pub timeline_of: Option<usize>,
    /// That timeline, in ms from the sample's beginning.
    pub lanes: Vec<Lane>,
    /// The answer that all samples gave; `None` where they differ.
    pub answer: Option<Answer>,
    /// Why there are no samples.
    pub error: Option<Failure>,
}

impl Facts {
    /// Fits all that has no bound of its own into a report.
    pub(super) fn fit(&mut self) {
        if let Some(user_agent) = &mut self.environment.user_agent {
            cut(user_agent, MAX_USER_AGENT);
        }
        limits::fit(self.results.iter_mut().flat_map(|model| &mut model.lanes).collect());
    }

    /// What was measured here and, `after` it, of the same experiment: one longer run.
    ///
    /// A model keeps its samples if both have some, so that all have the same number;
    /// where it failed, it keeps its failure.
    pub fn and(self, after: Self) -> Self {
        let Self { mut order, mut measuring, results, .. } = self;
        order.extend(after.order);
        measuring.calibrated &= after.measuring.calibrated;
        measuring.looks += after.measuring.looks;
        measuring.blocks.extend(after.measuring.blocks);
        let results = results.into_iter().zip(after.results).map(|(one, more)| one.and(more));
        Self { order, measuring, results: results.collect(), ..after }
    }
}

impl ModelFacts {
    /// What is kept of a model that took these samples, or failed.
    pub fn logged(
        executor: Executor,
        startup_ms: f64,
        started_again: bool,
        mut warm_up: WarmedUp,
        samples: Result<LoggedSamples, Failure>,
    ) -> Self {
        for total_ms in &mut warm_up.totals_ms {
            *total_ms = rounded(*total_ms);
        }
        let error = samples.as_ref().err().cloned();
        let LoggedSamples { samples, timeline_of, lanes, answer } = samples.unwrap_or_default();
        let startup_ms = rounded(startup_ms);
        Self {
            executor,
            startup_ms,
            started_again,
            warm_up,
            samples,
            timeline_of,
            lanes,
            answer,
            error,
        }
    }

    /// What is kept of what a model did.
    pub fn of(measured: &Measured) -> Self {
        let samples: Vec<_> = measured.samples().iter().map(reported).collect();
        let timeline_of = nearest_to_median(&samples);
        let shown = timeline_of.and_then(|at| measured.samples().get(at));
        Self {
            executor: measured.executor.clone(),
            startup_ms: rounded(measured.startup_ms),
            started_again: measured.started_again,
            warm_up: WarmedUp {
                totals_ms: measured.warm_up.totals_ms.iter().copied().map(rounded).collect(),
                ..measured.warm_up
            },
            timeline_of,
            lanes: shown.map(relative_lanes).unwrap_or_default(),
            answer: same_answer(measured.samples()).cloned(),
            error: measured.samples.as_ref().err().cloned(),
            samples,
        }
    }
}

impl From<Outcome> for ModelFacts {
    fn from(outcome: Outcome) -> Self {
        Self {
            executor: outcome.executor,
            startup_ms: outcome.startup_ms,
            started_again: outcome.started_again,
            warm_up: outcome.warm_up,
            samples: outcome.samples,
            timeline_of: outcome.timeline_of,
            lanes: outcome.lanes,
            answer: outcome.answer,
            error: outcome.error,
        }
    }
}

impl ModelFacts {
    fn and(self, mut after: Self) -> Self {
        if self.error.is_some() || after.error.is_some() {
            let error = after.error.or(self.error);
            return Self {
                samples: Vec::new(),
                timeline_of: None,
                lanes: Vec::new(),
                error,
                ..after
            };
        }
        let (first, more) = (self.samples.len(), after.timeline_of);
        let mut samples = self.samples;
        samples.append(&mut after.samples);
        let median_ms = stats::median(samples.iter().map(|sample| sample.total_ms));
        let off_ms = |at: Option<usize>| {
            at.and_then(|at| samples.get(at))
                .map_or(f64::INFINITY, |sample| (sample.total_ms - median_ms).abs())
        };
        let more = more.map(|at| first + at);
        let (timeline_of, lanes) = match off_ms(more) < off_ms(self.timeline_of) {
            true => (more, after.lanes),
            false => (self.timeline_of, self.lanes),
        };
        let answer = after.answer.filter(|answer| self.answer.as_ref() == Some(answer));
        Self { samples, timeline_of, lanes, answer, ..after }
    }
}

/// The sample whose time is nearest to the median of all.
pub fn nearest_to_median(samples: &[ReportedSample]) -> Option<usize> {
    let median_ms = stats::median(samples.iter().map(|sample| sample.total_ms));
    let distance = |at: &usize| (samples[*at].total_ms - median_ms).abs();
    (0..samples.len()).min_by(|a, b| distance(a).total_cmp(&distance(b)))
}

fn same_answer(samples: &[Sample]) -> Option<&Answer> {
    let (first, rest) = samples.split_first()?;
    rest.iter().all(|sample| sample.answer == first.answer).then_some(&first.answer)
}
