//! The timeline: who did what when, one lane per worker and one for the page.
//!
//! However many spans there are, what is drawn is bounded by the pixels there are:
//! spans of one phase that fall on the same pixels become one shape.

use super::axis::{Axis, Tick};
use crate::measure::{Lane, LaneKind, Phase, Span};
use std::fmt::Write;

/// From this width on, lane labels stand beside the lanes instead of above them.
const WIDE: f64 = 520.0;
/// Room for the labels beside the lanes, in px.
const GUTTER: f64 = 88.0;
/// Room for the axis, in px.
const FOOT: f64 = 26.0;
/// Room at the right, so that the last label fits, in px.
const MARGIN: f64 = 28.0;
/// A lane's height, in px.
const LANE: f64 = 22.0;
/// A label's height where it stands above its lane, in px.
const LABEL: f64 = 18.0;
/// Between two lanes, in px.
const GAP: f64 = 8.0;
/// Where requests wait side by side, each has a track of this height, in px…
const TRACK: f64 = 7.0;
/// …as long as a lane does not become higher than this many of them.
const MAX_TRACKS: usize = 16;
/// From this width on a span is drawn by itself, in px…
const SEPARATE: f64 = 4.0;
/// …with this much room behind it.
const GAP_BEHIND: f64 = 0.8;
/// One may zoom in until this much time fills the chart, in ms.
const LEAST_VIEW_MS: f64 = 0.01;

/// The stretch of time that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Its beginning, in ms.
    pub start_ms: f64,
    /// Its end, in ms.
    pub end_ms: f64,
}

impl View {
    /// A whole sample of `total_ms`.
    pub fn whole(total_ms: f64) -> Self {
        Self { start_ms: 0.0, end_ms: total_ms.max(LEAST_VIEW_MS) }
    }

    fn span_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }

    /// The time in its middle, in ms.
    pub fn middle_ms(&self) -> f64 {
        (self.start_ms + self.end_ms) / 2.0
    }

    /// The same view, `factor` times as much time in it, around `at_ms`.
    pub fn zoomed(&self, factor: f64, at_ms: f64, total_ms: f64) -> Self {
        let span = (self.span_ms() * factor).clamp(LEAST_VIEW_MS, total_ms.max(LEAST_VIEW_MS));
        let part = ((at_ms - self.start_ms) / self.span_ms()).clamp(0.0, 1.0);
        let start_ms = at_ms - span * part;
        Self { start_ms, end_ms: start_ms + span }.within(total_ms)
    }

    /// The same view, moved by a part of itself.
    pub fn panned(&self, part: f64, total_ms: f64) -> Self {
        let by = self.span_ms() * part;
        Self { start_ms: self.start_ms + by, end_ms: self.end_ms + by }.within(total_ms)
    }

    /// The same view, moved as little as it takes to hold `span`.
    pub fn holding(&self, span: &Span, total_ms: f64) -> Self {
        if span.start_ms >= self.start_ms && span.end_ms <= self.end_ms {
            return *self;
        }
        let middle = (span.start_ms + span.end_ms) / 2.0;
        let half = self.span_ms().max(span.duration_ms() * 1.2) / 2.0;
        Self { start_ms: middle - half, end_ms: middle + half }.within(total_ms)
    }

    fn within(self, total_ms: f64) -> Self {
        let span = self.span_ms().min(total_ms.max(LEAST_VIEW_MS));
        let start_ms = self.start_ms.clamp(0.0, (total_ms - span).max(0.0));
        Self { start_ms, end_ms: start_ms + span }
    }
}

/// All shapes of one phase in one lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Shapes {
    /// The phase.
    pub phase: Phase,
    /// Their outline, as SVG path data.
    pub path: String,
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
    /// What happened in it.
    pub shapes: Vec<Shapes>,
    /// The page's heartbeats, as SVG path data of short strokes.
    pub beats: String,
    /// How many tracks it has.
    tracks: usize,
}

