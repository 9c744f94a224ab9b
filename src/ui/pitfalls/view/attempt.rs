//! An attempt: what it does, the button that runs it, and what came of it.

use super::experiment::experiment;
use super::outcome::drawing;
use super::props::Shown;
use crate::pitfalls::definition::{Attempt, Start};
use crate::pitfalls::outcome::Outcome;
use crate::pitfalls::recorded;
use crate::ui::attempts::view::{button, result};
use crate::ui::decide::words::words;
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
                    let is_failing = shown.pitfall.is_failing(attempt.id);
                    let name = (attempt.id, attempt.label);
                    html! {
                        <>
                            { button(name, is_failing, run, shown.attempts()) }
                            { result(known, drawing) }
                        </>
                    }
                }
            } }
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
