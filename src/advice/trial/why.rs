//! Why an advice was wrong: what was predicted is compared with what was measured, part by part.

use crate::advice::formulas::Term;
use crate::advice::prediction::Prediction;
use crate::advice::recommendation::AS_FAST;
use crate::measure::format;
use crate::measure::report::Report;
use crate::measure::report::outcome::{LaneBreakdown, Outcome};
use crate::measure::{Lane, Phase};
use crate::models::ExecutorKind;

/// What an advice goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// The cost model: for Python by CPython's own costs.
    Costs,
    /// The decision tree, without figures.
    Tree,
}

/// Why an advice was wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It was predicted, but the advice goes by something else.
    Predicted(Basis),
    /// A part of the predicted time was off.
    Off {
        /// Of which model.
        model: ExecutorKind,
        /// Which part.
        part: Part,
        /// How long it was to take, in ms.
        predicted_ms: f64,
        /// How long it took, in ms.
        measured_ms: f64,
    },
}

/// A part of a model's time that is both predicted and measured: some terms of the cost model, and
/// the phases of a timeline that they stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Computing.
    Compute,
    /// Waiting for something else.
    Wait,
    /// Handing tasks and their bytes over.
    HandOver,
    /// Waiting for a lock.
    Lock,
    /// Putting the results together.
    Merge,
}

impl Part {
    const ALL: [Self; 5] = [Self::Compute, Self::Wait, Self::HandOver, Self::Lock, Self::Merge];

    fn terms(self) -> &'static [Term] {
        match self {
            Self::Compute => &[Term::Compute],
            Self::Wait => &[Term::Wait],
            Self::HandOver => &[Term::HandOver, Term::Bytes],
            Self::Lock => &[Term::Lock],
            Self::Merge => &[Term::Merge],
        }
    }

    fn has(self, phase: Phase) -> bool {
        match self {
            Self::Compute => phase == Phase::Compute,
            Self::Wait => phase == Phase::IoWait,
            Self::HandOver => {
                matches!(phase, Phase::Serialize | Phase::Deserialize | Phase::Copy)
            }
            Self::Lock => phase == Phase::LockWait,
            Self::Merge => phase == Phase::Merge,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Compute => "computing",
            Self::Wait => "waiting",
            Self::HandOver => "handing over",
            Self::Lock => "waiting for a lock",
            Self::Merge => "merging",
        }
    }
}

impl Why {
    /// What it says, in a sentence.
    pub fn sentence(&self) -> String {
        match self {
            Self::Predicted(Basis::Costs) => {
                "That was predicted for this page: the advice goes by CPython's costs, and this browser's differ."
                    .to_owned()
            }
            Self::Predicted(Basis::Tree) => {
                "The profile predicted that: the tree knows neither this workload nor this machine.".to_owned()
            }
            Self::Off { model, part, predicted_ms, measured_ms } => format!(
                "The prediction for {} was furthest off: {} took {}, not {}.",
                model.in_text(),
                part.title(),
                format::duration(*measured_ms),
                format::duration(*predicted_ms)
            ),
        }
    }
}

/// Why `fastest` was faster than `advised`, by what was `predicted`.
pub fn explained(
    advised: ExecutorKind,
    fastest: ExecutorKind,
    basis: Basis,
    predicted: &[Prediction],
    report: &Report,
) -> Option<Why> {
    let predicted = |kind| predicted.iter().find(|one| one.kind() == kind);
    let measured = |kind| report.results.iter().find(|one| one.executor.kind() == kind);
    if let (Some(of_advised), Some(of_fastest)) = (predicted(advised), predicted(fastest))
        && of_advised.median_ms > of_fastest.median_ms * AS_FAST
    {
        return Some(Why::Predicted(basis));
    }
    let pair = |kind| Some((predicted(kind)?, measured(kind)?));
    let off = |(predicted, measured): &(&Prediction, &Outcome)| {
        let median_ms = measured.summary.as_ref().map_or(f64::NAN, |summary| summary.median_ms);
        (median_ms / predicted.median_ms).ln().abs()
    };
    let pairs = [advised, fastest].into_iter().filter_map(pair);
    let (predicted, measured) = pairs.max_by(|a, b| off(a).total_cmp(&off(b)))?;
    most_off(predicted, &|part| measured_ms(measured, part))
}

/// The part that is most off, where parts of it were measured.
fn most_off(predicted: &Prediction, measured_ms: &dyn Fn(Part) -> Option<f64>) -> Option<Why> {
    let parts = Part::ALL.into_iter().filter_map(|part| {
        let predicted_ms = part.terms().iter().map(|term| predicted.terms.ms(*term)).sum();
        Some((part, predicted_ms, measured_ms(part)?))
    });
    let difference =
        |(_, predicted_ms, measured_ms): &(Part, f64, f64)| (measured_ms - predicted_ms).abs();
    let (part, predicted_ms, measured_ms) =
        parts.max_by(|a, b| difference(a).total_cmp(&difference(b)))?;
    Some(Why::Off { model: predicted.kind(), part, predicted_ms, measured_ms })
}

/// How long `part` took one computation, in ms, as the cost model counts it; `None` where the timeline does not
/// tell. Workers do at the same time what they do, so of them the mean counts; what the page and the
/// coordinator do beside them comes on top.
fn measured_ms(of: &Outcome, part: Part) -> Option<f64> {
    let computations = f64::from(of.shown()?.computations.max(1));
    let in_lane = |account: &LaneBreakdown| {
        let phases = account.phases_ms.iter().filter(|(phase, _)| part.has(**phase));
        phases.map(|(_, ms)| ms).sum::<f64>() / computations
    };
    let has_workers = of.lanes.iter().any(|lane| lane.kind.is_worker());
    let lanes = of.lanes.iter().zip(&of.accounts);
    let (working, beside): (Vec<_>, Vec<_>) =
        lanes.partition(|(lane, _)| lane.kind.is_worker() || !has_workers);
    let sum = |lanes: &[(&Lane, &LaneBreakdown)]| {
        lanes.iter().map(|(_, account)| in_lane(account)).sum::<f64>()
    };
    if working.is_empty() {
        return None;
    }
    let mean = sum(&working) / working.len() as f64;
    let takes_turns = of.executor.computes_under_gil();
    match part {
        // One computes at a time, and the others wait for the lock meanwhile.
        Part::Compute if takes_turns => Some(sum(&working)),
        Part::Lock if takes_turns => None,
        Part::Compute | Part::Lock => Some(mean),
        // The first stage of a pipeline may wait on the page, or in threads of its own, all at the same time.
        Part::Wait => Some(beside.iter().map(|(_, account)| in_lane(account)).fold(mean, f64::max)),
        Part::HandOver | Part::Merge => Some(mean + sum(&beside)),
    }
}

#[cfg(test)]
mod tests;
