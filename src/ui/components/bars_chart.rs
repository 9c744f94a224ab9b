//! Time per run: each model's median with its interval, and every sample.

use crate::measure::format;
use crate::measure::report::Outcome;
use crate::ui::charts::bars::{self, BAR, BAR_TOP, Bar, FOOT};
use crate::ui::hooks::use_width;
use crate::ui::state::Results;
use std::rc::Rc;
use yew::prelude::*;

/// See [`BarsChart`].
#[derive(PartialEq, Properties)]
pub struct BarsChartProps {
    /// What to show; nothing before the first run.
    pub results: Option<Rc<Results>>,
    /// How many models there will be.
    pub models: usize,
}

/// The chart, or its place before there is anything to show.
#[component]
pub fn BarsChart(props: &BarsChartProps) -> Html {
    let (node, width) = use_width(320.0);
    let drawn = match &props.results {
        None => html! {
            <div class="empty">
                <svg width="1" height={bars::height(props.models).to_string()} aria-hidden="true" />
                <p>{ "Each model’s median time, with its interval; every sample is a dot." }</p>
            </div>
        },
        Some(results) => chart(&results.finished.report.results, width),
    };
    html! {
        <section class="card chart" id="bars" aria-label="Time per run">
            <h2 class="label">{ "Time per run, median with 95% interval" }</h2>
            <div ref={node}>{ drawn }</div>
        </section>
    }
}

fn chart(results: &[Outcome], width: f64) -> Html {
    let layout = bars::layout(results, width);
    let foot = layout.height - FOOT;
    let described = results.iter().filter_map(|outcome| {
        let median = format::duration(outcome.summary.as_ref()?.median_ms);
        Some(format!("{} {median}", outcome.executor.label()))
    });
    let described = described.collect::<Vec<_>>().join(", ");
    html! {
        <svg width={layout.width.to_string()} height={layout.height.to_string()} role="img"
            aria-label={format!("Median time per run: {described}.")}>
            { for layout.ticks.iter().map(|tick| html! {
                <g class="tick">
                    <line x1={tick.x.to_string()} x2={tick.x.to_string()} y1="18" y2={foot.to_string()} />
                    <text x={tick.x.to_string()} y={(foot + 16.0).to_string()}
                        class={if tick.x < 20.0 { "at-start" } else { "" }}>{ &tick.label }</text>
                </g>
            }) }
            { for results.iter().enumerate().filter(|(_, outcome)| outcome.summary.is_none()).map(|(at, outcome)| html! {
                <text class="name" x="0" y={(at as f64 * bars::ROW + 15.0).to_string()}>
                    { format!("{}: no result", outcome.executor.label()) }
                </text>
            }) }
            { for layout.bars.iter().map(|bar| row(bar, &results[bar.result], width)) }
        </svg>
    }
}

fn row(bar: &Bar, outcome: &Outcome, width: f64) -> Html {
    let Some(summary) = &outcome.summary else { return Html::default() };
    let [low, high] = bar.interval;
    let middle = BAR_TOP + BAR / 2.0;
    let whisker = format!(
        "M{low:.1} {middle}H{high:.1}M{low:.1} {}v8M{high:.1} {}v8",
        middle - 4.0,
        middle - 4.0
    );
    let of_interval = format::range(summary.ci95_ms[0], summary.ci95_ms[1]);
    html! {
        <g class={classes!("bar", format!("model-{}", outcome.executor.kind().id()))}
            transform={format!("translate(0 {:.1})", bar.y)}>
            <text class="name" x="0" y="15">{ outcome.executor.label() }</text>
            <text class="value" x={width.to_string()} y="15">
                { format::duration(summary.median_ms) }
                <tspan class="soft">{ format!("  {of_interval}") }</tspan>
            </text>
            <rect class="solid" x="0" y={BAR_TOP.to_string()} width={format!("{:.1}", bar.width.max(1.0))}
                height={BAR.to_string()} rx="3" />
            <rect class="pattern" x="0" y={BAR_TOP.to_string()} width={format!("{:.1}", bar.width.max(1.0))}
                height={BAR.to_string()} rx="3" />
            { for bar.dots.iter().map(|(x, y)| html! {
                <circle class="dot" cx={format!("{x:.1}")} cy={format!("{y:.1}")} r="2" />
            }) }
            <path class="whisker" d={whisker} />
        </g>
    }
}
