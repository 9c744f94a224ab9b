//! Experiments, predictions and lessons in a chapter.

use super::context::{Context, QuotedRun};
use super::shortfall::{recorded_on, shortfall_view};
use super::state::judged;
use crate::guide::block::{self, ExperimentBlock, Lesson, Prediction};
use crate::guide::chapter::{Chapter, Part};
use crate::guide::measured::Measurements;
use crate::guide::quoting::{Quoted, QuotingText};
use crate::ui::experiment::rows::rows;
use crate::ui::experiment::runs::RunState;
use crate::ui::experiment::view::{RunButton, bars, status};
use yew::prelude::*;

/// An experiment.
pub fn experiment_block(block: &ExperimentBlock, context: &Context) -> Html {
    let run = context.state.runs.of(&block.id);
    let after = block.after.as_ref().zip(context.quoted(&block.id, &block.run));
    html! {
        <section class="card block" aria-label={block.title.clone()}>
            <p class="block-kind">{ "Experiment" }</p>
            <h3>{ &block.title }</h3>
            { run_row(&block.id, &block.run, "Run", true, &run, context) }
            { results(&block.run, &run, context) }
            { after.map(|(text, quoted)| sentence(text, quoted.figures())) }
        </section>
    }
}

/// A question that is answered before its experiment is run.
pub fn prediction_block(kind: &str, asked: &Prediction, context: &Context) -> Html {
    let run = context.state.runs.of(&asked.id);
    let guess = context.state.guesses.get(&asked.id).copied();
    let is_open = run.measured.is_none() && run.under_way.is_none() && context.is_idle;
    let choice = |(at, choice): (usize, &block::Choice)| {
        let id = asked.id.clone();
        let on_guess = context.actions.on_guess.reform(move |_: Event| (id.clone(), at));
        html! {
            <label class="segment choice">
                <input type="radio" name={format!("guess-{}", asked.id)} checked={guess == Some(at)}
                    disabled={!is_open && guess != Some(at)} onchange={on_guess} />
                { &choice.text }
            </label>
        }
    };
    // What was recorded is no secret to whoever has chosen.
    let is_shown = guess.is_some() || run.measured.is_some();
    let quoted = context.quoted(&asked.id, &asked.run).filter(|_| is_shown);
    html! {
        <section class="card block" aria-label={asked.ask.clone()}>
            <p class="block-kind">{ kind.to_owned() }</p>
            <fieldset>
                <legend><h3>{ &asked.ask }</h3></legend>
                <div class="choices">{ for asked.choices.iter().enumerate().map(choice) }</div>
            </fieldset>
            { run_row(&asked.id, &asked.run, "Run and see", guess.is_some(), &run, context) }
            if is_shown {
                { results(&asked.run, &run, context) }
            } else {
                <p class="help">{ "Choose an answer first." }</p>
            }
            <div class="block-outcome" aria-live="polite">{ quoted.map(|quoted| outcome(asked, guess, quoted)) }</div>
        </section>
    }
}

/// What came of a question.
// No part of a first visit, and so not of its caller.
#[inline(never)]
fn outcome(asked: &Prediction, guess: Option<usize>, quoted: QuotedRun) -> Html {
    let said = judged(asked, guess, quoted.figures());
    html! {
        <>
            <p><strong>{ said.unwrap_or_else(|| "This run gives no answer.".to_owned()) }</strong></p>
            { sentence(&asked.after, quoted.figures()) }
        </>
    }
}

/// A sentence that quotes what was measured further up.
pub fn lesson(lesson: &Lesson, chapter: &Chapter, context: &Context) -> Html {
    let mut above = chapter.parts.iter().filter_map(Part::run);
    let query = above.find(|(id, _)| *id == lesson.of).map(|(_, query)| query);
    match query.and_then(|query| context.quoted(&lesson.of, query)) {
        Some(QuotedRun::Here(measured)) => html! {
            <div class="lesson">{ sentence(&lesson.text, measured) }</div>
        },
        Some(QuotedRun::Recorded(recorded)) => html! {
            <div class="lesson recorded">
                { sentence(&lesson.text, recorded) }
                <p class="help">{ recorded_on_device(context) }</p>
            </div>
        },
        None => html! {
            <div class="lesson recorded">
                <p class="help">{ "Run the experiment above, and its figures stand here." }</p>
            </div>
        },
    }
}

/// The button that runs an experiment, how far it is, and the way to the lab.
pub fn run_row(
    id: &str,
    query: &str,
    label: &str,
    is_ready: bool,
    run: &RunState,
    context: &Context,
) -> Html {
    let (asked, actions) = ((id.to_owned(), query.to_owned()), context.actions);
    let button = RunButton {
        run,
        id,
        is_enabled: is_ready && context.is_idle && context.is_probed,
        label,
        on_run: actions.on_run.reform(move |()| asked.clone()),
        on_cancel: actions.on_cancel.clone(),
    };
    html! {
        <div class="run-row">
            { button.view() }
            { status(run) }
            <a class="to-lab" href={format!("#/lab?{query}")} inert={!context.is_idle}>{ "Open in the lab" }</a>
        </div>
    }
}

/// The bars of an experiment. Where the browser lacks something for it, what is missing, and a
/// recorded result.
pub fn results(query: &str, run: &RunState, context: &Context) -> Html {
    let workers = context.capabilities.machine.default_workers();
    let missing = context.lack(query);
    let here = block::experiment(query, workers).map(|it| bars(&rows(&it, run)));
    html! {
        <>
            { here.unwrap_or_default() }
            { missing.map(|it| shortfall_view(&it, query, context.state.recorded.as_deref())) }
        </>
    }
}

/// Where and when what the chapter shows was recorded.
pub fn recorded_on_device(context: &Context) -> String {
    context.state.recorded.as_ref().map_or_else(String::new, |it| recorded_on(it))
}

/// A text with the figures of a run.
// No part of a first visit, and so not of its caller.
#[inline(never)]
pub fn sentence(text: &QuotingText, run: &Measurements) -> Html {
    let piece = |piece: Quoted| match piece {
        Quoted::Text(text) => html! { { text } },
        Quoted::Figure(figure) => html! { <strong class="figure">{ figure }</strong> },
    };
    html! { <p>{ for text.quote(run).into_iter().map(piece) }</p> }
}
