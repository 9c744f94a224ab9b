//! An advice put to the test: the advised model raced against its rivals.

mod why;

pub use why::{Basis, Part, Why};

use super::prediction::Prediction;
use super::recommendation::AS_FAST;
use crate::measure::format;
use crate::measure::report::Report;
use crate::measure::report::outcome::Rank;
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

impl Verdict {
    /// What `report` says of advice that goes by `basis`; `None` where the `advised` model, or all others, did
    /// not run. A disagreement is explained by what was `predicted` for this page.
    pub fn of(
        advised: ExecutorKind,
        basis: Basis,
        predicted: &[Prediction],
        report: &Report,
    ) -> Option<Self> {
        let median_ms = |rank: &Rank| {
            let summary = report.results[rank.result].summary.as_ref();
            summary.map_or(f64::NAN, |summary| summary.median_ms)
        };
        let mut verdict = judged(advised, &report.ranking, median_ms)?;
        if let Self::Disagreed { fastest, why, .. } = &mut verdict {
            *why = why::explained(advised, *fastest, basis, predicted, report);
        }
        Some(verdict)
    }

    /// What it says, in a sentence or two.
    pub fn sentence(&self, advised: ExecutorKind) -> String {
        match self {
            Self::Agreed => {
                format!("Agreed: {} {} the fastest.", advised.in_text(), advised.was())
            }
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
