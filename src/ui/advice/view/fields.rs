//! The figures of one's own work, each with its slider.

use crate::ui::advice::typed::{Errors, TypedWork, slider};
use crate::ui::lab::form::view::number::{Number, number};
use crate::ui::lab::slider::PLACES;
use crate::workloads::params::ParamSpec;
use web_sys::HtmlInputElement;
use yew::prelude::*;

/// A field. `on_text` is told what is typed, or set by the slider, in the page's way of writing numbers.
pub fn field(
    spec: &'static ParamSpec,
    work: &TypedWork,
    errors: &Errors,
    on_text: &Callback<(&'static ParamSpec, String)>,
) -> Html {
    let (id, help_id) = (format!("param-{}", spec.name), format!("help-{}", spec.name));
    let value = work.value(spec).ok().flatten().and_then(|value| value.as_f64());
    let range = slider(spec).map(|slider| {
        let oninput = on_text.reform(move |event: InputEvent| {
            let place = event.target_unchecked_into::<HtmlInputElement>().value();
            (spec, slider.number(place.parse().unwrap_or_default()))
        });
        let place = value.map_or(0, |number| slider.place(number)).to_string();
        html! {
            <input type="range" min="0" max={PLACES.to_string()} ~value={place} {oninput}
                aria-label={spec.label}
                aria-valuetext={format!("{} {}", work.text(spec), spec.unit_of(work.text(spec)))} />
        }
    });
    html! {
        <div key={spec.name} class="field figure">
            <label for={id.clone()}>{ spec.label }</label>
            { number(Number {
                id,
                text: work.text(spec),
                understood: work.understood(spec),
                unit: spec.unit_of(work.text(spec)),
                error: errors.get(spec.name),
                help_id: Some(help_id.clone()),
                on_text: on_text.reform(move |text| (spec, text)),
                ..Number::default()
            }) }
            { range }
            <p class="help" id={help_id}>{ spec.help }</p>
        </div>
    }
}
