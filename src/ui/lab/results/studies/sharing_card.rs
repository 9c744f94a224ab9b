//! What does sharing cost? The same light sum over ever larger arrays, in every way in
//! which data can get to whoever adds it up.

use crate::measure::format;
use crate::measure::report::Capabilities;
use crate::measure::sharing::{SIZES, WORKERS, Way};
use crate::ui::charts::sharing::view::{marker_key, sharing_chart};
use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::results::studies::study_controls::{StudyControls, study_controls};
use crate::ui::lab::state::{Action, State};
use yew::prelude::*;

/// The card, and the chart once there is something to show.
pub fn sharing_card(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    html! {
        <>
            if !state.sharing.results.rows().is_empty() {
                { sharing_chart(&state.sharing) }
            }
            { plan(state, dispatch, runner) }
        </>
    }
}

fn plan(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    let capabilities = &state.capabilities;
    let able = |way: &Way| way.reason(capabilities).is_none();
    let ways: Vec<_> = Way::ALL.into_iter().filter(able).collect();
    let run = {
        let (runner, dispatch) = (runner.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| runner.share(&ways, dispatch.clone()))
    };
    let [least, most] = [SIZES[0], SIZES[SIZES.len() - 1]].map(format::memory);
    html! {
        <section class="card chart sharing" id="share" aria-labelledby="share-title">
            <h2 class="label" id="share-title">{ "What does sharing cost?" }</h2>
            <p class="help">
                { format!("Summing an array is light work on a large payload. This measures the \
                    sum of the same array, from {least} to {most}, for each way to give workers \
                    the data. Pools have {WORKERS} workers, so that everything fits into one tab. \
                    Here 1 KB is 1024 bytes.") }
            </p>
            <ul class="ways">{ for Way::ALL.into_iter().map(|way| way_of(way, capabilities)) }</ul>
            { study_controls(&state.sharing, StudyControls {
                name: "sharing",
                what: "sharing costs",
                cancelled: Action::Sharing,
                run,
                is_idle: state.is_idle(),
            }, runner, dispatch) }
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
