//! The answer to the reader's question, before any chart: which model was fastest,
//! and by how much, and why. While a run is under way, how far it is. Below, the rows.

use crate::executors::run::{Progress, Stage};
use crate::failure::FailureKind;
use crate::measure::format;
use crate::measure::report::Report;
use crate::measure::warning::Warning;
use crate::ui::charts::rows::view::result_rows;
use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::results::findings::findings;
use crate::ui::lab::results::lesson_outcome::lesson_outcome;
use crate::ui::lab::results::prediction::judgement;
use crate::ui::lab::run::actions::run_actions;
use crate::ui::lab::run::heartbeat_dots::heartbeat_dots;
use crate::ui::lab::state::{Action, Activity, Results, State};
use crate::ui::lab::tabs::Tab;
use yew::prelude::*;

/// More warnings than this are behind a fold.
const MOST_WARNINGS: usize = 1;

/// The verdict, or how far the run is, and a row for each model.
pub fn verdict_card(
    state: &State,
    dispatch: &Callback<Action>,
    runner: &Runner,
    on_tab: &Callback<Tab>,
) -> Html {
    html! {
        <section class="card verdict" aria-label="Result">
            <p id="status" class="visually-hidden" role="status">{ state.announcement() }</p>
            { refused(state) }
            if let Some(failure) = state.file_failure() {
                <p class="notice error" id="not-opened" role="alert">{ failure }</p>
            }
            <div class="said-head">
                { run_actions(state, dispatch, runner) }
                { body(state, runner, on_tab) }
            </div>
            { result_rows(state) }
        </section>
    }
}

fn body(state: &State, runner: &Runner, on_tab: &Callback<Tab>) -> Html {
    if let (Activity::Idle, None, None) = (&state.activity, &state.failure, &state.results) {
        return html! {
            <>
                <h1 id="headline">{ "Which model suits this work?" }</h1>
                <p>{ "Run the same work under each model, for real, in this browser. Then see \
                      which was fastest, what each worker did, and for how long this page was \
                      frozen." }</p>
            </>
        };
    }
    since_a_run(state, runner, on_tab)
}

// Not part of a first visit, and so not of its caller.
#[inline(never)]
fn since_a_run(state: &State, runner: &Runner, on_tab: &Callback<Tab>) -> Html {
    match (&state.activity, &state.failure, &state.results) {
        (Activity::Running { progress, .. }, ..) => under_way(state, progress.as_ref(), runner),
        (Activity::Cancelling { .. }, ..) => html! {
            <h1 id="headline" class="busy">{ "Cancelling…" }</h1>
        },
        (Activity::Idle, Some(failure), _) if failure.kind() == FailureKind::Cancelled => html! {
            <>
                <h1 id="headline">{ "Cancelled" }</h1>
                <p>{ "Nothing is left running. " }{ if state.results.is_some() {
                    "The results below are from the previous run."
                } else { "You can run it again." } }</p>
            </>
        },
        (Activity::Idle, Some(failure), _) => html! {
            <>
                <h1 id="headline">{ "This could not run" }</h1>
                <p class="failure" role="alert">{ failure.message() }</p>
                if state.results.is_some() {
                    <p>{ "The results below are from the previous run." }</p>
                }
            </>
        },
        (Activity::Idle, None, Some(results)) => verdict(state, results, on_tab),
        (Activity::Idle, None, None) => Html::default(),
    }
}

fn under_way(state: &State, progress: Option<&Progress>, runner: &Runner) -> Html {
    let runner = runner.clone();
    let on_go_on = Callback::from(move |_: MouseEvent| runner.go_on());
    let (done, total) = progress.map_or((0, 1), |at| (at.done, at.total));
    html! {
        <>
            <h1 id="headline" class="busy">{ state.status() }</h1>
            if let Some(Progress { stage: Stage::Paused(_), .. }) = progress {
                <p>{ "The affected round was discarded; the rest is kept." }</p>
                <p><button type="button" id="go-on" class="button primary" onclick={on_go_on}>
                    { "Continue" }
                </button></p>
            }
            <progress value={done.to_string()} max={total.to_string()} aria-label="Progress" />
            <p class="quiet" id="left">{ state.time_left().unwrap_or_default() }</p>
            { heartbeat_dots() }
        </>
    }
}

fn verdict(state: &State, results: &Results, on_tab: &Callback<Tab>) -> Html {
    let report = &results.finished.report;
    // That of a curve stands beside the curve.
    let judged = results.judgement().filter(|_| results.scaling().is_none());
    let to_comparison = on_tab.reform(|_: MouseEvent| Tab::Keep);
    html! {
        <>
            <h1 id="headline">
                { report.verdict.headline() }
                if let Some([low, high]) = report.verdict.ci95() {
                    { " " }
                    <small title="95% interval of the ratio">
                        { format!("between {} and {}", format::times(low), format::times(high)) }
                    </small>
                }
            </h1>
            <p class="printed">{ results.printed_origin() }</p>
            if let Some(origin) = results.origin() {
                <p id="opened" class="quiet">{ origin }</p>
            }
            <p class="detail">{ report.verdict.detail() }</p>
            { lesson_outcome(state) }
            { judged.as_ref().map(judgement) }
            { findings(&report.findings) }
            { agreement(report) }
            { warnings(&report.warnings) }
            if state.comparison.is_some() {
                <p class="quiet"><button type="button" class="link" id="to-comparison" onclick={to_comparison}>
                    { "Compare it with the pinned run" }
                </button></p>
            }
        </>
    }
}

/// What makes a result less certain: a quiet line each, but for answers that disagree.
fn warnings(warnings: &[Warning]) -> Html {
    let line = |warning: &Warning| {
        html! { <li data-code={warning.code()}>{ warning.message() }</li> }
    };
    let (first, more) = warnings.split_at(warnings.len().min(MOST_WARNINGS));
    html! {
        <>
            <ul class="warnings">{ for first.iter().map(line) }</ul>
            if !more.is_empty() {
                <details class="more-warnings">
                    <summary>{ match more.len() {
                        1 => "1 more note".to_owned(),
                        more => format!("{more} more notes"),
                    } }</summary>
                    <ul class="warnings">{ for more.iter().map(line) }</ul>
                </details>
            }
        </>
    }
}

fn agreement(report: &Report) -> Html {
    let summary = report.results.iter().find_map(|outcome| outcome.answer.as_ref());
    let summary = summary.map_or_else(String::new, |answer| answer.summary.sentence());
    match report.agreement {
        Some(true) => html! {
            <p id="agreement" class="quiet">{ format!("All answers are the same. {summary}") }</p>
        },
        Some(false) => html! {
            <p id="agreement" class="disagree" role="alert">
                { "The answers disagree: these times compare different things." }
            </p>
        },
        None => html! { <p id="agreement" class="quiet">{ summary }</p> },
    }
}

fn refused(state: &State) -> Html {
    match state.refused.is_empty() {
        true => Html::default(),
        false => refusals(state),
    }
}

// Not part of most first visits.
#[inline(never)]
fn refusals(state: &State) -> Html {
    html! {
        <div class="notice" id="refused" role="alert">
            <p>{ "Not all of the link could be used:" }</p>
            <ul>{ for state.refused.iter().map(|failure| html! { <li>{ failure.message() }</li> }) }</ul>
        </div>
    }
}
