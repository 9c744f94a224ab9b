//! A pool's options, folded away: how many tasks go at a time, and how data gets to the
//! workers. The fold says what in it is not the default.

use super::field::{Number, number};
use super::models::Models;
use crate::experiment::executor::{DataMode, OptionSpec, OptionType};
use crate::experiment::words;
use crate::ui::form::Model;
use crate::ui::state::Action;
use yew::prelude::*;

/// The options of the model at `at`, where it takes part and has any but the size of its
/// pool.
pub fn model_options(props: &Models, at: usize, model: &Model) -> Html {
    let mut specs = words::beyond_workers(&model.executor).peekable();
    if !model.chosen || specs.peek().is_none() {
        return Html::default();
    }
    let name = props.form.name_of(at);
    let shown = |spec: &'static OptionSpec| match spec.accepts {
        OptionType::Integer { .. } => typed(props, at, spec, &name),
        OptionType::Choice(words) => chosen(props, at, spec, words, &name),
    };
    html! {
        <details class="options" id={format!("options-{name}")}>
            <summary>
                <span class="visually-hidden">
                    { format!("{}: ", model.executor.kind().title()) }
                </span>
                { "Options" }{ summary(props, model, &name) }
            </summary>
            { for specs.map(shown) }
        </details>
    }
}

/// What in the fold is not the default, or wrong.
fn summary(props: &Models, model: &Model, name: &str) -> Html {
    let mut specs = words::beyond_workers(&model.executor);
    if specs.any(|spec| props.errors.contains_key(&format!("{}-{name}", spec.name))) {
        return html! { <span class="error">{ ": one needs another value" }</span> };
    }
    let executor = model.as_typed().unwrap_or_else(|_| model.executor.clone());
    let differences = words::differences(&executor);
    if differences.is_empty() {
        return Html::default();
    }
    html! { <span class="changed">{ format!(": {}", differences.join(", ")) }</span> }
}

fn typed(props: &Models, at: usize, spec: &'static OptionSpec, name: &str) -> Html {
    let id = format!("{}-{name}", spec.name);
    let text = props.form.models.get(at).and_then(|model| model.typed.get(spec.name));
    html! {
        <div class="field">
            <label for={id.clone()}>{ words::title(spec.name) }</label>
            { number(Number {
                error_id: format!("error-{id}"),
                text: text.map_or("", String::as_str),
                error: props.errors.get(&id),
                disabled: props.disabled,
                id,
                on_text: props.dispatch.reform(move |text| Action::SetOption(at, spec, text)),
                ..Number::default()
            }) }
            <p class="help">{ spec.help }</p>
        </div>
    }
}

fn chosen(
    props: &Models,
    at: usize,
    spec: &'static OptionSpec,
    all: &'static [&'static str],
    name: &str,
) -> Html {
    let group = format!("{}-{name}", spec.name);
    let value = props.form.models.get(at).and_then(|model| model.executor.value_of(spec));
    let segment = |word: &'static str| {
        let onchange =
            props.dispatch.reform(move |_: Event| Action::SetOption(at, spec, word.to_owned()));
        html! {
            <label class="segment">
                <input type="radio" name={group.clone()} value={word} {onchange}
                    checked={value.as_ref().is_some_and(|value| value == word)}
                    disabled={reason(props, spec, word).is_some()} />
                <span>{ words::choice(spec.name, word) }</span>
            </label>
        }
    };
    let reasons = all.iter().filter_map(|word| Some((word, reason(props, spec, word)?)));
    html! {
        <fieldset class="field choice" disabled={props.disabled}>
            <legend>{ words::title(spec.name) }</legend>
            <div class="segments">{ for all.iter().map(|word| segment(word)) }</div>
            <p class="help">
                { spec.help }
                if let Some(idle) = idle(props, spec) {
                    { " " }{ idle }
                }
            </p>
            { for reasons.map(|(word, reason)| html! {
                <p class="help reason">
                    { format!("Not here: {}. {reason}", words::choice(spec.name, word)) }
                </p>
            }) }
        </fieldset>
    }
}

/// Why an option makes little difference to what is in the form.
fn idle(props: &Models, spec: &OptionSpec) -> Option<&'static str> {
    let idle = match spec.name {
        "staticData" => "With these parameters there is none, so it makes no difference.",
        "dataMode" => {
            "With these parameters there is no static data; only large results go this way."
        }
        _ => return None,
    };
    (!props.form.may_have_static_data()).then_some(idle)
}

/// Why a word cannot be chosen here.
fn reason<'a>(props: &'a Models, spec: &OptionSpec, word: &str) -> Option<&'a String> {
    let is_shared = spec.name == "dataMode" && word == DataMode::Shared.id();
    props.capabilities.shared_memory.reason.as_ref().filter(|_| is_shared)
}
