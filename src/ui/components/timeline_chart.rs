//! Who did what when: a lane per worker and one for the page, to zoom into and to
//! walk through by pointer or by keyboard.

use super::timeline_legend::{phases, timeline_legend};
use crate::measure::report::Outcome;
use crate::measure::{Lane, format};
use crate::ui::charts::timeline::{self, Row, Timeline, View};
use crate::ui::hooks::use_width;
use crate::ui::state::{Action, Results};
use std::rc::Rc;
use yew::prelude::*;

/// How much a step of the zoom changes the view.
const ZOOM_STEP: f64 = 0.6;
/// How far a step to the side goes, in views.
const PAN_STEP: f64 = 0.25;

const KEYS: &str = "Arrow keys walk from span to span; + and − zoom, Shift with an arrow moves, \
                    0 shows the whole.";

/// See [`TimelineChart`].
#[derive(PartialEq, Properties)]
pub struct TimelineChartProps {
    /// What to show; nothing before the first run.
    pub results: Option<Rc<Results>>,
    /// Which of the models is shown.
    pub shown: usize,
    /// How many lanes there will be.
    pub lanes: usize,
    /// Told which model to show.
    pub dispatch: Callback<Action>,
}

/// The timeline with its tabs, or its place before there is anything to show.
#[component]
pub fn TimelineChart(props: &TimelineChartProps) -> Html {
    let (node, width) = use_width(320.0);
    let outcomes = props.results.as_ref().map(|results| &results.finished.report.results);
    let shown = outcomes.and_then(|outcomes| outcomes.get(props.shown));
    let body = match (&props.results, shown) {
        (Some(results), Some(outcome)) if !outcome.lanes.is_empty() => html! {
            <Lanes key={format!("{} {}", results.number, props.shown)} results={results.clone()}
                shown={props.shown} {width} least_height={timeline::height(props.lanes, width)} />
        },
        (Some(_), Some(_)) => html! {
            <p class="help">{ "This model has no timeline, because it gave no result." }</p>
        },
        _ => html! {
            <>
                <div class="empty">
                    <svg width="1" height={timeline::height(props.lanes, width).to_string()} aria-hidden="true" />
                    <p>{ "A lane for each worker and one for this page: who did what, when." }</p>
                </div>
                <p class="readout"></p>
                <div class="chart-foot"><ul class="legend"></ul>{ zoom(&Callback::noop(), None) }</div>
                <p class="help">{ KEYS }</p>
            </>
        },
    };
    html! {
        <section class="card chart" id="timeline" aria-label="Timeline">
            <div class="chart-head">
                <h2 class="label">{ "Timeline of the median run" }</h2>
                if let Some(outcomes) = outcomes {
                    <div class="segments" role="group" aria-label="Model shown">
                        { for outcomes.iter().enumerate().map(|(at, one)| tab(props, at, one)) }
                    </div>
                }
            </div>
            <div ref={node}>{ body }</div>
        </section>
    }
}

fn tab(props: &TimelineChartProps, at: usize, outcome: &Outcome) -> Html {
    let onclick = props.dispatch.reform(move |_: MouseEvent| Action::Showed(at));
    html! {
        <button type="button" class="segment" aria-pressed={(at == props.shown).to_string()} {onclick}>
            <span class={classes!("chip", format!("model-{}", outcome.executor.kind().id()))} aria-hidden="true"></span>
            { outcome.executor.kind().title() }
        </button>
    }
}

/// See [`Lanes`].
#[derive(PartialEq, Properties)]
struct LanesProps {
    results: Rc<Results>,
    shown: usize,
    width: f64,
    least_height: f64,
}

