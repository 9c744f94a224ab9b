//! What does starting cost? Workers started in every way that a browser has, and an empty task for
//! each, beside what CPython takes.

use crate::measure::format;
use crate::measure::start_up::{StartUpCosts, WORKERS, Way, WayCosts};
use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::results::studies::study_controls::{StudyControls, study_controls};
use crate::ui::lab::state::{Action, State};
use yew::prelude::*;

/// The card.
pub fn start_up_card(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    let able = |way: &Way| way.reason(&state.capabilities).is_none();
    let ways: Vec<_> = Way::ALL.into_iter().filter(able).collect();
    let run = {
        let (runner, dispatch) = (runner.clone(), dispatch.clone());
        Callback::from(move |_: MouseEvent| runner.start_up(&ways, dispatch.clone()))
    };
    html! {
        <section class="card chart start-up" id="start" aria-labelledby="start-title">
            <h2 class="label" id="start-title">{ "What does starting cost?" }</h2>
            <p class="help">
                { format!("{WORKERS} workers are started in each way, repeatedly, until all are \
                           ready: threads, processes that are sent the compiled program \
                           (forkserver), and processes that fetch and compile it (spawn). Then \
                           each gets an empty task and returns an empty result. Times are \
                           medians.") }
            </p>
            { table(state, &state.start_up.results) }
            <p class="said" id="start-up-text">{ said(&state.start_up.results) }</p>
            { study_controls(&state.start_up, StudyControls {
                name: "start-up",
                what: "starting costs",
                cancelled: Action::StartUp,
                run,
                is_idle: state.is_idle(),
            }, runner, dispatch) }
            <p class="help">
                { "CPython 3.14 on Linux, " }{ WORKERS }{ " workers created, run and joined: " }
                <a href="https://github.com/REASY/python-free-threading-vs-multiprocessing-benchmarks"
                    rel="noreferrer">
                    { "REASY/python-free-threading-vs-multiprocessing-benchmarks" }
                </a>
                { ". That is another machine, so compare the ratios. Here a thread is a browser \
                   worker, too: it saves the memory and the program." }
            </p>
        </section>
    }
}

fn table(state: &State, costs: &StartUpCosts) -> Html {
    let head = ["Workers", "Started", "Empty tasks", "CPython"];
    html! {
        <div class="scroll">
            <table id="start-up-table">
                <thead><tr>{ for head.map(|title| html! { <th scope="col">{ title }</th> }) }</tr></thead>
                <tbody>
                    { for Way::ALL.into_iter().map(|way| {
                        let costs = costs.ways().iter().find(|one| one.way == way);
                        row(way, costs, way.reason(&state.capabilities))
                    }) }
                </tbody>
            </table>
        </div>
    }
}

fn row(way: Way, costs: Option<&WayCosts>, reason: Option<String>) -> Html {
    let shown = |ms: Option<f64>| ms.map_or_else(|| "—".to_owned(), format::duration);
    let why = costs.and_then(|costs| costs.failure.as_ref()).map(|failure| failure.message());
    let why = reason.map(|reason| format!("Cannot run here. {reason}")).or(why);
    html! {
        <tr data-way={way.id()}>
            <th scope="row">
                <span class={classes!("chip", way.executor().kind().class())} aria-hidden="true"></span>
                { way.title() }
                if let Some(why) = why {
                    <span class="help reason">{ why }</span>
                }
            </th>
            <td>{ shown(costs.and_then(WayCosts::start_ms)) }</td>
            <td>{ shown(costs.and_then(WayCosts::tasks_ms)) }</td>
            <td>{ format::duration(way.cpython_ms()) }</td>
        </tr>
    }
}

/// What the times come to, in a sentence.
fn said(costs: &StartUpCosts) -> String {
    let times = |way| costs.over_threads(way).map(format::digits);
    match (times(Way::Forkserver), times(Way::Spawn)) {
        (Some(handed), Some(fetched)) => format!(
            "Compared with threads, processes took {handed}× as long to start with forkserver, and \
             {fetched}× as long with spawn."
        ),
        _ => String::new(),
    }
}
