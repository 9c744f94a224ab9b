//! The models to compare, each with the size of its pool. One that cannot run here
//! says why.

use crate::models::OptionSpec;
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
    let workload = props.form.workload;
    let suits = kind.suits(workload);
    let reason = props.capabilities.check_model(&model.executor, workload);
    let reason = reason.err().map(|failure| failure.message());
    let onchange = props.dispatch.reform(move |event: Event| {
        Action::ChoseModel(at, event.target_unchecked_into::<HtmlInputElement>().checked())
    });
    html! {
        <div key={name.clone()} class={classes!("model", kind.class())}>
            <label class="model-name">
                <input type="checkbox" id={format!("model-{name}")} checked={model.chosen && suits}
                    disabled={!suits} {onchange} />
                <span class="chip" aria-hidden="true"></span>
                <span>{ kind.title() }</span>
            </label>
            if !suits {
                <span class="not-suited">{ "not for this workload" }</span>
                { help_fold(kind.title(), html! {
                    <p class="help">{ format!("{} {}", kind.here(), reason.as_deref().unwrap_or_default()) }</p>
                }) }
            } else if let Some(spec) = kind.workers_option() {
                { workers(props, at, model, spec, &name) }
                { model_options(props, at, model) }
            } else {
                { help_fold(kind.title(), html! { <p class="help">{ kind.here() }</p> }) }
            }
            if suits {
                { differences(props, model, &name) }
                if let Some(reason) = reason {
                    <p class="help reason">{ format!("Cannot run here. {reason}") }</p>
                }
            }
        </div>
    }
}

/// The size of a model's pool, which `spec` describes.
fn workers(
    props: &Models,
    at: usize,
    model: &Model,
    spec: &'static OptionSpec,
    name: &str,
) -> Html {
    let id = format!("{}-{name}", spec.name);
    let text = model.text(spec);
    number(Number {
        text: &text,
        understood: props.form.understood(&text),
        before: "×",
        error: props.errors.get(&id).filter(|_| model.chosen),
        disabled: props.disabled || !model.chosen,
        name: Some(format!("{}: workers", model.executor.kind().title())),
        on_text: props.dispatch.reform(move |text| Action::SetOption(at, spec, text)),
        id,
        ..Number::default()
    })
}
