//! An attempt that is an experiment of the lab: its card, and the figures that its text speaks of.

use super::props::Shown;
use crate::guide::figure::Figure;
use crate::pitfalls::definition::Attempt;
use crate::ui::experiment::page::card::ExperimentCard;
use crate::ui::pitfalls::board::Event;
use crate::ui::pitfalls::figures::{ModelFigures, by_models};
use yew::prelude::*;

/// The experiment of this `query`, which `shows` these figures.
pub fn experiment(
    attempt: &'static Attempt,
    query: &'static str,
    shows: &[Figure],
    shown: &Shown,
) -> Html {
    let on_measured = {
        let tell = shown.tell.clone();
        Callback::from(move |measured| tell.emit(Event::Measured(attempt.id, measured)))
    };
    let measured = shown.board.measured(attempt.id);
    let lines = measured.map(|run| by_models(shows, run)).unwrap_or_default();
    html! {
        <>
            <ExperimentCard session={shown.page.runner.session()} id={attempt.id} {query}
                label={attempt.label} is_idle={shown.page.is_idle && shown.page.is_probed}
                workers={shown.page.capabilities.machine.default_workers()} {on_measured} />
            if !lines.is_empty() {
                <ul class="run-figures">{ for lines.iter().map(line) }</ul>
            }
        </>
    }
}

fn line(model: &ModelFigures) -> Html {
    let figure = |(at, (figure, value, words)): (usize, &(Figure, f64, String))| {
        html! {
            <>
                { if at > 0 { "; " } else { "" } }
                <span data-figure={figure.to_string()} data-value={value.to_string()}>
                    { words.clone() }
                </span>
            </>
        }
    };
    html! {
        <li>
            { format!("{}: ", model.name) }
            { for model.figures.iter().enumerate().map(figure) }
        </li>
    }
}
