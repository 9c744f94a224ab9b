//! What the fastest model is compared with, and how that came out.

use super::named::NamedModel;
use crate::measure::report::outcome::RunResults;
use crate::measure::stats::Ratio;
use crate::measure::{compare, format};
use crate::wording::counted;
use serde::Serialize;

/// What kind of answer a run gave.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum VerdictKind {
    /// One model is faster: the interval of the ratio does not hold 1.
    Faster,
    /// There is practically no difference: the interval is within ±10% of 1.
    NoDifference,
    /// Too noisy to tell: the interval holds 1, and is wider than that.
    TooNoisy,
    /// Too few rounds to tell anything.
    TooFewRounds,
    /// There is one model, and nothing to compare it with.
    OneModel,
    /// No model could run.
    Nothing,
}

impl VerdictKind {
    /// Whether it answers which model is faster.
    pub fn is_an_answer(self) -> bool {
        matches!(self, Self::Faster | Self::NoDifference | Self::OneModel)
    }
}

/// The fastest model and what it is compared with: the main thread; where that is the fastest,
/// or did not run, the next one.
#[derive(Clone, Debug, PartialEq)]
pub enum Comparison {
    /// There are two models or more.
    Of {
        /// The fastest by its median.
        fastest: NamedModel,
        /// The one that it is compared with.
        other: NamedModel,
        /// How many times as fast it was; `None` where one round tells nothing.
        ratio: Option<Ratio>,
        /// How many rounds were measured.
        rounds: usize,
        /// How many rounds a comparison takes.
        needed: usize,
    },
    /// There is one model.
    OneModel {
        /// The model.
        model: NamedModel,
        /// Its median, in ms.
        median_ms: f64,
    },
    /// No model could run.
    Nothing,
}

impl Comparison {
    /// The comparison of a run whose models take `needed` rounds to be told apart.
    pub fn of(run: &RunResults, needed: usize) -> Self {
        let Some(first) = run.ranking.first() else { return Self::Nothing };
        let outcome = &run.results[first.result];
        let named = |at| NamedModel::of(run.results, at);
        let speedup = compare::baseline(run.results).zip(outcome.speedup.as_ref());
        let (other, ratio) = match (speedup, run.ranking.get(1)) {
            (Some((main, speedup)), _) => (named(main), Some(speedup.ratio)),
            (None, Some(next)) => (named(next.result), first.over_next),
            (None, None) => {
                let median_ms = outcome.summary.as_ref().map_or(0.0, |summary| summary.median_ms);
                return Self::OneModel { model: named(first.result), median_ms };
            }
        };
        Self::Of { fastest: named(first.result), other, ratio, rounds: run.rounds(), needed }
    }

    /// What kind of answer it is.
    pub fn kind(&self) -> VerdictKind {
        match self {
            Self::Of { .. } => match self.ratio() {
                None => VerdictKind::TooFewRounds,
                Some(ratio) if ratio.is_negligible() => VerdictKind::NoDifference,
                Some(ratio) if ratio.is_even() => VerdictKind::TooNoisy,
                Some(_) => VerdictKind::Faster,
            },
            Self::OneModel { .. } => VerdictKind::OneModel,
            Self::Nothing => VerdictKind::Nothing,
        }
    }

    /// How many times as fast the fastest was; `None` where there are too few rounds to tell.
    pub fn ratio(&self) -> Option<Ratio> {
        match self {
            Self::Of { ratio, rounds, needed, .. } => ratio.filter(|_| rounds >= needed),
            Self::OneModel { .. } | Self::Nothing => None,
        }
    }

    /// One sentence, without a full stop: which model was fastest, and by how much.
    pub fn headline(&self) -> String {
        let (fastest, other) = match self {
            Self::Of { fastest, other, .. } => (fastest, other),
            Self::OneModel { model, median_ms } => {
                return format!("{} took {}", model.at_start(), format::duration(*median_ms));
            }
            Self::Nothing => return "No model could run".to_owned(),
        };
        let (own, over) = (fastest.in_text(), other.in_text());
        match self.ratio() {
            None => format!("Too few rounds to compare {own} with {over}"),
            Some(ratio) if ratio.is_negligible() => {
                format!("No difference between {own} and {over}")
            }
            Some(ratio) if ratio.is_even() => format!("Too noisy to tell {own} from {over}"),
            Some(Ratio { ratio, .. }) => {
                let (own, was) = (fastest.at_start(), fastest.executor.kind().was());
                format!("{own} {was} {}× faster than {over}", format::times(ratio))
            }
        }
    }

    /// What would help where it is no answer.
    pub fn help(&self) -> Option<String> {
        match (self, self.kind()) {
            (_, VerdictKind::TooNoisy) => {
                Some("Measure more, or close other busy programs.".to_owned())
            }
            (Self::Of { ratio, rounds, needed, .. }, VerdictKind::TooFewRounds) => {
                let seen = ratio.map_or_else(String::new, |Ratio { ratio, .. }| {
                    format!(", with a ratio of about {}", format::times(ratio))
                });
                let were = if *rounds == 1 { "was" } else { "were" };
                Some(format!(
                    "There {were} {}{seen}. A comparison takes {needed} or more: measure more.",
                    counted(*rounds as u64, "round")
                ))
            }
            _ => None,
        }
    }
}
