//! `#/decide/map`: where one model overtakes another, measured here.

use crate::advice::boundary::Boundary;
use crate::browser::page;
use crate::executors::model_map::browser::measure_map;
use crate::executors::profile::Profile;
use crate::executors::session::Session;
use crate::experiment::link;
use crate::failure::Result;
use crate::measure::model_map::{ModelMap, Place, Plan, View};
use crate::measure::report::Capabilities;
use crate::models::ExecutorKind;
use crate::ui::advice::map::asked::{AskedMap, THREADS};
use crate::ui::advice::map::state::{MapEvent, MapState, to_confirm};
use crate::ui::advice::view::map_cell::map_cell;
use crate::ui::advice::view::refused::refused;
use crate::ui::charts::model_map::view::{MapView, model_map};
use crate::ui::decide::ways::{Way, ways};
use crate::ui::experiment::page::runner::focus_soon;
use crate::ui::shell::cancelling::CancelSwitch;
use crate::wording::counted;
use std::cell::RefCell;
use std::rc::Rc;
use yew::prelude::*;

/// See [`MapPage`].
#[derive(Clone, Properties)]
pub struct MapPageProps {
    /// What the link says.
    pub query: AttrValue,
    /// What the browser can do.
    pub capabilities: Capabilities,
    /// Whether it is known what the browser can do.
    pub is_probed: bool,
    /// Whether nothing runs.
    pub is_idle: bool,
    /// Where workloads are run.
    pub session: Rc<Session>,
    /// Asks to go to another query.
    pub on_query: Callback<String>,
}

/// How often what the models cost is measured before a map: the middle of them counts.
const PROFILES: usize = 3;

thread_local! {
    /// What was measured in this visit, for a reader who comes back to the page.
    static KEPT: RefCell<MapState> = RefCell::default();
}

impl PartialEq for MapPageProps {
    fn eq(&self, other: &Self) -> bool {
        (self.is_probed, self.is_idle) == (other.is_probed, other.is_idle)
            && (&self.query, &self.capabilities) == (&other.query, &other.capabilities)
    }
}

struct Store(MapState);

impl Reducible for Store {
    type Action = MapEvent;

    fn reduce(self: Rc<Self>, event: MapEvent) -> Rc<Self> {
        Rc::new(Self(self.0.after(event)))
    }
}

/// The page.
#[component]
pub fn MapPage(props: &MapPageProps) -> Html {
    let (asked, refusals) = AskedMap::read(&props.query);
    let machine = &props.capabilities.machine;
    let plan = Plan::new(asked.view, asked.threads, machine.default_workers());
    let store = use_reducer(|| Store(KEPT.with_borrow(MapState::clone)));
    let state = &store.0;
    use_effect_with(state.clone(), |state| KEPT.set(state.at_rest()));
    let cancel = use_memo((), |()| CancelSwitch::default());
    {
        let (dispatcher, cancel) = (store.dispatcher(), cancel.clone());
        let is_opened = use_mut_ref(|| false);
        use_effect_with((asked.view.id(), asked.threads), move |_| {
            if is_opened.replace(true) {
                cancel.stop();
                dispatcher.dispatch(MapEvent::Turned);
            }
        });
    }
    let on_cancel = {
        let (dispatcher, cancel) = (store.dispatcher(), cancel.clone());
        Callback::from(move |()| cancel.press(|| dispatcher.dispatch(MapEvent::Cancelled)))
    };
    {
        let on_cancel = on_cancel.clone();
        use_effect_with(state.is_running(), move |is_running| {
            let listener = is_running.then(|| page::on_escape(move || on_cancel.emit(())));
            move || drop(listener)
        });
    }
    let start = {
        let (session, plan) = (props.session.clone(), plan.clone());
        let store = store.clone();
        Callback::from(move |is_whole: bool| {
            let dispatcher = store.dispatcher();
            let mut map = match store.0.of(&plan) {
                Some(of) => ModelMap::clone(&of.map),
                None => ModelMap::new(plan.clone()),
            };
            if is_whole {
                map.measure_on();
            }
            let has_prediction = store.0.of(&plan).is_some_and(|of| of.boundary().is_some());
            dispatcher.dispatch(MapEvent::Began(plan.clone(), !has_prediction));
            let (session, plan) = (session.clone(), plan.clone());
            let cancelled = cancel.begin();
            focus_soon("cancel-map".to_owned());
            yew::platform::spawn_local(async move {
                let told = dispatcher.clone();
                let map = Rc::new(RefCell::new(map));
                let measuring = async {
                    if !has_prediction {
                        let predicted = predicted(&session, &plan).await;
                        told.dispatch(MapEvent::Predicted(plan.clone(), predicted));
                    }
                    let show = |map: &ModelMap| told.dispatch(MapEvent::Measured(map.clone()));
                    measure_map(session.capabilities(), map.clone(), show).await
                };
                let ended = session.run_alone(measuring, cancelled).await;
                let has_more = !map.borrow().is_measured();
                dispatcher.dispatch(MapEvent::Measured(map.borrow().clone()));
                dispatcher.dispatch(MapEvent::Ended(ended.err()));
                focus_soon(if has_more { "measure-map" } else { "map-status" }.to_owned());
            });
        })
    };
    let measured = state.of(&plan);
    let agreement = measured.filter(|_| !state.is_running()).and_then(|of| of.agreement());
    let on_choose = {
        let dispatcher = store.dispatcher();
        Callback::from(move |place| dispatcher.dispatch(MapEvent::Chose(place)))
    };
    let is_enabled = props.is_idle && props.is_probed && !state.is_running();
    let controls = Controls { state, plan: &plan, is_enabled, start, on_cancel };
    html! {
        <div class="decide-page">
            <header class="decide-intro">
                <h1>{ "Where does one model overtake another?" }</h1>
                <p>
                    { "Each cell stands for a piece of work. Its colour is the model that was the fastest there, or in \
                       the nearest cell that was measured. The borders are measured most closely, and cells that are \
                       clear by little are measured twice." }
                </p>
            </header>
            { ways(Way::Map, &props.query) }
            { refused(&refusals) }
            <div class="decide-own">
                <div class="card experiment" role="form" aria-label="Map">
                    { view_choice(asked, &props.on_query) }
                    { threads_choice(asked, &props.on_query) }
                    <p class="help">{ asked.view.in_common() }</p>
                    { controls.view() }
                </div>
                if let Some(measured) = measured {
                    <div class="decide-asked">
                        { model_map(MapView {
                            map: measured.map.clone(),
                            predicted: measured.boundary().cloned(),
                            // What changes all the time is not read out.
                            summary: if state.is_running() { String::new() } else { measured.summary() },
                            chosen: state.chosen(),
                            on_choose,
                            version: state.version(),
                            is_done: !state.is_running() && measured.map.has_picture(),
                        }) }
                        <p class="card" role="status" id="agreement" hidden={agreement.is_none()}>
                            { agreement }
                        </p>
                        { map_cell(measured, state.chosen(), |place| to_lab(&plan, place)) }
                    </div>
                }
            </div>
        </div>
    }
}

