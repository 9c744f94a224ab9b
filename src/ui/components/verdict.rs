//! The answer to the reader's question, before any chart: which model was fastest,
//! and by how much. While a run is under way, how far it is.

use super::findings::findings;
use super::heart::heart;
use super::lesson_outcome::lesson_outcome;
use super::prediction::judgement;
use crate::executors::run::{Progress, Stage};
use crate::experiment::link;
use crate::failure::FailureKind;
use crate::measure::format;
use crate::ui::route::Route;
use crate::ui::runner::Runner;
use crate::ui::state::{Activity, State};
use yew::prelude::*;

/// The verdict, or how far the run is.
pub fn verdict_card(state: &State, runner: &Runner) -> Html {
    html! {
        <section class="card verdict" aria-label="Result">
            <p id="status" class="visually-hidden" role="status">{ state.status() }</p>
            { refused(state) }
            { body(state, runner) }
        </section>
    }
}

fn body(state: &State, runner: &Runner) -> Html {
    match (&state.activity, &state.failure, &state.results) {
        (Activity::Running { progress, .. }, ..) => {
            let runner = runner.clone();
            let on_go_on = Callback::from(move |_: MouseEvent| runner.go_on());
            let (done, total) = progress.as_ref().map_or((0, 1), |at| (at.done, at.total));
            html! {
                <>
                    <h1 id="headline" class="busy">{ state.status() }</h1>
                    if let Some(Progress { stage: Stage::Paused(_), .. }) = progress {
                        <p>{ "What it touched was thrown away; the rest is kept." }</p>
                        <p><button type="button" id="go-on" class="button primary" onclick={on_go_on}>
                            { "Go on" }
                        </button></p>
                    }
                    <progress value={done.to_string()} max={total.to_string()} aria-label="Progress" />
                    { heart() }
                </>
            }
        }
        (Activity::Cancelling { .. }, ..) => html! {
            <h1 id="headline" class="busy">{ "Cancelling…" }</h1>
        },
        (Activity::Idle, Some(failure), _) if failure.kind == FailureKind::Cancelled => html! {
            <>
                <h1 id="headline">{ "Cancelled" }</h1>
                <p>{ "Nothing is left running. " }{ if state.results.is_some() {
                    "The results below are those of the run before."
                } else { "Run it again whenever you like." } }</p>
            </>
        },
        (Activity::Idle, Some(failure), _) => html! {
            <>
                <h1 id="headline">{ "This could not run" }</h1>
                <p class="failure" role="alert">{ &failure.message }</p>
                if state.results.is_some() {
                    <p>{ "The results below are those of the run before." }</p>
                }
            </>
        },
        (Activity::Idle, None, Some(results)) => {
            let report = &results.finished.report;
            let workers = state.capabilities.default_workers();
            let query = link::write(&results.experiment, workers);
            // That of a curve stands beside the curve.
            let judged = results.judgement().filter(|_| results.scaling().is_none());
            html! {
                <>
                    if query.len() <= link::MAX_LINK_BYTES {
                        <a class="share" href={format!("#{}", Route::Lab(query).hash())}>
                            { "Link to this" }
                        </a>
                    }
                    <h1 id="headline">
                        { &report.verdict.headline }
                        if let Some([low, high]) = report.verdict.ci95 {
                            { " " }
                            <small title="95% interval of the ratio">
                                { format!("{} to {}", format::times(low), format::times(high)) }
                            </small>
                        }
                    </h1>
                    if let Some(origin) = results.origin() {
                        <p id="opened">{ origin }</p>
                    }
                    <p>{ &report.verdict.detail }</p>
                    { lesson_outcome(state) }
                    { judged.as_ref().map(judgement) }
                    { findings(&report.findings) }
                    <ul class="warnings">
                        { for report.warnings.iter().map(|warning| html! {
                            <li data-code={warning.code()}>{ warning.message() }</li>
                        }) }
                    </ul>
                </>
            }
        }
        (Activity::Idle, None, None) => html! {
            <>
                <h1 id="headline">{ "Which model suits this work?" }</h1>
                <p>{ "Run it: the same work under each model, for real, in this browser. Then \
                      look at which was fastest, who did what when, and for how long this page \
                      was frozen." }</p>
            </>
        },
    }
}

fn refused(state: &State) -> Html {
    if state.refused.is_empty() {
        return Html::default();
    }
    html! {
        <div class="notice" id="refused" role="alert">
            <p>{ "Not all of the link could be used:" }</p>
            <ul>{ for state.refused.iter().map(|failure| html! { <li>{ &failure.message }</li> }) }</ul>
        </div>
    }
}
