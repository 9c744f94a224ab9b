//! Starts the experiments of a page, one at a time, and cancels them.

use crate::browser::{page, turn};
use crate::executors::profile::Profile;
use crate::executors::session::{Asker, Cancelled, Session};
use crate::experiment::Experiment;
use crate::failure::{Failure, FailureKind};
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
        let cancelled = self.started(id, &tell);
        let (session, run) = (self.session.clone(), run_button(id));
        spawn_local(async move {
            run_and_read(&session, &experiment, &tell, cancelled, read).await;
            focus_soon(run);
        });
    }

    /// As [`Self::start_and`], but profiles the workload first, and hands the profile over as well, or why
    /// there is none: work that cannot be profiled is run all the same.
    pub fn start_profiled(
        &self,
        id: &str,
        experiment: Experiment,
        tell: Callback<RunEvent>,
        read: impl FnOnce(Result<&Profile, &Failure>, &Report) + 'static,
    ) {
        let mut cancelled = self.started(id, &tell);
        let (session, run) = (self.session.clone(), run_button(id));
        spawn_local(async move {
            let until_cancelled = Box::pin(&mut cancelled);
            let profile = session.profile(&experiment.workload, None, until_cancelled).await;
            match profile {
                Err(failure) if failure.kind() == FailureKind::Cancelled => {
                    tell.emit(RunEvent::Ended(Err(failure)));
                }
                profile => {
                    let read = move |report: &Report| read(profile.as_ref(), report);
                    run_and_read(&session, &experiment, &tell, cancelled, read).await;
                }
            }
            focus_soon(run);
        });
    }

    /// Says that an experiment begins, and moves the focus to the button that cancels it.
    fn started(&self, id: &str, tell: &Callback<RunEvent>) -> Cancelled<'static> {
        let cancelled = self.cancel.begin();
        tell.emit(RunEvent::Began);
        focus_soon(format!("cancel-{id}"));
        cancelled
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

/// The id of the button that runs the experiment `id` (`view::RunButton`).
fn run_button(id: &str) -> String {
    format!("run-{id}")
}

/// Runs `experiment`, tells what becomes of it, and has its report `read` where it ended well.
async fn run_and_read(
    session: &Session,
    experiment: &Experiment,
    tell: &Callback<RunEvent>,
    cancelled: Cancelled<'_>,
    read: impl FnOnce(&Report),
) {
    let ran = session.run(experiment, asker(tell.clone()), cancelled).await;
    let measured = ran.as_ref().map(|finished| Rc::new(Measurements::of(&finished.report)));
    tell.emit(RunEvent::Ended(measured.map_err(Clone::clone)));
    if let Ok(finished) = ran {
        read(&finished.report);
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
