//! The outcome of each model: its samples, and what follows from them alone or compared with the
//! main thread. Warnings, findings and the verdict are derived from these.

use super::environment::Environment;
use super::measuring::Measuring;
use super::reported::ReportedSample;
use super::sample::WarmedUp;
use crate::experiment::Experiment;
use crate::failure::Failure;
use crate::measure::scaling::Scaling;
use crate::measure::span::{Lane, Phase};
use crate::measure::stats::{Ratio, Summary};
use crate::measure::waterfall::Waterfall;
use crate::models::{Executor, ExecutorKind};
use crate::workloads::answer::Answer;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// A run whose models are compared, before anything is said of it: what warnings, findings and
/// the verdict are made of.
#[derive(Clone, Copy, Debug)]
pub struct RunResults<'a> {
    /// Where and when.
    pub environment: &'a Environment,
    /// What was run.
    pub experiment: &'a Experiment,
    /// How it was measured.
    pub measuring: &'a Measuring,
    /// What each model did, in the experiment's order.
    pub results: &'a [Outcome],
    /// The models that have samples, the fastest first.
    pub ranking: &'a [Rank],
    /// Whether all answers are the same; `None` where fewer than two models gave one.
    pub agreement: Option<bool>,
}

impl RunResults<'_> {
    /// How many rounds were measured.
    pub fn rounds(&self) -> usize {
        rounds(self.results)
    }
}

/// How many rounds were measured of models that came to `results`.
pub fn rounds(results: &[Outcome]) -> usize {
    results.iter().map(|one| one.samples.len()).max().unwrap_or_default()
}

/// A model's place. Models whose difference could not be told share it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rank {
    /// The model.
    pub executor: ExecutorKind,
    /// Its index in the report's results.
    pub result: usize,
    /// The models whose difference could not be told.
    pub tied_with: Vec<ExecutorKind>,
    /// How many times as fast it was as the next model; `None` for the last.
    #[serde(skip)]
    pub over_next: Option<Ratio>,
}

/// Where the time of one lane went. Phases and rest add up to the sample's time.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct LaneBreakdown {
    /// The lane's name.
    pub lane: String,
    /// How long each phase lasted, in ms.
    pub phases_ms: BTreeMap<Phase, f64>,
    /// What no phase explains, in ms.
    pub rest_ms: f64,
}

/// How a model scales, where a run had it at several widths.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ModelScaling {
    /// The model.
    pub executor: ExecutorKind,
    /// What its widths say.
    #[serde(flatten)]
    pub scaling: Scaling,
}

/// How much faster than another model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Speedup {
    /// The model compared with.
    pub over: ExecutorKind,
    /// How many times as fast, with its interval.
    #[serde(flatten)]
    pub ratio: Ratio,
}

/// What one model did, as reports write it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Outcome {
    /// The model and its options.
    pub executor: Executor,
    /// How long its workers took to be ready, in ms; not part of any sample.
    pub startup_ms: f64,
    /// Whether their first start got stuck, so that they were started again.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub started_again: bool,
    /// How it warmed up.
    pub warm_up: WarmedUp,
    /// The samples, in the order in which they were taken.
    pub samples: Vec<ReportedSample>,
    /// What they come to.
    pub summary: Option<Summary>,
    /// How much faster than the main thread.
    pub speedup: Option<Speedup>,
    /// Whose timeline `lanes` is, as an index into the samples; `None` without any.
    pub timeline_of: Option<usize>,
    /// The timeline of a sample near the median, in ms from its beginning, all its
    /// computations through.
    pub lanes: Vec<Lane>,
    /// Where the time of each of those lanes went.
    pub accounts: Vec<LaneBreakdown>,
    /// Where the time of that sample went, from the ideal to what was measured.
    pub waterfall: Option<Waterfall>,
    /// The answer.
    #[serde(serialize_with = "answer_as_json")]
    pub answer: Option<Answer>,
    /// Why there is none.
    pub error: Option<Failure>,
}

impl Outcome {
    /// The sample whose timeline is kept.
    pub fn shown(&self) -> Option<&ReportedSample> {
        self.samples.get(self.timeline_of?)
    }

    /// How long each sample took, in ms.
    pub fn totals_ms(&self) -> Vec<f64> {
        self.samples.iter().map(|sample| sample.total_ms).collect()
    }

    /// The longest freeze of the page in any sample, in ms.
    pub fn longest_freeze_ms(&self) -> f64 {
        self.samples.iter().map(|sample| sample.main_thread_blocked_ms).fold(0.0, f64::max)
    }
}

fn answer_as_json<S: Serializer>(
    answer: &Option<Answer>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    answer.as_ref().map(Answer::to_json).serialize(serializer)
}
