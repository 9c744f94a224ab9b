//! Which experiments of a page have run, which runs, and what they came to.

use crate::executors::run::{Progress, Stage};
use crate::failure::{Failure, FailureKind};
use crate::guide::measured::Measurements;
use std::collections::BTreeMap;
use std::rc::Rc;

/// What became of one experiment of a page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RunState {
    /// What its last run came to.
    pub measured: Option<Rc<Measurements>>,
    /// Why its last run failed.
    pub failure: Option<Failure>,
    /// How far it is, while it runs.
    pub under_way: Option<UnderWay>,
}

/// How far a run is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct UnderWay {
    /// What the run says; nothing yet at the very beginning.
    pub progress: Option<Progress>,
    /// Whether the reader has cancelled.
    pub is_cancelled: bool,
}

/// What became of the experiments of a page, by their ids.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Runs(BTreeMap<String, RunState>);

/// Something that happens to an experiment.
#[derive(Clone, Debug)]
pub enum RunEvent {
    /// It began.
    Began,
    /// It got further.
    Progressed(Progress),
    /// The reader cancelled it.
    Cancelled,
    /// It came to an end.
    Ended(Result<Rc<Measurements>, Failure>),
}

impl Runs {
    /// What became of `id`.
    pub fn of(&self, id: &str) -> RunState {
        self.0.get(id).cloned().unwrap_or_default()
    }

    /// What the last run of `id` came to.
    pub fn measured(&self, id: &str) -> Option<&Rc<Measurements>> {
        self.0.get(id)?.measured.as_ref()
    }

    /// The id of the experiment that runs.
    pub fn running(&self) -> Option<&str> {
        self.0.iter().find(|(_, run)| run.under_way.is_some()).map(|(id, _)| id.as_str())
    }

    /// These runs without the one that is under way.
    pub fn resumed(&self) -> Self {
        let mut runs = self.clone();
        runs.0.values_mut().for_each(|run| run.under_way = None);
        runs
    }

    /// Notes that `event` happened to `id`.
    pub fn note(&mut self, id: &str, event: RunEvent) {
        self.0.entry(id.to_owned()).or_default().note(event);
    }
}

impl RunState {
    /// Notes that `event` happened.
    // No part of a first visit, and so not of its caller.
    #[inline(never)]
    pub fn note(&mut self, event: RunEvent) {
        match event {
            // What it came to before stands until there is more.
            RunEvent::Began => {
                self.failure = None;
                self.under_way = Some(UnderWay::default());
            }
            RunEvent::Progressed(progress) => {
                if let Some(under_way) = &mut self.under_way {
                    under_way.progress = Some(progress);
                }
            }
            RunEvent::Cancelled => {
                if let Some(under_way) = &mut self.under_way {
                    under_way.is_cancelled = true;
                }
            }
            RunEvent::Ended(ended) => {
                self.under_way = None;
                match ended {
                    Ok(measured) => self.measured = Some(measured),
                    Err(failure) => self.failure = Some(failure),
                }
            }
        }
    }

    /// How far it is, or how it ended, in a few words.
    pub fn status(&self) -> String {
        match (&self.under_way, &self.failure) {
            (Some(UnderWay { is_cancelled: true, .. }), _) => "Cancelling…".to_owned(),
            (Some(UnderWay { progress: Some(progress), .. }), _) => match progress.stage {
                Stage::Starting => "Starting…".to_owned(),
                Stage::WarmingUp => "Warming up…".to_owned(),
                Stage::Measuring | Stage::Paused(_) => "Measuring…".to_owned(),
            },
            (Some(UnderWay { progress: None, .. }), _) => "Starting…".to_owned(),
            (None, Some(failure)) if failure.kind() == FailureKind::Cancelled => {
                "Cancelled.".to_owned()
            }
            (None, Some(failure)) => failure.message(),
            (None, None) if self.measured.is_some() => "Done.".to_owned(),
            (None, None) => String::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_begin_progress_and_end() {
        let mut runs = Runs::default();
        assert_eq!((runs.running(), runs.of("a").status()), (None, String::new()));
        runs.note("a", RunEvent::Began);
        assert_eq!((runs.running(), runs.of("a").status()), (Some("a"), "Starting…".into()));
        let measuring = Progress::new(Stage::Measuring, 0, 1, 2);
        runs.note("a", RunEvent::Progressed(measuring));
        assert_eq!(runs.of("a").status(), "Measuring…");
        runs.note("a", RunEvent::Ended(Ok(Rc::default())));
        assert_eq!((runs.running(), runs.of("a").status()), (None, "Done.".into()));
        assert!(runs.measured("a").is_some() && runs.measured("b").is_none());
    }

    #[test]
    fn a_cancelled_run_says_so_and_can_begin_again() {
        let mut runs = Runs::default();
        runs.note("a", RunEvent::Began);
        runs.note("a", RunEvent::Cancelled);
        assert_eq!(runs.of("a").status(), "Cancelling…");
        runs.note("a", RunEvent::Ended(Err(Failure::cancelled())));
        assert_eq!((runs.running(), runs.of("a").status()), (None, "Cancelled.".into()));
        runs.note("a", RunEvent::Began);
        assert_eq!(runs.of("a").failure, None);
    }
}
