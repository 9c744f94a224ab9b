//! What the reader has chosen, run and answered in a chapter.

use super::loading::{LoadFailure, Loading};
use crate::executors::obstacle::check_workload;
use crate::failure::Failure;
use crate::guide::block::{self, Prediction};
use crate::guide::chapter::Chapter;
use crate::guide::claim::{Claim, ClaimVerdict};
use crate::guide::measured::Measurements;
use crate::guide::progress::GuideProgress;
use crate::guide::recorded::Recorded;
use crate::measure::report::Capabilities;
use crate::ui::experiment::runs::{RunEvent, Runs};
use std::collections::BTreeMap;
use std::rc::Rc;

/// The state of a chapter's page.
#[derive(Clone, Debug, PartialEq)]
pub struct GuideState {
    /// The id of the chapter that is wanted; empty at the very beginning.
    wanted: &'static str,
    /// The chapter.
    pub chapter: Loading<Chapter>,
    /// What the reader predicted, as an index into the choices, by the question's id.
    pub guesses: BTreeMap<String, usize>,
    /// What has run.
    pub runs: Runs,
    /// What is to run next, one after another: ids and queries.
    pub queue: Vec<(String, String)>,
    /// What the reader has done in all chapters.
    pub progress: GuideProgress,
    /// Whether that has what was kept of earlier visits.
    pub is_kept: bool,
    /// What the chapter's runs came to on another device, once that is loaded.
    pub recorded: Option<Rc<Recorded>>,
}

