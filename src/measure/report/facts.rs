//! What a report rests on: all that was measured, and nothing that is made of it.
//! A report that comes from a file is made anew from these.

use super::environment::Environment;
use super::measuring::Measuring;
use super::sample::{Measured, Sample, WarmedUp};
use super::{App, ReportedSample};
use crate::experiment::{Executor, Experiment};
use crate::failure::Failure;
use crate::measure::account::Account;
use crate::measure::{Lane, span, stats};
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
    /// The timeline of the sample that is nearest to the median, in ms from its
    /// beginning.
    pub lanes: Vec<Lane>,
    /// The answer that all samples gave; `None` where they differ.
    pub answer: Option<Answer>,
    /// Why there are no samples.
    pub error: Option<Failure>,
}

/// A time in ms as reports write it, to 0.1 µs: finer than any browser's clock, and
/// short enough to be read back from JSON as the very same number.
pub fn rounded(ms: f64) -> f64 {
    (ms * 1e4).round() / 1e4
}

impl ModelFacts {
    /// What is kept of what a model did.
    pub fn of(measured: &Measured) -> Self {
        let samples: Vec<_> = measured.samples().iter().map(reported).collect();
        let shown = nearest_to_median(&samples).and_then(|at| measured.samples().get(at));
        Self {
            executor: measured.executor.clone(),
            startup_ms: rounded(measured.startup_ms),
            started_again: measured.started_again,
            warm_up: WarmedUp {
                totals_ms: measured.warm_up.totals_ms.iter().copied().map(rounded).collect(),
                ..measured.warm_up
            },
            lanes: shown.map(relative_lanes).unwrap_or_default(),
            answer: same_answer(measured.samples()).cloned(),
            error: measured.samples.as_ref().err().cloned(),
            samples,
        }
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

fn reported(sample: &Sample) -> ReportedSample {
    let of = |lane| Account::of(lane, sample.started_ms, sample.ended_ms);
    let accounts: Vec<_> = sample.lanes.iter().map(of).collect();
    let times = sample.computations.max(1);
    let account = Account::sum(&accounts, f64::from(times));
    let phases = account.phases_ms.iter().map(|(phase, ms)| (*phase, rounded(*ms)));
    ReportedSample {
        total_ms: rounded(sample.total_ms()),
        computations: times,
        outlier: false,
        phases_ms: phases.collect(),
        rest_ms: rounded(account.rest_ms),
        main_thread_blocked_ms: rounded(sample.blocked_ms),
        bytes_sent: sample.bytes_sent / u64::from(times),
        bytes_received: sample.bytes_received / u64::from(times),
        concurrency: rounded(span::concurrency(&sample.lanes, sample.lasted_ms())),
    }
}

fn relative_lanes(sample: &Sample) -> Vec<Lane> {
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
