//! Findings: why a run came out as it did, each resting on figures of this very run.

use super::check::Missing;
use super::rules::{Figures, Rule};
use crate::models::Executor;
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

/// Whether a rule found what it looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It did.
    Found,
    /// It could not tell: there is not enough to go by.
    NotEnoughData,
}

impl Status {
    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Found => "found",
            Self::NotEnoughData => "not-enough-data",
        }
    }
}

/// What rules found out about a model, or what they lack.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// A rule found what it looks for.
    Found {
        /// The model, as an index into the report's results.
        result: usize,
        /// The model.
        executor: Executor,
        /// What was found.
        figures: Figures,
    },
    /// A rule could not tell.
    NotEnoughData {
        /// The first rule that could not tell.
        rule: Rule,
        /// What is missing.
        missing: Missing,
        /// Of which models, as indices into the report's results; one at least.
        results: Vec<usize>,
        /// These models.
        executors: Vec<Executor>,
    },
}

impl Finding {
    /// More models than this are counted, not named.
    const MOST_NAMES: usize = 3;

    /// The rule; where there was not enough data, the first that could not tell.
    pub fn rule(&self) -> Rule {
        match self {
            Self::Found { figures, .. } => figures.rule(),
            Self::NotEnoughData { rule, .. } => *rule,
        }
    }

    /// The model, as an index into the report's results; where there was not enough data, the
    /// first of those concerned.
    pub fn result(&self) -> usize {
        match self {
            Self::Found { result, .. } => *result,
            Self::NotEnoughData { results, .. } => results.first().copied().unwrap_or_default(),
        }
    }

    /// Whether it was found.
    pub fn status(&self) -> Status {
        match self {
            Self::Found { .. } => Status::Found,
            Self::NotEnoughData { .. } => Status::NotEnoughData,
        }
    }

    /// What was found, in a sentence that names the model and cites the figure it rests on;
    /// what to do about it, where something can be done, in the next.
    pub fn text(&self) -> String {
        match self {
            Self::Found { executor, figures, .. } => {
                format!("{}: {}", executor.label(), figures.text(executor))
            }
            Self::NotEnoughData { missing, executors, .. } => {
                let models = if executors.len() > Self::MOST_NAMES {
                    format!("{} models", executors.len())
                } else {
                    executors.iter().map(Executor::label).collect::<Vec<_>>().join(", ")
                };
                format!("{models}: {}", missing.text())
            }
        }
    }
}

impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Finding", 5)?;
        fields.serialize_field("rule", &self.rule())?;
        fields.serialize_field("result", &self.result())?;
        fields.serialize_field("status", &self.status())?;
        match self {
            Self::Found { figures, .. } => fields.serialize_field("figures", figures)?,
            Self::NotEnoughData { missing, results, .. } => {
                fields.serialize_field("missing", missing)?;
                fields.serialize_field("results", results)?;
            }
        }
        fields.serialize_field("text", &self.text())?;
        fields.end()
    }
}