/// The lanes of one model.
#[component]
fn Lanes(props: &LanesProps) -> Html {
    let outcome = &props.results.finished.report.results[props.shown];
    let lanes = &outcome.lanes;
    let total_ms = total_ms(lanes);
    let view = use_state_eq(|| View::whole(total_ms));
    let picked = use_state_eq(|| None::<(usize, usize)>);
    let drag_from = use_mut_ref(|| None::<f64>);
    let laid_out = use_memo((*view, props.width), |(view, width)| {
        timeline::layout(&props.results.finished.report.results[props.shown].lanes, *view, *width)
    });

    let set_view = {
        let view = view.setter();
        Callback::from(move |next: View| view.set(next))
    };
    let now = *view;
    let onpointermove = {
        let (results, shown) = (props.results.clone(), props.shown);
        let (laid_out, picked, drag_from) = (laid_out.clone(), picked.setter(), drag_from.clone());
        let set_view = set_view.clone();
        Callback::from(move |event: PointerEvent| {
            let (x, y) = (f64::from(event.offset_x()), f64::from(event.offset_y()));
            let mut from = drag_from.borrow_mut();
            if event.buttons() & 1 == 1 {
                if let Some(before) = *from {
                    let part = (before - x) / laid_out.axis.width;
                    set_view.emit(now.panned(part, total_ms));
                }
                *from = Some(x);
            } else {
                *from = None;
                let lanes = &results.finished.report.results[shown].lanes;
                picked.set(timeline::hit(&laid_out, lanes, x, y));
            }
        })
    };
    let onwheel = {
        let (set_view, laid_out) = (set_view.clone(), laid_out.clone());
        Callback::from(move |event: WheelEvent| {
            // The wheel alone scrolls the page; with Ctrl, or by pinching, it zooms.
            if event.ctrl_key() {
                event.prevent_default();
                let factor = 1.002_f64.powf(event.delta_y().clamp(-400.0, 400.0));
                let at_ms = laid_out.axis.ms(f64::from(event.offset_x()));
                set_view.emit(now.zoomed(factor, at_ms, total_ms));
            }
        })
    };
    let onkeydown = {
        let (results, shown) = (props.results.clone(), props.shown);
        let (picked, set_view) = (picked.clone(), set_view.clone());
        Callback::from(move |event: KeyboardEvent| {
            let lanes = &results.finished.report.results[shown].lanes;
            // The browser's own keys stay its own.
            if event.ctrl_key() || event.alt_key() || event.meta_key() {
                return;
            }
            let Some(pressed) = Pressed::of(&event.key(), event.shift_key()) else { return };
            event.prevent_default();
            match pressed {
                Pressed::Zoom(factor) => {
                    set_view.emit(now.zoomed(factor, now.middle_ms(), total_ms))
                }
                Pressed::Pan(part) => set_view.emit(now.panned(part, total_ms)),
                Pressed::Whole => set_view.emit(View::whole(total_ms)),
                Pressed::Walk(step) => {
                    let next = walk(lanes, *picked, step);
                    if let Some((lane, span)) = next {
                        set_view.emit(now.holding(&lanes[lane].spans[span], total_ms));
                    }
                    picked.set(next);
                }
            }
        })
    };
    let leave = {
        let picked = picked.setter();
        Callback::from(move |_: PointerEvent| picked.set(None))
    };
    let class = classes!("timeline", format!("model-{}", outcome.executor.kind().id()));
    html! {
        <>
            <svg {class} width={laid_out.width.to_string()}
                height={laid_out.height.max(props.least_height).to_string()}
                tabindex="0" role="application" aria-roledescription="timeline"
                aria-label={summary(outcome, lanes, total_ms)} aria-describedby="timeline-keys"
                {onpointermove} onpointerleave={leave} {onwheel} {onkeydown}>
                { patterns() }
                { axis(&laid_out) }
                { for laid_out.rows.iter().map(row) }
                { mark(&laid_out, lanes, *picked) }
            </svg>
            <p class="readout" aria-live="polite">{ readout(lanes, *picked) }</p>
            <div class="chart-foot">
                { timeline_legend(outcome.executor.kind(), &phases(lanes), lanes.iter().any(|lane| !lane.beats_ms.is_empty())) }
                { zoom(&set_view, Some((now, total_ms))) }
            </div>
            <p class="help" id="timeline-keys">
                { KEYS }
            </p>
        </>
    }
}

