//! The way of the evidence through the decision tree, as the drawn tree and its list of answers show it.

use super::answering::EvidenceStep;
use super::evidence::Source;
use super::recommendation::Advice;
use crate::decision::layout::EdgeFigure;
use crate::decision::path::{self, joined};

/// The way of the evidence through the tree, with its figures.
#[derive(Clone, Debug)]
pub struct EvidencePath {
    /// The answers.
    pub steps: Vec<EvidenceStep>,
    /// Where the figures come from.
    pub source: Source,
    /// The address of the advice.
    pub from: String,
}

impl EvidencePath {
    /// The way of `advice`, which is shown at the address `from`.
    pub fn of(advice: &Advice, from: String) -> Self {
        Self { steps: advice.path.clone(), source: advice.evidence.source, from }
    }

    /// The path as links spell it.
    pub fn text(&self) -> String {
        self.steps.iter().fold(String::new(), |path, step| joined(&path, step.answer.id))
    }

    /// The link to where it ends in the tree.
    pub fn href(&self) -> String {
        path::href(&self.text())
    }

    /// The figure of each answer, by the path that the answer leads to.
    pub fn figures(&self) -> Vec<EdgeFigure> {
        let mut path = String::new();
        let figure = |step: &EvidenceStep| {
            path = joined(&path, step.answer.id);
            EdgeFigure { path: path.clone(), text: step.figure.clone() }
        };
        self.steps.iter().map(figure).collect()
    }
}

// No part of a first visit, and so not of what compares the page's states.
impl PartialEq for EvidencePath {
    #[inline(never)]
    fn eq(&self, other: &Self) -> bool {
        (&self.steps, self.source, &self.from) == (&other.steps, other.source, &other.from)
    }
}
