//! The models to compare, each with the size of its pool. One that cannot run here
//! says why.

use crate::models::option::WORKERS;
use crate::ui::lab::form::Model;
use crate::ui::lab::form::view::help_fold::help_fold;
use crate::ui::lab::form::view::model_list::Models;
use crate::ui::lab::form::view::model_options::{differences, model_options};
use crate::ui::lab::form::view::number::{Number, number};
use crate::ui::lab::state::Action;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// The models to compare.
pub fn models(props: &Models) -> Html {
    html! {
        <fieldset class="models" disabled={props.disabled}>
            <legend>{ "Models" }</legend>
            { for props.form.models.iter().enumerate().map(|(at, model)| row(props, at, model)) }
            if let Some(error) = props.errors.get("models") {
                <p class="error" role="alert">{ error }</p>
            }
        </fieldset>
    }
}

fn row(props: &Models, at: usize, model: &Model) -> Html {
    let kind = model.executor.kind();
    let name = props.form.name_of(at);
    let reason = props.capabilities.executor(kind).reason();
    let onchange = props.dispatch.reform(move |event: Event| {
        Action::ChoseModel(at, event.target_unchecked_into::<HtmlInputElement>().checked())
    });
    let field = format!("workers-{name}");
    let workers = model.text(&WORKERS);
    html! {
        <div key={name.clone()} class={classes!("model", kind.class())}>
            <label class="model-name">
                <input type="checkbox" id={format!("model-{name}")} checked={model.chosen} {onchange} />
                <span class="chip" aria-hidden="true"></span>
                <span>{ kind.title() }</span>
            </label>
            if kind.has_workers() {
                { number(Number {
                    id: field.clone(),
                    text: &workers,
                    understood: props.form.understood(&workers),
                    before: "×",
                    error: props.errors.get(&field).filter(|_| model.chosen),
                    disabled: props.disabled || !model.chosen,
                    name: Some(format!("{}: workers", kind.title())),
                    on_text: props.dispatch.reform(move |text| Action::SetOption(at, &WORKERS, text)),
                    ..Number::default()
                }) }
                { model_options(props, at, model) }
            } else {
                { help_fold(kind.title(), html! { <p class="help">{ kind.here() }</p> }) }
            }
            { differences(props, model, &name) }
            if let Some(reason) = reason {
                <p class="help reason">{ format!("Cannot run here. {reason}") }</p>
            }
        </div>
    }
}
