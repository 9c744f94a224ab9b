//! What a page knows of its attempts: what came of them, and which is under way.

use crate::failure::{Failure, FailureKind};
use crate::guide::measured::Measurements;
use crate::pitfalls::outcome::Outcome;
use std::rc::Rc;

/// The page's state.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Board {
    /// What came of each attempt that was run, by its name.
    results: Vec<(&'static str, Attempted)>,
    /// What each experiment that was run came to, by the name of its attempt.
    measured: Vec<(&'static str, Rc<Measurements>)>,
    under_way: Option<&'static str>,
    is_cancelled: bool,
    /// What a screen reader is told.
    said: String,
}

/// What came of an attempt.
#[derive(Clone, Debug, PartialEq)]
pub struct Attempted {
    /// What came of it last, or what kept it from running.
    pub came: Result<Outcome, Failure>,
    /// How often it was run.
    pub runs: u32,
}

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Event {
    /// An attempt began.
    Began(&'static str),
    /// The reader cancelled it.
    Cancelled,
    /// It ended.
    Ended(&'static str, Result<Outcome, Failure>),
    /// The experiment of an attempt came to this.
    Measured(&'static str, Rc<Measurements>),
}

impl Board {
    /// The board after `event`.
    pub fn after(&self, event: Event) -> Self {
        let mut next = self.clone();
        match event {
            Event::Began(attempt) => {
                next.under_way = Some(attempt);
                next.is_cancelled = false;
                next.said = "Running.".to_owned();
            }
            Event::Measured(attempt, measured) => {
                next.measured.retain(|(name, _)| *name != attempt);
                next.measured.push((attempt, measured));
            }
            Event::Cancelled => next.is_cancelled = self.under_way.is_some(),
            Event::Ended(attempt, came) => {
                (next.under_way, next.is_cancelled) = (None, false);
                next.said = sentence(&came);
                // What was shown before is still true.
                let is_cancelled =
                    came.as_ref().is_err_and(|why| why.kind() == FailureKind::Cancelled);
                let found = next.results.iter_mut().find(|(name, _)| *name == attempt);
                match found {
                    Some(_) if is_cancelled => {}
                    Some((_, known)) => *known = Attempted { came, runs: known.runs + 1 },
                    None => next.results.push((attempt, Attempted { came, runs: 1 })),
                }
            }
        }
        next
    }

    /// What came of the attempt with this name, if it was run.
    pub fn attempted(&self, attempt: &str) -> Option<&Attempted> {
        self.results.iter().find(|(name, _)| *name == attempt).map(|(_, known)| known)
    }

    /// What the experiment of the attempt with this name came to last, if it was run.
    pub fn measured(&self, attempt: &str) -> Option<&Measurements> {
        let found = self.measured.iter().find(|(name, _)| *name == attempt);
        found.map(|(_, measured)| &**measured)
    }

    /// The attempt that is under way.
    pub fn under_way(&self) -> Option<&'static str> {
        self.under_way
    }

    /// Whether the reader has cancelled, and it is ending.
    pub fn is_cancelled(&self) -> bool {
        self.is_cancelled
    }

    /// What a screen reader is told.
    pub fn said(&self) -> &str {
        &self.said
    }
}

/// What came of an attempt, or kept it from running, in words.
pub fn sentence(came: &Result<Outcome, Failure>) -> String {
    match came {
        Ok(outcome) => outcome.sentence(),
        Err(failure) if failure.kind() == FailureKind::Cancelled => "Cancelled.".to_owned(),
        Err(failure) => failure.message(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::programs::lost_update::{Counted, LostUpdate};
    use crate::pitfalls::programs::threads::ThreadResult;

    fn counted(got: u32) -> Outcome {
        let (way, expected, took_ms) = (LostUpdate::Apart, 10, 1.0);
        Outcome::Threads(ThreadResult::Counted(Counted { way, expected, got, took_ms }))
    }

    #[test]
    fn results_are_kept_by_attempt_and_counted() {
        let mut board = Board::default();
        for got in [7, 8] {
            board = board.after(Event::Began("apart"));
            assert_eq!(board.under_way(), Some("apart"));
            board = board.after(Event::Ended("apart", Ok(counted(got))));
        }
        let known = board.attempted("apart").expect("was run");
        assert_eq!((known.runs, &known.came), (2, &Ok(counted(8))));
        assert_eq!((board.under_way(), board.attempted("lock")), (None, None));
        assert!(board.said().contains("2 additions are lost"), "{}", board.said());
    }

    #[test]
    fn a_cancelled_attempt_leaves_the_result_before_it() {
        let ran = Board::default()
            .after(Event::Began("apart"))
            .after(Event::Ended("apart", Ok(counted(7))));
        let cancelling = ran.after(Event::Began("apart")).after(Event::Cancelled);
        assert!(cancelling.is_cancelled());
        let cancelled = cancelling.after(Event::Ended("apart", Err(Failure::cancelled())));
        assert!(!cancelled.is_cancelled());
        assert_eq!(cancelled.attempted("apart"), ran.attempted("apart"));
        assert_eq!(cancelled.said(), "Cancelled.");
    }

    #[test]
    fn an_experiment_s_last_figures_are_kept() {
        let of = |cores| Measurements { models: Vec::new(), cores };
        let board = Board::default()
            .after(Event::Measured("copy", Rc::new(of(None))))
            .after(Event::Measured("copy", Rc::new(of(Some(2.0)))));
        assert_eq!(board.measured("copy"), Some(&of(Some(2.0))));
        assert_eq!(board.measured("transfer"), None);
    }

    #[test]
    fn there_is_nothing_to_cancel_while_nothing_runs() {
        assert!(!Board::default().after(Event::Cancelled).is_cancelled());
    }
}
