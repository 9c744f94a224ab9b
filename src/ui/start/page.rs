//! The first page and its side effects.

use super::state::{DELAYS_MS, PRIMES, Stage, StartAction, StartState};
use super::view::start_view;
use crate::browser::clock::BrowserClock;
use crate::browser::{page, turn};
use crate::executors::calls::{CallEvent, CallOrder, make_calls};
use crate::executors::session::{Cancelled, Session};
use crate::failure::{Failure, Result};
use crate::guide::block;
use crate::guide::measured::Measurements;
use crate::measure::Clock;
use crate::measure::report::Capabilities;
use crate::ui::experiment::page::runner::{asker, focus_soon};
use crate::ui::experiment::runs::RunEvent;
use crate::ui::shell::cancelling::CancelSwitch;
use crate::workloads::Workload;
use crate::workloads::WorkloadId;
use crate::workloads::params::Params;
use futures_util::future::{Either, select};
use serde_json::json;
use std::future::Future;
use std::pin::pin;
use std::rc::Rc;
use yew::platform::spawn_local;
use yew::prelude::*;

/// How often the calls' rows are drawn while they grow, in ms.
const DRAW_EVERY_MS: u32 = 40;

/// What [`StartPage`] is given.
#[derive(Properties)]
pub struct StartPageProps {
    /// Where experiments run.
    pub session: Rc<Session>,
    /// What the browser can do.
    pub capabilities: Capabilities,
    /// Whether that is all known.
    pub is_probed: bool,
    /// Whether nothing is measured, by whomever.
    pub is_idle: bool,
}

impl PartialEq for StartPageProps {
    fn eq(&self, other: &Self) -> bool {
        (self.is_probed, self.is_idle) == (other.is_probed, other.is_idle)
            && self.capabilities == other.capabilities
    }
}

struct Store(StartState);

impl Reducible for Store {
    type Action = StartAction;

    fn reduce(self: Rc<Self>, action: StartAction) -> Rc<Self> {
        Rc::new(Self(self.0.after(action)))
    }
}

/// The first page.
#[component]
pub fn StartPage(props: &StartPageProps) -> Html {
    let store = use_reducer(|| Store(StartState::default()));
    let dispatcher = store.dispatcher();
    let dispatch =
        use_memo((), move |()| Callback::from(move |action| dispatcher.dispatch(action)));
    // Dropped with the page, which cancels what runs.
    let cancel = use_memo((), |()| CancelSwitch::default());

    let on_run = {
        let (session, dispatch, cancel) = (props.session.clone(), dispatch.clone(), cancel.clone());
        Callback::from(move |()| {
            let cancelled = cancel.begin();
            spawn_local(tell_story(session.clone(), Callback::clone(&dispatch), cancelled));
        })
    };
    let on_cancel = {
        let dispatch = dispatch.clone();
        Callback::from(move |()| cancel.press(|| dispatch.emit(StartAction::Cancelled)))
    };
    let escaped = on_cancel.clone();
    use_effect_with(store.0.is_running(), move |is_running| {
        let listener = is_running.then(|| page::on_escape(move || escaped.emit(())));
        move || drop(listener)
    });
    start_view(&store.0, &props.capabilities, props.is_probed && props.is_idle, on_run, on_cancel)
}

/// Runs the story, and tells what happens.
async fn tell_story(
    session: Rc<Session>,
    dispatch: Callback<StartAction>,
    mut cancelled: Cancelled<'static>,
) {
    let began_ms = BrowserClock.now_ms();
    dispatch.emit(StartAction::Began);
    focus_soon("cancel-start".to_owned());
    let calling = calls(&session, &dispatch);
    let ended = match session.run_alone(calling, Box::pin(&mut cancelled)).await {
        Ok(()) => compute(&session, &dispatch, cancelled).await,
        Err(failure) => Err(failure),
    };
    dispatch.emit(StartAction::Ended(ended.map(|()| BrowserClock.now_ms() - began_ms)));
    focus_soon("run-start".to_owned());
}

/// Makes the calls, one after another and at once.
async fn calls(session: &Session, dispatch: &Callback<StartAction>) -> Result<()> {
    let capabilities = session.capabilities();
    let kind = match capabilities.browser.service_worker.is_available() {
        true => "network",
        false => "timer",
    };
    let params = Params::from_iter([
        ("kind".to_owned(), json!(kind)),
        ("delaysMs".to_owned(), json!(DELAYS_MS)),
    ]);
    let workload = Workload::new(WorkloadId::Requests, &params)?;
    for (stage, order) in
        [(Stage::OneAfterAnother, CallOrder::OneAfterAnother), (Stage::AtOnce, CallOrder::AtOnce)]
    {
        dispatch.emit(StartAction::Reached(stage));
        let tell = |event: CallEvent| {
            dispatch.emit(StartAction::Call(event.call, event.is_answered, event.at_ms));
        };
        let making = make_calls(&workload, &capabilities, order, tell);
        let took_ms = drawn(making, dispatch).await?;
        dispatch.emit(StartAction::Answered(took_ms));
    }
    Ok(())
}

/// Does `work`, and has the rows drawn meanwhile.
async fn drawn<T>(work: impl Future<Output = T>, dispatch: &Callback<StartAction>) -> T {
    let began_ms = BrowserClock.now_ms();
    let mut work = pin!(work);
    loop {
        match select(work.as_mut(), pin!(turn::sleep(DRAW_EVERY_MS))).await {
            Either::Left((done, _)) => return done,
            Either::Right(_) => {
                dispatch.emit(StartAction::Passed(BrowserClock.now_ms() - began_ms));
            }
        }
    }
}

/// Tests numbers for primes, under each model.
async fn compute(
    session: &Session,
    dispatch: &Callback<StartAction>,
    cancelled: Cancelled<'static>,
) -> Result<()> {
    dispatch.emit(StartAction::Reached(Stage::Computing));
    let workers = session.capabilities().machine.default_workers();
    // It is tested natively.
    let experiment = block::experiment(PRIMES, workers).map_err(|_| Failure::cancelled())?;
    let told = dispatch.reform(StartAction::Ran);
    let ran = session.run(&experiment, asker(told), cancelled).await;
    let failed = ran.as_ref().err().cloned();
    let measured = ran.map(|finished| Rc::new(Measurements::of(&finished.report)));
    dispatch.emit(StartAction::Ran(RunEvent::Ended(measured)));
    failed.map_or(Ok(()), Err)
}
