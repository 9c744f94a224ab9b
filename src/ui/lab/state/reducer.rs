//! The state after something happened.

use crate::experiment::link;
use crate::ui::lab::form::Model;
use crate::ui::lab::own::FileLoading;
use crate::ui::lab::state::action::Action;
use crate::ui::lab::state::results::Results;
use crate::ui::lab::state::{Activity, State};
use crate::ui::lab::tabs::Tab;
use crate::ui::shell::route::Route;
use crate::workloads::params::Place;
use std::rc::Rc;

/// Of so many runs it is kept how long they took.
const TIMINGS: usize = 10;

impl State {
    /// The state after `action`. While something is measured, what is to be run stays as
    /// it is; a link that is followed meanwhile is read afterwards.
    pub fn after(&self, action: Action) -> Self {
        let is_kept = !self.is_idle() && action.changes_the_experiment()
            || self.is_locked() && action.changes_a_view();
        if is_kept {
            return self.clone();
        }
        let mut next = self.changed_by(action);
        if next.is_idle()
            && let Some(query) = next.postponed.take()
        {
            next.follow(&query);
        }
        if next.form.brings().is_none() {
            // Where it is shown and cancelled is not there, either.
            next.file_loading = FileLoading::Idle;
        }
        next.more_open |= next.form.is_wrong_in(Place::More) || next.form.lists_texts();
        next
    }

    fn changed_by(&self, action: Action) -> Self {
        let mut next = self.clone();
        match action {
            Action::Went(route) => {
                if let Route::Lab(query) = &route {
                    next.postponed = Some(query.clone());
                }
                next.route = route;
            }
            Action::Advised(evidence) => next.evidence = evidence,
            Action::Probed(capabilities) => {
                (next.capabilities, next.is_probed) = (capabilities, true);
            }
            Action::Themed(theme) => next.theme = theme,
            Action::ChoseWorkload(workload) => {
                next.form = next.form.with_workload(workload);
                // They were drawn and brought for the other.
                next.sketch = None;
                next.forget_own();
            }
            Action::TypedParam(name, text) => next.form.type_param(name, text),
            Action::SetParam(name, text) => {
                next.form.set_param(name, text);
                if name == crate::workloads::own::SOURCE.name {
                    next.measure();
                }
            }
            Action::ChosePreset(at) => {
                if let Some(preset) = next.form.workload.presets().get(at) {
                    next.form = next.form.with_preset(preset);
                }
            }
            Action::File(step) => next.load_file(&step),
            Action::ChoseModel(at, chosen) => next.model(at, |model| model.chosen = chosen),
            Action::SetOption(at, spec, text) => next.model(at, |model| model.set(spec, text)),
            Action::TypedRepeats(text) => next.form.repeats = text,
            Action::Busy(is_busy) => next.is_busy = is_busy,
            Action::Timed(timing) => {
                next.timings = timing.into_iter().chain(next.timings).take(TIMINGS).collect();
            }
            Action::Began(experiment) => {
                next.activity = Activity::Running { experiment, progress: None };
                next.failure = None;
                next.refused = Vec::new();
                next.runs += 1;
            }
            Action::Progressed(now) => {
                if let Activity::Running { progress, .. } = &mut next.activity {
                    *progress = Some(now);
                }
            }
            Action::Cancelled => {
                if let Activity::Running { experiment, .. } = &next.activity {
                    next.activity = Activity::Cancelling { experiment: experiment.clone() };
                }
            }
            Action::Ended(ended) => {
                next.activity = Activity::Idle;
                match ended {
                    Ok(results) => next.show(results),
                    Err(failure) => next.failure = Some(failure),
                }
            }
            Action::OpenedTab(tab) => next.tab = Some(tab),
            // What is lit may not be a step of the other model.
            Action::Showed(at) => (next.shown, next.lit) = (at, None),
            Action::Lit(lit) => next.lit = lit,
            Action::ColouredByWorker(by_worker) => next.by_worker = by_worker,
            Action::Guessed(guess) => next.guess = guess,
            Action::Scaled(kind) => (next.scaled, next.sketch) = (kind, None),
            Action::Sketched(sketch) => next.sketch = Some(Rc::new(sketch)),
            Action::Sharing(event) => next.sharing = self.sharing.after(event),
            Action::StartUp(event) => next.start_up = self.start_up.after(event),
            Action::Pinned(pinned) => {
                next.pinned = self.results.clone().filter(|_| pinned);
                next.compare();
            }
            Action::HistoryRead { entries, unreadable } => {
                (next.history, next.unreadable, next.file_failure) = (entries, unreadable, None);
            }
            // A run that is under way is what the page shows.
            Action::Opened(_) if !self.is_idle() => {}
            Action::Opened(report) => {
                next.runs += 1;
                next.failure = None;
                next.show(Rc::new(Results::opened(next.runs, *report)));
            }
            Action::FileFailed(name, failure) => next.file_failure = Some((name, failure)),
        }
        next
    }

    /// Reads what to run from a link. An empty one changes nothing.
    pub(super) fn follow(&mut self, query: &str) {
        let tab = link::shown(query).map(|id| Tab::named(&id));
        let refused = match tab {
            Some(Ok(tab)) => {
                self.tab = Some(tab);
                None
            }
            Some(Err(failure)) => Some(failure),
            None => None,
        };
        self.follow_experiment(query);
        self.refused.extend(refused);
    }

    fn follow_experiment(&mut self, query: &str) {
        let workers = self.capabilities.machine.default_workers();
        let pairs = match link::pairs(query) {
            Ok(pairs) => pairs,
            Err(failure) => return self.refused = vec![failure],
        };
        if pairs.is_empty() {
            return;
        }
        match link::read(&pairs, workers) {
            Ok(linked) => {
                if linked.experiment.workload.id() != self.form.workload {
                    self.forget_own();
                }
                self.form = self.form.after_link(&linked.experiment, workers);
                self.refused = linked.refused;
            }
            Err(failure) => self.refused = vec![failure],
        }
    }

    fn model(&mut self, at: usize, change: impl FnOnce(&mut Model)) {
        if let Some(model) = self.form.models.get_mut(at) {
            change(model);
        }
    }
}

#[cfg(test)]
mod tests;
