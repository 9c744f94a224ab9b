//! Every sample as a dot: what a median hides.

use crate::measure::format;
use crate::measure::report::Outcome;
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::distribution::Row;
use crate::ui::charts::dot_plot::{BASE, BRACKET, RADIUS, ROW};
use crate::ui::charts::view::dots::dots;
use crate::ui::charts::view::framed::{Framed, empty, place_of_foot};
use crate::ui::charts::view::parts::{data_table, path, text, ticks, whisker};
use crate::ui::charts::{NO_RESULT, distribution, fitted, px, view_box};
use crate::ui::lab::state::Results;
use std::rc::Rc;
use yew::prelude::*;

/// The samples of all models, or their place before there are any; `models` is how many
/// there will be.
pub fn distribution_chart(results: Option<&Rc<Results>>, models: usize) -> Html {
    let version = [results.map_or(0, |results| results.number as usize), models, 0, 0];
    let saved_as = results.map(|results| results.experiment.workload.id().id());
    let results = results.cloned();
    let draw = Callback::from(move |width| match &results {
        Some(results) => chart(&results.finished.report.results, width),
        None => html! {
            <>
                { empty(distribution::height(models), "Every sample is a dot: two clusters mean that the work ran in two ways.") }
                <p class="help">{ BEGINS }</p>
                { place_of_foot() }
            </>
        },
    });
    html! { <Framed id="distribution" title="Distribution of samples" {version} {saved_as} {draw} /> }
}

const BEGINS: &str = "The axis does not begin at 0.";

fn chart(results: &[Outcome], width: f64) -> Html {
    let laid_out = distribution::layout(results, width);
    let foot = laid_out.height - FOOT;
    let described = results.iter().filter_map(|outcome| {
        let summary = outcome.summary.as_ref()?;
        let range = format::range(summary.min_ms, summary.max_ms);
        let groups = if distribution::has_two_groups(outcome) { ", in two groups" } else { "" };
        Some(format!("{} {range}{groups}", outcome.executor.label()))
    });
    let described = described.collect::<Vec<_>>().join("; ");
    let begins = if laid_out.axis.start_ms > 0.0 {
        format!("The axis begins at {}, not at 0.", format::duration(laid_out.axis.start_ms))
    } else {
        "The axis begins at 0.".to_owned()
    };
    html! {
        <>
            <svg width={px(width)} height={px(laid_out.height)}
                viewBox={view_box(width, laid_out.height)} role="img"
                aria-label={format!("Samples from least to greatest: {described}.")}>
                { ticks(&laid_out.ticks, 18.0, foot) }
                { for results.iter().enumerate().filter(|(_, one)| one.summary.is_none()).map(|(at, one)| text("name", 0.0, at as f64 * ROW + 15.0, fitted(&one.executor.label(), NO_RESULT, width) + NO_RESULT)) }
                { for laid_out.rows.iter().map(|one| row(one, &results[one.result], width)) }
            </svg>
            <p class="help">{ begins }</p>
            { data_table(&["Model", "Median", "95% interval", "Groups", "Samples"], results.iter().filter_map(cells)) }
        </>
    }
}

fn row(row: &Row, outcome: &Outcome, width: f64) -> Html {
    let Some(summary) = &outcome.summary else { return Html::default() };
    let groups = if distribution::has_two_groups(outcome) { "two groups  " } else { "" };
    let median = format::duration(summary.median_ms);
    let name = fitted(&outcome.executor.label(), &format!("{groups}{median}"), width);
    html! {
        <g class={classes!("samples", outcome.executor.kind().class())}
            transform={format!("translate(0 {})", px(row.y))}>
            { text("name", 0.0, 15.0, name) }
            <text class="value" x={px(width)} y="15">
                <tspan class="soft">{ groups }</tspan>
                { median }
            </text>
            { dots(&row.dots) }
            { path("whisker", whisker(row.interval, BRACKET)) }
            { path("median", format!("M{} {}V{}", px(row.median), px(BASE + RADIUS + 1.0), px(BRACKET + 6.0))) }
        </g>
    }
}

fn cells(outcome: &Outcome) -> Option<Vec<String>> {
    let summary = outcome.summary.as_ref()?;
    let sample = |sample: &crate::measure::report::ReportedSample| {
        let mark = if sample.outlier { " (outlier)" } else { "" };
        format!("{}{mark}", format::duration(sample.total_ms))
    };
    let samples: Vec<_> = outcome.samples.iter().map(sample).collect();
    let groups = if distribution::has_two_groups(outcome) { "two" } else { "one" };
    Some(vec![
        outcome.executor.label(),
        format::duration(summary.median_ms),
        format::range(summary.ci95_ms[0], summary.ci95_ms[1]),
        groups.to_owned(),
        samples.join(", "),
    ])
}
