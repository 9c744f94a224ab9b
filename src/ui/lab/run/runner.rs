//! The page's way to a run: the Run and Cancel buttons.

mod sharing;

use crate::browser::clock::BrowserClock;
use crate::browser::{page, turn};
use crate::executors::fleet::GoOn;
use crate::executors::session::{Asker, Session};
use crate::experiment::{Experiment, Repeats};
use crate::measure::Clock;
use crate::measure::estimate::Timing;
use crate::measure::prediction::Prediction;
use crate::measure::report::Facts;
use crate::ui::lab::run_history::RunHistory;
use crate::ui::lab::state::{Action, Results};
use crate::workloads::own::OwnData;
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// After this time, in ms, the page shows what it was told.
const RENDERED_MS: u32 = 50;

/// Presses of Cancel this soon after Run, in ms, belong to the press of Run.
const DOUBLE_CLICK_MS: f64 = 500.0;

/// Starts runs and cancels them.
#[derive(Clone)]
pub struct Runner {
    session: Rc<Session>,
    cancel: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    go_on: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    enough: Rc<Cell<bool>>,
    /// When the last run began, in ms.
    began_ms: Rc<Cell<f64>>,
    run_history: RunHistory,
}

/// A run that the reader wants.
struct Wanted {
    number: u32,
    experiment: Rc<Experiment>,
    prediction: Option<Prediction>,
    own: Option<OwnData>,
    is_scaling: bool,
    before: Option<Facts>,
}

impl PartialEq for Runner {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.session, &other.session)
    }
}

impl Runner {
    /// A runner in `session`, whose runs are kept in `run_history`.
    pub fn new(session: Rc<Session>, run_history: RunHistory) -> Self {
        Self {
            session,
            cancel: Rc::default(),
            go_on: Rc::default(),
            enough: Rc::default(),
            began_ms: Rc::new(Cell::new(f64::NEG_INFINITY)),
            run_history,
        }
    }

    /// Starts a run, the page's `number`-th, with the reader's `own` data where it wants
    /// some, and dispatches what becomes of it. Where it `is_scaling`, the chart of that comes into view then.
    pub fn start(
        &self,
        number: u32,
        experiment: Experiment,
        prediction: Option<Prediction>,
        own: Option<OwnData>,
        is_scaling: bool,
        dispatch: Callback<Action>,
    ) {
        let experiment = Rc::new(experiment);
        self.run(
            Wanted { number, experiment, prediction, own, is_scaling, before: None },
            dispatch,
        );
    }

    /// Measures more of what `results` are of, as the page's `number`-th run, and adds it
    /// to them.
    pub fn measure_on(
        &self,
        number: u32,
        results: &Results,
        own: Option<OwnData>,
        dispatch: Callback<Action>,
    ) {
        let experiment =
            Experiment { repeats: Repeats::Automatic, ..(*results.experiment).clone() };
        let wanted = Wanted {
            number,
            experiment: Rc::new(experiment),
            prediction: results.prediction.clone(),
            own,
            is_scaling: false,
            before: Some(Facts::of(&results.finished.report)),
        };
        self.run(wanted, dispatch);
    }

    fn run(&self, wanted: Wanted, dispatch: Callback<Action>) {
        let Wanted { number, experiment, prediction, own, is_scaling, before } = wanted;
        let (cancel, cancelled) = oneshot::channel();
        *self.cancel.borrow_mut() = Some(cancel);
        let began_ms = BrowserClock.now_ms();
        self.began_ms.set(began_ms);
        dispatch.emit(Action::Began(experiment.clone()));
        spawn_local(async {
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost("cancel");
        });
        let (session, go_on) = (self.session.clone(), self.asks_to_go_on());
        let (run_history, enough) = (self.run_history.clone(), self.enough.clone());
        enough.set(false);
        // What was ended early, or gone on with, says nothing of how long the next takes.
        let (is_new, ended_early) = (before.is_none(), enough.clone());
        spawn_local(async move {
            let told = dispatch.clone();
            let asker = Asker {
                own: own.clone(),
                tell: Box::new(move |progress| told.emit(Action::Progressed(progress))),
                go_on,
                before,
                enough,
                cancelled: Box::pin(async {
                    let _ = cancelled.await;
                }),
            };
            let ran = session.run(&experiment, asker).await;
            dispatch.emit(Action::Probed(session.capabilities()));
            // Only a picture is looked at again.
            let own = own.filter(|_| experiment.workload.work().is_shown());
            let took_ms = BrowserClock.now_ms() - began_ms;
            let ended = ran.map(|finished| {
                if is_new && !ended_early.get() {
                    dispatch.emit(Action::Timed(Timing::of(&finished.report, took_ms)));
                }
                run_history.keep(&finished.report);
                let is_opened = false;
                Rc::new(Results { number, experiment, finished, prediction, own, is_opened })
            });
            dispatch.emit(Action::Ended(ended));
            // On a phone the results are far below the button; those of scaling are above
            // it, with the headline.
            turn::sleep(RENDERED_MS).await;
            page::focus_if_lost("run");
            page::reveal("headline", is_scaling);
        });
    }

    /// What a run asks after a disturbance: it goes on once the reader says so.
    fn asks_to_go_on(&self) -> GoOn {
        let asked = self.go_on.clone();
        Box::new(move || {
            let (go_on, gone_on) = oneshot::channel();
            *asked.borrow_mut() = Some(go_on);
            Box::pin(async {
                // Whoever goes away without a word lets it go on.
                let _ = gone_on.await;
            })
        })
    }

    /// Ends the run early; it keeps what it has measured.
    pub fn enough(&self) {
        self.enough.set(true);
    }

    /// Cancels what is measured, as a reader asks for it, and dispatches that it was
    /// `cancelled`. The second half of a double click on Run does not count.
    pub fn press_cancel(&self, cancelled: Action, dispatch: &Callback<Action>) {
        if BrowserClock.now_ms() - self.began_ms.get() < DOUBLE_CLICK_MS {
            return;
        }
        dispatch.emit(cancelled);
        if let Some(cancel) = self.cancel.borrow_mut().take() {
            // It may have ended this very moment.
            let _ = cancel.send(());
        }
    }

    /// Goes on with a run that was disturbed.
    pub fn go_on(&self) {
        if let Some(go_on) = self.go_on.borrow_mut().take() {
            // It may have been cancelled this very moment.
            let _ = go_on.send(());
        }
    }
}
