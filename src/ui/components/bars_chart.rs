//! Time per run: each model's median with its interval, and every sample.

use super::chart_parts::{data_table, path, rect, text, ticks, whisker};
use super::framed::{Framed, empty, place_of_foot};
use crate::measure::format;
use crate::measure::report::Outcome;
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::bars::{self, BAR, BAR_TOP, Bar};
use crate::ui::charts::{NO_RESULT, fitted, px};
use crate::ui::state::Results;
use std::rc::Rc;
use yew::prelude::*;

/// The chart, or its place before there is anything to show; `models` is how many there
/// will be.
pub fn bars_chart(results: Option<&Rc<Results>>, models: usize) -> Html {
    let version = [results.map_or(0, |results| results.number as usize), models, 0, 0];
    let saved_as = results.map(|results| results.experiment.workload.id().id());
    let results = results.cloned();
    let draw = Callback::from(move |width| match &results {
        Some(results) => chart(&results.finished.report.results, width),
        None => html! {
            <>
                { empty(bars::height(models), "Each model’s median time, with its interval; every sample is a dot.") }
                { place_of_foot() }
            </>
        },
    });
    html! { <Framed id="bars" title="Time per run, median with 95% interval" {version} {saved_as} {draw} /> }
}

fn chart(results: &[Outcome], width: f64) -> Html {
    let layout = bars::layout(results, width);
    let described = results.iter().filter_map(|outcome| {
        let median = format::duration(outcome.summary.as_ref()?.median_ms);
        Some(format!("{} {median}", outcome.executor.label()))
    });
    let described = described.collect::<Vec<_>>().join(", ");
    let cells = |outcome: &Outcome| {
        let summary = outcome.summary.as_ref()?;
        let interval = format::range(summary.ci95_ms[0], summary.ci95_ms[1]);
        Some(vec![outcome.executor.label(), format::duration(summary.median_ms), interval])
    };
    html! {
        <>
            <svg width={px(width)} height={px(layout.height)} role="img"
                aria-label={format!("Median time per run: {described}.")}>
                { ticks(&layout.ticks, 18.0, layout.height - FOOT) }
                { for results.iter().enumerate().filter(|(_, outcome)| outcome.summary.is_none()).map(|(at, outcome)| text("name", 0.0, at as f64 * bars::ROW + 15.0, fitted(&outcome.executor.label(), NO_RESULT, width) + NO_RESULT)) }
                { for layout.bars.iter().map(|bar| row(bar, &results[bar.result], width)) }
            </svg>
            { data_table(&["Model", "Median", "95% interval"], results.iter().filter_map(cells)) }
        </>
    }
}

fn row(bar: &Bar, outcome: &Outcome, width: f64) -> Html {
    let Some(summary) = &outcome.summary else { return Html::default() };
    let of_interval = format::range(summary.ci95_ms[0], summary.ci95_ms[1]);
    let (label, median) = (outcome.executor.label(), format::duration(summary.median_ms));
    // Where there is no room for both, the name comes before the interval: that is in the
    // table, too.
    let of_interval = format!("  {of_interval}");
    let has_room = fitted(&label, &format!("{median}{of_interval}"), width) == label;
    let name = fitted(&label, &median, width);
    let bar_of = |class| rect(class, [0.0, BAR_TOP, bar.width.max(1.0), BAR]);
    html! {
        <g class={classes!("bar", format!("model-{}", outcome.executor.kind().id()))}
            transform={format!("translate(0 {})", px(bar.y))}>
            { text("name", 0.0, 15.0, name) }
            <text class="value" x={px(width)} y="15">
                { median }
                if has_room {
                    <tspan class="soft">{ of_interval }</tspan>
                }
            </text>
            { bar_of("solid") }
            { bar_of("pattern") }
            { for bar.dots.iter().map(|(x, y)| html! {
                <circle class="dot" cx={px(*x)} cy={px(*y)} r="2" />
            }) }
            { path("whisker", whisker(bar.interval, BAR_TOP + BAR / 2.0)) }
        </g>
    }
}
