//! How long each request took, by model.

use crate::experiment::{Experiment, link};
use crate::measure::format;
use crate::measure::report::Outcome;
use crate::models::{Executor, ExecutorKind};
use crate::ui::charts::axis::FOOT;
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
const HELP: &str = "From a request until its answer has been processed, in the median run. The \
                    scale is logarithmic.";

/// The requests of all models; nothing where there were none.
pub fn latency_chart(results: Option<&Rc<Results>>) -> Html {
    let Some(results) = results else { return Html::default() };
    let outcomes = |results: &Rc<Results>| latency::layout(&results.finished.report.results, 600.0);
    if outcomes(results).is_none() {
        return Html::default();
    }
    let workload = results.experiment.workload.id();
    let link = (workload == WorkloadId::MixedThreads).then(|| intervals(&results.experiment));
    let version = [results.number as usize, 0, 0, 0];
    let drawn = results.clone();
    let draw =
        Callback::from(move |width| chart(&drawn.finished.report.results, link.as_deref(), width));
    html! {
        <Framed id="latency" title="Latency of each request" {version} saved_as={workload.id()} {draw} />
    }
}

fn chart(results: &[Outcome], link: Option<&str>, width: f64) -> Html {
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
            if let Some(link) = link {
                <p class="help">
                    <a href={link.to_owned()}>{ "Compare switch intervals from 1 to 20 ms" }</a>
                </p>
            }
            { data_table(&["Model", "Median", "Each"], laid_out.rows.iter().map(cells)) }
        </>
    }
}

/// The same work on two threads without a GIL, and with one that is handed over at several intervals.
fn intervals(experiment: &Experiment) -> String {
    let pool = |kind| Executor::new(kind, 2);
    let with_gil = latency::INTERVALS_MS.map(|ms| {
        let mut executor = pool(ExecutorKind::ThreadsGil);
        executor.options.switch_interval_us = ms * 1_000;
        executor
    });
    let executors = [pool(ExecutorKind::Threads)].into_iter().chain(with_gil).collect();
    let experiment = Experiment { executors, ..experiment.clone() };
    format!("#/lab?{}&show=result", link::write(&experiment, 2))
}

fn row(row: &Row, outcome: &Outcome, width: f64) -> Html {
    let median = format::duration(row.median_ms);
    let [from, to] = latency::median_stroke();
    let name = fitted(&outcome.executor.label(), &median, width);
    html! {
        <g class={classes!("samples", outcome.executor.kind().class())}
            transform={format!("translate(0 {})", px(row.y))}>
            { text("name", 0.0, 15.0, name) }
            { text("value", width, 15.0, median) }
            { dots(&row.dots) }
            { path("median", format!("M{} {}V{}", px(row.median), px(from), px(to))) }
        </g>
    }
}
