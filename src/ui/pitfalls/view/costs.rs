//! What failing and the cures cost: their times side by side.

use super::props::Shown;
use crate::guide::figure::Figure;
use crate::guide::measured::{Measurements, ModelMeasurements};
use crate::measure::format;
use crate::pitfalls::definition::{Attempt, Start};
use crate::pitfalls::outcome::Outcome;
use crate::pitfalls::recorded;
use crate::ui::pitfalls::figures::by_models;
use yew::prelude::*;

/// How long the longest bar is, in px.
const LONGEST: f64 = 120.0;

/// A row of the table.
struct Cost {
    attempt: &'static str,
    name: String,
    result: String,
    time: String,
    /// In ms; `None` where it did not run, or does not end.
    took_ms: Option<f64>,
    is_recorded: bool,
}

/// The table of all attempts that were run.
pub fn costs(shown: &Shown) -> Html {
    let rows: Vec<_> = shown.pitfall.attempts().flat_map(|attempt| of(attempt, shown)).collect();
    let longest_ms = rows.iter().filter_map(|cost| cost.took_ms).fold(0.0, f64::max);
    html! {
        <section class="card" id="costs">
            <h2>{ "What it costs" }</h2>
            <div class="scroll" tabindex="0" role="region" aria-label="Table of what it costs">
                <table>
                    <thead><tr>
                        <th scope="col">{ "Attempt" }</th>
                        <th scope="col">{ "Result" }</th>
                        <th scope="col">{ "Time" }</th>
                        <th scope="col"><span class="visually-hidden">{ "Time as a bar" }</span></th>
                    </tr></thead>
                    <tbody>{ for rows.iter().map(|cost| row(cost, longest_ms)) }</tbody>
                </table>
            </div>
            <p class="help">{ note(shown, rows.iter().any(|cost| cost.is_recorded)) }</p>
        </section>
    }
}

/// Where the times are from.
fn note(shown: &Shown, any_is_recorded: bool) -> String {
    let on = format!("{}, {}.", recorded::DEVICE, recorded::DATE);
    if shown.missing.is_some() {
        return format!("Recorded on {on}");
    }
    let note = "One run each. Starting workers is in the time only where that is what the attempt is \
                about. Run an attempt again to see how much its time differs.";
    match any_is_recorded {
        true => format!("{note} What cannot run here was recorded on {on}"),
        false => note.to_owned(),
    }
}

/// The attempt's rows: one, but for an experiment that was run, which has one for each of its models.
fn of(attempt: &'static Attempt, shown: &Shown) -> Vec<Cost> {
    match (attempt.start, shown.board.measured(attempt.id)) {
        (Start::Experiment { shows, .. }, Some(run)) => of_models(attempt, shows, run),
        _ => vec![of_outcome(attempt, shown)],
    }
}

fn of_outcome(attempt: &'static Attempt, shown: &Shown) -> Cost {
    let is_recorded = cannot_run(attempt, shown);
    let outcome = match is_recorded {
        true => recorded::outcome(shown.pitfall.id, attempt.id),
        false => came(attempt, shown),
    };
    let took_ms = outcome.as_ref().and_then(Outcome::took_ms);
    let time = match (&outcome, took_ms) {
        (_, Some(took_ms)) => format::duration(took_ms),
        (Some(_), None) => "never ends".to_owned(),
        (None, None) => "—".to_owned(),
    };
    let verdict = outcome.as_ref().map_or("—", Outcome::verdict);
    let result = match is_recorded {
        true => format!("{verdict} (recorded)"),
        false => verdict.to_owned(),
    };
    let name = name(attempt, shown).to_owned();
    Cost { attempt: attempt.id, name, result, time, took_ms, is_recorded }
}

fn of_models(attempt: &'static Attempt, shows: &[Figure], run: &Measurements) -> Vec<Cost> {
    let figures = by_models(shows, run);
    let of_model = |(at, model): (usize, &ModelMeasurements)| {
        let of_it = figures.iter().find(|one| one.at == at).map(|one| one.words());
        Cost {
            attempt: attempt.id,
            name: format!("{}: {}", attempt.label, model.name),
            result: model.failed.clone().or(of_it).unwrap_or_else(|| "—".to_owned()),
            time: model.median_ms.map_or_else(|| "—".to_owned(), format::duration),
            took_ms: model.median_ms,
            is_recorded: false,
        }
    };
    run.models.iter().enumerate().map(of_model).collect()
}

/// Whether an attempt is a program that cannot run here.
fn cannot_run(attempt: &Attempt, shown: &Shown) -> bool {
    match attempt.start {
        Start::Program(program) => shown.missing.is_some() || shown.missing_for(program).is_some(),
        Start::Experiment { .. } => false,
    }
}

/// What came of an attempt here.
fn came(attempt: &Attempt, shown: &Shown) -> Option<Outcome> {
    shown.board.attempted(attempt.id)?.came.as_ref().ok().cloned()
}

fn row(cost: &Cost, longest_ms: f64) -> Html {
    let length =
        cost.took_ms.map_or(0.0, |took_ms| LONGEST * took_ms / longest_ms.max(f64::MIN_POSITIVE));
    html! {
        <tr data-cost={cost.attempt}>
            <th scope="row">{ cost.name.clone() }</th>
            <td>{ cost.result.clone() }</td>
            <td>{ cost.time.clone() }</td>
            <td>
                <svg class="cost" width={LONGEST.to_string()} height="10" aria-hidden="true">
                    <rect width={format!("{length:.1}")} height="10" rx="2" />
                </svg>
            </td>
        </tr>
    }
}

/// The attempt's name: its label, but for programs that fail, which all have the same.
fn name(attempt: &'static Attempt, shown: &Shown) -> &'static str {
    let mut cases = shown.pitfall.cases.iter();
    let case = cases.find(|case| case.fails.iter().any(|one| one.id == attempt.id));
    match (case, attempt.start) {
        (Some(case), Start::Program(_)) => case.title.unwrap_or("As it fails"),
        _ => attempt.label,
    }
}
