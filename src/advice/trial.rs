//! An advice put to the test: the advised model raced against its rivals.

use super::formulas::Term;
use super::prediction::Prediction;
use super::recommendation::{AS_FAST, Advice};
use crate::measure::format;
use crate::measure::report::Report;
use crate::measure::report::outcome::{LaneBreakdown, Outcome, Rank};
use crate::measure::{Lane, Phase};
use crate::models::ExecutorKind;

/// What the race says of the advice.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The advised model was the fastest.
    Agreed,
    /// It was as fast as the fastest, as far as the race tells, or slower by no more than [`AS_FAST`].
    TooClose,
    /// Another one was faster.
    Disagreed {
        /// The fastest.
        fastest: ExecutorKind,
        /// How many times as long the advised one took.
        times: f64,
        /// What was predicted wrongly.
        why: Option<Why>,
    },
}

/// Why an advice was wrong.
#[derive(Clone, Debug, PartialEq)]
pub enum Why {
    /// It was predicted: CPython's costs decide, and this browser's differ.
    OtherCosts,
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

impl Verdict {
    /// What `report` says of `advice`; `None` where the advised model, or all others, did not run.
    pub fn of(advice: &Advice, report: &Report) -> Option<Self> {
        let median_ms = |rank: &Rank| {
            let summary = report.results[rank.result].summary.as_ref();
            summary.map_or(f64::NAN, |summary| summary.median_ms)
        };
        let mut verdict = judged(advice.recommended.kind(), &report.ranking, median_ms)?;
        if let Self::Disagreed { fastest, why, .. } = &mut verdict {
            *why = explained(advice, *fastest, report);
        }
        Some(verdict)
    }

    /// What it says, in a sentence or two.
    pub fn sentence(&self, advised: ExecutorKind) -> String {
        match self {
            Self::Agreed => format!("Agreed: {} was the fastest.", advised.in_text()),
            Self::TooClose => {
                format!(
                    "Too close to call: {} {} about as fast as the fastest.",
                    advised.in_text(),
                    advised.was()
                )
            }
            Self::Disagreed { fastest, times, why } => {
                let disagreed = format!(
                    "Disagreed: {} took {} times as long as {}.",
                    advised.in_text(),
                    format::times(*times),
                    fastest.in_text()
                );
                match why {
                    None => disagreed,
                    Some(why) => format!("{disagreed} {}", why.sentence()),
                }
            }
        }
    }
}

impl Why {
    fn sentence(&self) -> String {
        match self {
            Self::OtherCosts => {
                "That was predicted for this page: the advice goes by CPython's costs, and this browser's differ."
                    .to_owned()
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

fn judged(
    advised: ExecutorKind,
    ranking: &[Rank],
    median_ms: impl Fn(&Rank) -> f64,
) -> Option<Verdict> {
    let [fastest, _, ..] = ranking else { return None };
    let rank = ranking.iter().find(|rank| rank.executor == advised)?;
    let times = median_ms(rank) / median_ms(fastest);
    Some(
        if !rank.tied_with.is_empty()
            && (rank == fastest || rank.tied_with.contains(&fastest.executor))
        {
            Verdict::TooClose
        } else if rank == fastest {
            Verdict::Agreed
        } else if times <= AS_FAST {
            Verdict::TooClose
        } else {
            Verdict::Disagreed { fastest: fastest.executor, times, why: None }
        },
    )
}

/// Why `fastest` was faster than what is advised.
fn explained(advice: &Advice, fastest: ExecutorKind, report: &Report) -> Option<Why> {
    let advised = advice.recommended.kind();
    let predicted = |kind| advice.predicted.iter().find(|one| one.kind() == kind);
    let measured = |kind| report.results.iter().find(|one| one.executor.kind() == kind);
    if let (Some(of_advised), Some(of_fastest)) = (predicted(advised), predicted(fastest))
        && of_advised.median_ms > of_fastest.median_ms * AS_FAST
    {
        return Some(Why::OtherCosts);
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
        // The first stage of a pipeline may wait on the page.
        Part::Wait => Some(mean.max(sum(&beside))),
        Part::HandOver | Part::Merge => Some(mean + sum(&beside)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use ExecutorKind::{EventLoop, MainThread, Processes};

    fn rank(executor: ExecutorKind, result: usize, tied_with: &[ExecutorKind]) -> Rank {
        Rank { executor, result, tied_with: tied_with.to_vec(), over_next: None }
    }

    fn verdict(advised: ExecutorKind, ranking: &[Rank], times_ms: &[f64]) -> Option<Verdict> {
        judged(advised, ranking, |rank| times_ms[rank.result])
    }

    #[test]
    fn the_fastest_is_agreed_with_unless_another_is_as_fast() {
        let clear = [rank(Processes, 0, &[]), rank(MainThread, 1, &[])];
        assert_eq!(verdict(Processes, &clear, &[50.0, 90.0]), Some(Verdict::Agreed));
        let tied = [rank(Processes, 0, &[EventLoop]), rank(EventLoop, 1, &[Processes])];
        for advised in [Processes, EventLoop] {
            assert_eq!(verdict(advised, &tied, &[50.0, 54.0]), Some(Verdict::TooClose));
        }
    }

    #[test]
    fn a_slower_one_is_disagreed_with_unless_by_next_to_nothing() {
        let clear = [rank(Processes, 0, &[]), rank(MainThread, 1, &[])];
        assert_eq!(verdict(MainThread, &clear, &[50.0, 52.0]), Some(Verdict::TooClose));
        let disagreed = verdict(MainThread, &clear, &[50.0, 100.0]);
        assert_eq!(
            disagreed,
            Some(Verdict::Disagreed { fastest: Processes, times: 2.0, why: None })
        );
        // Tied with another than the fastest.
        let three = [
            rank(Processes, 0, &[]),
            rank(MainThread, 1, &[EventLoop]),
            rank(EventLoop, 2, &[MainThread]),
        ];
        let slower = verdict(MainThread, &three, &[50.0, 100.0, 101.0]);
        assert!(matches!(slower, Some(Verdict::Disagreed { .. })), "{slower:?}");
    }

    #[test]
    fn there_is_no_verdict_without_a_rival_or_without_the_advised_one() {
        assert_eq!(verdict(Processes, &[rank(Processes, 0, &[])], &[1.0]), None);
        let others = [rank(EventLoop, 0, &[]), rank(MainThread, 1, &[])];
        assert_eq!(verdict(Processes, &others, &[1.0, 2.0]), None);
    }

    #[test]
    fn every_phase_that_costs_time_has_one_part_at_most() {
        for phase in Phase::ALL {
            assert!(Part::ALL.iter().filter(|part| part.has(phase)).count() <= 1, "{phase:?}");
        }
        let terms: Vec<_> = Part::ALL.iter().flat_map(|part| part.terms()).collect();
        // In the lab, starting is not part of a sample.
        let left: Vec<_> = Term::ALL.iter().filter(|term| !terms.contains(term)).collect();
        assert_eq!(left, [&Term::Start]);
    }

    #[test]
    fn a_disagreement_names_what_was_off() {
        let why = Why::Off {
            model: Processes,
            part: Part::HandOver,
            predicted_ms: 20.0,
            measured_ms: 900.0,
        };
        let said = Verdict::Disagreed { fastest: MainThread, times: 3.0, why: Some(why) };
        assert_eq!(
            said.sentence(Processes),
            "Disagreed: processes took 3.00 times as long as the main thread. The prediction for processes was \
             furthest off: handing over took 900 ms, not 20.0 ms."
        );
    }
}
