//! What a report rests on: all that was measured, and nothing that is made of it.
//! A report that comes from a file is made anew from these.

use super::environment::Environment;
use super::measuring::Measuring;
use super::sample::{Measured, Sample, WarmedUp};
use super::sample_log::LoggedSamples;
use super::{App, Outcome, Report, ReportedSample};
use crate::experiment::Experiment;
use crate::failure::Failure;
use crate::measure::time_breakdown::TimeBreakdown;
use crate::measure::{Lane, span, stats};
use crate::models::Executor;
use crate::workloads::answer::Answer;

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub struct Facts {
    /// Which program measured it.
    pub app: App,
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
    /// What a report rests on.
    pub fn of(report: &Report) -> Self {
        let Report { app, environment, experiment, order, measuring, results, .. } = report;
        let results = results.iter().cloned().map(ModelFacts::from);
        Self {
            app: app.clone(),
            environment: environment.clone(),
            experiment: experiment.clone(),
            order: order.clone(),
            measuring: measuring.clone(),
            results: results.collect(),
        }
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

/// A time in ms as reports write it, to 0.1 µs: finer than any browser's clock, and
/// short enough to be read back from JSON as the very same number.
pub fn rounded(ms: f64) -> f64 {
    (ms * 1e4).round() / 1e4
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

/// What reports say of a sample.
pub(super) fn reported(sample: &Sample) -> ReportedSample {
    let of = |lane| TimeBreakdown::of(lane, sample.started_ms, sample.ended_ms);
    let accounts: Vec<_> = sample.lanes.iter().map(of).collect();
    let times = sample.computations.max(1);
    let breakdown = TimeBreakdown::sum(&accounts, f64::from(times));
    let phases = breakdown.phases_ms.iter().map(|(phase, ms)| (*phase, rounded(*ms)));
    ReportedSample {
        total_ms: rounded(sample.total_ms()),
        computations: times,
        outlier: false,
        phases_ms: phases.collect(),
        rest_ms: rounded(breakdown.rest_ms),
        main_thread_blocked_ms: rounded(sample.blocked_ms),
        bytes_sent: sample.bytes_sent / u64::from(times),
        bytes_received: sample.bytes_received / u64::from(times),
        concurrency: rounded(span::concurrency(&sample.lanes, sample.lasted_ms())),
    }
}

/// The timeline of a sample, in ms from its beginning.
pub(super) fn relative_lanes(sample: &Sample) -> Vec<Lane> {
    let relative = |lane: &Lane| {
        let mut lane = lane.clone().relative_to(sample.started_ms);
        for span in &mut lane.spans {
            span.start_ms = rounded(span.start_ms);
            // A message sent by one clock may arrive by another before it was sent.
            span.end_ms = rounded(span.end_ms).max(span.start_ms);
        }
        for beat in &mut lane.beats_ms {
            *beat = rounded(*beat);
        }
        if let Some(clock) = &mut lane.clock {
            clock.offset_ms = rounded(clock.offset_ms);
            clock.residual_ms = rounded(clock.residual_ms);
        }
        lane
    };
    sample.lanes.iter().map(relative).collect()
}
