//! The lab: an experiment on the left, what came of it on the right.

use crate::ui::charts::comparison::view::comparison_chart;
use crate::ui::charts::concurrency::view::concurrency_chart;
use crate::ui::charts::distribution::view::distribution_chart;
use crate::ui::charts::latency::view::latency_chart;
use crate::ui::charts::picture::view::PictureView;
use crate::ui::charts::timeline;
use crate::ui::charts::timeline::view::TimelineChart;
use crate::ui::charts::waterfall::view::waterfall_chart;
use crate::ui::lab::form::view::experiment_form;
use crate::ui::lab::page::LabPage;
use crate::ui::lab::results::answer::answer_view;
use crate::ui::lab::results::code_card::code_card;
use crate::ui::lab::results::faults_card::faults_card;
use crate::ui::lab::results::keep_card::keep_card;
use crate::ui::lab::results::result_tabs::result_tabs;
use crate::ui::lab::results::results_table::results_table;
use crate::ui::lab::results::studies::scaling_card::scaling_card;
use crate::ui::lab::results::studies::sharing_card::sharing_card;
use crate::ui::lab::results::studies::start_up_card::start_up_card;
use crate::ui::lab::results::verdict::verdict_card;
use crate::ui::lab::state::{self, Action, State};
use crate::ui::lab::tabs::Tab;
use yew::prelude::*;

/// Room is kept for so many lanes at the most.
const MOST_LANES: usize = 6;

/// The lab.
pub fn lab(state: &State, page: &LabPage) -> Html {
    let LabPage { dispatch, runner, file_loader, .. } = page;
    let view = view(state, page);
    html! {
        <div class="lab">
            { experiment_form(state, dispatch, runner, file_loader) }
            <div class="results">
                { verdict_card(state, dispatch, runner, &page.on_tab()) }
                if let Some(results) = &state.results {
                    { faults_card(&results.finished.report) }
                }
                { result_tabs(state, page, view) }
            </div>
        </div>
    }
}

/// What the open tab shows. Nothing else is drawn.
fn view(state: &State, page: &LabPage) -> Html {
    match state.tab() {
        Tab::Timeline => timeline(state),
        other => other_view(other, state, page),
    }
}

fn timeline(state: &State) -> Html {
    html! {
        <TimelineChart results={state.results.clone()} shown={state.shown} lit={state.lit}
            lanes={lanes(state)} />
    }
}

/// What the tabs show that are not open at first.
// Not part of a first visit, and so not of its caller.
#[inline(never)]
fn other_view(tab: Tab, state: &State, page: &LabPage) -> Html {
    let LabPage { dispatch, runner, .. } = page;
    let results = state.results.as_ref();
    match tab {
        Tab::Timeline => timeline(state),
        Tab::TimeBreakdown => html! {
            <>
                { waterfall_chart(results, state.shown, state.lit, dispatch.reform(Action::Lit)) }
                if state.lit.is_some() {
                    { timeline(state) }
                }
            </>
        },
        Tab::Concurrency => concurrency_chart(results, state.shown),
        Tab::Samples => distribution_chart(results, state.rows().len()),
        Tab::Result => match picture_size(state) {
            Some(size) => html! {
                <PictureView results={state.results.clone()} shown={state.shown} by_worker={state.by_worker}
                    {size} dispatch={dispatch.clone()} />
            },
            None => html! {
                <>
                    { answer_view(results, state.shown) }
                    { latency_chart(results) }
                </>
            },
        },
        Tab::Scaling => scaling_card(state, dispatch, runner),
        Tab::Sharing => sharing_card(state, dispatch, runner),
        Tab::StartUp => start_up_card(state, dispatch, runner),
        Tab::Code => code_card(state),
        Tab::Table => results_table(results.map(|results| &results.finished.report)),
        Tab::Keep => {
            let both = state.comparison.as_ref().zip(state.pinned.as_ref()).zip(results);
            html! {
                <>
                    { both.map(|((comparison, pinned), now)| {
                        let workload = now.experiment.workload.id().id();
                        comparison_chart(comparison.clone(), [pinned.number, now.number], workload)
                    }) }
                    { keep_card(state, page) }
                </>
            }
        }
    }
}

/// Room for the most lanes that any model has, so that nothing jumps, but not so much
/// that a timeline of one lane stands in a void.
fn lanes(state: &State) -> usize {
    let rows = state.rows();
    let lanes = rows.iter().map(|row| timeline::lanes_of(&row.executor));
    lanes.max().unwrap_or(1).min(MOST_LANES)
}

/// How large the picture is, where there is one or will be.
fn picture_size(state: &State) -> Option<(usize, usize)> {
    let size =
        |experiment: &_| state::picture(experiment).map(|picture| (picture.width, picture.height));
    match &state.results {
        // A report does not hold the picture.
        Some(results) if results.is_opened => None,
        Some(results) => size(&results.experiment),
        None => size(&state.form.experiment().ok()?),
    }
}
