//! An attempt that is an experiment of the lab: its card, and the figures that its text speaks of.

use super::props::Shown;
use crate::guide::figure::Figure;
use crate::guide::recorded::Recorded;
use crate::pitfalls::definition::Attempt;
use crate::ui::attempts::board::Event;
use crate::ui::attempts::view::AttemptPageProps;
use crate::ui::experiment::page::card::ExperimentCard;
use crate::ui::guide::shortfall::shortfall_view;
use crate::ui::guide::state::Shortfall;
use crate::ui::pitfalls::figures::{ModelFigures, by_models};
use std::rc::Rc;
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
            if shown.page.is_probed {
                <RecordedRun {query} page={shown.page.clone()} />
            }
        </>
    }
}

/// What [`RecordedRun`] is given.
#[derive(Clone, PartialEq, Properties)]
struct RecordedRunProps {
    /// What is run.
    query: &'static str,
    /// What the page is given.
    page: AttemptPageProps,
}

/// Where the browser lacks something for an experiment: what, and what it came to on another device.
#[component]
fn RecordedRun(props: &RecordedRunProps) -> Html {
    let recorded = use_state(|| None::<Rc<Recorded>>);
    let missing = Shortfall::of(props.query, &props.page.capabilities);
    let (runner, setter) = (props.page.runner.clone(), recorded.setter());
    use_effect_with(missing.is_some(), move |is_missing| {
        if *is_missing {
            runner.load_recorded(Callback::from(move |loaded| setter.set(Some(loaded))));
        }
    });
    let view = |it: &Shortfall| shortfall_view(it, props.query, (*recorded).as_deref());
    missing.as_ref().map(view).unwrap_or_default()
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
