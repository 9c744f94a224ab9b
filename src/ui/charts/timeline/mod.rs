//! The timeline: who did what when, one lane per worker and one for the page.
//!
//! However many spans there are, what is drawn is bounded by the pixels there are:
//! spans of one phase that fall on the same pixels become one shape.

pub mod depth;
pub mod gil;
mod pen;
mod prepared;
#[cfg(feature = "app")]
pub(crate) mod view;
pub mod walk;
mod window;

pub use depth::DepthStrip;
pub use gil::{STYLES, Strip};
pub use prepared::{Gil, PreparedLane, PreparedTimeline};
pub use window::View;

use crate::measure::waterfall::Step;
use crate::measure::{LaneKind, Phase, Span};
use crate::models::{Executor, ExecutorKind};
use crate::ui::charts::axis::{Axis, FOOT, Tick};
use pen::{Pen, tenths};
use std::rc::Rc;

/// From this width on, lane labels stand beside the lanes instead of above them.
pub const WIDE: f64 = 520.0;
/// Room for the labels beside the lanes, in px.
pub const GUTTER: f64 = 88.0;
/// A lane's height, in px.
const LANE: f64 = 22.0;
/// A label's height where it stands above its lane, in px.
const LABEL: f64 = 18.0;
/// Between two lanes, in px.
const GAP: f64 = 8.0;
/// Where requests wait side by side, each has a track of this height, in px.
const TRACK: f64 = 7.0;
/// Between two beats that are drawn, in px.
const BEAT_APART: f64 = 2.5;
/// How high the line is that stands for doing nothing, in px.
const IDLE: f64 = 2.0;
/// How high the bar is that stands for waiting for others, in px.
const LOCK_WAIT: f64 = 6.0;

/// All shapes of one phase in one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Shapes {
    /// The phase.
    pub phase: Phase,
    /// Their outline, as SVG path data.
    pub path: Rc<str>,
}

/// A lane, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Its name.
    pub label: String,
    /// What it stands for.
    pub kind: LaneKind,
    /// Where its label's text begins, in px.
    pub label_at: (f64, f64),
    /// Its top, in px.
    pub y: f64,
    /// Its height, in px.
    pub height: f64,
    /// What happened in it; doing nothing comes first, below all else.
    pub shapes: Vec<Shapes>,
    /// The page's heartbeats, as SVG path data of short strokes.
    pub beats: Rc<str>,
    /// How many tracks it has.
    tracks: usize,
}

impl Row {
    /// Where the `at`-th span of its lane is, in px: its top and its height.
    pub fn place(&self, lane: &PreparedLane, at: usize) -> Option<(f64, f64)> {
        let height = self.height / self.tracks as f64;
        Some((self.y + lane.track_of(at)? as f64 * height, height))
    }

    /// Its shapes, each with whether it is to be dimmed because it is no part of
    /// `lit`; those that are lit come last, on top.
    pub fn by_light(&self, lit: Option<Step>) -> impl Iterator<Item = (&Shapes, bool)> {
        let is_dim = move |phase: Phase| {
            lit.is_some_and(|step| !step.is_seen_in(self.kind, &Span::new(phase, None, 0.0, 0.0)))
        };
        let dim = self.shapes.iter().filter(move |shapes| is_dim(shapes.phase));
        let bright = self.shapes.iter().filter(move |shapes| !is_dim(shapes.phase));
        dim.map(|shapes| (shapes, true)).chain(bright.map(|shapes| (shapes, false)))
    }
}

/// The timeline, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Its width, in px.
    pub width: f64,
    /// Its height, in px.
    pub height: f64,
    /// Its axis, which maps pixels to times.
    pub axis: Axis,
    /// Its lanes.
    pub rows: Vec<Row>,
    /// Who held the GIL, where there is one and it is known.
    pub gil: Option<Strip>,
    /// How deep the queue between two stages was, where there is one.
    pub queue: Option<DepthStrip>,
    /// The marks of its axis.
    pub ticks: Vec<Tick>,
}

/// How many lanes the timeline of `executor` has, the strip of a GIL's holders, or of a queue's depth,
/// among them.
pub fn lanes_of(executor: &Executor) -> usize {
    let has_queue = executor.kind() == ExecutorKind::Hybrid;
    executor.lanes() + usize::from(executor.computes_under_gil()) + usize::from(has_queue)
}

/// The height of a timeline of `lanes` plain lanes, in px, known before any run.
pub fn height(lanes: usize, width: f64) -> f64 {
    let above = if width < WIDE { LABEL } else { 0.0 };
    lanes as f64 * (LANE + GAP + above) + FOOT
}

