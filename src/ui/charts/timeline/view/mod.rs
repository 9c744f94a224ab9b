//! Who did what when: a lane per worker and one for the page, to zoom into and to
//! walk through by pointer or by keyboard.

mod keys;
mod lanes;
mod legend;

use crate::measure::waterfall::Step;
use crate::ui::charts::timeline;
use crate::ui::charts::timeline::view::keys::{KEYS, zoom};
use crate::ui::charts::timeline::view::lanes::Lanes;
use crate::ui::charts::view::framed::{empty, place_of_foot};
use crate::ui::charts::view::tools::chart_tools;
use crate::ui::lab::state::Results;
use crate::ui::shell::hooks::use_width;
use std::rc::Rc;
use yew::prelude::*;

const TITLE: &str = "Timeline of the median run";

/// See [`TimelineChart`].
#[derive(PartialEq, Properties)]
pub struct TimelineChartProps {
    /// What to show; nothing before the first run.
    pub results: Option<Rc<Results>>,
    /// Which of the models is shown.
    pub shown: usize,
    /// The step whose spans are lit up; all are where there is none.
    pub lit: Option<Step>,
    /// How many lanes there will be.
    pub lanes: usize,
}

/// The timeline, or its place before there is anything to show.
#[component]
pub fn TimelineChart(props: &TimelineChartProps) -> Html {
    let (node, width) = use_width(320.0);
    let outcomes = props.results.as_ref().map(|results| &results.finished.report.results);
    let shown = outcomes.and_then(|outcomes| outcomes.get(props.shown));
    let body = match (&props.results, shown) {
        (Some(results), Some(outcome)) if !outcome.lanes.is_empty() => html! {
            <Lanes key={format!("{} {}", results.number, props.shown)} results={results.clone()}
                shown={props.shown} lit={props.lit} {width} least_height={timeline::height(props.lanes, width)} />
        },
        (Some(_), Some(outcome)) if outcome.summary.is_some() => html! {
            <p class="help">{ "The report has no timeline of this model." }</p>
        },
        (Some(_), Some(_)) => html! {
            <p class="help">{ "This model has no timeline, because it gave no result." }</p>
        },
        _ => html! {
            <>
                { empty(timeline::height(props.lanes, width), "A lane for each worker and one for \
                                                               this page: what each did, and \
                                                               when.") }
                <p class="readout"></p>
                <div class="chart-foot"><ul class="legend"></ul>{ zoom(&Callback::noop(), None) }</div>
                <p class="help">{ KEYS }</p>
                { place_of_foot() }
            </>
        },
    };
    let with_lanes = shown.is_some_and(|outcome| !outcome.lanes.is_empty());
    let saved_as = props.results.as_ref().filter(|_| with_lanes);
    let saved_as = saved_as.map(|results| results.experiment.workload.id().id());
    html! {
        <section class="card chart" id="timeline" aria-label="Timeline">
            <div class="chart-head">
                <h2 class="label">{ TITLE }</h2>
                { chart_tools("timeline", TITLE.into(), saved_as) }
            </div>
            <div ref={node}>{ body }</div>
        </section>
    }
}
