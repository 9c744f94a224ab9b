//! Which workload: all of them, by what they do with their time, and their presets.

use crate::ui::state::{Action, State};
use crate::workloads::preset::Preset;
use crate::workloads::{Kind, WorkloadId};
use yew::prelude::*;

/// The choice of a workload, why one would choose it, and its presets.
pub fn workload_choice(state: &State, dispatch: &Callback<Action>) -> Html {
    let chosen = state.form.workload;
    let of = |kind: Kind| {
        let workloads = WorkloadId::ALL.iter().copied().filter(move |one| one.kind() == kind);
        let choices: Vec<_> = workloads.map(|one| choice(one, chosen, dispatch)).collect();
        let label = format!("kind-{}", kind.id());
        html! {
            if !choices.is_empty() {
                <div class="kind" role="group" aria-labelledby={label.clone()}>
                    <h3 id={label}>{ kind.verb() }</h3>
                    <div class="choices">{ choices }</div>
                </div>
            }
        }
    };
    html! {
        <fieldset class="workloads" disabled={!state.is_idle()}>
            <legend>{ "Workload" }</legend>
            { for Kind::ALL.into_iter().map(of) }
            <p class="help why">{ chosen.why() }</p>
            if !chosen.presets().is_empty() {
                <div class="presets" role="group" aria-label="Presets">
                    { for chosen.presets().iter().enumerate().map(|(at, preset)| button(at, preset, state, dispatch)) }
                </div>
            }
            // It is there before anything is chosen, so that what it says is read out.
            <p class="help lesson" role="status">
                { state.form.preset().map(|preset| preset.lesson.title()) }
            </p>
        </fieldset>
    }
}

fn choice(workload: WorkloadId, chosen: WorkloadId, dispatch: &Callback<Action>) -> Html {
    let onchange = dispatch.reform(move |_: Event| Action::ChoseWorkload(workload));
    html! {
        <label class="workload">
            <input type="radio" name="workload" value={workload.id()} checked={workload == chosen}
                {onchange} />
            <span>{ workload.title() }</span>
        </label>
    }
}

fn button(at: usize, preset: &Preset, state: &State, dispatch: &Callback<Action>) -> Html {
    let onclick = dispatch.reform(move |_: MouseEvent| Action::ChosePreset(at));
    let pressed = state.form.preset() == Some(preset);
    html! {
        <button type="button" class="button quiet preset" {onclick} title={preset.lesson.title()}
            aria-pressed={pressed.to_string()}>{ preset.name }</button>
    }
}
