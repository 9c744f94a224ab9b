//! A parameter: its number and its slider, or its words.

use crate::ui::slider::{PLACES, Slider};
use crate::workloads::params::{ParamSpec, ParamType};
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// See [`Field`].
#[derive(PartialEq, Properties)]
pub struct FieldProps {
    /// The parameter.
    pub spec: &'static ParamSpec,
    /// What stands in the field.
    pub text: String,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it may be changed.
    pub disabled: bool,
    /// Told what is typed.
    pub on_text: Callback<String>,
}

/// A parameter's label, field, slider, and what is wrong with it.
#[component]
pub fn Field(props: &FieldProps) -> Html {
    let FieldProps { spec, text, error, disabled, on_text } = props;
    let id = format!("param-{}", spec.name);
    match spec.accepts {
        ParamType::Choice(words) => html! {
            <fieldset class="field choice" disabled={*disabled}>
                <legend title={spec.help}>{ spec.label }</legend>
                <div class="segments">
                    { for words.iter().map(|word| choice(&id, word, text, on_text)) }
                </div>
                <p class="help">{ spec.help }</p>
            </fieldset>
        },
        _ => html! {
            <div class="field">
                <label for={id.clone()} title={spec.help}>{ spec.label }</label>
                <Number {id} text={text.clone()} unit={spec.unit} error={error.clone()}
                    disabled={*disabled} on_text={on_text.clone()} wide={is_list(spec)}
                    error_id={format!("error-{}", spec.name)} />
                if let Some(slider) = Slider::of(spec.accepts) {
                    { range(spec, slider, text, *disabled, on_text) }
                }
            </div>
        },
    }
}

fn is_list(spec: &ParamSpec) -> bool {
    matches!(spec.accepts, ParamType::List { .. })
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
    let place = text.trim().parse().map_or(0, |number| slider.place(number));
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

/// See [`Number`].
#[derive(PartialEq, Properties)]
pub struct NumberProps {
    /// The field's id.
    pub id: String,
    /// The id of what is wrong with it.
    pub error_id: String,
    /// What stands in it.
    pub text: String,
    /// The unit behind it.
    #[prop_or_default]
    pub unit: &'static str,
    /// What is wrong with it.
    pub error: Option<String>,
    /// Whether it may be changed.
    pub disabled: bool,
    /// Whether it needs a line of its own.
    #[prop_or_default]
    pub wide: bool,
    /// A name, where no label points to it.
    #[prop_or_default]
    pub name: Option<String>,
    /// Told what is typed.
    pub on_text: Callback<String>,
}

/// A number field. It is a text field to the browser, which would otherwise keep
/// what it takes for no number to itself, so that nobody could say what is wrong.
#[component]
pub fn Number(props: &NumberProps) -> Html {
    let oninput = props.on_text.reform(|event: InputEvent| {
        event.target_unchecked_into::<HtmlInputElement>().value()
    });
    let (invalid, described) = match &props.error {
        Some(_) => (Some("true"), Some(props.error_id.clone())),
        None => (None, None),
    };
    html! {
        <>
            <span class={classes!("number", props.wide.then_some("wide"))}>
                <input id={props.id.clone()} type="text" inputmode="decimal" autocomplete="off"
                    value={props.text.clone()} {oninput} disabled={props.disabled}
                    aria-label={props.name.clone()} aria-invalid={invalid}
                    aria-describedby={described} />
                if !props.unit.is_empty() {
                    <span class="unit">{ props.unit }</span>
                }
            </span>
            if let Some(error) = &props.error {
                <p class="error" id={props.error_id.clone()} role="alert">{ error }</p>
            }
        </>
    }
}
