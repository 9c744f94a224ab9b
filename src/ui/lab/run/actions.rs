//! The actions at the top right of a result: link, pin, measure more. During a run: end it early.

use crate::executors::run::Progress;
use crate::experiment::link;
use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::state::{Action, Activity, Results, State};
use crate::ui::lab::tabs::{self, Tab};
use crate::ui::shell::route::Route;
use std::rc::Rc;
use yew::prelude::*;

/// The actions that are possible now.
pub fn run_actions(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    match (&state.activity, &state.results) {
        (Activity::Idle, None) => Html::default(),
        _ => since_a_run(state, dispatch, runner),
    }
}

// Not part of a first visit, and so not of its caller.
#[inline(never)]
fn since_a_run(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    // Two places by their keys: a button that turned from "That's enough" into "Measure on"
    // under the pointer would be pressed as both.
    match (&state.activity, &state.failure, &state.results) {
        (Activity::Running { progress, .. }, ..) => html! {
            <div key="during" class="actions">{ enough(progress.as_ref(), runner) }</div>
        },
        (Activity::Idle, None, Some(results)) => html! {
            <div key="after" class="actions">
                { share(state, results) }
                { pin(state, dispatch) }
                if !results.is_opened {
                    { measure_on(state, results, dispatch, runner) }
                }
            </div>
        },
        _ => Html::default(),
    }
}

/// Ends the run and keeps what it has.
fn enough(progress: Option<&Progress>, runner: &Runner) -> Html {
    let runner = runner.clone();
    let onclick = Callback::from(move |_: MouseEvent| runner.enough());
    let has_block = progress.is_some_and(|progress| {
        let models = progress.interim.models.iter();
        let mut running = models.filter(|model| model.failure.is_none());
        !progress.interim.models.is_empty() && running.all(|model| !model.samples_ms.is_empty())
    });
    html! {
        <button type="button" id="enough" class="button quiet" {onclick} disabled={!has_block}
            title="End the run now and keep what it has measured">{ "Stop measuring" }</button>
    }
}

fn share(state: &State, results: &Results) -> Html {
    let workers = state.capabilities.machine.default_workers();
    let mut query = link::write(&results.experiment, workers);
    if state.tab() != Tab::default() {
        query.push_str(&format!("&{}={}", tabs::KEY, state.tab().id()));
    }
    if query.len() > link::MAX_LINK_BYTES || results.experiment.has_foreign_models() {
        return Html::default();
    }
    html! {
        <a class="share" href={format!("#{}", Route::Lab(query).hash())}
            title="A link to this experiment">{ "Link" }</a>
    }
}

fn pin(state: &State, dispatch: &Callback<Action>) -> Html {
    let pinned = state.pinned.is_some();
    let onclick = dispatch.reform(move |_: MouseEvent| Action::Pinned(!pinned));
    html! {
        <button type="button" class="link" id="pin" aria-pressed={pinned.to_string()} {onclick}
            title="Pin this run; the next one is compared with it">
            { if pinned { "Unpin" } else { "Compare" } }
        </button>
    }
}

fn measure_on(
    state: &State,
    results: &Rc<Results>,
    dispatch: &Callback<Action>,
    runner: &Runner,
) -> Html {
    let (runner, results, dispatch) = (runner.clone(), results.clone(), dispatch.clone());
    // Texts are not kept with a result: the form has them as long as they are chosen there.
    let own = results.own.clone().or_else(|| state.own_data());
    let number = state.next_run();
    let onclick = Callback::from(move |_: MouseEvent| {
        runner.measure_on(number, &results, own.clone(), dispatch.clone())
    });
    html! {
        <button type="button" class="link" id="measure-on" {onclick} disabled={!state.is_idle()}
            title="Measure more rounds: the interval gets narrower">{ "Measure more" }</button>
    }
}
