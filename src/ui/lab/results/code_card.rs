//! The program of the experiment that is shown, outside of the page.

use crate::experiment::Experiment;
use crate::ui::code::card::CodeCard;
use crate::ui::code::choice::{self, Choice};
use crate::ui::lab::state::State;
use std::rc::Rc;
use yew::prelude::*;

/// The card: of the model that is shown, or before a run, of all that are chosen.
pub fn code_card(state: &State) -> Html {
    let (experiment, choices) = match &state.results {
        Some(results) => {
            let experiment = results.experiment.clone();
            let shown = experiment.executors.get(state.shown).map(choice::of_model);
            (experiment, shown.unwrap_or_default())
        }
        None => match state.form.experiment() {
            Ok(experiment) => {
                let choices = of_all(&experiment);
                (Rc::new(experiment), choices)
            }
            Err(_) => {
                return html! {
                    <p class="code-none" id="code-none">
                        { "Correct the values in the form first: the program has them in it." }
                    </p>
                };
            }
        },
    };
    let digest = state.results.as_ref().and_then(|results| {
        let answer = results.finished.report.results.get(state.shown)?.answer.as_ref()?;
        Some(answer.digest.clone())
    });
    html! {
        <section id="code-view" aria-label="Code">
            <p class="help">
                { "The same work, outside the page. The program prints the digest " }
                if let Some(digest) = digest {
                    { "of this result: " }<code id="code-digest">{ digest }</code>
                } else {
                    { "that the page shows after a run." }
                }
            </p>
            <CodeCard id="code" workload={experiment.workload.clone()} {choices} />
        </section>
    }
}

/// The programs of all models of an experiment, each flavour once.
fn of_all(experiment: &Experiment) -> Vec<Choice> {
    let mut choices: Vec<Choice> = Vec::new();
    for choice in experiment.executors.iter().flat_map(choice::of_model) {
        if choices.iter().all(|known| known.flavour != choice.flavour) {
            choices.push(choice);
        }
    }
    choices
}
