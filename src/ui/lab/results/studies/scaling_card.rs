//! How a model scales: predict it first, if you like, then measure it.

use crate::measure::prediction::Prediction;
use crate::models::{Executor, ExecutorKind};
use crate::ui::charts::scaling::view::scaling_chart;
use crate::ui::charts::sketch::view::SketchPad;
use crate::ui::lab::page::runner::Runner;
use crate::ui::lab::results::prediction::judgement;
use crate::ui::lab::state::{Action, State};
use yew::prelude::*;

/// The card, and the chart once there is something to show.
pub fn scaling_card(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    let shown = state.results.as_ref().and_then(|results| Some((results, results.scaling()?)));
    html! {
        <>
            { shown.map(|(results, of)| scaling_chart(results, of)) }
            { plan(state, dispatch, runner) }
        </>
    }
}

fn plan(state: &State, dispatch: &Callback<Action>, runner: &Runner) -> Html {
    let study = state.scaling_study();
    let cannot = state.cannot_run(&Executor::new(state.scaled, 1));
    let cannot = cannot.or_else(|| {
        let step = study.as_ref()?.next_step()?;
        state.obstacle(step.experiment()).map(|failure| failure.message())
    });
    let pad = state.sketch_pad();
    let widest = pad.workers();
    let run = {
        let (runner, dispatch, study) = (runner.clone(), dispatch.clone(), study.clone());
        let sketch = state.sketch.as_ref().map(|sketch| sketch.speedups().to_vec());
        let (number, own) = (state.next_run(), state.own_data());
        Callback::from(move |_: MouseEvent| {
            if let Some(study) = study.clone() {
                let prediction = sketch.clone().map(Prediction::Curve);
                runner.start(number, study, prediction, own.clone(), dispatch.clone());
            }
        })
    };
    let workload = state.form.workload;
    let scalable =
        ExecutorKind::ALL.into_iter().filter(|kind| kind.has_workers() && kind.suits(workload));
    let choice = |kind: ExecutorKind| {
        let onclick = dispatch.reform(move |_: MouseEvent| Action::Scaled(kind));
        html! {
            <button type="button" class="segment" {onclick} disabled={!state.is_idle()}
                aria-pressed={(kind == state.scaled).to_string()}>
                <span class={format!("chip {}", kind.class())} aria-hidden="true"></span>
                { kind.title() }
            </button>
        }
    };
    let judged = state.results.as_ref().filter(|results| results.scaling().is_some());
    let judged = judged.and_then(|results| results.judgement());
    html! {
        <section class="card chart" id="scale" aria-label="Predict and measure scaling">
            <div class="chart-head">
                <h2 class="label">{ "How far do more workers help?" }</h2>
                <div class="segments" role="group" aria-label="Model to scale">
                    { for scalable.map(choice) }
                </div>
            </div>
            { judged.as_ref().map(judgement) }
            <p class="help">{ "Predict first, if you like: draw the speedup that you expect. Then measure it." }</p>
            <SketchPad sketch={pad} disabled={!state.is_idle()} on_change={dispatch.reform(Action::Sketched)} />
            if let Some(reason) = &cannot {
                <p class="help" id="cannot-scale">{ format!("Cannot run here. {reason}") }</p>
            }
            <p>
                <button type="button" id="run-scaling" class="button" onclick={run}
                    disabled={!state.is_idle() || study.is_none() || cannot.is_some()}>
                    { format!("Run with 1 to {widest} workers") }
                </button>
            </p>
        </section>
    }
}
