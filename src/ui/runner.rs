//! The page's way to a run: the Run and Cancel buttons.

use super::state::{Action, Results};
use crate::browser::{page, turn};
use crate::executors::session::Session;
use crate::experiment::Experiment;
use futures_channel::oneshot;
use std::cell::RefCell;
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// After this time, in ms, the page shows what it was told.
const RENDERED_MS: u32 = 50;

/// Starts runs and cancels them.
#[derive(Clone)]
pub struct Runner {
    session: Rc<Session>,
    cancel: Rc<RefCell<Option<oneshot::Sender<()>>>>,
}

impl PartialEq for Runner {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.session, &other.session)
    }
}

impl Runner {
    /// A runner in `session`.
    pub fn new(session: Rc<Session>) -> Self {
        Self { session, cancel: Rc::default() }
    }

    /// Starts a run, the page's `number`-th, and dispatches what becomes of it.
    pub fn start(&self, number: u32, experiment: Experiment, dispatch: Callback<Action>) {
        let experiment = Rc::new(experiment);
        let (cancel, cancelled) = oneshot::channel();
        *self.cancel.borrow_mut() = Some(cancel);
        dispatch.emit(Action::Began(experiment.clone()));
        spawn_local(async {
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost("cancel");
        });
        let session = self.session.clone();
        spawn_local(async move {
            let told = dispatch.clone();
            let teller = Box::new(move |progress| told.emit(Action::Progressed(progress)));
            let cancelled = Box::pin(async {
                let _ = cancelled.await;
            });
            let ran = session.run(&experiment, teller, cancelled).await;
            let ended = ran.map(|finished| Rc::new(Results { number, experiment, finished }));
            dispatch.emit(Action::Ended(ended));
            // On a phone the results are far below the button.
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost("run");
            page::reveal("headline");
        });
    }

    /// Cancels the run, if there is one.
    pub fn cancel(&self) {
        if let Some(cancel) = self.cancel.borrow_mut().take() {
            // It may have ended this very moment.
            let _ = cancel.send(());
        }
    }
}
