//! A field for a number.

use web_sys::HtmlInputElement;
use yew::prelude::*;

/// What a number field shows.
#[derive(Default)]
pub struct Number<'a> {
    /// The field's id. What is wrong with it has the id `error-` and this, without `param-`.
    pub id: String,
    /// What stands in it.
    pub text: &'a str,
    /// How that was understood, where it is not how it stands there.
    pub understood: Option<String>,
    /// What stands in it where nothing does.
    pub placeholder: &'static str,
    /// What stands before it.
    pub before: &'static str,
    /// The unit behind it.
    pub unit: &'static str,
    /// What is wrong with it.
    pub error: Option<&'a String>,
    /// The id of what explains it, if something does.
    pub help_id: Option<String>,
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
    let name = field.id.trim_start_matches("param-");
    let (error_id, understood_id) = (format!("error-{name}"), format!("understood-{name}"));
    let invalid = field.error.map(|_| "true");
    let described: Vec<_> = [
        field.error.map(|_| error_id.clone()),
        field.understood.as_ref().map(|_| understood_id.clone()),
        field.help_id,
    ]
    .into_iter()
    .flatten()
    .collect();
    html! {
        <>
            <span class={classes!("number", field.wide.then_some("wide"))}>
                if !field.before.is_empty() {
                    <span class="unit before" aria-hidden="true">{ field.before }</span>
                }
                <input id={field.id.clone()} type="text" inputmode="decimal" autocomplete="off"
                    value={field.text.to_owned()} {oninput} disabled={field.disabled}
                    placeholder={field.placeholder}
                    aria-label={field.name.clone()} aria-invalid={invalid}
                    aria-describedby={(!described.is_empty()).then(|| described.join(" "))} />
                if !field.unit.is_empty() {
                    <span class="unit">{ field.unit }</span>
                }
            </span>
            if let Some(understood) = field.understood {
                <p class="help understood" id={understood_id}>{ format!("= {understood}") }</p>
            }
            if let Some(error) = field.error {
                <p class="error" id={error_id} role="alert">{ error }</p>
            }
        </>
    }
}
