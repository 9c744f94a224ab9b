//! Scaling: the measured speedups with the ideal line, the fitted laws and the
//! reader's sketch; below, what they say, and the same data as a table.

use super::framed::Framed;
use crate::experiment::ExecutorKind;
use crate::measure::format;
use crate::measure::prediction::Prediction;
use crate::measure::report::ModelScaling;
use crate::measure::scaling::{Scaling, ScalingPoint};
use crate::measure::stats::Ratio;
use crate::ui::charts::scaling::{self, Dot, HEIGHT, Mark, ROOM, ScalingChart as Layout};
use crate::ui::charts::sketch::Sketch;
use crate::ui::state::Results;
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
    let cores = results.finished.report.environment.capabilities.effective_cores;
    let scaling = of.scaling.clone();
    let draw = Callback::from(move |width| drawn(&scaling, cores, sketch.as_ref(), width));
    let saved_as = Some(results.experiment.workload.id().id());
    let title = match of.executor {
        ExecutorKind::Threads => "Scaling of threads: speedup over workers",
        _ => "Scaling of processes: speedup over workers",
    };
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
            <details class="figures">
                <summary>{ "As a table" }</summary>
                { table(scaling) }
            </details>
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
        <svg width={layout.width.to_string()} height={HEIGHT.to_string()} role="img"
            aria-label={described.to_owned()}>
            { for layout.up.whole_numbers(ROOM).into_iter().map(|(number, y)| html! {
                <g class="tick up">
                    <line x1={px(left)} x2={px(right)} y1={px(y)} y2={px(y)} />
                    <text x={px(left - 8.0)} y={px(y + 4.0)}>{ number }</text>
                </g>
            }) }
            { for layout.across.whole_numbers(ROOM).into_iter().map(|(number, x)| html! {
                <g class="tick">
                    <line x1={px(x)} x2={px(x)} y1={px(foot)} y2={px(foot + 4.0)} />
                    <text x={px(x)} y={px(foot + 18.0)}>{ number }</text>
                </g>
            }) }
            { mark(&layout.cores, CORES_LINE, foot) }
            { mark(&layout.enough, ENOUGH_LINE, foot) }
            <text class="soft" x="0" y={px(top - 12.0)}>{ "speedup" }</text>
            <path class="curve ideal" d={layout.ideal.clone()} />
            { curve("amdahl", &layout.amdahl) }
            { curve("usl", &layout.usl) }
            { curve("sketch", &layout.sketch) }
            { for layout.dots.iter().map(dot) }
        </svg>
    }
}

fn dot(dot: &Dot) -> Html {
    let Dot { x, y, interval: [low, high] } = dot;
    let (left, right) = (x - 4.0, x + 4.0);
    let whisker = format!(
        "M{left:.1} {low:.1}H{right:.1}M{x:.1} {low:.1}V{high:.1}M{left:.1} {high:.1}H{right:.1}"
    );
    html! {
        <g class="measured">
            <path class="whisker" d={whisker} />
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
            |peak| format!("peak at {} workers", format::digits(peak)),
        );
        said.push(format!(
            "Universal Scalability Law: contention {:.3}, coherency {:.4}, {peak} (R² {:.2}).",
            law.contention, law.coherency, law.r_squared
        ));
    }
    if said.is_empty() {
        said.push("The laws take three worker counts to be fitted.".to_owned());
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

fn table(scaling: &Scaling) -> Html {
    let fitted = |speedup: Option<f64>| speedup.map_or_else(|| "—".to_owned(), format::times);
    let row = |point: &ScalingPoint| {
        let Ratio { ratio, ci95: [low, high] } = point.speedup;
        let workers = f64::from(point.workers);
        html! {
            <tr>
                <th scope="row">{ point.workers }</th>
                <td>{ format::times(ratio) }</td>
                <td>{ format!("{} to {}", format::times(low), format::times(high)) }</td>
                <td>{ format::percent(point.efficiency) }</td>
                <td>{ fitted(scaling.amdahl.map(|law| law.speedup(workers))) }</td>
                <td>{ fitted(scaling.usl.map(|law| law.speedup(workers))) }</td>
            </tr>
        }
    };
    html! {
        <div class="scroll" tabindex="0" role="region" aria-label="Table of speedups">
            <table id="scaling-table">
                <thead><tr>
                    <th scope="col">{ "Workers" }</th>
                    <th scope="col">{ "Speedup" }</th>
                    <th scope="col">{ "95% interval" }</th>
                    <th scope="col">{ "Efficiency" }</th>
                    <th scope="col">{ "Amdahl" }</th>
                    <th scope="col">{ "USL" }</th>
                </tr></thead>
                <tbody>{ for scaling.points.iter().map(row) }</tbody>
            </table>
        </div>
    }
}

/// A length for an SVG attribute.
fn px(length: f64) -> String {
    format!("{length:.1}")
}
