//! Scaling: the measured speedups with the ideal line, the fitted laws and the
//! reader's sketch; below, what they say, and the same data as a table.

use crate::measure::format;
use crate::measure::prediction::Prediction;
use crate::measure::report::ModelScaling;
use crate::measure::scaling::{Scaling, ScalingPoint};
use crate::measure::stats::Ratio;
use crate::ui::charts::scaling::{Dot, HEIGHT, Mark, ScalingChart as Layout};
use crate::ui::charts::sketch::Sketch;
use crate::ui::charts::speedups::ROOM;
use crate::ui::charts::view::framed::Framed;
use crate::ui::charts::view::parts::{counts, data_table, path, text, ticks, upright_whisker};
use crate::ui::charts::{px, scaling, view_box};
use crate::ui::lab::state::Results;
use std::rc::Rc;
use yew::prelude::*;

/// Where the words at a mark stand, in px from the top: a line each, as two marks may
/// be at the same place.
const CORES_LINE: f64 = 12.0;
const ENOUGH_LINE: f64 = 28.0;

/// How a run's pools scale, with the reader's sketch where there was one.
pub fn scaling_chart(results: &Rc<Results>, of: &ModelScaling) -> Html {
    let sketch = match &results.prediction {
        Some(Prediction::Curve(speedups)) => Some(Sketch::of(speedups)),
        _ => None,
    };
    let cores = results.finished.report.environment.machine.effective_cores;
    let scaling = of.scaling.clone();
    let draw = Callback::from(move |width| drawn(&scaling, cores, sketch.as_ref(), width));
    let saved_as = Some(results.experiment.workload.id().id());
    let title = format!("Scaling of {}: speedup over workers", of.executor.in_text());
    let version = [results.number as usize, 0, 0, 0];
    html! { <Framed id="scaling" {title} {version} {saved_as} {draw} /> }
}

/// The chart for a width in px, its legend, what it says, and its table.
fn drawn(scaling: &Scaling, cores: Option<f64>, sketch: Option<&Sketch>, width: f64) -> Html {
    let layout = scaling::layout(scaling, cores, sketch, width);
    html! {
        <>
            { drawing(&layout, &described(scaling)) }
            { legend(&layout) }
            <p class="readout" id="scaling-text">{ said(scaling) }</p>
            { data_table(&HEADS, scaling.points.iter().map(|point| cells(scaling, point))) }
        </>
    }
}

fn drawing(layout: &Layout, described: &str) -> Html {
    let (left, right) = (layout.across.from, layout.across.to);
    let (foot, top) = (layout.up.from, layout.up.to);
    let curve = |name: &'static str, path: &Option<String>| {
        path.as_ref()
            .map(|path| html! { <path class={classes!("curve", name)} d={path.clone()} /> })
    };
    html! {
        <svg width={px(layout.width)} height={px(HEIGHT)}
                viewBox={view_box(layout.width, HEIGHT)} role="img"
            aria-label={described.to_owned()}>
            { counts(&layout.up.whole_numbers(ROOM), left, right) }
            { ticks(&layout.across.whole_numbers(ROOM), foot - 4.0, foot) }
            { mark(&layout.cores, CORES_LINE, foot) }
            { mark(&layout.enough, ENOUGH_LINE, foot) }
            { text("soft", 0.0, top - 12.0, "speedup".to_owned()) }
            { path("curve ideal", layout.ideal.clone()) }
            { curve("amdahl", &layout.amdahl) }
            { curve("usl", &layout.usl) }
            { curve("sketch", &layout.sketch) }
            { for layout.dots.iter().map(dot) }
        </svg>
    }
}

fn dot(dot: &Dot) -> Html {
    let Dot { x, y, interval } = dot;
    html! {
        <g class="measured">
            { path("whisker", upright_whisker(*interval, *x)) }
            <circle cx={px(*x)} cy={px(*y)} r="3.5" />
        </g>
    }
}

