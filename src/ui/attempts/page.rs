//! The side effects of pages with attempts, which are started and cancelled here.

use super::board::Event;
use crate::browser::page;
use crate::executors::pitfalls;
use crate::executors::session::Session;
use crate::guide::contents::ATTEMPTS;
use crate::guide::recorded::Recorded;
use crate::pitfalls::programs::Program;
use crate::ui::experiment::page::runner::focus_soon;
use crate::ui::guide::page::load_recorded;
use crate::ui::shell::cancelling::CancelSwitch;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::{Callback, NodeRef};

/// Starts attempts and cancels them.
#[derive(Clone)]
pub struct AttemptRunner {
    session: Rc<Session>,
    cancel: Rc<CancelSwitch>,
}

impl PartialEq for AttemptRunner {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.session, &other.session)
    }
}

/// The ids of the button that runs an attempt, and of the one that cancels it.
pub fn button_ids(attempt: &str) -> (String, String) {
    (format!("run-{attempt}"), format!("cancel-{attempt}"))
}

impl AttemptRunner {
    /// A runner in `session`.
    pub fn new(session: Rc<Session>) -> Self {
        Self { session, cancel: Rc::default() }
    }

    /// Where attempts run.
    pub fn session(&self) -> Rc<Session> {
        self.session.clone()
    }

    /// Runs the `program` of `attempt`, and tells what becomes of it.
    pub fn run(&self, attempt: &'static str, program: Program, tell: Callback<Event>) {
        let cancelled = self.cancel.begin();
        tell.emit(Event::Began(attempt));
        let session = self.session.clone();
        let (run, cancel) = button_ids(attempt);
        focus_soon(cancel);
        spawn_local(async move {
            let running = pitfalls::run(program, session.capabilities());
            let came = session.run_alone(running, cancelled).await;
            tell.emit(Event::Ended(attempt, came));
            focus_soon(run);
        });
    }

    /// Cancels what is under way, as the reader asks for it.
    pub fn press_cancel(&self, tell: &Callback<Event>) {
        self.cancel.press(|| tell.emit(Event::Cancelled));
    }

    /// Cancels what is under way, as nobody waits for it any more.
    pub fn stop(&self) {
        self.cancel.stop();
    }

    /// Calls `press_cancel` at Escape until what this gives is dropped.
    pub fn on_escape(&self, tell: Callback<Event>) -> impl Sized + use<> {
        let runner = self.clone();
        page::on_escape(move || runner.press_cancel(&tell))
    }

    /// Loads what experiments came to on another device, and tells it. Without it nothing recorded is
    /// shown.
    pub fn load_recorded(&self, tell: Callback<Rc<Recorded>>) {
        spawn_local(async move {
            if let Ok(recorded) = load_recorded(ATTEMPTS).await {
                tell.emit(Rc::new(recorded));
            }
        });
    }

    /// Moves the keyboard's focus to a heading.
    pub fn focus(&self, heading: &NodeRef) {
        page::focus_node(heading);
    }
}
