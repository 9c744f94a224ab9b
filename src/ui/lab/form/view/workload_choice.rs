//! Which workload: a menu of all of them by what they do with their time, and their
//! presets.

use crate::ui::lab::form::view::help_fold::help_fold;
use crate::ui::lab::state::{Action, State};
use crate::workloads::preset::Preset;
use crate::workloads::{Kind, WorkloadId};
use web_sys::HtmlSelectElement;
use yew::prelude::*;

/// The choice of a workload, why one would choose it, and its presets.
pub fn workload_choice(state: &State, dispatch: &Callback<Action>) -> Html {
    let chosen = state.form.workload;
    let onchange = {
        let dispatch = dispatch.clone();
        Callback::from(move |event: Event| {
            let id = event.target_unchecked_into::<HtmlSelectElement>().value();
            if let Some(workload) = WorkloadId::from_id(&id) {
                dispatch.emit(Action::ChoseWorkload(workload));
            }
        })
    };
    let (why, more) = (chosen.why(), chosen.more());
    let presets = chosen.presets().iter().enumerate();
    let preset = state.form.preset();
    html! {
        <fieldset class="workloads" disabled={!state.is_idle()}>
            <legend class="visually-hidden">{ "Workload" }</legend>
            <div class="field">
                <label for="workload" class="label">{ "Workload" }</label>
                if !more.is_empty() {
                    { help_fold(chosen.title(), html! { <p class="help">{ more }</p> }) }
                }
                <div class="menu">
                    // The property, too: attributes mean nothing any more to a menu that was
                    // used.
                    <select id="workload" ~value={chosen.id()} {onchange}
                        aria-describedby="workload-kind workload-why">
                        { for Kind::ALL.into_iter().map(|kind| group(kind, chosen)) }
                    </select>
                    <span id="workload-kind" class="kind">{ chosen.kind().verb() }</span>
                </div>
            </div>
            // It is there before anything is chosen, so that what it says is read out.
            <p id="workload-why" class="help why" role="status">
                { preset.map_or(why, |preset| preset.lesson.title()) }
            </p>
            if !chosen.presets().is_empty() {
                <div class="presets" role="group" aria-label="Presets">
                    { for presets.map(|(at, one)| button(at, one, preset == Some(one), dispatch)) }
                </div>
            }
        </fieldset>
    }
}

fn group(kind: Kind, chosen: WorkloadId) -> Html {
    let workloads = WorkloadId::ALL.iter().filter(|one| one.kind() == kind);
    html! {
        <optgroup label={kind.verb()}>
            { for workloads.map(|one| html! {
                <option value={one.id()} selected={*one == chosen}>{ one.title() }</option>
            }) }
        </optgroup>
    }
}

fn button(at: usize, preset: &Preset, is_chosen: bool, dispatch: &Callback<Action>) -> Html {
    let onclick = dispatch.reform(move |_: MouseEvent| Action::ChosePreset(at));
    html! {
        <button type="button" class="button quiet preset" {onclick}
            aria-pressed={is_chosen.to_string()} title={preset.lesson.title()}>
            { preset.name }
        </button>
    }
}
