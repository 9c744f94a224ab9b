//! An attempt: what it does, the button that runs it, and what came of it.

use super::experiment::experiment;
use super::outcome::drawing;
use super::props::Shown;
use crate::pitfalls::definition::{Attempt, Start};
use crate::pitfalls::outcome::Outcome;
use crate::pitfalls::recorded;
use crate::ui::decide::words::words;
use crate::ui::pitfalls::board;
use crate::ui::pitfalls::page::button_ids;
use yew::prelude::*;

/// The attempt.
pub fn attempt(attempt: &'static Attempt, shown: &Shown) -> Html {
    let known = shown.board.attempted(attempt.id);
    let verdict = known.map(|known| known.came.as_ref().map_or("failed", Outcome::verdict));
    let runs = known.map_or(0, |known| known.runs);
    html! {
        <div class="attempt" data-attempt={attempt.id} data-verdict={verdict}
            data-runs={runs.to_string()}>
            <p>{ words(attempt.about) }</p>
            { match attempt.start {
                Start::Experiment { query, shows } => experiment(attempt, query, shows, shown),
                Start::Program(_) if shown.missing.is_some() => recording(attempt, shown),
                Start::Program(program) if shown.missing_for(program).is_some() => html! {
                    <>
                        <p class="help" data-missing={attempt.id}>
                            { "This cannot run here. " }{ shown.missing_for(program) }
                        </p>
                        { recording(attempt, shown) }
                    </>
                },
                Start::Program(program) => {
                    let run = {
                        let (runner, tell) = (shown.page.runner.clone(), shown.tell.clone());
                        Callback::from(move |_: MouseEvent| {
                            runner.run(attempt.id, program, tell.clone());
                        })
                    };
                    html! { <>{ button(attempt, run, shown) }{ result(attempt, shown) }</> }
                }
            } }
        </div>
    }
}

// Two buttons by their keys: one that turned from Cancel into Run under the pointer would be
// pressed as both.
fn button(attempt: &'static Attempt, run: Callback<MouseEvent>, shown: &Shown) -> Html {
    let (run_id, cancel_id) = button_ids(attempt.id);
    let is_running = shown.board.under_way() == Some(attempt.id);
    if is_running {
        let (runner, tell) = (shown.page.runner.clone(), shown.tell.clone());
        let onclick = Callback::from(move |_: MouseEvent| runner.press_cancel(&tell));
        return html! {
            <p class="attempt-button" key="cancel">
                <button id={cancel_id} type="button" class="button" {onclick}
                    disabled={shown.board.is_cancelled()}>{ "Cancel" }</button>
                <span class="help">{ "Running…" }</span>
            </p>
        };
    }
    let is_failing = shown.pitfall.is_failing(attempt.id);
    let class = classes!("button", is_failing.then_some("primary"));
    let can_run = shown.page.is_idle && shown.page.is_probed;
    html! {
        <p class="attempt-button" key="run">
            <button id={run_id} type="button" {class} onclick={run} disabled={!can_run}>
                { attempt.label }
            </button>
        </p>
    }
}

/// What came of the attempt last.
fn result(attempt: &Attempt, shown: &Shown) -> Html {
    let Some(known) = shown.board.attempted(attempt.id) else { return html! {} };
    let sign = match &known.came {
        Ok(outcome) if outcome.is_right() => "good",
        Ok(_) => "bad",
        Err(_) => "none",
    };
    html! {
        <div class={classes!("outcome", sign)}>
            <p>{ board::sentence(&known.came) }</p>
            if let Ok(outcome) = &known.came {
                { drawing(outcome) }
            }
        </div>
    }
}

/// What came of the attempt elsewhere.
fn recording(attempt: &Attempt, shown: &Shown) -> Html {
    let Some(outcome) = recorded::outcome(shown.pitfall.id, attempt.id) else { return html! {} };
    let sign = if outcome.is_right() { "good" } else { "bad" };
    html! {
        <div class={classes!("outcome", "recorded", sign)}>
            <p class="help">
                { format!("{}. Recorded on {}, {}.", attempt.label, recorded::DEVICE, recorded::DATE) }
            </p>
            <p>{ outcome.sentence() }</p>
            { drawing(&outcome) }
        </div>
    }
}