/// The buttons that move the view; off while there is nothing to view.
fn zoom(set_view: &Callback<View>, now: Option<(View, f64)>) -> Html {
    let button = |name: &'static str, sign: &'static str, next: fn(View, f64) -> View| {
        let onclick = set_view.clone();
        let onclick = Callback::from(move |_: MouseEvent| {
            if let Some((view, total_ms)) = now {
                onclick.emit(next(view, total_ms));
            }
        });
        html! {
            <button type="button" class="button quiet" {onclick} disabled={now.is_none()}
                aria-label={name}>{ sign }</button>
        }
    };
    html! {
        <div class="zoom">
            { button("Earlier", "←", |view, total_ms| view.panned(-PAN_STEP, total_ms)) }
            { button("Later", "→", |view, total_ms| view.panned(PAN_STEP, total_ms)) }
            { button("Zoom out", "−", |view, total_ms| view.zoomed(1.0 / ZOOM_STEP, view.middle_ms(), total_ms)) }
            { button("Zoom in", "+", |view, total_ms| view.zoomed(ZOOM_STEP, view.middle_ms(), total_ms)) }
            { button("Whole", "Whole", |_, total_ms| View::whole(total_ms)) }
        </div>
    }
}

/// What a key asks for.
enum Pressed {
    Zoom(f64),
    Pan(f64),
    Whole,
    Walk(Step),
}

/// Where to walk from a span.
#[derive(Clone, Copy)]
enum Step {
    Along(bool),
    Across(isize),
}

impl Pressed {
    fn of(key: &str, shift: bool) -> Option<Self> {
        Some(match (key, shift) {
            ("+" | "=", _) => Self::Zoom(ZOOM_STEP),
            ("-" | "_", _) => Self::Zoom(1.0 / ZOOM_STEP),
            ("0" | "Home", _) => Self::Whole,
            ("ArrowLeft", true) => Self::Pan(-PAN_STEP),
            ("ArrowRight", true) => Self::Pan(PAN_STEP),
            ("ArrowLeft", false) => Self::Walk(Step::Along(false)),
            ("ArrowRight", false) => Self::Walk(Step::Along(true)),
            ("ArrowUp", _) => Self::Walk(Step::Across(-1)),
            ("ArrowDown", _) => Self::Walk(Step::Across(1)),
            _ => return None,
        })
    }
}

fn walk(lanes: &[Lane], from: Option<(usize, usize)>, step: Step) -> Option<(usize, usize)> {
    let first = || lanes.iter().position(|lane| !lane.spans.is_empty()).map(|lane| (lane, 0));
    let Some((lane, span)) = from else { return first() };
    match step {
        Step::Along(forward) => {
            let next = timeline::neighbour(&lanes[lane].spans, span, forward);
            Some((lane, next.unwrap_or(span)))
        }
        Step::Across(by) => {
            let at_ms = lanes[lane].spans[span].start_ms;
            let Some(mut next) = lane.checked_add_signed(by) else { return from };
            while lanes.get(next).is_some_and(|lane| lane.spans.is_empty()) {
                let Some(further) = next.checked_add_signed(by) else { return from };
                next = further;
            }
            let Some(lane_there) = lanes.get(next) else { return from };
            let distance = |span: &crate::measure::Span| (span.start_ms - at_ms).abs();
            let nearest = (0..lane_there.spans.len()).min_by(|a, b| {
                distance(&lane_there.spans[*a]).total_cmp(&distance(&lane_there.spans[*b]))
            });
            nearest.map(|span| (next, span)).or(from)
        }
    }
}

fn total_ms(lanes: &[Lane]) -> f64 {
    let ends = lanes.iter().flat_map(|lane| lane.spans.iter().map(|span| span.end_ms));
    let beats = lanes.iter().flat_map(|lane| lane.beats_ms.iter().copied());
    ends.chain(beats).fold(0.0, f64::max)
}