/// What the cost model says of a map, once it is known what the models cost here.
async fn predicted(session: &Session, plan: &Plan) -> Result<Boundary> {
    let workload = plan.workload(plan.typical())?;
    let mut last = session.profile_beside(&workload).await;
    let mut profiles: Vec<_> = last.iter().cloned().collect();
    for _ in 1..PROFILES {
        last = session.profile_beside(&workload).await;
        profiles.extend(last.iter().cloned());
    }
    let Profile { evidence, costs } = Profile::typical_of(profiles).map_or(last, Ok)?;
    Ok(Boundary::of(plan, &evidence, &costs))
}

/// The link that opens a cell in the lab.
fn to_lab(plan: &Plan, place: Place) -> Option<String> {
    let experiment = plan.experiment(place).ok()?;
    Some(format!("#/lab?{}", link::write(&experiment, 1)))
}

fn view_choice(asked: AskedMap, on_query: &Callback<String>) -> Html {
    let one = |view: View| {
        let onclick = on_query.reform(move |_: MouseEvent| AskedMap { view, ..asked }.query());
        let pressed = (view == asked.view).to_string();
        html! {
            <button type="button" class="segment" id={format!("view-{}", view.id())} aria-pressed={pressed} {onclick}>
                { view.title() }
            </button>
        }
    };
    html! {
        <div class="field choice">
            <p class="label" id="view-label">{ "Map of" }</p>
            <div class="segments" role="group" aria-labelledby="view-label">{ for View::ALL.map(one) }</div>
        </div>
    }
}

fn threads_choice(asked: AskedMap, on_query: &Callback<String>) -> Html {
    let one = |threads: ExecutorKind| {
        let onclick = on_query.reform(move |_: MouseEvent| AskedMap { threads, ..asked }.query());
        let pressed = (threads == asked.threads).to_string();
        html! {
            <button type="button" class="segment" aria-pressed={pressed} {onclick}>{ threads.title() }</button>
        }
    };
    html! {
        <div class="field choice">
            <p class="label" id="threads-label">{ "Threads" }</p>
            <div class="segments" role="group" aria-labelledby="threads-label">{ for THREADS.map(one) }</div>
        </div>
    }
}

/// How far measuring is, and the buttons that start and cancel it.
struct Controls<'a> {
    state: &'a MapState,
    plan: &'a Plan,
    is_enabled: bool,
    start: Callback<bool>,
    on_cancel: Callback<()>,
}

impl Controls<'_> {
    fn view(&self) -> Html {
        let Self { state, plan, .. } = self;
        let map = state.of(plan).map(|of| &of.map);
        html! {
            <>
                if state.is_running() {
                    <progress value={map.map_or(0.0, |map| map.done()).to_string()} max="1"
                        aria-label="Progress of the map" />
                    <p class="decide-soft" id="cells-measured">
                        { format!("{} measured", counted(map.map_or(0, |map| map.measured()) as u64, "cell")) }
                        { map.map(|map| to_confirm(map)) }
                    </p>
                }
                <p id="map-status" role="status" tabindex="-1">{ state.status(plan) }</p>
                if let Some(failure) = state.failure() {
                    <p class="error" role="alert">{ failure.message() }</p>
                }
                <p class="tools">{ self.button() }</p>
            </>
        }
    }

    // Two buttons by their keys: one that turned from Cancel into Measure under the pointer would be
    // pressed as both.
    fn button(&self) -> Html {
        let Self { state, plan, is_enabled, .. } = self;
        if state.is_running() {
            let onclick = self.on_cancel.reform(|_: MouseEvent| ());
            return html! {
                <button key="cancel" type="button" id="cancel-map" class="button" {onclick}
                    disabled={state.is_cancelling()}>{ "Cancel" }</button>
            };
        }
        let map = state.of(plan).map(|of| &of.map);
        let is_refined = map.is_some_and(|map| map.is_refined());
        if map.is_some_and(|map| map.is_measured()) {
            return Html::default();
        }
        let onclick = self.start.reform(move |_: MouseEvent| is_refined);
        let label = match map {
            None => "Measure",
            Some(_) if is_refined => "Measure the other cells, too",
            Some(_) => "Measure on",
        };
        html! {
            <button key="measure" type="button" id="measure-map" class="button primary" {onclick}
                disabled={!is_enabled}>{ label }</button>
        }
    }
}
