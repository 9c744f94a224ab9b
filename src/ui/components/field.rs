//! A parameter: its number and its slider, or its words.

use crate::experiment::link;
use crate::ui::slider::{PLACES, Slider};
use crate::workloads::params::{ParamSpec, ParamType};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What a parameter's field shows.
pub struct Field<'a> {
    /// The parameter.
    pub spec: &'static ParamSpec,
    /// What stands in the field.
    pub text: &'a str,
    /// What is wrong with it.
    pub error: Option<&'a String>,
    /// Whether it may be changed.
    pub disabled: bool,
    /// Told what is typed.
    pub on_text: Callback<String>,
}

/// A parameter's label, field, slider, and what is wrong with it.
pub fn field(Field { spec, text, error, disabled, on_text }: Field) -> Html {
    let id = format!("param-{}", spec.name);
    match spec.accepts {
        ParamType::Choice(words) => html! {
            <fieldset key={spec.name} class="field choice" {disabled}>
                <legend title={spec.help}>{ spec.label }</legend>
                <div class="segments">
                    { for words.iter().map(|word| choice(&id, word, text, &on_text)) }
                </div>
                <p class="help">{ spec.help }</p>
            </fieldset>
        },
        ParamType::Texts { .. } => html! {
            <div key={spec.name} class="field">
                <label for={id.clone()} title={spec.help}>{ spec.label }</label>
                { lines(id, spec, text, error, disabled, &on_text) }
                <p class="help">{ spec.help }</p>
            </div>
        },
        _ => html! {
            <div key={spec.name} class="field">
                <label for={id.clone()} title={spec.help}>{ spec.label }</label>
                { number(Number {
                    id,
                    error_id: format!("error-{}", spec.name),
                    text,
                    unit: spec.unit,
                    error,
                    disabled,
                    wide: matches!(spec.accepts, ParamType::List { .. } | ParamType::Text { .. }),
                    name: None,
                    on_text: on_text.clone(),
                }) }
                if let Some(slider) = Slider::of(spec.accepts) {
                    { range(spec, slider, text, disabled, &on_text) }
                }
                <p class="help">{ format!("{} {}", spec.help, spec.bounds()) }</p>
            </div>
        },
    }
}

/// A field with a line for each of several texts.
fn lines(
    id: String,
    spec: &'static ParamSpec,
    text: &str,
    error: Option<&String>,
    disabled: bool,
    on_text: &Callback<String>,
) -> Html {
    let oninput = on_text
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let error_id = format!("error-{}", spec.name);
    html! {
        <>
            <textarea {id} class="lines" rows="3" spellcheck="false" value={text.to_owned()} {oninput}
                {disabled} aria-invalid={error.map(|_| "true")}
                aria-describedby={error.map(|_| error_id.clone())} />
            if let Some(error) = error {
                <p class="error" id={error_id} role="alert">{ error }</p>
            }
        </>
    }
}

fn choice(id: &str, word: &'static str, text: &str, on_text: &Callback<String>) -> Html {
    let onchange = on_text.reform(move |_: Event| word.to_owned());
    html! {
        <label class="segment">
            <input type="radio" name={id.to_owned()} value={word} checked={text == word} {onchange} />
            <span>{ word }</span>
        </label>
    }
}

fn range(
    spec: &ParamSpec,
    slider: Slider,
    text: &str,
    disabled: bool,
    on_text: &Callback<String>,
) -> Html {
    let place = link::number_or_text(text).as_f64().map_or(0, |number| slider.place(number));
    let oninput = on_text.reform(move |event: InputEvent| {
        let place = event.target_unchecked_into::<HtmlInputElement>().value();
        slider.number(place.parse().unwrap_or_default())
    });
    html! {
        <input id={format!("slider-{}", spec.name)} type="range" min="0" max={PLACES.to_string()}
            value={place.to_string()} {oninput} {disabled} aria-label={spec.label}
            aria-valuetext={format!("{text} {}", spec.unit)} />
    }
}

/// What a number field shows.
#[derive(Default)]
pub struct Number<'a> {
    /// The field's id.
    pub id: String,
    /// The id of what is wrong with it.
    pub error_id: String,
    /// What stands in it.
    pub text: &'a str,
    /// The unit behind it.
    pub unit: &'static str,
    /// What is wrong with it.
    pub error: Option<&'a String>,
    /// Whether it may be changed.
    pub disabled: bool,
    /// Whether it needs a line of its own.
    pub wide: bool,
    /// A name, where no label points to it.
    pub name: Option<String>,
    /// Told what is typed.
    pub on_text: Callback<String>,
}

/// A number field. It is a text field to the browser, which would otherwise keep
/// what it takes for no number to itself, so that nobody could say what is wrong.
pub fn number(field: Number) -> Html {
    let oninput = field
        .on_text
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlInputElement>().value());
    let (invalid, described) = match field.error {
        Some(_) => (Some("true"), Some(field.error_id.clone())),
        None => (None, None),
    };
    html! {
        <>
            <span class={classes!("number", field.wide.then_some("wide"))}>
                <input id={field.id.clone()} type="text" inputmode="decimal" autocomplete="off"
                    value={field.text.to_owned()} {oninput} disabled={field.disabled}
                    aria-label={field.name.clone()} aria-invalid={invalid}
                    aria-describedby={described} />
                if !field.unit.is_empty() {
                    <span class="unit">{ field.unit }</span>
                }
            </span>
            if let Some(error) = field.error {
                <p class="error" id={field.error_id.clone()} role="alert">{ error }</p>
            }
        </>
    }
}
