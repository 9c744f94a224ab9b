//! The report: what a run measured, as plain JSON. Its form is documented in
//! `README.md`; [`SCHEMA`] is raised when it changes.
//!
//! | file | subject |
//! | --- | --- |
//! | `environment` | what a run took place in |
//! | `availability` | whether the page has what it needs |
//! | `producer` | which program made it |
//! | `sample` | what executors hand over |
//! | `reported` | a sample as reports write it |
//! | `sample_log` | what is kept of them while a run goes on |
//! | `shown` | which sample's timeline a report shows |
//! | `limits` | how much a report holds |
//! | `measuring` | blocks, and what became of them |
//! | `moved` | bytes between memories, and how many in a second |
//! | `facts` | what was measured, as it is kept |
//! | `outcome` | what each model came to |
//! | `derive` | what is made of the facts |

pub mod availability;
mod derive;
pub mod environment;
pub mod facts;
pub mod limits;
pub mod measuring;
pub mod moved;
pub mod outcome;
pub mod producer;
pub mod reported;
pub mod sample;
pub mod sample_log;
mod shown;

pub use availability::Availability;
pub use environment::{Browser, Capabilities, Environment, Machine, Visibility};
pub use facts::{Facts, ModelFacts};
pub use measuring::{Block, Disturbance, Measuring};
pub use moved::Moved;
pub use outcome::{LaneBreakdown, ModelScaling, Outcome, Rank, Speedup};
pub use producer::{NAME, Producer, VERSION};
pub use reported::ReportedSample;
pub use sample::{Measured, Sample, WarmedUp};
pub use sample_log::SampleLog;

use super::explain::Finding;
use super::verdict::Verdict;
use super::warning::Warning;
use crate::experiment::Experiment;
use crate::failure::Failure;
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

/// Raised when the report's form changes.
pub const SCHEMA: u32 = 5;

/// Most samples of a model in one report. Whoever has as many knows enough.
pub const MAX_ROUNDS: usize = 200;

/// The report of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    /// See [`SCHEMA`].
    pub schema: u32,
    /// Which program made it.
    pub producer: Producer,
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
    /// What it rests on.
    pub fn facts(&self) -> Facts {
        Facts {
            producer: self.producer.clone(),
            environment: self.environment.clone(),
            experiment: self.experiment.clone(),
            order: self.order.clone(),
            measuring: self.measuring.clone(),
            results: self.results.iter().cloned().map(ModelFacts::from).collect(),
        }
    }

    /// How many rounds were measured.
    pub fn rounds(&self) -> usize {
        outcome::rounds(&self.results)
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
            "verdict": self.verdict.to_json(),
            "findings": self.findings,
            "warnings": self.warnings.iter().map(Warning::to_json).collect::<Vec<_>>(),
        });
        round(&mut figures);
        figures["schema"] = json!(self.schema);
        figures["producer"] = json!(self.producer);
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
