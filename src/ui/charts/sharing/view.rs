//! What sharing costs, as lines; below, what they say, and the same data as a table.

use crate::measure::format;
use crate::measure::sharing::{Cost, Costs, Row, Way};
use crate::ui::charts::sharing::{FailedPoint, HEIGHT, Line, SharingChart as Layout};
use crate::ui::charts::view::framed::Framed;
use crate::ui::charts::view::parts::{counts, data_table, path, text, ticks};
use crate::ui::charts::{px, sharing, view_box};
use crate::ui::lab::study_card::StudyCard;
use yew::prelude::*;

/// What was measured so far.
pub fn sharing_chart(of: &StudyCard<Costs>) -> Html {
    let costs = of.results.clone();
    let draw = Callback::from(move |width| drawn(&costs, width));
    let title = "What sharing costs: time of a sum over the size of its array";
    let version = [of.version, 0, 0, 0];
    let saved_as = (!of.is_running()).then_some("array-sum");
    html! { <Framed id="sharing" {title} {version} {saved_as} {draw} /> }
}

/// The chart for a width in px, its legend, what it says, and its table.
fn drawn(costs: &Costs, width: f64) -> Html {
    let layout = sharing::layout(costs, width);
    let said: Vec<_> = Way::ALL.into_iter().filter_map(|way| costs.sentence(way)).collect();
    html! {
        <>
            { drawing(&layout, &described(costs)) }
            { legend(&layout) }
            <ul class="said" id="sharing-text">
                { for said.iter().map(|sentence| html! { <li>{ sentence }</li> }) }
                { failures(costs) }
            </ul>
            { data_table(&HEADS, costs.rows().iter().flat_map(cells)) }
        </>
    }
}

fn drawing(layout: &Layout, described: &str) -> Html {
    let [left, right] = layout.sides;
    html! {
        <svg width={px(layout.width)} height={px(HEIGHT)}
                viewBox={view_box(layout.width, HEIGHT)} role="img"
            aria-label={described.to_owned()}>
            { text("soft", 0.0, 12.0, "time of one sum".to_owned()) }
            { counts(&layout.times, left, right) }
            { ticks(&layout.sizes, layout.foot - 4.0, layout.foot) }
            { path("curve twice", layout.twice.clone()) }
            { for layout.lines.iter().map(line) }
            { for layout.lines.iter().map(|line| name(line, layout.names_x)) }
            { for layout.lost.iter().map(|lost| lost_at(lost, right)) }
        </svg>
    }
}

fn line(line: &Line) -> Html {
    html! {
        <g class={class_of(line.way)}>
            { path("curve", line.path.clone()) }
            { for line.points.iter().map(|place| marker(line.way, *place)) }
            if let Some((x, y)) = line.crossover {
                <circle class={ring(line.ends_there)} cx={px(x)} cy={px(y)} r="8" />
            }
        </g>
    }
}

/// A ring where moving and the sum change places.
fn ring(ends_there: bool) -> Classes {
    classes!("crossover", ends_there.then_some("until"))
}

fn name(line: &Line, x: f64) -> Html {
    html! {
        <g class={class_of(line.way)}>
            { marker(line.way, (x, line.name_y)) }
            { text("over", x + 9.0, line.name_y + 4.0, line.way.title().to_owned()) }
        </g>
    }
}

fn lost_at(lost: &FailedPoint, right: f64) -> Html {
    let class = if lost.x > right / 2.0 { "over at-end" } else { "over" };
    text(class, lost.x, lost.y, lost.label.clone())
}

fn class_of(way: Way) -> Classes {
    classes!("way", format!("way-{}", way.id()), way.executor().kind().class())
}

/// A way's mark, around a place in px. Every way has a shape of its own.
fn marker(way: Way, (x, y): (f64, f64)) -> Html {
    let d = match way {
        Way::MainThread => "M-4 0A4 4 0 1 0 4 0A4 4 0 1 0 -4 0Z",
        Way::Threads => "M-4 -4H4V4H-4Z",
        Way::Copy => "M0 -5L5 4H-5Z",
        Way::Transfer => "M0 5L5 -4H-5Z",
        Way::Shared => "M0 -5L5 0L0 5L-5 0Z",
        Way::Initializer => "M-2 -5H2V-2H5V2H2V5H-2V2H-5V-2H-2Z",
    };
    html! { <path class="marker" {d} transform={format!("translate({} {})", px(x), px(y))} /> }
}

