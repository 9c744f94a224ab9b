//! The report: what a run measured, as plain JSON. Its form is documented in
//! `README.md`; [`SCHEMA`] is raised when it changes.
//!
//! | file | subject |
//! | --- | --- |
//! | `environment` | what a run took place in |
//! | `sample` | what executors hand over |
//! | `sample_log` | what is kept of them while a run goes on |
//! | `shown` | which sample's timeline a report shows |
//! | `limits` | how much a report holds |
//! | `measuring` | blocks, and what became of them |
//! | `moved` | bytes between memories, and how many in a second |
//! | `facts` | what was measured, as it is kept |
//! | `derive` | what is made of the facts |

mod derive;
pub mod environment;
pub mod facts;
pub mod limits;
pub mod measuring;
pub mod moved;
pub mod sample;
pub mod sample_log;
mod shown;

pub use environment::{Availability, Capabilities, Environment, Visibility};
pub use facts::{Facts, ModelFacts};
pub use measuring::{Block, Disturbance, Measuring};
pub use moved::Moved;
pub use sample::{Measured, Sample, WarmedUp};
pub use sample_log::SampleLog;

use super::compare::Rank;
use super::findings::Finding;
use super::scaling::Scaling;
use super::span::{Lane, Phase};
use super::stats::{Ratio, Summary};
use super::verdict::Verdict;
use super::warning::Warning;
use super::waterfall::Waterfall;
use crate::experiment::Experiment;
use crate::failure::Failure;
use crate::models::{Executor, ExecutorKind};
use crate::workloads::answer::Answer;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Raised when the report's form changes.
pub const SCHEMA: u32 = 4;

/// Most samples of a model in one report. Whoever has as many knows enough.
pub const MAX_ROUNDS: usize = 200;

/// A sample as reports write it.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReportedSample {
    /// From beginning to answer, of one computation, in ms.
    pub total_ms: f64,
    /// How often the workload was computed; all else is of one time.
    pub computations: u32,
    /// Whether it lies outside of Tukey's fences. It is kept.
    pub outlier: bool,
    /// How long each phase lasted, summed over all lanes, in ms.
    pub phases_ms: BTreeMap<Phase, f64>,
    /// What no phase explains, summed over all lanes, in ms. With the phases it
    /// adds up to the time of all lanes.
    pub rest_ms: f64,
    /// The longest stretch for which the page's thread did not answer, in ms.
    pub main_thread_blocked_ms: f64,
    /// Bytes that left the parent's memory, each time.
    pub bytes_sent: u64,
    /// Bytes that came back into it, each time.
    pub bytes_received: u64,
    /// How many tasks were worked on at a time, on average.
    pub concurrency: f64,
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

/// Which program made the report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct App {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl App {
    /// This program.
    pub fn this() -> Self {
        Self { name: NAME.to_owned(), version: VERSION.to_owned() }
    }
}

/// This program's name.
pub const NAME: &str = env!("CARGO_PKG_NAME");
/// This program's version.
pub const VERSION: &str = env!("CARGO_PKG_VERSION");

/// The report of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// See [`SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub app: App,
    /// Where and when.
    pub environment: Environment,
    /// What was run, every default filled in.
    pub experiment: Experiment,
    /// The order of the models in each block, as indices into the experiment's list.
    pub order: Vec<Vec<usize>>,
    /// How it was measured.
    pub measuring: Measuring,
    /// What each model did, in the experiment's order.
    pub results: Vec<Outcome>,
    /// Whether all answers are the same; `None` where fewer than two models gave
    /// one.
    pub agreement: Option<bool>,
    /// The models that have samples, the fastest first.
    pub ranking: Vec<Rank>,
    /// How each model scales that was run at three widths or more.
    pub scaling: Vec<ModelScaling>,
    /// What came out, in a sentence or two.
    pub verdict: Verdict,
    /// Why it came out so.
    pub findings: Vec<Finding>,
    /// What a reader should know.
    pub warnings: Vec<Warning>,
}

impl Report {
    /// How many rounds were measured.
    pub fn rounds(&self) -> usize {
        self.results.iter().map(|one| one.samples.len()).max().unwrap_or_default()
    }

    /// The first model's failure, where not one of them gave a result.
    pub fn failure_of_all(&self) -> Option<&Failure> {
        let failures: Option<Vec<_>> =
            self.results.iter().map(|result| result.error.as_ref()).collect();
        failures?.into_iter().next()
    }

    /// The report as plain JSON, its figures rounded to what they can tell.
    pub fn to_json(&self) -> Value {
        let mut experiment = self.experiment.to_json();
        experiment["order"] = json!(self.order);
        let mut figures = json!({
            "measuring": self.measuring,
            "results": self.results,
            "agreement": self.agreement,
            "ranking": self.ranking,
            "scaling": self.scaling,
            "verdict": self.verdict,
            "findings": self.findings,
            "warnings": self.warnings,
        });
        round(&mut figures);
        figures["schema"] = json!(self.schema);
        figures["app"] = json!(self.app);
        figures["environment"] = json!(self.environment);
        figures["experiment"] = experiment;
        figures
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.to_json().serialize(serializer)
    }
}

/// Rounds every number of a value to six decimals.
fn round(value: &mut Value) {
    match value {
        Value::Number(number) if number.is_f64() => {
            if let Some(exact) = number.as_f64() {
                *value = json!((exact * 1e6).round() / 1e6);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(round),
        Value::Object(fields) => fields.values_mut().for_each(round),
        _ => {}
    }
}
