//! A parameter: its number, its words or its lines, and what it is about where that is
//! asked for, with a slider.

use crate::experiment::link;
use crate::ui::lab::form::view::help_fold::help_fold;
use crate::ui::lab::form::view::number::{Number, number};
use crate::ui::lab::slider::{PLACES, Slider};
use crate::workloads::params::{ParamSpec, ParamType};
use web_sys::{HtmlInputElement, HtmlTextAreaElement};
use yew::prelude::*;

/// What a parameter's field shows.
pub struct Field<'a> {
    /// The parameter.
    pub spec: &'static ParamSpec,
    /// What stands in the field.
    pub text: &'a str,
    /// How a number was understood, where that is not how it stands there.
    pub understood: Option<String>,
    /// What is wrong with it.
    pub error: Option<&'a String>,
    /// Whether it may be changed.
    pub disabled: bool,
    /// Told what is typed.
    pub on_text: Callback<String>,
    /// Told what is chosen, or set by the slider.
    pub on_set: Callback<String>,
}

/// A parameter's label, field, and what is wrong with it.
pub fn field(field: Field) -> Html {
    let Field { spec, text, .. } = field;
    let id = format!("param-{}", spec.name);
    let help_id = format!("help-{}", spec.name);
    match spec.accepts {
        ParamType::Choice(words) => html! {
            <fieldset key={spec.name} class="field choice" disabled={field.disabled}
                aria-describedby={help_id.clone()}>
                <legend>{ spec.label }</legend>
                <div class="segments">
                    { for words.iter().map(|word| choice(&id, word, text, &field.on_set)) }
                </div>
                { help_fold(spec.label, html! { <p class="help" id={help_id}>{ spec.help }</p> }) }
            </fieldset>
        },
        ParamType::Texts { .. } => html! {
            <div key={spec.name} class="field">
                <label for={id.clone()}>{ spec.label }</label>
                { help_fold(spec.label, html! { <p class="help" id={help_id.clone()}>{ spec.help }</p> }) }
                { lines(id, help_id, &field) }
            </div>
        },
        _ => {
            let folded = html! {
                <>
                    if let Some(slider) = Slider::of(spec.accepts) {
                        { range(slider, &field) }
                    }
                    <p class="help" id={help_id.clone()}>
                        { format!("{} {}", spec.help, spec.bounds()) }
                    </p>
                </>
            };
            html! {
                <div key={spec.name} class="field">
                    <label for={id.clone()}>{ spec.label }</label>
                    { number(Number {
                        id,
                        text,
                        understood: field.understood,
                        unit: spec.unit_of(text),
                        error: field.error,
                        help_id: Some(help_id),
                        disabled: field.disabled,
                        wide: matches!(spec.accepts, ParamType::List { .. } | ParamType::Text { .. }),
                        on_text: field.on_text,
                        ..Number::default()
                    }) }
                    { help_fold(spec.label, folded) }
                </div>
            }
        }
    }
}

/// A field with a line for each of several texts.
fn lines(id: String, help_id: String, field: &Field) -> Html {
    let oninput = field
        .on_text
        .reform(|event: InputEvent| event.target_unchecked_into::<HtmlTextAreaElement>().value());
    let error_id = format!("error-{}", field.spec.name);
    let described = match field.error {
        Some(_) => format!("{error_id} {help_id}"),
        None => help_id,
    };
    html! {
        <>
            <textarea {id} class="lines" rows="3" spellcheck="false" value={field.text.to_owned()}
                {oninput} disabled={field.disabled} aria-invalid={field.error.map(|_| "true")}
                aria-describedby={described} />
            if let Some(error) = field.error {
                <p class="error" id={error_id} role="alert">{ error }</p>
            }
        </>
    }
}

fn choice(id: &str, word: &'static str, text: &str, on_set: &Callback<String>) -> Html {
    let onchange = on_set.reform(move |_: Event| word.to_owned());
    html! {
        <label class="segment">
            <input type="radio" name={id.to_owned()} value={word} checked={text == word} {onchange} />
            <span>{ word }</span>
        </label>
    }
}

fn range(slider: Slider, field: &Field) -> Html {
    let Field { spec, text, disabled, on_set, .. } = field;
    let place = link::number_or_text(text).as_f64().map_or(0, |number| slider.place(number));
    let oninput = on_set.reform(move |event: InputEvent| {
        let place = event.target_unchecked_into::<HtmlInputElement>().value();
        slider.number(place.parse().unwrap_or_default())
    });
    html! {
        <input id={format!("slider-{}", spec.name)} type="range" min="0" max={PLACES.to_string()}
            value={place.to_string()} {oninput} disabled={*disabled} aria-label={spec.label}
            aria-valuetext={format!("{text} {}", spec.unit_of(text))} />
    }
}