fn summary(outcome: &Outcome, lanes: &[Lane], total_ms: f64) -> String {
    let spans: usize = lanes.iter().map(|lane| lane.spans.len()).sum();
    format!(
        "{}: {} lanes with {spans} spans in {}.",
        outcome.executor.label(),
        lanes.len(),
        format::duration(total_ms)
    )
}

fn readout(lanes: &[Lane], picked: Option<(usize, usize)>) -> String {
    let span =
        picked.and_then(|(lane, span)| Some((lanes.get(lane)?, lanes[lane].spans.get(span)?)));
    match span {
        None => "Point at a span to read it.".to_owned(),
        Some((lane, span)) => {
            let task = span.task.map_or_else(String::new, |task| format!(", task {}", task + 1));
            format!(
                "{}: {}{task}, {} from {}",
                lane.id,
                span.phase.title(),
                format::duration(span.duration_ms()),
                format::duration(span.start_ms)
            )
        }
    }
}

fn axis(timeline: &Timeline) -> Html {
    let foot = timeline.height - 26.0;
    timeline
        .ticks
        .iter()
        .map(|tick| {
            let at_start = tick.x < 20.0;
            html! {
                <g class="tick">
                    <line x1={tick.x.to_string()} x2={tick.x.to_string()} y1="0" y2={foot.to_string()} />
                    <text x={tick.x.to_string()} y={(foot + 16.0).to_string()}
                        class={if at_start { "at-start" } else { "" }}>{ &tick.label }</text>
                </g>
            }
        })
        .collect()
}

fn row(row: &Row) -> Html {
    let (x, y) = row.label_at;
    html! {
        <g class="lane">
            <text class="name" x={x.to_string()} y={y.to_string()}>{ &row.label }</text>
            { for row.shapes.iter().map(|shapes| html! {
                <path class={classes!("span", format!("phase-{}", shapes.phase.id()))} d={shapes.path.clone()} />
            }) }
            <path class="beats" d={row.beats.clone()} />
        </g>
    }
}

/// A frame around the span that is pointed at.
fn mark(timeline: &Timeline, lanes: &[Lane], picked: Option<(usize, usize)>) -> Html {
    let Some((lane, span)) = picked else { return Html::default() };
    let (Some(row), Some(spans)) =
        (timeline.rows.get(lane), lanes.get(lane).map(|lane| &lane.spans))
    else {
        return Html::default();
    };
    let Some((span, (y, height))) = spans.get(span).zip(row.place(spans, span)) else {
        return Html::default();
    };
    let axis = &timeline.axis;
    let from = axis.x(span.start_ms).clamp(axis.left, axis.left + axis.width);
    let to = axis.x(span.end_ms).clamp(axis.left, axis.left + axis.width);
    html! {
        <rect class="mark" x={format!("{:.1}", from - 1.5)} y={(y - 1.5).to_string()}
            width={format!("{:.1}", to - from + 3.0)} height={(height + 3.0).to_string()} rx="2" />
    }
}

/// The patterns that tell phases apart without their colours.
fn patterns() -> Html {
    html! {
        <defs>
            <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
                <rect class="ground" width="6" height="6" /><rect class="figure" width="2.5" height="6" />
            </pattern>
            <pattern id="hatch-back" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(-45)">
                <rect class="ground" width="6" height="6" /><rect class="figure" width="2.5" height="6" />
            </pattern>
            <pattern id="dots" width="5" height="5" patternUnits="userSpaceOnUse">
                <rect class="ground" width="5" height="5" /><circle class="figure" cx="2.5" cy="2.5" r="1.2" />
            </pattern>
            <pattern id="bars-up" width="4" height="4" patternUnits="userSpaceOnUse">
                <rect class="ground" width="4" height="4" /><rect class="figure" width="1.6" height="4" />
            </pattern>
        </defs>
    }
}
