//! The lanes of one model, to zoom into and to walk through.

use crate::measure::format;
use crate::measure::report::{LaneBreakdown, Outcome};
use crate::measure::waterfall::Step;
use crate::ui::charts::axis::FOOT;
use crate::ui::charts::timeline::view::keys::{KEYS, Pressed, zoom};
use crate::ui::charts::timeline::view::legend::timeline_legend;
use crate::ui::charts::timeline::{DepthStrip, PreparedTimeline, Row, Strip, Timeline, View, walk};
use crate::ui::charts::view::parts::{data_table, ticks};
use crate::ui::charts::{px, timeline, view_box};
use crate::ui::lab::state::Results;
use crate::wording::counted;
use std::rc::Rc;
use yew::prelude::*;

/// See [`Lanes`].
#[derive(PartialEq, Properties)]
pub struct LanesProps {
    /// What to show.
    pub results: Rc<Results>,
    /// Which of the models is shown.
    pub shown: usize,
    /// The step whose spans are lit up; all are where there is none.
    pub lit: Option<Step>,
    /// How wide it may be, in px.
    pub width: f64,
    /// How high it is at least, in px.
    pub least_height: f64,
}

/// The lanes of one model.
#[component]
pub fn Lanes(props: &LanesProps) -> Html {
    let outcome = &props.results.finished.report.results[props.shown];
    let prepared = use_memo((props.results.clone(), props.shown), |(results, shown)| {
        PreparedTimeline::of_outcome(&results.finished.report.results[*shown])
    });
    let total_ms = prepared.total_ms;
    let view = use_state_eq(|| View::whole(total_ms));
    let picked = use_state_eq(|| None::<(usize, usize)>);
    let drag_from = use_mut_ref(|| None::<f64>);
    let laid_out =
        use_memo((*view, props.width), |(view, width)| timeline::layout(&prepared, *view, *width));

    let set_view = {
        let view = view.setter();
        Callback::from(move |next: View| view.set(next))
    };
    let now = *view;
    let onpointermove = {
        let (prepared, laid_out, set_view) = (prepared.clone(), laid_out.clone(), set_view.clone());
        let (picked, drag_from) = (picked.setter(), drag_from.clone());
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
                picked.set(timeline::hit(&laid_out, &prepared, x, y));
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
        let (prepared, picked, set_view) = (prepared.clone(), picked.clone(), set_view.clone());
        Callback::from(move |event: KeyboardEvent| {
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
                Pressed::Walk(way) => {
                    let next = walk::step(&prepared, *picked, way);
                    if let Some((_, span)) = next.and_then(|next| prepared.span(next)) {
                        set_view.emit(now.holding(span, total_ms));
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
    let class = classes!("timeline", outcome.executor.kind().class());
    html! {
        <>
            <svg {class} width={px(laid_out.width)}
                height={px(laid_out.height.max(props.least_height))}
                viewBox={view_box(laid_out.width, laid_out.height.max(props.least_height))}
                tabindex="0" role="application" aria-roledescription="timeline"
                aria-label={summary(outcome, &prepared)} aria-describedby="timeline-keys"
                {onpointermove} onpointerleave={leave} {onwheel} {onkeydown}>
                { patterns() }
                { ticks(&laid_out.ticks, 0.0, laid_out.height - FOOT) }
                { for laid_out.rows.iter().map(|row| lane(row, props.lit)) }
                { for laid_out.gil.iter().map(strip) }
                { for laid_out.queue.iter().map(depth_strip) }
                { mark(&laid_out, &prepared, *picked) }
            </svg>
            <p class="readout" aria-live="polite">{ readout(&prepared, *picked) }</p>
            <div class="chart-foot">
                { timeline_legend(outcome.executor.kind(), &prepared) }
                { zoom(&set_view, Some((now, total_ms))) }
            </div>
            <p class="help" id="timeline-keys">{ KEYS }</p>
            { table(&outcome.accounts) }
        </>
    }
}

fn summary(outcome: &Outcome, prepared: &PreparedTimeline) -> String {
    format!(
        "{}: {} with {} in {}.",
        outcome.executor.label(),
        counted(prepared.lanes.len() as u64, "lane"),
        counted(prepared.spans as u64, "span"),
        format::duration(prepared.total_ms)
    )
}

fn readout(prepared: &PreparedTimeline, picked: Option<(usize, usize)>) -> String {
    match picked.and_then(|picked| prepared.span(picked)) {
        None => "Point at a span to read it.".to_owned(),
        Some((lane, span)) => {
            let task = span.task.map_or_else(String::new, |task| format!(", task {}", task + 1));
            format!(
                "{}: {}{task}, {} from {}",
                lane.label,
                prepared.title(span.phase),
                format::duration(span.duration_ms()),
                format::duration(span.start_ms)
            )
        }
    }
}

fn lane(row: &Row, lit: Option<Step>) -> Html {
    let (x, y) = row.label_at;
    html! {
        <g class="lane">
            <text class="name" x={px(x)} y={px(y)}>{ &row.label }</text>
            { for row.by_light(lit).map(|(shapes, dim)| html! {
                <path class={classes!("span", format!("phase-{}", shapes.phase.id()), dim.then_some("dim"))}
                    d={AttrValue::from(shapes.path.clone())} />
            }) }
            <path class="beats" d={AttrValue::from(row.beats.clone())} />
        </g>
    }
}

/// Who holds the GIL.
fn strip(strip: &Strip) -> Html {
    let (x, y) = strip.label_at;
    html! {
        <g class="lane gil">
            <text class="name" x={px(x)} y={px(y)}>{ "Holds the GIL" }</text>
            { for (1..).zip(&strip.holders).map(|(style, path)| html! {
                <path class={format!("holder-{style}")} d={AttrValue::from(path.clone())} />
            }) }
        </g>
    }
}

/// How deep the queue was.
fn depth_strip(strip: &DepthStrip) -> Html {
    let (x, y) = strip.label_at;
    html! {
        <g class="lane depth">
            <text class="name" x={px(x)} y={px(y)}>{ "In the queue" }</text>
            <path class="area" d={AttrValue::from(strip.area.clone())} />
            <path class="bound" d={AttrValue::from(strip.bound.clone())} />
        </g>
    }
}

/// A frame around the span that is pointed at.
fn mark(timeline: &Timeline, prepared: &PreparedTimeline, picked: Option<(usize, usize)>) -> Html {
    let place = picked.and_then(|picked| {
        let (lane, span) = prepared.span(picked)?;
        Some((span, timeline.rows.get(picked.0)?.place(lane, picked.1)?))
    });
    let Some((span, (y, height))) = place else { return Html::default() };
    let axis = &timeline.axis;
    let from = axis.x(span.start_ms).clamp(axis.left, axis.left + axis.width);
    let to = axis.x(span.end_ms).clamp(axis.left, axis.left + axis.width);
    html! {
        <rect class="mark" x={px(from - 1.5)} y={px(y - 1.5)}
            width={px(to - from + 3.0)} height={px(height + 3.0)} rx="2" />
    }
}

/// Where the time of each lane went.
fn table(accounts: &[LaneBreakdown]) -> Html {
    let rows = accounts.iter().flat_map(|breakdown| {
        let phases = breakdown.phases_ms.iter().map(|(phase, ms)| (phase.title(), *ms));
        let all = phases.chain([("unexplained", breakdown.rest_ms)]);
        all.map(|(what, ms)| vec![breakdown.lane.clone(), what.to_owned(), format::duration(ms)])
    });
    data_table(&["Lane", "What", "Time"], rows)
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
            <pattern id="checks" width="6" height="6" patternUnits="userSpaceOnUse">
                <rect class="ground" width="6" height="6" /><rect class="figure" width="3" height="3" /><rect class="figure" x="3" y="3" width="3" height="3" />
            </pattern>
            <pattern id="rungs" width="4" height="4" patternUnits="userSpaceOnUse">
                <rect class="ground" width="4" height="4" /><rect class="figure" width="4" height="1" />
            </pattern>
            <pattern id="bars-up" width="4" height="4" patternUnits="userSpaceOnUse">
                <rect class="ground" width="4" height="4" /><rect class="figure" width="1.6" height="4" />
            </pattern>
        </defs>
    }
}
