//! Predicting first: which model will be fastest? Optional; asked before a run, judged
//! after it.

use crate::measure::prediction::Judgement;
use crate::models::ExecutorKind;
use crate::ui::lab::state::{Action, State};
use yew::prelude::*;

/// The question, with an answer for each model that takes part.
pub fn guess(state: &State, dispatch: &Callback<Action>) -> Html {
    let guessed = state.guessed();
    let choice = |guess: Option<ExecutorKind>| {
        let onchange = dispatch.reform(move |_: Event| Action::Guessed(guess));
        let id = guess.map_or("none", ExecutorKind::id);
        html! {
            <label class="segment">
                <input type="radio" name="guess" value={id} checked={guessed == guess} {onchange} />
                { guess.map_or("No guess", ExecutorKind::title) }
            </label>
        }
    };
    let mut kinds: Vec<_> = state.form.chosen_models().map(|(_, model)| model).collect();
    kinds.dedup_by_key(|model| model.executor.kind());
    let kinds = kinds.into_iter().map(|model| Some(model.executor.kind()));
    html! {
        <details class="guess">
            <summary>{ match guessed {
                Some(kind) => format!("Your guess: {}", kind.in_text()),
                None => "Guess the winner first?".to_owned(),
            } }</summary>
            <fieldset disabled={!state.is_idle()}>
                <legend class="visually-hidden">{ "Which will be fastest?" }</legend>
                <div class="segments">{ for std::iter::once(None).chain(kinds).map(choice) }</div>
            </fieldset>
        </details>
    }
}

/// What became of a prediction.
pub fn judgement(judgement: &Judgement) -> Html {
    let class = if judgement.kind.is_right() { "judgement right" } else { "judgement" };
    html! { <p {class} id="judgement" data-finding={judgement.kind.code()}>{ judgement.text() }</p> }
}
