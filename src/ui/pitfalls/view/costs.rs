//! What failing and the cures cost: their times side by side.

use super::attempt::Shown;
use crate::measure::format;
use crate::pitfalls::definition::{Attempt, Start};
use crate::pitfalls::outcome::Outcome;
use crate::pitfalls::recorded;
use yew::prelude::*;

/// How long the longest bar is, in px.
const LONGEST: f64 = 120.0;

/// The table of all attempts that were run.
pub fn costs(shown: &Shown) -> Html {
    let is_program = |attempt: &&'static Attempt| matches!(attempt.start, Start::Program(_));
    let attempts: Vec<_> = shown.pitfall.attempts().filter(is_program).collect();
    if attempts.is_empty() {
        return html! {};
    }
    let outcomes: Vec<_> = attempts.iter().map(|attempt| outcome(attempt, shown)).collect();
    let times = outcomes.iter().flatten().filter_map(Outcome::took_ms);
    let longest_ms = times.fold(0.0, f64::max);
    html! {
        <section class="card" id="costs">
            <h2>{ "What it costs" }</h2>
            <div class="scroll">
                <table>
                    <thead><tr>
                        <th scope="col">{ "Attempt" }</th>
                        <th scope="col">{ "Result" }</th>
                        <th scope="col">{ "Time" }</th>
                        <th scope="col"><span class="visually-hidden">{ "Time as a bar" }</span></th>
                    </tr></thead>
                    <tbody>
                        { for attempts.iter().zip(&outcomes).map(|(attempt, outcome)| {
                            row(attempt, shown, outcome.as_ref(), longest_ms)
                        }) }
                    </tbody>
                </table>
            </div>
            <p class="help">
                { "One run each. Starting workers is in the time only where that is what the attempt \
                   is about. Run an attempt again to see how much its time differs." }
            </p>
        </section>
    }
}

/// What came of an attempt here, or elsewhere where it cannot run here.
fn outcome(attempt: &Attempt, shown: &Shown) -> Option<Outcome> {
    match shown.missing {
        Some(_) => recorded::outcome(shown.pitfall.id, attempt.id),
        None => shown.board.attempted(attempt.id)?.came.as_ref().ok().cloned(),
    }
}

fn row(
    attempt: &'static Attempt,
    shown: &Shown,
    outcome: Option<&Outcome>,
    longest_ms: f64,
) -> Html {
    let took_ms = outcome.and_then(Outcome::took_ms);
    let time = match (outcome, took_ms) {
        (_, Some(took_ms)) => format::duration(took_ms),
        (Some(_), None) => "never ends".to_owned(),
        (None, None) => "—".to_owned(),
    };
    let length =
        took_ms.map_or(0.0, |took_ms| LONGEST * took_ms / longest_ms.max(f64::MIN_POSITIVE));
    html! {
        <tr data-cost={attempt.id}>
            <th scope="row">{ name(attempt, shown) }</th>
            <td>{ outcome.map_or("—", Outcome::verdict) }</td>
            <td>{ time }</td>
            <td>
                <svg class="cost" width={LONGEST.to_string()} height="10" aria-hidden="true">
                    <rect width={format!("{length:.1}")} height="10" rx="2" />
                </svg>
            </td>
        </tr>
    }
}

/// The attempt's name: its label, but for those that all have the same.
fn name(attempt: &'static Attempt, shown: &Shown) -> &'static str {
    let case =
        shown.pitfall.cases.iter().find(|case| case.fails.iter().any(|one| one.id == attempt.id));
    match case {
        Some(case) => case.title.unwrap_or("As it fails"),
        None => attempt.label,
    }
}