fn mark(mark: &Option<Mark>, line: f64, foot: f64) -> Html {
    let Some(mark) = mark else { return Html::default() };
    let (class, beside) = if mark.ends_here { (Some("ends-here"), -5.0) } else { (None, 5.0) };
    html! {
        <g class="upright">
            <line x1={px(mark.x)} x2={px(mark.x)} y1={px(line - 10.0)} y2={px(foot)} />
            <text {class} x={px(mark.x + beside)} y={px(line)}>{ &mark.label }</text>
        </g>
    }
}

/// Which line is which, of those that are drawn.
fn legend(layout: &Layout) -> Html {
    let line = |name: &'static str, title: &'static str, drawn: bool| {
        drawn.then(|| {
            html! {
                <li>
                    <svg width="30" height="12" aria-hidden="true">
                        <path class={classes!("curve", name)} d="M0 6H30" />
                    </svg>
                    { title }
                </li>
            }
        })
    };
    html! {
        <ul class="legend">
            <li>
                <svg width="12" height="12" aria-hidden="true" class="measured">
                    <path class="whisker" d="M2 1H10M6 1V11M2 11H10" /><circle cx="6" cy="6" r="3.5" />
                </svg>
                { "measured" }
            </li>
            { line("ideal", "ideal", true) }
            { line("amdahl", "Amdahl’s law", layout.amdahl.is_some()) }
            { line("usl", "Universal Scalability Law", layout.usl.is_some()) }
            { line("sketch", "your sketch", layout.sketch.is_some()) }
        </ul>
    }
}

/// The drawing in a sentence.
fn described(scaling: &Scaling) -> String {
    let points = scaling
        .points
        .iter()
        .map(|point| format!("{} with {}", format::times(point.speedup.ratio), point.workers));
    let points = points.collect::<Vec<_>>().join(", ");
    format!("Speedup over the number of workers: {points}.")
}

/// What the chart says: the laws' parameters, efficiency, and where to stop.
fn said(scaling: &Scaling) -> String {
    let mut said = Vec::new();
    if let Some(law) = scaling.amdahl {
        said.push(format!(
            "Amdahl’s law: {} serial (R² {:.2}).",
            format::percent(law.serial),
            law.r_squared
        ));
    }
    if let Some(law) = scaling.usl {
        let peak = law.peak_workers().map_or_else(
            || "without a peak".to_owned(),
            |peak| match peak.round() as u32 {
                0 | 1 => "peak at 1 worker".to_owned(),
                peak => format!("peak at {peak} workers"),
            },
        );
        said.push(format!(
            "Universal Scalability Law: contention {:.3} (waiting for what is shared), \
             coherency {:.4} (coordinating with every other worker), {peak} (R² {:.2}).",
            law.contention, law.coherency, law.r_squared
        ));
    }
    if said.is_empty() {
        said.push("Fitting the laws takes at least three numbers of workers.".to_owned());
    }
    if let Some(widest) = scaling.widest() {
        said.push(format!(
            "Efficiency with {}: {}.",
            widest.workers,
            format::percent(widest.efficiency)
        ));
        said.push(match scaling.enough_workers {
            Some(enough) => format!("Beyond {enough}, more workers did not help."),
            None => format!("Up to {}, more workers kept helping.", widest.workers),
        });
    }
    said.join(" ")
}

const HEADS: [&str; 6] = ["Workers", "Speedup", "95% interval", "Efficiency", "Amdahl", "USL"];

fn cells(scaling: &Scaling, point: &ScalingPoint) -> Vec<String> {
    let fitted = |speedup: Option<f64>| speedup.map_or_else(|| "—".to_owned(), format::times);
    let Ratio { ratio, ci95: [low, high] } = point.speedup;
    let workers = f64::from(point.workers);
    vec![
        point.workers.to_string(),
        format::times(ratio),
        format!("{} to {}", format::times(low), format::times(high)),
        format::percent(point.efficiency),
        fitted(scaling.amdahl.map(|law| law.speedup(workers))),
        fitted(scaling.usl.map(|law| law.speedup(workers))),
    ]
}
