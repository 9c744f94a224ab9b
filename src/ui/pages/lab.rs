//! The lab: an experiment on the left, what came of it on the right.

use crate::experiment::{Executor, ExecutorKind};
use crate::ui::bringer::Bringer;
use crate::ui::components::bars_chart::bars_chart;
use crate::ui::components::came_out::came_out;
use crate::ui::components::comparison_chart::comparison_chart;
use crate::ui::components::concurrency_chart::concurrency_chart;
use crate::ui::components::distribution_chart::distribution_chart;
use crate::ui::components::experiment_form::experiment_form;
use crate::ui::components::keep_card::keep_card;
use crate::ui::components::outcomes::outcomes;
use crate::ui::components::picture_view::PictureView;
use crate::ui::components::results_table::results_table;
use crate::ui::components::scaling_card::scaling_card;
use crate::ui::components::sharing_card::sharing_card;
use crate::ui::components::timeline_chart::TimelineChart;
use crate::ui::components::verdict::verdict_card;
use crate::ui::components::waterfall_chart::waterfall_chart;
use crate::ui::runner::Runner;
use crate::ui::shelf::Shelf;
use crate::ui::state::{self, Action, State};
use yew::prelude::*;

/// Room is kept for so many lanes at the most.
const MOST_LANES: usize = 6;

/// How many lanes the timeline of a model has.
fn lanes_of(executor: &Executor) -> usize {
    match executor.kind() {
        ExecutorKind::MainThread | ExecutorKind::EventLoop => 1,
        // The page, and its workers.
        ExecutorKind::Processes => 1 + executor.workers() as usize,
        // The page, the coordinator, and its threads.
        ExecutorKind::Threads => 2 + executor.workers() as usize,
    }
}

/// The lab.
pub fn lab(
    state: &State,
    dispatch: &Callback<Action>,
    runner: &Runner,
    bringer: &Bringer,
    shelf: &Shelf,
) -> Html {
    let results = state.results.clone();
    let planned = state.form.experiment().ok();
    let models = state.form.models.iter().filter(|model| model.chosen).count();
    let models = results.as_ref().map_or(models, |results| results.experiment.executors.len());
    // Room for the most lanes that any model has, so that nothing jumps, but not so much
    // that a timeline of one lane stands in a void.
    let shown = results.as_ref().map(|results| &*results.experiment).or(planned.as_ref());
    let lanes = shown.map_or(1, |experiment| {
        experiment.executors.iter().map(lanes_of).max().unwrap_or(1).min(MOST_LANES)
    });
    let size =
        |experiment| state::picture(experiment).map(|picture| (picture.width, picture.height));
    let picture = match &results {
        // A report does not hold the picture.
        Some(results) if results.is_opened => None,
        Some(results) => size(&*results.experiment),
        None => planned.as_ref().and_then(size),
    };
    html! {
        <div class="lab">
            { experiment_form(state, dispatch, runner, bringer) }
            <div class="results">
                { verdict_card(state, runner) }
                { outcomes(state) }
                if let (Some(comparison), Some(pinned), Some(now)) = (&state.comparison, &state.pinned, &results) {
                    { comparison_chart(comparison.clone(), [pinned.number, now.number], now.experiment.workload.id().id()) }
                }
                { bars_chart(results.as_ref(), models) }
                <TimelineChart results={results.clone()} shown={state.shown} lit={state.lit} {lanes}
                    dispatch={dispatch.clone()} />
                if results.is_some() {
                    { waterfall_chart(results.as_ref(), state.shown, state.lit, dispatch.reform(Action::Lit)) }
                    { concurrency_chart(results.as_ref(), state.shown) }
                    { distribution_chart(results.as_ref(), models) }
                }
                if let Some(size) = picture {
                    <PictureView results={results.clone()} shown={state.shown} by_worker={state.by_worker}
                        {size} dispatch={dispatch.clone()} />
                }
                { came_out(results.as_ref(), state.form.workload, state.shown) }
                { scaling_card(state, dispatch, runner) }
                { sharing_card(state, dispatch, runner) }
                if let Some(results) = results {
                    { results_table(&results.finished.report) }
                }
                { keep_card(state, dispatch, shelf) }
            </div>
        </div>
    }
}