/// A way's line and mark, for a legend.
pub fn marker_key(way: Way) -> Html {
    html! {
        <svg width="34" height="14" aria-hidden="true" class={class_of(way)}>
            <path class="curve" d="M0 7H34" />
            { marker(way, (17.0, 7.0)) }
        </svg>
    }
}

/// What is not named at its place in the chart.
fn legend(layout: &Layout) -> Html {
    html! {
        <ul class="legend">
            if !layout.twice.is_empty() {
                <li>
                    <svg width="30" height="12" aria-hidden="true">
                        <path class="curve twice" d="M0 6H30" />
                    </svg>
                    { "twice the main thread’s time: above it, moving costs more than the sum" }
                </li>
            }
            { ring_key(layout, false, "from this size on it does") }
            { ring_key(layout, true, "up to this size it does") }
        </ul>
    }
}

fn ring_key(layout: &Layout, ends_there: bool, words: &'static str) -> Html {
    let is_drawn = |line: &Line| line.crossover.is_some() && line.ends_there == ends_there;
    if !layout.lines.iter().any(is_drawn) {
        return Html::default();
    }
    html! {
        <li>
            <svg width="20" height="20" aria-hidden="true">
                <circle class={ring(ends_there)} cx="10" cy="10" r="8" />
            </svg>
            { words }
        </li>
    }
}

/// What came to nothing, and why.
fn failures(costs: &Costs) -> Html {
    let all = costs.rows().iter().flat_map(|row| {
        let failed = row.costs.iter().filter_map(|(way, cost)| Some((way, cost.as_ref().err()?)));
        failed.map(|(way, failure)| {
            let size = format::memory(row.bytes);
            html! { <li class="failure">{ format!("{}, {size}: {failure}", way.title()) }</li> }
        })
    });
    all.collect()
}

/// The drawing in a sentence: every way at the greatest size that it has.
fn described(costs: &Costs) -> String {
    let last = |way: Way| {
        let row = costs.rows().iter().rfind(|row| row.ms(way).is_some())?;
        let (took, size) = (format::duration(row.ms(way)?), format::memory(row.bytes));
        Some(format!("{} {took} for {size}", way.title()))
    };
    let lasts: Vec<_> = Way::ALL.into_iter().filter_map(last).collect();
    format!("Time of a sum over the size of its array, both logarithmic: {}.", lasts.join(", "))
}

const HEADS: [&str; 6] = ["Array, way", "Median", "Overhead", "Sent", "Received", "Transfer rate"];

fn cells(row: &Row) -> Vec<Vec<String>> {
    let of = |(way, cost): (&Way, &Result<Cost, crate::failure::Failure>)| {
        let about = format!("{}, {}", format::memory(row.bytes), way.title());
        let cost = match cost {
            Ok(cost) => cost,
            Err(failure) => {
                let none = || "—".to_owned();
                return vec![
                    about,
                    failure.kind().name().to_owned(),
                    none(),
                    none(),
                    none(),
                    none(),
                ];
            }
        };
        let beyond = row.beyond(*way).filter(|_| *way != Way::MainThread);
        let or_none = |figure: Option<String>| figure.unwrap_or_else(|| "—".to_owned());
        let nothing = || "nothing".to_owned();
        vec![
            about,
            format::duration(cost.median_ms),
            or_none(beyond.map(|beyond| format!("{} ×", format::times(beyond)))),
            cost.moved.map_or_else(nothing, |moved| format::bytes(moved.sent as f64)),
            cost.moved.map_or_else(nothing, |moved| format::bytes(moved.received as f64)),
            or_none(cost.moved.map(|moved| format::rate(moved.per_s))),
        ]
    };
    row.costs.iter().map(of).collect()
}
