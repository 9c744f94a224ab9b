//! A pool's options, folded away: what it is here, how many tasks go at a time, and how
//! data gets to the workers. What of them is not the default is said below the model.

use crate::models::option::{DATA_MODE, OptionType, Word};
use crate::models::{DataMode, Executor, OptionSpec};
use crate::ui::lab::form::Model;
use crate::ui::lab::form::view::model_list::Models;
use crate::ui::lab::form::view::number::{Number, number};
use crate::ui::lab::state::Action;
use yew::prelude::*;

/// The options of the model at `at`, which has more of them than the size of its pool.
pub fn model_options(props: &Models, at: usize, model: &Model) -> Html {
    let name = props.form.name_of(at);
    let kind = model.executor.kind();
    let shown = |spec: &'static OptionSpec| match spec.accepts {
        OptionType::Integer { .. } | OptionType::Decimal { .. } => typed(props, at, spec, &name),
        OptionType::Choice(words) => chosen(props, at, spec, words, &name),
        OptionType::Flag { off, on } => {
            let words = [Word { id: "false", title: off }, Word { id: "true", title: on }];
            chosen(props, at, spec, &words, &name)
        }
    };
    html! {
        <details class="options ask" id={format!("options-{name}")}>
            <summary>
                <span aria-hidden="true">{ "⋯" }</span>
                <span class="visually-hidden">{ format!("{}: options", kind.title()) }</span>
            </summary>
            <p class="help">{ kind.here() }</p>
            if model.chosen {
                { for model.executor.beyond_workers().map(shown) }
            }
        </details>
    }
}

/// What of a model's options is not the default, or wrong.
pub fn differences(props: &Models, model: &Model, name: &str) -> Html {
    let mut specs = model.executor.beyond_workers().filter(|_| model.chosen);
    if specs.any(|spec| props.errors.contains_key(&format!("{}-{name}", spec.name))) {
        return html! { <p class="error">{ "An option needs another value." }</p> };
    }
    let executor = model.as_typed(&props.form.numbers).unwrap_or_else(|_| model.executor.clone());
    let differences = executor.changes();
    if differences.is_empty() || !model.chosen {
        return Html::default();
    }
    let said = format!("Changed: {}.", differences.join(", "));
    html! {
        <>
            <p class="help changed" id={format!("changed-{name}")}>{ said }</p>
            { shared_but_cannot(props, &executor) }
        </>
    }
}

/// Why a link's shared buffer cannot be had here. Where it is chosen here, it cannot be
/// chosen.
fn shared_but_cannot(props: &Models, executor: &Executor) -> Option<Html> {
    let is_shared = executor.options.data_mode == DataMode::Shared;
    let reason = props.capabilities.browser.shared_memory.reason().filter(|_| is_shared)?;
    let processes = |model: &Model| model.executor.kind() == executor.kind();
    let at = props.form.models.iter().position(processes)?;
    let spec = executor.kind().option(DATA_MODE.name)?;
    let onclick = props
        .dispatch
        .reform(move |_: MouseEvent| Action::SetOption(at, spec, DataMode::Copy.id().to_owned()));
    Some(html! {
        <p class="help reason">
            { reason }{ " " }
            <button type="button" class="link" id="copy-instead" disabled={props.disabled} {onclick}>
                { "Use copied data instead" }
            </button>
        </p>
    })
}

fn typed(props: &Models, at: usize, spec: &'static OptionSpec, name: &str) -> Html {
    let id = format!("{}-{name}", spec.name);
    let text = props.form.models.get(at).map(|model| model.text(spec)).unwrap_or_default();
    html! {
        <div key={spec.name} class="field">
            <label for={id.clone()}>{ spec.title }</label>
            { number(Number {
                text: &text,
                understood: props.form.understood(&text),
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

fn chosen(props: &Models, at: usize, spec: &'static OptionSpec, all: &[Word], name: &str) -> Html {
    let group = format!("{}-{name}", spec.name);
    let value = props.form.models.get(at).and_then(|model| model.executor.value_of(spec));
    let segment = |word: &Word| {
        let id = word.id;
        let onchange =
            props.dispatch.reform(move |_: Event| Action::SetOption(at, spec, id.to_owned()));
        html! {
            <label class="segment">
                <input type="radio" name={group.clone()} value={id} {onchange}
                    checked={value.is_some_and(|value| value.to_string() == id)}
                    disabled={reason(props, spec, word).is_some()} />
                <span>{ word.title }</span>
            </label>
        }
    };
    let reasons = all.iter().filter_map(|word| Some((word, reason(props, spec, word)?)));
    html! {
        <fieldset key={spec.name} class="field choice" disabled={props.disabled}>
            <legend>{ spec.title }</legend>
            <div class="segments">{ for all.iter().map(segment) }</div>
            <p class="help">
                { spec.help }
                if let Some(idle) = idle(props, spec) {
                    { " " }{ idle }
                }
            </p>
            { for reasons.map(|(word, reason)| html! {
                <p class="help reason">
                    { format!("Not here: {}. {reason}", word.title) }
                </p>
            }) }
        </fieldset>
    }
}

/// Why an option makes little difference to what is in the form.
fn idle(props: &Models, spec: &OptionSpec) -> Option<&'static str> {
    let idle = match spec.name {
        "staticData" => "These parameters need no static data, so this makes no difference.",
        "dataMode" => "These parameters need no static data, so this affects only large results.",
        _ => return None,
    };
    (!props.form.may_have_static_data()).then_some(idle)
}

/// Why a word cannot be chosen here.
fn reason(props: &Models, spec: &OptionSpec, word: &Word) -> Option<String> {
    let is_shared = *spec == DATA_MODE && word.id == DataMode::Shared.id();
    props.capabilities.browser.shared_memory.reason().filter(|_| is_shared)
}
