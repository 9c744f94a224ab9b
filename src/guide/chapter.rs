//! A chapter, as the page loads it.

use super::block::{ExperimentBlock, Lesson, Prediction};
use super::claim::Claim;
use super::glossary::Term;
use serde::{Deserialize, Serialize};

/// A chapter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What the reader can do after it: "say when a process pool pays".
    pub goal: String,
    /// How long it takes, in minutes.
    pub minutes: u32,
    /// What it is made of, in order.
    pub parts: Vec<Part>,
}

/// A part of a chapter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Part {
    /// Text, as HTML that was made of the project's own Markdown when the site was built.
    Html(String),
    /// An experiment.
    Experiment(ExperimentBlock),
    /// A question to answer before running what answers it.
    Predict(Prediction),
    /// The same, at the end of the chapter.
    Question(Prediction),
    /// A sentence that quotes what was measured further up.
    Lesson(Lesson),
    /// Claims, to be put to the test.
    Claims(Vec<Claim>),
}

impl Part {
    /// The id of what can be run, and the query that says what that is.
    pub fn run(&self) -> Option<(&str, &str)> {
        match self {
            Self::Experiment(block) => Some((&block.id, &block.run)),
            Self::Predict(asked) | Self::Question(asked) => Some((&asked.id, &asked.run)),
            Self::Html(_) | Self::Lesson(_) | Self::Claims(_) => None,
        }
    }
}

/// The glossary, as the page loads it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Glossary {
    /// Its terms, in the order of the alphabet.
    #[serde(rename = "term")]
    pub terms: Vec<Term>,
}