/// Something that happens on a chapter's page.
#[derive(Clone, Debug)]
pub enum GuideAction {
    /// The chapter with this id is opened.
    Opened(&'static str),
    /// What the reader has done at earlier visits, and in other tabs, is known.
    Kept(GuideProgress),
    /// What the chapter's runs came to on another device was loaded.
    Recorded(&'static str, Rc<Recorded>),
    /// The chapter with this id was loaded, or could not be.
    Loaded(&'static str, Result<Rc<Chapter>, LoadFailure>),
    /// The reader chose an answer.
    Guessed(String, usize),
    /// Something happened to the experiment with this id.
    Ran(String, RunEvent),
    /// The reader wants all of these to run, one after another: ids and queries.
    Queued(Vec<(String, String)>),
    /// The reader wants to begin anew.
    Reset,
}

impl Default for GuideState {
    fn default() -> Self {
        Self::new()
    }
}

impl GuideState {
    /// A page on which nothing has happened.
    pub fn new() -> Self {
        Self {
            wanted: "",
            chapter: Loading::UnderWay,
            guesses: BTreeMap::new(),
            runs: Runs::default(),
            queue: Vec::new(),
            progress: GuideProgress::default(),
            is_kept: false,
            recorded: None,
        }
    }

    /// This state on a page that is opened once more: what ran was cancelled as it was left.
    // No part of a first visit, and so not of its caller.
    #[inline(never)]
    pub fn resumed(&self) -> Self {
        Self { runs: self.runs.resumed(), queue: Vec::new(), ..self.clone() }
    }

    /// The experiment that is to begin now: the first in the queue, unless one runs.
    pub fn next_queued(&self) -> Option<&(String, String)> {
        self.queue.first().filter(|_| self.runs.running().is_none())
    }

    /// The state after `action`.
    pub fn after(&self, action: GuideAction) -> Self {
        let mut next = self.clone();
        match action {
            // The reader comes back from another page.
            GuideAction::Opened(wanted)
                if self.wanted == wanted && matches!(self.chapter, Loading::Done(_)) => {}
            GuideAction::Opened(wanted) => {
                let (progress, is_kept) = (next.progress, next.is_kept);
                next = Self { wanted, progress, is_kept, ..Self::new() };
            }
            // The reader has gone on to another chapter meanwhile.
            GuideAction::Loaded(id, _) | GuideAction::Recorded(id, _) if id != self.wanted => {}
            GuideAction::Kept(progress) => {
                next.progress.add(&progress);
                next.is_kept = true;
            }
            GuideAction::Recorded(_, recorded) => next.recorded = Some(recorded),
            GuideAction::Loaded(_, Ok(chapter)) => next.chapter = Loading::Done(chapter),
            // Whoever comes back without a connection keeps the chapter that is there.
            GuideAction::Loaded(_, Err(_)) if matches!(self.chapter, Loading::Done(_)) => {}
            GuideAction::Loaded(_, Err(failure)) => next.chapter = Loading::Failed(failure),
            // Whoever has seen the answer does not predict it any more.
            GuideAction::Guessed(id, _) if self.is_settled(&id) => {}
            GuideAction::Guessed(id, choice) => drop(next.guesses.insert(id, choice)),
            GuideAction::Ran(id, event) => next.ran(&id, event),
            GuideAction::Queued(all) => next.queue = all,
            GuideAction::Reset => {
                next.progress = GuideProgress::default();
                next.guesses.clear();
                if next.runs.running().is_none() {
                    next.runs = Runs::default();
                }
            }
        }
        next
    }

    // No part of a first visit, and so not of its caller.
    #[inline(never)]
    fn ran(&mut self, id: &str, event: RunEvent) {
        if matches!(event, RunEvent::Began) {
            self.queue.retain(|(queued, _)| queued != id);
        }
        if matches!(event, RunEvent::Cancelled) {
            self.queue.clear();
        }
        let is_answered = matches!(event, RunEvent::Ended(Ok(_))) && self.guesses.contains_key(id);
        self.runs.note(id, event);
        if let (true, Loading::Done(chapter)) = (is_answered, &self.chapter) {
            self.progress.answered(&chapter.id, id);
        }
    }

    /// Whether the question `id` runs, or has its answer.
    fn is_settled(&self, id: &str) -> bool {
        let run = self.runs.of(id);
        run.measured.is_some() || run.under_way.is_some()
    }
}

/// What came of a prediction, in a sentence; `None` where the run does not tell.
// No part of a first visit, and so not of its caller.
#[inline(never)]
pub fn judged(asked: &Prediction, guess: Option<usize>, run: &Measurements) -> Option<String> {
    let right = &asked.choices[asked.right(run)?].text;
    let guessed = guess.and_then(|at| asked.choices.get(at)).map(|choice| &choice.text);
    Some(match guessed {
        Some(guessed) if guessed == right => format!("You said “{guessed}”. That is right."),
        Some(guessed) => format!("You said “{guessed}”. It was: {right}."),
        None => format!("It was: {right}."),
    })
}

/// Why an experiment shows less here than it could, so that a recorded result stands beside it.
#[derive(Clone, Debug, PartialEq)]
pub enum Shortfall {
    /// The workload, or a model, cannot run here.
    Refused(Failure),
    /// There is one core alone, so that nothing runs at the same time.
    OneCore,
}

impl Shortfall {
    /// What the browser lacks for `query`.
    pub fn of(query: &str, capabilities: &Capabilities) -> Option<Self> {
        let workers = capabilities.machine.default_workers();
        let experiment = block::experiment(query, workers).ok()?;
        let workload = experiment.workload.id();
        let mut models = experiment.executors.iter();
        let refused = check_workload(capabilities, &experiment.workload).err().or_else(|| {
            models.find_map(|executor| capabilities.check_model(executor, workload).err())
        });
        match refused {
            Some(failure) => Some(Self::Refused(failure)),
            None if capabilities.machine.hardware_concurrency == 1
                && experiment.executors.iter().any(|executor| executor.workers() > 1) =>
            {
                Some(Self::OneCore)
            }
            None => None,
        }
    }

    /// What is missing, for a person.
    pub fn message(&self) -> String {
        match self {
            Self::Refused(failure) => failure.message(),
            Self::OneCore => {
                "This machine has one core, so workers take turns and nothing gets faster."
                    .to_owned()
            }
        }
    }
}

/// How many of these claims were confirmed, refuted, and not clear.
pub fn tally(claims: &[Claim], runs: &Runs) -> [usize; 3] {
    let verdict = |claim: &Claim| Some(claim.verdict(runs.measured(&claim.id)?));
    let mut tally = [0; 3];
    for verdict in claims.iter().filter_map(verdict) {
        tally[match verdict {
            ClaimVerdict::Confirmed => 0,
            ClaimVerdict::Refuted => 1,
            ClaimVerdict::NotClear => 2,
        }] += 1;
    }
    tally
}

#[cfg(test)]
mod tests;
