//! Findings: why a run came out as it did, each resting on a figure of this very run.

use super::explain::Rule;
use serde::Serialize;

/// Whether a rule found what it looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It did.
    Found,
    /// It could not tell: there is not enough to go by.
    NotEnoughData,
}

/// What a rule found out about a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule; where there was not enough data, the first that could not tell.
    pub rule: Rule,
    /// The model, as an index into the report's results; where there was not enough
    /// data, the first of those concerned.
    pub result: usize,
    /// Whether it was found.
    pub status: Status,
    /// What was found, in a sentence that names the model and cites the figure it
    /// rests on; what to do about it, where something can be done, in the next.
    pub text: String,
}
