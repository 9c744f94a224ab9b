//! What does sharing cost? The same light sum over ever larger arrays, in every way in
//! which data can get to whoever adds it up.

use crate::measure::format;
use crate::measure::report::Capabilities;
use crate::measure::sharing::{SIZES, WORKERS, Way};
use crate::ui::charts::sharing::view::{marker_key, sharing_chart};
use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::sharing::{Event, Sharing};
use crate::ui::lab::state::{Action, State};
use yew::prelude::*;

/// The card, and the chart once there is something to show.
pub fn sharing_card(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    html! {
        <>
            if !state.sharing.costs.rows().is_empty() {
                { sharing_chart(&state.sharing) }
            }
            { plan(state, dispatch, runner) }
        </>
    }
}

fn plan(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    let capabilities = &state.capabilities;
    let [least, most] = [SIZES[0], SIZES[SIZES.len() - 1]].map(format::memory);
    html! {
        <section class="card chart sharing" id="share" aria-labelledby="share-title">
            <h2 class="label" id="share-title">{ "What does sharing cost?" }</h2>
            <p class="help">
                { format!("Summing an array is light work on a large payload. This measures the \
                    sum of the same array, from {least} to {most}, for each way of giving workers \
                    the data. Pools have {WORKERS} workers, so that everything fits into one tab. \
                    Here 1 KB is 1024 bytes.") }
            </p>
            <ul class="ways">{ for Way::ALL.into_iter().map(|way| way_of(way, capabilities)) }</ul>
            { progress(&state.sharing, runner) }
            <p id="sharing-status" role="status">{ state.sharing.status() }</p>
            <p class="tools">{ button(state, dispatch, runner) }</p>
            { likeness() }
        </section>
    }
}

/// A way: its mark in the chart, what moves, and why it cannot run here, if so.
fn way_of(way: Way, capabilities: &Capabilities) -> Html {
    html! {
        <li data-way={way.id()}>
            { marker_key(way) }
            <span>
                <b>{ way.title() }</b>{ format!(": {}.", way.what_moves()) }
                if let Some(reason) = way.reason(capabilities) {
                    <span class="help reason">{ format!(" Cannot run here. {reason}") }</span>
                }
            </span>
        </li>
    }
}

fn progress(sharing: &Sharing, runner: &Runner) -> Html {
    if !sharing.is_running() {
        return Html::default();
    }
    let runner = runner.clone();
    let on_go_on = Callback::from(move |_: MouseEvent| runner.go_on());
    html! {
        <>
            <progress value={sharing.done().to_string()} max={sharing.total().to_string()}
                aria-label="Progress of measuring what sharing costs" />
            if let Some(disturbance) = sharing.paused() {
                <p>{ format!("Paused. {} ", disturbance.what()) }
                    <button type="button" id="go-on-sharing" class="button" onclick={on_go_on}>
                        { "Continue" }
                    </button>
                </p>
            }
        </>
    }
}

// Two buttons by their keys: one that turned from Cancel into Run under the pointer would
// be pressed as both.
fn button(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    let (runner, dispatch) = (runner.clone(), dispatch.clone());
    if state.sharing.is_running() {
        let onclick = Callback::from(move |_: MouseEvent| {
            runner.press_cancel(Action::Sharing(Event::Cancelled), &dispatch);
        });
        return html! {
            <button key="cancel" type="button" id="cancel-sharing" class="button" {onclick}
                disabled={state.sharing.is_cancelled()}>{ "Cancel" }</button>
        };
    }
    let able = |way: &Way| way.reason(&state.capabilities).is_none();
    let ways: Vec<_> = Way::ALL.into_iter().filter(able).collect();
    let onclick = Callback::from(move |_: MouseEvent| runner.share(&ways, dispatch.clone()));
    html! {
        <button key="run" type="button" id="run-sharing" class="button" {onclick}
            disabled={!state.is_idle()}>{ "Measure what sharing costs" }</button>
    }
}

/// How these ways differ from those of Python's multiprocessing.
fn likeness() -> Html {
    html! {
        <details class="data likeness">
            <summary>{ "How this differs from Python" }</summary>
            <p>
                <b>{ "Copied" }</b>{ " corresponds to pickling. The browser copies plain bytes; \
                pickle walks through objects, which costs more." }
            </p>
            <p>
                <b>{ "Transferred" }</b>{ " has no counterpart in multiprocessing. The buffer gets \
                a new owner and is not copied: the page cannot read it until it comes back with \
                the result." }
            </p>
            <p>
                <b>{ "Shared buffer" }</b>{ " corresponds to " }
                <code>{ "multiprocessing.shared_memory" }</code>
                { ", where processes compute directly on the same memory pages. A WebAssembly \
                program computes only in its own memory, so each process first copies its share \
                out of the buffer: this saves sending, not copying." }
            </p>
            <p>
                <b>{ "Transferred" }</b>{ " data is copied that way, too. Only threads compute \
                directly on the data." }
            </p>
        </details>
    }
}
