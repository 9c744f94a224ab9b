//! The lab: an experiment on the left, what came of it on the right.

use crate::ui::components::bars_chart::BarsChart;
use crate::ui::components::experiment_form::ExperimentForm;
use crate::ui::components::outcomes::Outcomes;
use crate::ui::components::picture_view::PictureView;
use crate::ui::components::results_table::ResultsTable;
use crate::ui::components::timeline_chart::TimelineChart;
use crate::ui::components::verdict::VerdictCard;
use crate::ui::runner::Runner;
use crate::ui::state::{self, Action, State};
use std::rc::Rc;
use yew::prelude::*;

/// See [`Lab`].
#[derive(PartialEq, Properties)]
pub struct LabProps {
    /// The page's state.
    pub state: Rc<State>,
    /// Told what happens.
    pub dispatch: Callback<Action>,
    /// Starts and cancels runs.
    pub runner: Runner,
}

/// The lab.
#[component]
pub fn Lab(props: &LabProps) -> Html {
    let LabProps { state, dispatch, runner } = props;
    let results = state.results.clone();
    let planned = state.form.experiment().ok();
    let models = state.form.models.iter().filter(|model| model.chosen).count();
    let models = results.as_ref().map_or(models, |results| results.experiment.executors.len());
    // The timeline that is shown first is the fastest pool's; before a run the
    // last one listed stands in for it.
    let lanes = planned.as_ref().and_then(|planned| planned.executors.last());
    let lanes = lanes.map_or(1, |executor| match executor.kind().has_workers() {
        true => executor.workers() as usize + 1,
        false => 1,
    });
    let size = |experiment| state::picture(experiment).map(|picture| (picture.width, picture.height));
    let picture = match &results {
        Some(results) => size(&*results.experiment),
        None => planned.as_ref().and_then(size),
    };
    html! {
        <div class="lab">
            <ExperimentForm state={state.clone()} dispatch={dispatch.clone()} runner={runner.clone()} />
            <div class="results">
                <VerdictCard state={state.clone()} />
                <Outcomes state={state.clone()} />
                <BarsChart results={results.clone()} {models} />
                <TimelineChart results={results.clone()} shown={state.shown} {lanes} dispatch={dispatch.clone()} />
                if let Some(size) = picture {
                    <PictureView results={results.clone()} shown={state.shown} by_worker={state.by_worker}
                        {size} dispatch={dispatch.clone()} />
                }
                if let Some(results) = results {
                    <ResultsTable {results} />
                }
            </div>
        </div>
    }
}
