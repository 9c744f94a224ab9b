//! A card that measures something by a study of its own, such as "What does sharing cost?": what it
//! has measured, and how far it is.

use crate::executors::run::{Progress, Stage};
use crate::failure::{Failure, FailureKind};
use crate::measure::format;
use crate::measure::report::Disturbance;
use crate::measure::sharing::{Costs, SIZES};
use crate::measure::start_up::StartUpCosts;
use crate::measure::study::{Study, StudyStep, Summary};
use std::rc::Rc;

/// What a card's study comes to.
pub trait StudyResults: Clone + Default + PartialEq + 'static {
    /// What the study has come to so far, if it is of this kind.
    fn of(study: &Study) -> Option<&Self>;

    /// Whether nothing has been measured.
    fn is_empty(&self) -> bool;

    /// Which experiment of the study is under way, in short.
    fn step(study: &Study) -> String;
}

impl StudyResults for Costs {
    fn of(study: &Study) -> Option<&Self> {
        match study.summary() {
            Summary::Sharing(costs) => Some(costs),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.rows().is_empty()
    }

    /// "16 MB, 5 of 7".
    fn step(study: &Study) -> String {
        let Some(StudyStep::Sharing(step)) = study.next_step() else { return String::new() };
        let at = SIZES.iter().position(|size| *size == step.bytes).unwrap_or_default();
        format!("{}, {} of {}", format::memory(step.bytes), at + 1, SIZES.len())
    }
}

impl StudyResults for StartUpCosts {
    fn of(study: &Study) -> Option<&Self> {
        match study.summary() {
            Summary::StartUp(costs) => Some(costs),
            _ => None,
        }
    }

    fn is_empty(&self) -> bool {
        self.rounds() == 0
    }

    fn step(study: &Study) -> String {
        format!("round {} of {}", study.done() + 1, study.plan().len())
    }
}

/// How far the experiments are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnderWay {
    /// Which of them it is; nothing yet at the very beginning.
    step: Option<String>,
    /// Experiments done, counted in parts.
    done: f64,
    /// Experiments in all.
    total: usize,
    /// What keeps them waiting for the reader.
    paused: Option<Disturbance>,
    /// Whether the reader has cancelled.
    is_cancelled: bool,
}

/// The card.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudyCard<R> {
    /// What has been measured.
    pub results: Rc<R>,
    /// How often that has changed.
    pub version: usize,
    /// How far the experiments are; `None` where they are over, or not begun.
    under_way: Option<UnderWay>,
    /// Why they ended early.
    failure: Option<Failure>,
}

/// Something that happens to the card.
#[derive(Clone, Debug)]
pub enum Event<R> {
    /// So many experiments began.
    Began(usize),
    /// So many of them are done, counted in parts.
    Progressed {
        /// Which is under way.
        step: String,
        /// Experiments done.
        done: f64,
        /// What keeps it waiting for the reader.
        paused: Option<Disturbance>,
    },
    /// One of them is over: what all that are come to.
    Measured(Rc<R>),
    /// The reader cancelled.
    Cancelled,
    /// All are over, or it went no further.
    Ended(Option<Failure>),
}

impl<R: StudyResults> Event<R> {
    /// How far the next experiment of `study` is.
    pub fn progress(study: &Study, now: &Progress) -> Self {
        let part = f64::from(now.done) / f64::from(now.total.max(1));
        let paused = match now.stage {
            Stage::Paused(disturbance) => Some(disturbance),
            _ => None,
        };
        Self::Progressed { step: R::step(study), done: study.done() as f64 + part, paused }
    }

    /// An experiment of `study` is over.
    pub fn measured(study: &Study) -> Option<Self> {
        R::of(study).map(|results| Self::Measured(Rc::new(results.clone())))
    }
}

impl<R: StudyResults> StudyCard<R> {
    /// The card after `event`.
    pub fn after(&self, event: Event<R>) -> Self {
        let mut next = self.clone();
        match event {
            Event::Began(total) => {
                let version = self.version + 1;
                let under_way = Some(UnderWay { total, ..UnderWay::default() });
                next = Self { version, under_way, ..Self::default() };
            }
            Event::Progressed { step, done, paused } => {
                if let Some(under_way) = &mut next.under_way {
                    (under_way.step, under_way.done, under_way.paused) = (Some(step), done, paused);
                }
            }
            Event::Measured(results) => {
                (next.results, next.version) = (results, self.version + 1);
            }
            Event::Cancelled => {
                if let Some(under_way) = &mut next.under_way {
                    under_way.is_cancelled = true;
                }
            }
            Event::Ended(failure) => (next.under_way, next.failure) = (None, failure),
        }
        next
    }

    /// Whether experiments are under way.
    pub fn is_running(&self) -> bool {
        self.under_way.is_some()
    }

    /// Whether the reader has cancelled, and they are ending.
    pub fn is_cancelled(&self) -> bool {
        self.under_way.as_ref().is_some_and(|under_way| under_way.is_cancelled)
    }

    /// What keeps them waiting for the reader.
    pub fn paused(&self) -> Option<Disturbance> {
        self.under_way.as_ref()?.paused
    }

    /// Experiments done, counted in parts.
    pub fn done(&self) -> f64 {
        self.under_way.as_ref().map_or(0.0, |under_way| under_way.done)
    }

    /// Experiments in all.
    pub fn total(&self) -> usize {
        self.under_way.as_ref().map_or(0, |under_way| under_way.total)
    }

    /// How far they are: "16 MB, 5 of 7". Once they are over, how they ended.
    pub fn status(&self) -> String {
        match (&self.under_way, &self.failure) {
            (Some(UnderWay { is_cancelled: true, .. }), _) => "Cancelling…".to_owned(),
            (Some(UnderWay { step: None, .. }), _) => "Starting…".to_owned(),
            (Some(UnderWay { step: Some(step), .. }), _) => step.clone(),
            (None, Some(failure)) if failure.kind() == FailureKind::Cancelled => {
                match self.results.is_empty() {
                    true => "Cancelled.".to_owned(),
                    false => "Cancelled. What was measured until then is shown.".to_owned(),
                }
            }
            (None, Some(failure)) => failure.message(),
            (None, None) if self.results.is_empty() => String::new(),
            (None, None) => "Measured.".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
