//! How long each request took, by model.

use crate::measure::format;
use crate::measure::report::Outcome;
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::dot_plot::{BASE, BRACKET, RADIUS};
use crate::ui::charts::latency::{self, Row};
use crate::ui::charts::view::dots::dots;
use crate::ui::charts::view::framed::Framed;
use crate::ui::charts::view::parts::{data_table, path, text, ticks};
use crate::ui::charts::{fitted, px, view_box};
use crate::ui::lab::state::Results;
use crate::workloads::WorkloadId;
use std::rc::Rc;
use yew::prelude::*;

/// What is in the chart.
const HELP: &str = "From when a request was made to when its answer had been computed with, in the \
                    median run. Twice as long is equally far to the right everywhere.";
/// The same work, with the lock handed over at several intervals.
const INTERVALS: &str = "#/lab?workload=mixed-threads&show=samples&models=threads:2,\
    threads-gil:2;switchIntervalMs=1,threads-gil:2;switchIntervalMs=2,threads-gil:2,\
    threads-gil:2;switchIntervalMs=10,threads-gil:2;switchIntervalMs=20";

/// The requests of all models; nothing where there were none.
pub fn latency_chart(results: Option<&Rc<Results>>) -> Html {
    let Some(results) = results else { return Html::default() };
    let outcomes = |results: &Rc<Results>| latency::layout(&results.finished.report.results, 600.0);
    if outcomes(results).is_none() {
        return Html::default();
    }
    let workload = results.experiment.workload.id();
    let version = [results.number as usize, 0, 0, 0];
    let drawn = results.clone();
    let draw = Callback::from(move |width| chart(&drawn.finished.report.results, workload, width));
    html! {
        <Framed id="latency" title="Latency of each request" {version} saved_as={workload.id()} {draw} />
    }
}

fn chart(results: &[Outcome], workload: WorkloadId, width: f64) -> Html {
    let Some(laid_out) = latency::layout(results, width) else { return Html::default() };
    let name = |row: &Row| results[row.result].executor.label();
    let described = laid_out
        .rows
        .iter()
        .map(|row| format!("{} {}", name(row), format::duration(row.median_ms)));
    let described = described.collect::<Vec<_>>().join("; ");
    let cells = |row: &Row| {
        let all: Vec<_> = row.latencies_ms.iter().map(|ms| format::duration(*ms)).collect();
        vec![name(row), format::duration(row.median_ms), all.join(", ")]
    };
    html! {
        <>
            <svg width={px(width)} height={px(laid_out.height)}
                viewBox={view_box(width, laid_out.height)} role="img"
                aria-label={format!("Median latency: {described}.")}>
                { ticks(&laid_out.ticks, 18.0, laid_out.height - FOOT) }
                { for laid_out.rows.iter().map(|one| row(one, &results[one.result], width)) }
            </svg>
            <p class="help">{ HELP }</p>
            if workload == WorkloadId::MixedThreads {
                <p><a href={INTERVALS}>{ "Compare switch intervals from 1 to 20 ms" }</a></p>
            }
            { data_table(&["Model", "Median", "Each"], laid_out.rows.iter().map(cells)) }
        </>
    }
}

fn row(row: &Row, outcome: &Outcome, width: f64) -> Html {
    let median = format::duration(row.median_ms);
    let name = fitted(&outcome.executor.label(), &median, width);
    html! {
        <g class={classes!("samples", outcome.executor.kind().class())}
            transform={format!("translate(0 {})", px(row.y))}>
            { text("name", 0.0, 15.0, name) }
            { text("value", width, 15.0, median) }
            { dots(&row.dots) }
            { path("median", format!("M{} {}V{}", px(row.median), px(BASE + RADIUS + 1.0), px(BRACKET + 6.0))) }
        </g>
    }
}
