//! The page's way to a run: the Run and Cancel buttons. Whatever is run is a study, be it of
//! one experiment.

use crate::browser::clock::BrowserClock;
use crate::browser::{page, turn};
use crate::executors::fleet::GoOn;
use crate::executors::run::{Finished, Progress};
use crate::executors::session::{Asker, Cancelled, Session};
use crate::experiment::{Experiment, Repeats};
use crate::failure::{Failure, Result};
use crate::measure::Clock;
use crate::measure::estimate::Timing;
use crate::measure::prediction::Prediction;
use crate::measure::report::Facts;
use crate::measure::sharing::Way;
use crate::measure::start_up::Way as StartWay;
use crate::measure::study::{Study, Summary};
use crate::ui::lab::page::run_history::RunHistory;
use crate::ui::lab::state::{Action, Results};
use crate::ui::lab::study_card::{Event, StudyResults};
use crate::ui::shell::cancelling::CancelSwitch;
use crate::workloads::own::OwnData;
use futures_channel::oneshot;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use yew::Callback;
use yew::platform::spawn_local;

/// Starts runs and cancels them.
#[derive(Clone)]
pub struct Runner {
    session: Rc<Session>,
    cancel: Rc<CancelSwitch>,
    go_on: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    enough: Rc<Cell<bool>>,
    run_history: RunHistory,
}

/// A run that the reader wants.
struct Wanted {
    number: u32,
    study: Study,
    prediction: Option<Prediction>,
    own: Option<OwnData>,
    before: Option<Facts>,
}

/// Told how far the next step of a study is.
type Tell = Rc<dyn Fn(&Study, Progress)>;

