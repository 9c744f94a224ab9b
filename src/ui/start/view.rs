//! Prints the first page.

use super::calls_row::CallsRow;
use super::state::{Computing, DELAYS_MS, PRIMES, Stage, StartState, in_words};
use crate::guide::block;
use crate::measure::format;
use crate::measure::report::Capabilities;
use crate::models::ExecutorKind;
use crate::ui::experiment::rows::rows;
use crate::ui::experiment::view::bars;
use yew::prelude::*;

/// A call's line and the distance to the next, in px.
const LINE: (f64, f64) = (2.0, 3.0);

/// The pages that lead on: address, name, and what is there.
const DOORS: [(&str, &str, &str); 4] = [
    ("#/guide", "Learn", "Fourteen short chapters. You predict, then run."),
    ("#/decide", "Decide", "Answer up to four questions about your work."),
    ("#/lab", "Lab", "Thirteen workloads, six models, every chart."),
    ("#/pitfalls", "Break things", "Lose an update, deadlock two threads, and fix it."),
];

/// The first page.
pub fn start_view(
    state: &StartState,
    capabilities: &Capabilities,
    is_idle: bool,
    on_run: Callback<()>,
    on_cancel: Callback<()>,
) -> Html {
    html! {
        <div class="start">
            <header class="start-head">
                <div>
                    <h1>{ "Threads, processes or async? " }<span>{ "Run it and see." }</span></h1>
                    <p class="start-what">
                        { "The same work under every concurrency model, for real, in this browser." }
                    </p>
                </div>
                <div class="start-run">
                    { button(state, is_idle, on_run, on_cancel) }
                    <p class={classes!("help", state.failure.is_some().then_some("error"))} role="status">
                        { match state.stage {
                            Stage::Before => "about 4 s".to_owned(),
                            _ => state.status(),
                        } }
                    </p>
                </div>
            </header>
            <div class="start-cards">
                { calls_card(state, capabilities) }
                { computing_card(state, capabilities) }
            </div>
            <nav class="doors" aria-label="Where to go from here" inert={state.is_running()}>
                { for DOORS.map(|(href, name, what)| html! {
                    <a class="card door" {href}>
                        <strong>{ name }<span aria-hidden="true">{ " →" }</span></strong>
                        <span>{ what }</span>
                    </a>
                }) }
            </nav>
        </div>
    }
}

fn button(
    state: &StartState,
    is_idle: bool,
    on_run: Callback<()>,
    on_cancel: Callback<()>,
) -> Html {
    let label = if state.stage == Stage::Before { "Run both" } else { "Run both again" };
    // Two buttons by their keys: one that turned from Cancel into Run under the pointer would be
    // pressed as both.
    html! {
        if state.is_running() {
            <button key="cancel" id="cancel-start" class="button" type="button"
                onclick={on_cancel.reform(|_| ())} disabled={state.is_cancelled}>
                { "Cancel" }
            </button>
        } else {
            <button key="run" id="run-start" class="button primary" type="button"
                onclick={on_run.reform(|_| ())} disabled={!is_idle}>
                { label }
            </button>
        }
    }
}

fn calls_card(state: &StartState, capabilities: &Capabilities) -> Html {
    let what = match capabilities.browser.service_worker.is_available() {
        true => "Twenty calls that wait",
        // Nothing is asked, so nothing is called a call.
        false => "Twenty timed waits",
    };
    let headline = match state.calls_ratio() {
        Some(ratio) => html! {
            <>{ "At once: " }<span class={ExecutorKind::EventLoop.class()}>{ in_words(ratio) }</span></>
        },
        None => html! { "How much faster are they at once?" },
    };
    html! {
        <section class="card start-card" aria-label={what}>
            <p class="label">{ what }</p>
            <h2>{ headline }</h2>
            { calls_row("One after another", ExecutorKind::MainThread, &state.in_turn, state.shown_ms()) }
            { calls_row("All at once, on one thread", ExecutorKind::EventLoop, &state.at_once, state.shown_ms()) }
            <p class="start-lesson">
                { state.calls_ratio().map(|_| "While one call waits, the others can wait too. One thread is enough.") }
            </p>
        </section>
    }
}

fn calls_row(name: &str, kind: ExecutorKind, row: &CallsRow, shown_ms: f64) -> Html {
    let (line, step) = LINE;
    let height = step * DELAYS_MS.len() as f64;
    let of_all = format!("{} of {} answered", row.answered(), DELAYS_MS.len());
    let time = row.took_ms.map(format::duration).or_else(|| (row.answered() > 0).then_some(of_all));
    html! {
        <div class={classes!("calls", kind.class())}>
            <p class="calls-name">
                <span class="chip" aria-hidden="true"></span>{ name.to_owned() }
                <span class="calls-time">{ time }</span>
            </p>
            <svg class="calls-lines" height={height.to_string()} aria-hidden="true">
                { for row.placed(shown_ms).into_iter().map(|(call, x, width)| html! {
                    <rect class="run-fill" x={percent(x)} y={(call as f64 * step).to_string()}
                        width={percent(width.max(0.002))} height={line.to_string()} />
                }) }
            </svg>
        </div>
    }
}

fn percent(part: f64) -> String {
    format!("{:.2}%", part * 100.0)
}

fn computing_card(state: &StartState, capabilities: &Capabilities) -> Html {
    let workers = capabilities.machine.default_workers();
    let experiment = block::experiment(PRIMES, workers);
    let shown = experiment.map(|experiment| bars(&rows(&experiment, &state.primes)));
    let told = state.computing();
    let has_one_core = capabilities.machine.hardware_concurrency == 1;
    let headline = |told| headline(told, has_one_core);
    html! {
        <section class="card start-card" aria-label="Numbers to test for primes">
            <p class="label">{ "40,000 numbers to test for primes" }</p>
            <h2>{ told.map_or_else(|| html! { "And if the work computes?" }, headline) }</h2>
            { shown.unwrap_or_default() }
            <p class="start-lesson">
                { told.map(|told| match (has_one_core, told.cores_were_busy()) {
                    (true, _) => "Computing needs cores, and this machine has only one.",
                    (false, true) => "Computing needs free cores. Other programs use yours just now: try again later.",
                    (false, false) => "Computing needs cores. A lock that only one thread can hold leaves you with one.",
                }) }
            </p>
        </section>
    }
}

fn headline(told: Computing, has_one_core: bool) -> Html {
    let where_to = if has_one_core { ". With two workers: " } else { ". On two cores: " };
    html! {
        <>
            { "At once: " }
            <span class="soft">{ in_words(told.at_once) }</span>
            { where_to }
            <span class={told.fastest.class()}>{ in_words(told.on_cores) }</span>
        </>
    }
}