impl Row {
    /// Where the `at`-th of its spans is, in px: its top and its height.
    pub fn place(&self, spans: &[Span], at: usize) -> Option<(f64, f64)> {
        let (track_of, _) = tracks(spans);
        let height = self.height / self.tracks as f64;
        Some((self.y + *track_of.get(at)? as f64 * height, height))
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
    /// The marks of its axis.
    pub ticks: Vec<Tick>,
}

/// The track of each span of a lane: the first that is free, so that spans which
/// overlap stand below one another. The number of tracks is bounded; beyond it,
/// spans share the last.
fn tracks(spans: &[Span]) -> (Vec<usize>, usize) {
    let mut by_start: Vec<_> = (0..spans.len()).collect();
    by_start.sort_by(|a, b| spans[*a].start_ms.total_cmp(&spans[*b].start_ms));
    let mut ends: Vec<f64> = Vec::new();
    let mut track_of = vec![0; spans.len()];
    for at in by_start {
        let span = &spans[at];
        let free = ends.iter().position(|end| *end <= span.start_ms);
        let track = match free {
            Some(track) => track,
            None if ends.len() < MAX_TRACKS => {
                ends.push(f64::NEG_INFINITY);
                ends.len() - 1
            }
            None => MAX_TRACKS - 1,
        };
        ends[track] = ends[track].max(span.end_ms);
        track_of[at] = track;
    }
    (track_of, ends.len().max(1))
}

fn lane_height(tracks: usize) -> f64 {
    (tracks as f64 * TRACK).max(LANE)
}

/// The height of a timeline of `lanes` plain lanes, in px, known before any run.
pub fn height(lanes: usize, width: f64) -> f64 {
    let above = if width < WIDE { LABEL } else { 0.0 };
    lanes as f64 * (LANE + GAP + above) + FOOT
}

/// Lays the timeline out for a width.
pub fn layout(lanes: &[Lane], view: View, width: f64) -> Timeline {
    let wide = width >= WIDE;
    let left = if wide { GUTTER } else { 0.0 };
    let axis = Axis {
        start_ms: view.start_ms,
        end_ms: view.end_ms,
        left,
        width: (width - left - MARGIN).max(1.0),
    };
    let mut y = 0.0;
    let mut rows = Vec::with_capacity(lanes.len());
    for lane in lanes {
        let (track_of, tracks) = tracks(&lane.spans);
        let height = lane_height(tracks);
        let label_at = if wide { (0.0, y + height / 2.0 + 4.0) } else { (0.0, y + 13.0) };
        if !wide {
            y += LABEL;
        }
        rows.push(Row {
            label: lane.id.clone(),
            kind: lane.kind,
            label_at,
            y,
            height,
            shapes: shapes(&lane.spans, &track_of, tracks, y, height, &axis),
            beats: beats(&lane.beats_ms, y, height, &axis),
            tracks,
        });
        y += height + GAP;
    }
    Timeline { width, height: y + FOOT, axis, rows, ticks: axis.ticks() }
}

fn shapes(
    spans: &[Span],
    track_of: &[usize],
    tracks: usize,
    y: f64,
    height: f64,
    axis: &Axis,
) -> Vec<Shapes> {
    let mut shapes: Vec<Shapes> = Vec::new();
    // Per phase and track, the shape that is still growing: from and to, in px.
    let mut growing = vec![[(0.0, -1.0); MAX_TRACKS]; Phase::ALL.len()];
    let track_height = height / tracks as f64;
    let mut draw = |phase: Phase, track: usize, (from, to): (f64, f64)| {
        if to < from {
            return;
        }
        let at = shapes.iter().position(|shape| shape.phase == phase).unwrap_or_else(|| {
            shapes.push(Shapes { phase, path: String::new() });
            shapes.len() - 1
        });
        let (top, wide) = (y + track as f64 * track_height, (to - from).max(0.75));
        // Writing to a String cannot fail.
        let _ =
            write!(shapes[at].path, "M{from:.1} {top:.1}h{wide:.1}v{track_height:.1}h-{wide:.1}z");
    };
    let mut by_start: Vec<_> = (0..spans.len()).collect();
    by_start.sort_by(|a, b| spans[*a].start_ms.total_cmp(&spans[*b].start_ms));
    let (least, most) = (axis.left, axis.left + axis.width);
    for at in by_start {
        let (span, track) = (&spans[at], track_of[at]);
        let (from, to) = (axis.x(span.start_ms), axis.x(span.end_ms));
        if to < least || from > most {
            continue;
        }
        let (from, to) = (from.max(least), to.min(most));
        let shape = &mut growing[span.phase as usize][track];
        // Where there is room, each span is a shape of its own with a gap behind it.
        if to - from >= SEPARATE {
            draw(span.phase, track, (from, to - GAP_BEHIND));
            continue;
        }
        // Less than half a pixel between two is not seen.
        if shape.1 >= shape.0 && from <= shape.1 + 0.5 {
            shape.1 = shape.1.max(to);
        } else {
            draw(span.phase, track, *shape);
            *shape = (from, to);
        }
    }
    for phase in Phase::ALL {
        for (track, shape) in growing[phase as usize].iter().enumerate() {
            draw(phase, track, *shape);
        }
    }
    shapes.sort_by_key(|shape| shape.phase);
    shapes
}

fn beats(beats_ms: &[f64], y: f64, height: f64, axis: &Axis) -> String {
    let mut path = String::new();
    let mut last = f64::NEG_INFINITY;
    for beat in beats_ms {
        let x = axis.x(*beat);
        if x < axis.left || x > axis.left + axis.width || x - last < 2.5 {
            continue;
        }
        last = x;
        // Writing to a String cannot fail.
        let _ = write!(path, "M{x:.1} {:.1}v6", y + height / 2.0 - 3.0);
    }
    path
}

/// The span at a place: which lane, and which of its spans.
pub fn hit(timeline: &Timeline, lanes: &[Lane], x: f64, y: f64) -> Option<(usize, usize)> {
    let lane = timeline.rows.iter().position(|row| y >= row.y && y <= row.y + row.height)?;
    let row = &timeline.rows[lane];
    let track = ((y - row.y) / row.height * row.tracks as f64) as usize;
    let spans = &lanes.get(lane)?.spans;
    let (track_of, _) = tracks(spans);
    let ms = timeline.axis.ms(x);
    // A span narrower than a pixel can still be pointed at.
    let slack = timeline.axis.ms(x + 1.0) - ms;
    let distance = |span: &Span| (span.start_ms - ms).max(ms - span.end_ms).max(0.0);
    (0..spans.len())
        .filter(|at| track_of[*at] == track.min(row.tracks - 1))
        .filter(|at| distance(&spans[*at]) <= slack)
        .min_by(|a, b| distance(&spans[*a]).total_cmp(&distance(&spans[*b])))
        .map(|span| (lane, span))
}

/// The span next to the `from`-th of a lane, in the order of time: the one after
/// it, or the one before.
pub fn neighbour(spans: &[Span], from: usize, forward: bool) -> Option<usize> {
    let mut by_start: Vec<_> = (0..spans.len()).collect();
    by_start.sort_by(|a, b| spans[*a].start_ms.total_cmp(&spans[*b].start_ms));
    let at = by_start.iter().position(|span| *span == from)?;
    let next = if forward { at.checked_add(1) } else { at.checked_sub(1) };
    next.and_then(|next| by_start.get(next)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lane(spans: Vec<Span>) -> Lane {
        Lane::new(LaneKind::Process, 1, spans)
    }

    fn in_a_row(count: u32, each_ms: f64) -> Vec<Span> {
        let span = |task: u32| {
            let start = f64::from(task) * each_ms;
            Span::new(Phase::Compute, task, start, start + each_ms * 0.9)
        };
        (0..count).map(span).collect()
    }

    #[test]
    fn spans_in_a_row_share_a_track_and_overlapping_ones_do_not() {
        assert_eq!(tracks(&in_a_row(50, 2.0)).1, 1);
        let together: Vec<_> = (0..12).map(|i| Span::new(Phase::IoWait, i, 0.0, 100.0)).collect();
        assert_eq!(tracks(&together).1, 12);
        let many: Vec<_> = (0..900).map(|i| Span::new(Phase::IoWait, i, 0.0, 100.0)).collect();
        assert_eq!(tracks(&many).1, MAX_TRACKS);
    }

    /// Ten thousand spans are no more to draw than the pixels they fall on.
    #[test]
    fn what_is_drawn_is_bounded_by_the_pixels() {
        let lanes = [lane(in_a_row(10_000, 0.05))];
        let timeline = layout(&lanes, View::whole(500.0), 1000.0);
        let shapes = timeline.rows[0].shapes[0].path.matches('M').count();
        assert!(shapes <= 1000, "{shapes}");
    }

    #[test]
    fn a_place_finds_the_span_it_shows() {
        let lanes = [lane(in_a_row(10, 10.0)), lane(in_a_row(5, 20.0))];
        let timeline = layout(&lanes, View::whole(100.0), 800.0);
        let (row, axis) = (&timeline.rows[1], &timeline.axis);
        assert_eq!(hit(&timeline, &lanes, axis.x(45.0), row.y + 5.0), Some((1, 2)));
        assert_eq!(hit(&timeline, &lanes, axis.x(45.0), timeline.height - 1.0), None);
        let nothing = axis.x(39.0);
        assert_eq!(hit(&timeline, &lanes, nothing, row.y + 5.0), None);
    }

    #[test]
    fn of_requests_side_by_side_one_is_marked() {
        let together: Vec<_> = (0..4).map(|i| Span::new(Phase::IoWait, i, 0.0, 9.0)).collect();
        let row = &layout(&[lane(together.clone())], View::whole(9.0), 800.0).rows[0];
        assert_eq!(row.place(&together, 0), Some((0.0, 7.0)));
        assert_eq!(row.place(&together, 3), Some((21.0, 7.0)));
        assert_eq!(row.place(&together, 4), None);
    }

    #[test]
    fn on_a_phone_labels_stand_above_their_lanes() {
        let lanes = [lane(in_a_row(3, 10.0)), lane(in_a_row(3, 10.0))];
        let narrow = layout(&lanes, View::whole(30.0), 300.0);
        assert_eq!(narrow.axis.left, 0.0);
        assert_eq!(narrow.height, height(2, 300.0));
        assert_eq!(layout(&lanes, View::whole(30.0), 900.0).height, height(2, 900.0));
    }

    #[test]
    fn neighbours_are_found_in_the_order_of_time() {
        let spans = [
            Span::new(Phase::Compute, 1, 10.0, 20.0),
            Span::new(Phase::Compute, 0, 0.0, 10.0),
            Span::new(Phase::Compute, 2, 20.0, 30.0),
        ];
        assert_eq!(neighbour(&spans, 1, true), Some(0));
        assert_eq!(neighbour(&spans, 0, true), Some(2));
        assert_eq!(neighbour(&spans, 2, true), None);
        assert_eq!(neighbour(&spans, 1, false), None);
    }

    proptest! {
        #[test]
        fn a_view_stays_within_the_sample(
            total in 0.1f64..1e5,
            moves in prop::collection::vec((0.1f64..10.0, -2f64..2.0, 0f64..1.0), 0..20),
        ) {
            let mut view = View::whole(total);
            for (factor, part, at) in moves {
                view = view.zoomed(factor, view.start_ms + view.span_ms() * at, total);
                view = view.panned(part, total);
                prop_assert!(view.start_ms >= 0.0 && view.end_ms <= total * (1.0 + 1e-9) + LEAST_VIEW_MS);
                prop_assert!(view.span_ms() >= LEAST_VIEW_MS * 0.99);
            }
        }
    }
}
