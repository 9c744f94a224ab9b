//! The rows of a result: each model's bar with every sample and the interval, its time,
//! ratio, longest page freeze and start-up, or why there are none.

use crate::executors::run::Stage;
use crate::measure::format;
use crate::measure::heartbeat::FREEZE_MS;
use crate::ui::charts::bars::view::bars_chart;
use crate::ui::charts::rows::{BAR, BAR_TOP, HEIGHT, RowAxis};
use crate::ui::charts::view::tools::chart_tools;
use crate::ui::charts::{px, rows};
use crate::ui::lab::state::rows::{ModelRow, RowStage, Times};
use crate::ui::lab::state::{Activity, State};
use yew::prelude::*;

const TITLE: &str = "Time per run";

/// The rows: before, during and after a run.
pub fn result_rows(state: &State) -> Html {
    let rows = state.rows();
    let longest_ms = rows.iter().filter_map(|row| Some(row.times.as_ref()?.longest_ms()));
    let axis = RowAxis::until(longest_ms.fold(0.0, f64::max));
    let has_times = rows.iter().any(|row| row.times.is_some());
    // Only what a run came to can be saved as a picture.
    let results = state.results.as_ref().filter(|_| state.activity == Activity::Idle);
    let saved_as = results.map(|results| results.experiment.workload.id().id());
    html! {
        <section class="chart bars" id="bars" aria-label={TITLE}>
            <ul class="rows">
                { for rows.iter().map(|one| row(one, &axis, has_times)) }
                { scale(&axis, has_times) }
            </ul>
            <div class="rows-foot">
                <h2 class="label">{ TITLE }<span class="help">{ ": median, 95% CI, every sample a dot" }</span></h2>
                { chart_tools("bars", TITLE.into(), saved_as) }
            </div>
            { results.map(bars_chart) }
        </section>
    }
}

fn row(row: &ModelRow, axis: &RowAxis, has_times: bool) -> Html {
    let kind = row.executor.kind();
    html! {
        <li class={classes!("row", kind.class())} data-result={kind.id()} data-state={row.stage.id()}>
            <p class="row-name"><span class="chip" aria-hidden="true"></span>{ row.executor.label() }</p>
            { match (&row.stage, &row.times) {
                (RowStage::Failed(why) | RowStage::Unavailable(why), _) => html! {
                    <p class="failure">{ why }</p>
                },
                (_, times) => html! {
                    <>
                        { bar(times.as_ref(), axis, has_times) }
                        { figures(row) }
                    </>
                },
            } }
        </li>
    }
}

fn figures(row: &ModelRow) -> Html {
    let provisional = row.stage != RowStage::Done;
    let class = |name: &'static str| classes!(name, provisional.then_some("soft"));
    let time = match (&row.times, &row.stage) {
        (Some(times), _) if !times.is_warm_up => format::duration(times.median_ms),
        (_, RowStage::Running(stage)) => doing(*stage).to_owned(),
        _ => "—".to_owned(),
    };
    let interval = row.times.as_ref().and_then(|times| times.ci95_ms);
    let interval = interval.map(|[low, high]| format!("95% CI {}", format::range(low, high)));
    let ratio =
        row.ratio.map_or_else(|| "—".to_owned(), |ratio| format!("{}×", format::times(ratio)));
    html! {
        <>
            <p class={class("row-time")} title={interval.clone()}>
                <span class="visually-hidden">{ "Time " }</span>{ time }
                if let Some(interval) = interval {
                    <span class="visually-hidden">{ format!(", {interval}") }</span>
                }
            </p>
            <p class={class("row-ratio")} title="Compared with the main thread">
                <span class="visually-hidden">{ "Speed compared with the main thread " }</span>{ ratio }
            </p>
            <p class="row-frozen frozen">{ row.frozen_ms.map_or_else(|| "page frozen —".to_owned(), freeze) }</p>
            <p class="row-startup">{ startup(row) }</p>
        </>
    }
}

fn doing(stage: Stage) -> &'static str {
    match stage {
        Stage::Starting => "starting",
        Stage::WarmingUp => "warming up",
        Stage::Measuring => "measuring",
        Stage::Paused(_) => "paused",
    }
}

fn freeze(longest_ms: f64) -> String {
    match longest_ms {
        short if short < FREEZE_MS => "never frozen".to_owned(),
        long => format!("frozen {}", format::duration(long)),
    }
}

fn startup(row: &ModelRow) -> String {
    match row.startup_ms {
        Some(ms) => format!("started in {}", format::duration(ms)),
        None if row.executor.kind().has_workers() => "start-up —".to_owned(),
        None => "no start-up".to_owned(),
    }
}

fn percent(part: f64) -> String {
    format!("{}%", (part * 100.0).round() / 100.0)
}

/// The bar of a row, or its place; laid out in percent, so that it is drawn once for all
/// widths.
fn bar(times: Option<&Times>, axis: &RowAxis, has_times: bool) -> Html {
    html! {
        <svg class="row-bar" width="100%" height={px(HEIGHT)} aria-hidden="true">
            if has_times {
                { for axis.ticks.iter().map(|tick| html! {
                    <line class="grid" x1={percent(tick.x)} x2={percent(tick.x)} y1="0" y2={px(HEIGHT)} />
                }) }
            } else {
                <rect class="place" width="100%" y={px(BAR_TOP)} height={px(BAR)} />
            }
            { times.map(|times| drawn(times, axis)) }
        </svg>
    }
}

fn drawn(times: &Times, axis: &RowAxis) -> Html {
    let width = percent(axis.percent(times.median_ms));
    let rect = |class: &'static str| {
        html! { <rect {class} width={width.clone()} y={px(BAR_TOP)} height={px(BAR)} /> }
    };
    let dot = |(at, ms): (usize, &f64)| {
        html! { <circle class="dot" cx={percent(axis.percent(*ms))} cy={px(rows::line_of(at))} r="2" /> }
    };
    html! {
        <g class={classes!("bar", times.is_warm_up.then_some("warm-up"))}>
            { rect("solid") }
            { rect("pattern") }
            { for times.samples_ms.iter().enumerate().map(dot) }
            { times.ci95_ms.map(|interval| whisker(interval.map(|ms| percent(axis.percent(ms))))) }
        </g>
    }
}

fn whisker([low, high]: [String; 2]) -> Html {
    let middle = BAR_TOP + BAR / 2.0;
    let line = |from: &String, to: &String, top: f64, foot: f64| {
        html! {
            <line class="whisker" x1={from.clone()} x2={to.clone()} y1={px(top)} y2={px(foot)} />
        }
    };
    html! {
        <>
            { line(&low, &high, middle, middle) }
            { line(&low, &low, middle - 5.0, middle + 5.0) }
            { line(&high, &high, middle - 5.0, middle + 5.0) }
        </>
    }
}

/// The marks below the bars, or their place.
fn scale(axis: &RowAxis, has_times: bool) -> Html {
    html! {
        <li class="row scale" aria-hidden="true">
            <svg class="row-bar" width="100%" height="20">
                if has_times {
                    { for axis.ticks.iter().map(|tick| html! {
                        <g class="tick">
                            <text class={if tick.x < 1.0 { "at-start" } else { "" }} x={percent(tick.x)} y="14">
                                { &tick.label }
                            </text>
                        </g>
                    }) }
                }
            </svg>
        </li>
    }
}
