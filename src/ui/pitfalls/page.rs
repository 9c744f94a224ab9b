//! The side effects of the pitfalls' pages: attempts are started and cancelled here.

use super::board::Event;
use crate::browser::clock::BrowserClock;
use crate::browser::{page, turn};
use crate::executors::pitfalls;
use crate::executors::session::Session;
use crate::measure::Clock;
use crate::pitfalls::programs::Program;
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::{Callback, NodeRef};

/// After this time, in ms, the page shows what it was told.
const RENDERED_MS: u32 = 50;
/// Presses of Cancel this soon after Run, in ms, belong to the press of Run.
const DOUBLE_CLICK_MS: f64 = 500.0;

/// Starts attempts and cancels them.
#[derive(Clone)]
pub struct AttemptRunner {
    session: Rc<Session>,
    cancel: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    /// When the last attempt began, in ms.
    began_ms: Rc<Cell<f64>>,
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
        Self { session, cancel: Rc::default(), began_ms: Rc::new(Cell::new(f64::NEG_INFINITY)) }
    }

    /// Runs the `program` of `attempt`, and tells what becomes of it.
    pub fn run(&self, attempt: &'static str, program: Program, tell: Callback<Event>) {
        let (cancels, cancelled) = oneshot::channel();
        *self.cancel.borrow_mut() = Some(cancels);
        self.began_ms.set(BrowserClock.now_ms());
        tell.emit(Event::Began(attempt));
        let session = self.session.clone();
        let (run, cancel) = button_ids(attempt);
        spawn_local(async move {
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost(&cancel);
        });
        spawn_local(async move {
            let cancelled = Box::pin(async {
                let _ = cancelled.await;
            });
            let running = pitfalls::run(program, session.capabilities());
            let came = session.run_alone(running, cancelled).await;
            tell.emit(Event::Ended(attempt, came));
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost(&run);
        });
    }

    /// Cancels what is under way, as the reader asks for it. The second half of a double click on the
    /// button that runs it does not count.
    pub fn press_cancel(&self, tell: &Callback<Event>) {
        if BrowserClock.now_ms() - self.began_ms.get() >= DOUBLE_CLICK_MS {
            tell.emit(Event::Cancelled);
            self.stop();
        }
    }

    /// Cancels what is under way, as nobody waits for it any more.
    pub fn stop(&self) {
        if let Some(cancel) = self.cancel.borrow_mut().take() {
            // It may have ended this very moment.
            let _ = cancel.send(());
        }
    }

    /// Calls `press_cancel` at Escape until what this gives is dropped.
    pub fn on_escape(&self, tell: Callback<Event>) -> impl Sized + use<> {
        let runner = self.clone();
        page::on_escape(move || runner.press_cancel(&tell))
    }

    /// Moves the keyboard's focus to a heading.
    pub fn focus(&self, heading: &NodeRef) {
        page::focus_node(heading);
    }
}