/// What a study is carried out with.
struct Terms {
    /// The reader's own data.
    own: Option<OwnData>,
    /// What was measured before.
    before: Option<Facts>,
    cancelled: Cancelled<'static>,
    tell: Tell,
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
            run_history,
        }
    }

    /// Starts the run that `study` is, the page's `number`-th, with the reader's `own` data where
    /// it wants some, and dispatches what becomes of it.
    pub fn start(
        &self,
        number: u32,
        study: Study,
        prediction: Option<Prediction>,
        own: Option<OwnData>,
        dispatch: Callback<Action>,
    ) {
        self.run(Wanted { number, study, prediction, own, before: None }, dispatch);
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
            study: Study::comparison(experiment),
            prediction: results.prediction.clone(),
            own,
            before: Some(results.finished.report.facts()),
        };
        self.run(wanted, dispatch);
    }

    fn run(&self, wanted: Wanted, dispatch: Callback<Action>) {
        let Wanted { number, mut study, prediction, own, before } = wanted;
        let Some(step) = study.next_step() else { return };
        let experiment = Rc::new(step.experiment().clone());
        let (began_ms, cancelled) = self.begin("cancel");
        dispatch.emit(Action::Began(experiment.clone()));
        let is_new = before.is_none();
        let runner = self.clone();
        spawn_local(async move {
            let told = dispatch.clone();
            let tell = Rc::new(move |_: &Study, now| told.emit(Action::Progressed(now)));
            let terms = Terms { own: own.clone(), before, cancelled, tell };
            let mut ran = Err(Failure::cancelled());
            let note = &mut |_: &Study, finished| ran = finished;
            let ended = runner.carry_out(&mut study, terms, note).await;
            let ran = ended.and(ran);
            dispatch.emit(Action::Probed(runner.session.capabilities()));
            // Only a picture is looked at again.
            let own = own.filter(|_| experiment.workload.work().is_shown());
            let took_ms = BrowserClock.now_ms() - began_ms;
            let ended = ran.map(|finished| {
                // What was ended early, or gone on with, says nothing of how long the next
                // takes.
                if is_new && !runner.enough.get() {
                    dispatch.emit(Action::Timed(Timing::of(&finished.report, took_ms)));
                }
                runner.run_history.keep(&finished.report);
                let is_opened = false;
                Rc::new(Results { number, experiment, finished, prediction, own, is_opened })
            });
            dispatch.emit(Action::Ended(ended));
            // On a phone the results are far below the button; those of scaling are above
            // it, with the headline.
            turn::rendered().await;
            page::focus_if_lost("run");
            page::reveal("headline", matches!(study.summary(), Summary::Scaling(_)));
        });
    }

    /// Measures what sharing costs in these ways, and dispatches what becomes of it.
    pub fn share(&self, ways: &[Way], dispatch: Callback<Action>) {
        let ids = ("cancel-sharing", "run-sharing");
        self.measure_for_card(ids, Study::sharing(ways), Action::Sharing, dispatch);
    }

    /// Measures what starting workers costs in these ways, and dispatches what becomes of it.
    pub fn start_up(&self, ways: &[StartWay], dispatch: Callback<Action>) {
        let ids = ("cancel-start-up", "run-start-up");
        self.measure_for_card(ids, Study::start_up(ways), Action::StartUp, dispatch);
    }

    /// Carries out the study of a card, whose buttons to cancel and to run have these ids, and
    /// dispatches what becomes of it.
    fn measure_for_card<R: StudyResults>(
        &self,
        (cancel, run): (&'static str, &'static str),
        study: Result<Study>,
        action: fn(Event<R>) -> Action,
        dispatch: Callback<Action>,
    ) {
        let (_, cancelled) = self.begin(cancel);
        let tell = dispatch.reform(action);
        tell.emit(Event::Began(study.as_ref().map_or(0, |study| study.plan().len())));
        let runner = self.clone();
        spawn_local(async move {
            let told = tell.clone();
            let progress =
                Rc::new(move |study: &Study, now| told.emit(Event::progress(study, &now)));
            let terms = Terms { own: None, before: None, cancelled, tell: progress };
            let note = &mut |study: &Study, _| {
                Event::measured(study).into_iter().for_each(|event| tell.emit(event))
            };
            let ended = match study {
                Ok(mut study) => runner.carry_out(&mut study, terms, note).await,
                Err(failure) => Err(failure),
            };
            dispatch.emit(Action::Probed(runner.session.capabilities()));
            dispatch.emit(action(Event::Ended(ended.err())));
            turn::rendered().await;
            page::focus_if_lost(run);
        });
    }

    /// Notes that something is measured from now on, whose Cancel is the element `cancel`. Gives
    /// the time, in ms, and what comes once the reader cancels.
    fn begin(&self, cancel: &'static str) -> (f64, Cancelled<'static>) {
        let cancelled = self.cancel.begin();
        self.enough.set(false);
        spawn_local(async move {
            turn::rendered().await;
            page::focus_if_lost(cancel);
        });
        (self.cancel.began_ms(), cancelled)
    }

    /// Runs the experiments of `study` one after the other. `note` is told what each came to,
    /// once the study has noted it.
    ///
    /// # Errors
    /// What ends the study early: see [`Study::note`].
    async fn carry_out(
        &self,
        study: &mut Study,
        terms: Terms,
        note: &mut dyn FnMut(&Study, Result<Finished>),
    ) -> Result<()> {
        let Terms { own, mut before, mut cancelled, tell } = terms;
        while let Some(step) = study.next_step() {
            let (now, told) = (study.clone(), tell.clone());
            let asker = Asker {
                own: own.clone(),
                tell: Box::new(move |progress| told(&now, progress)),
                go_on: self.asks_to_go_on(),
                before: before.take(),
                enough: self.enough.clone(),
            };
            let ran = self.session.run(step.experiment(), asker, Box::pin(&mut cancelled)).await;
            study.note(ran.as_ref().map(|finished| &finished.report))?;
            note(study, ran);
        }
        Ok(())
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
    /// `cancelled`.
    pub fn press_cancel(&self, cancelled: Action, dispatch: &Callback<Action>) {
        self.cancel.press(|| dispatch.emit(cancelled));
    }

    /// Goes on with a run that was disturbed.
    pub fn go_on(&self) {
        if let Some(go_on) = self.go_on.borrow_mut().take() {
            // It may have been cancelled this very moment.
            let _ = go_on.send(());
        }
    }
}
