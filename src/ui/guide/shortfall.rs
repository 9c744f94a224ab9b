//! What a browser lacks for an experiment, and what it came to on another device.

use super::state::Shortfall;
use crate::guide::recorded::Recorded;
use crate::ui::experiment::rows::of_measurements;
use crate::ui::experiment::view::bars;
use yew::prelude::*;

/// What is missing for `query`, and what it came to on another device, if that is loaded.
pub fn shortfall_view(missing: &Shortfall, query: &str, recorded: Option<&Recorded>) -> Html {
    html! {
        <div class="lack">
            <p>{ missing.message() }</p>
            { recorded.map(|recorded| recorded_view(recorded, query)) }
        </div>
    }
}

// No part of a first visit, and so not of its caller.
#[inline(never)]
fn recorded_view(recorded: &Recorded, query: &str) -> Html {
    let Some(run) = recorded.runs.get(query) else { return html! {} };
    html! {
        <figure class="recorded">
            <figcaption>{ recorded_on(recorded) }</figcaption>
            { bars(&of_measurements(run)) }
        </figure>
    }
}

/// Where and when what is shown was recorded.
pub fn recorded_on(recorded: &Recorded) -> String {
    format!("Recorded on {}, {}.", recorded.device, recorded.date)
}
