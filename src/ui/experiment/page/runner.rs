//! Starts the experiments of a page, one at a time, and cancels them.

use crate::browser::{page, turn};
use crate::executors::session::{Asker, Session};
use crate::experiment::Experiment;
use crate::guide::measured::Measurements;
use crate::measure::report::Report;
use crate::ui::experiment::runs::RunEvent;
use crate::ui::shell::cancelling::CancelSwitch;
use std::future;
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// Starts experiments and cancels them. What runs is cancelled when this is dropped.
pub struct ExperimentRunner {
    session: Rc<Session>,
    cancel: CancelSwitch,
}

impl ExperimentRunner {
    /// A runner in `session`.
    pub fn new(session: Rc<Session>) -> Self {
        Self { session, cancel: CancelSwitch::default() }
    }

    /// Runs `experiment`, whose buttons are those of `id` (`view::RunButton`), and tells what becomes
    /// of it.
    pub fn start(&self, id: &str, experiment: Experiment, tell: Callback<RunEvent>) {
        self.start_and(id, experiment, tell, |_| ());
    }

    /// As [`Self::start`], and hands over the report of a run that ended well.
    pub fn start_and(
        &self,
        id: &str,
        experiment: Experiment,
        tell: Callback<RunEvent>,
        read: impl FnOnce(&Report) + 'static,
    ) {
        let [run, cancel] = ["run", "cancel"].map(|what| format!("{what}-{id}"));
        let cancelled = self.cancel.begin();
        tell.emit(RunEvent::Began);
        focus_soon(cancel);
        let session = self.session.clone();
        spawn_local(async move {
            let told = tell.clone();
            let ran = session.run(&experiment, asker(told), cancelled).await;
            let measured = ran.as_ref().map(|finished| Rc::new(Measurements::of(&finished.report)));
            tell.emit(RunEvent::Ended(measured.map_err(Clone::clone)));
            if let Ok(finished) = ran {
                read(&finished.report);
            }
            focus_soon(run);
        });
    }

    /// Cancels what runs and began by itself, which no second half of a double click is about.
    pub fn stop(&self, tell: &Callback<RunEvent>) {
        tell.emit(RunEvent::Cancelled);
        self.cancel.stop();
    }

    /// Cancels what runs, as a reader asks for it.
    pub fn cancel(&self, tell: &Callback<RunEvent>) {
        self.cancel.press(|| tell.emit(RunEvent::Cancelled));
    }
}

/// Whoever runs an experiment on a page other than the lab: told how far it is, and going on after
/// every disturbance.
pub fn asker(tell: Callback<RunEvent>) -> Asker {
    Asker {
        own: None,
        tell: Box::new(move |progress| tell.emit(RunEvent::Progressed(progress))),
        go_on: Box::new(|| Box::pin(future::ready(()))),
        before: None,
        enough: Rc::default(),
    }
}

/// Moves the focus to the element `id` once the page shows it, if what had the focus is gone.
pub fn focus_soon(id: String) {
    spawn_local(async move {
        turn::rendered().await;
        page::focus_if_lost(&id);
    });
}