/// Lays the timeline out for a width.
pub fn layout(prepared: &PreparedTimeline, view: View, width: f64) -> Timeline {
    let wide = width >= WIDE;
    let left = if wide { GUTTER } else { 0.0 };
    let axis = Axis::new([view.start_ms, view.end_ms], left, width);
    let mut y = 0.0;
    // Where the label of what is next goes, and its top.
    let place = |y: f64, height: f64| match wide {
        true => ((0.0, y + height / 2.0 + 4.0), y),
        false => ((0.0, y + 13.0), y + LABEL),
    };
    let mut rows = Vec::with_capacity(prepared.lanes.len());
    for lane in &prepared.lanes {
        let tracks = lane.tracks.len();
        let height = (tracks as f64 * TRACK).max(LANE);
        let label_at;
        (label_at, y) = place(y, height);
        rows.push(Row {
            label: lane.label.clone(),
            kind: lane.kind,
            label_at,
            y,
            height,
            shapes: shapes(lane, y, height, &axis),
            beats: beats(&lane.beats_ms, y + height / 2.0, &axis),
            tracks,
        });
        y += height + GAP;
    }
    let gil = prepared.holds().map(|holds| {
        let (label_at, top) = place(y, LANE);
        y = top + LANE + GAP;
        gil::strip(holds, (top, LANE), label_at, &axis)
    });
    let queue = prepared.queue.as_ref().map(|queue| {
        let (label_at, top) = place(y, LANE);
        y = top + LANE + GAP;
        depth::strip(queue, (top, LANE), label_at, &axis)
    });
    Timeline { width, height: y + FOOT, axis, rows, gil, queue, ticks: axis.ticks() }
}

fn shapes(lane: &PreparedLane, y: f64, height: f64, axis: &Axis) -> Vec<Shapes> {
    let mut pens: [Pen; Phase::ALL.len()] = Default::default();
    let track_height = height / lane.tracks.len() as f64;
    let (least, most) = (axis.left, axis.left + axis.width);
    for track in 0..lane.tracks.len() {
        let top = y + track as f64 * track_height;
        let place = |phase: Phase| match phase {
            Phase::Idle => (top + track_height / 2.0 - IDLE / 2.0, IDLE),
            Phase::LockWait | Phase::QueueWait => {
                let high = LOCK_WAIT.min(track_height);
                (top + track_height / 2.0 - high / 2.0, high)
            }
            _ => (top, track_height),
        };
        for at in lane.touching(track, axis.start_ms, axis.end_ms) {
            let span = &lane.spans[*at];
            let (from, to) = (axis.x(span.start_ms).max(least), axis.x(span.end_ms).min(most));
            if to < from {
                continue;
            }
            let (top, height) = place(span.phase);
            pens[span.phase as usize].add((from, to), top, height);
        }
        for phase in Phase::ALL {
            let (top, height) = place(phase);
            pens[phase as usize].finish(top, height);
        }
    }
    // Doing nothing lies below whatever is done.
    let done = Phase::ALL.into_iter().filter(|phase| *phase != Phase::Idle);
    let drawn = [Phase::Idle].into_iter().chain(done);
    let drawn = drawn.map(|phase| (phase, std::mem::take(&mut pens[phase as usize].path)));
    let drawn = drawn.filter(|(_, path)| !path.is_empty());
    drawn.map(|(phase, path)| Shapes { phase, path: path.into() }).collect()
}

/// Short strokes around `middle`, in px, no closer than can be seen.
pub(super) fn beats(beats_ms: &[f64], middle: f64, axis: &Axis) -> Rc<str> {
    let mut path = String::new();
    let mut last = f64::NEG_INFINITY;
    for beat in beats_ms {
        let x = axis.x(*beat);
        if x < axis.left || x > axis.left + axis.width || x - last < BEAT_APART {
            continue;
        }
        last = x;
        path.push('M');
        tenths(&mut path, x);
        path.push(' ');
        tenths(&mut path, middle - 3.0);
        path.push_str("v6");
    }
    path.into()
}

/// The span at a place: which lane, and which of its spans.
pub fn hit(
    timeline: &Timeline,
    prepared: &PreparedTimeline,
    x: f64,
    y: f64,
) -> Option<(usize, usize)> {
    let at = timeline.rows.iter().position(|row| y >= row.y && y <= row.y + row.height)?;
    let (row, lane) = (&timeline.rows[at], prepared.lanes.get(at)?);
    let track = ((y - row.y) / row.height * row.tracks as f64) as usize;
    let ms = timeline.axis.ms(x);
    // A span narrower than a pixel can still be pointed at.
    let slack = timeline.axis.ms(x + 1.0) - ms;
    let distance = |at: &usize| {
        let span = &lane.spans[*at];
        (span.start_ms - ms).max(ms - span.end_ms).max(0.0)
    };
    let near = lane.touching(track.min(row.tracks - 1), ms - slack, ms + slack).iter().copied();
    let near = near.filter(|at| distance(at) <= slack);
    near.min_by(|a, b| distance(a).total_cmp(&distance(b))).map(|span| (at, span))
}

#[cfg(test)]
mod tests;
