//! What of a timeline does not depend on the view: found once per outcome, so that
//! zooming, moving and pointing only look things up.

use crate::measure::gil_use::{GilUse, Hold};
use crate::measure::queue_depth::QueueDepth;
use crate::measure::report::{Outcome, limits};
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::models::ExecutorKind;

/// However many spans overlap, a lane is no higher than this many tracks.
pub(super) const MAX_TRACKS: usize = 16;

/// Some lanes, made ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedTimeline {
    /// When the last of everything ends, in ms.
    pub total_ms: f64,
    /// The phases that occur, in order.
    pub phases: Vec<Phase>,
    /// How many spans there are.
    pub spans: usize,
    /// Whether there is a heartbeat to be shown.
    pub has_beats: bool,
    /// The lanes.
    pub lanes: Vec<PreparedLane>,
    /// What is known of the GIL, where there is one.
    pub gil: Option<Gil>,
    /// How deep the queue between two stages was, where there is one.
    pub queue: Option<QueueDepth>,
}

/// What is known of a GIL.
#[derive(Clone, Debug, PartialEq)]
pub enum Gil {
    /// Threads compute while they hold it: who did so, in the order of time; `None` where a report
    /// holds too few spans to tell.
    Held(Option<Vec<Hold>>),
    /// Threads release it while they compute.
    Released,
}

/// A lane, made ready to be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct PreparedLane {
    /// Its name.
    pub label: String,
    /// What it stands for.
    pub kind: LaneKind,
    /// Its spans, in the order in which they were taken down.
    pub spans: Vec<Span>,
    /// When the heartbeat was seen, in ms.
    pub beats_ms: Vec<f64>,
    /// Its spans, in the order of time.
    order: Vec<usize>,
    /// The track of each span.
    track_of: Vec<usize>,
    /// Its tracks, at least one.
    pub(super) tracks: Vec<Track>,
}

/// Spans of a lane that stand side by side.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Track {
    /// The spans, in the order of time.
    spans: Vec<usize>,
    /// For each of them, when it and all before it have ended, in ms.
    reach_ms: Vec<f64>,
}

impl PreparedTimeline {
    /// What is to be known of `lanes`.
    pub fn of(lanes: &[Lane]) -> Self {
        let all = || lanes.iter().flat_map(|lane| &lane.spans);
        let beats = lanes.iter().flat_map(|lane| lane.beats_ms.iter().copied());
        let occurs = |phase: &Phase| all().any(|span| span.phase == *phase);
        Self {
            total_ms: all().map(|span| span.end_ms).chain(beats).fold(0.0, f64::max),
            phases: Phase::ALL.into_iter().filter(occurs).collect(),
            spans: all().count(),
            has_beats: lanes.iter().any(|lane| !lane.beats_ms.is_empty()),
            lanes: lanes.iter().map(PreparedLane::of).collect(),
            gil: None,
            queue: lanes.iter().find_map(|lane| lane.queue.clone()),
        }
    }

    /// What is to be known of the timeline of `outcome`.
    pub fn of_outcome(outcome: &Outcome) -> Self {
        let executor = &outcome.executor;
        let gil = match executor.kind() {
            ExecutorKind::ThreadsGil if executor.options.release_in_native => Some(Gil::Released),
            ExecutorKind::ThreadsGil => {
                let is_whole = !outcome.lanes.iter().any(limits::is_joined);
                Some(Gil::Held(is_whole.then(|| GilUse::of(&outcome.lanes).holds)))
            }
            _ => None,
        };
        Self { gil, ..Self::of(&outcome.lanes) }
    }

    /// Who held the GIL, in the order of time, where there is one and that is known.
    pub fn holds(&self) -> Option<&[Hold]> {
        match &self.gil {
            Some(Gil::Held(holds)) => holds.as_deref(),
            Some(Gil::Released) | None => None,
        }
    }

    /// What a phase is called here.
    pub fn title(&self, phase: Phase) -> &'static str {
        match (phase, &self.gil) {
            (Phase::Compute, Some(Gil::Held(_))) => "compute, holding the GIL",
            (Phase::Compute, Some(Gil::Released)) => "compute, GIL released",
            (Phase::IoWait, Some(_)) => "wait for a request, GIL released",
            (Phase::LockWait, Some(_)) => "wait for the GIL",
            _ => phase.title(),
        }
    }

    /// How many threads there are.
    pub fn threads(&self) -> usize {
        self.lanes.iter().filter(|lane| lane.kind == LaneKind::Thread).count()
    }

    /// A span: the `at.1`-th of the lane `at.0`.
    pub fn span(&self, at: (usize, usize)) -> Option<(&PreparedLane, &Span)> {
        let lane = self.lanes.get(at.0)?;
        Some((lane, lane.spans.get(at.1)?))
    }
}

impl PreparedLane {
    /// Spans that overlap stand below one another: each gets the first track that is
    /// free. The number of tracks is bounded; beyond it, spans share the last.
    fn of(lane: &Lane) -> Self {
        let spans = &lane.spans;
        let mut order: Vec<_> = (0..spans.len()).collect();
        order.sort_by(|a, b| spans[*a].start_ms.total_cmp(&spans[*b].start_ms));
        let mut tracks: Vec<Track> = Vec::new();
        let mut track_of = vec![0; spans.len()];
        for at in &order {
            let span = &spans[*at];
            let free = tracks.iter().position(|track| track.end_ms() <= span.start_ms);
            let track = free.unwrap_or_else(|| {
                if tracks.len() < MAX_TRACKS {
                    tracks.push(Track::default());
                }
                tracks.len() - 1
            });
            tracks[track].push(*at, span);
            track_of[*at] = track;
        }
        if tracks.is_empty() {
            tracks.push(Track::default());
        }
        Self {
            label: lane.id.clone(),
            kind: lane.kind,
            spans: spans.clone(),
            beats_ms: lane.beats_ms.clone(),
            order,
            track_of,
            tracks,
        }
    }

    /// The track of the `at`-th of its spans.
    pub(super) fn track_of(&self, at: usize) -> Option<usize> {
        self.track_of.get(at).copied()
    }

    /// The spans of a track that touch a stretch of time, in the order of time, and
    /// few that do not.
    pub(super) fn touching(&self, track: usize, from_ms: f64, to_ms: f64) -> &[usize] {
        let Some(Track { spans, reach_ms }) = self.tracks.get(track) else { return &[] };
        let first = reach_ms.partition_point(|reach| *reach < from_ms);
        let end = spans.partition_point(|at| self.spans[*at].start_ms <= to_ms);
        spans.get(first..end).unwrap_or_default()
    }

    /// The span next to the `from`-th, in the order of time: the one after it, or the
    /// one before.
    pub fn neighbour(&self, from: usize, forward: bool) -> Option<usize> {
        let start_ms = self.spans.get(from)?.start_ms;
        let place = self.order.binary_search_by(|at| {
            self.spans[*at].start_ms.total_cmp(&start_ms).then(at.cmp(&from))
        });
        let place = place.ok()?;
        let next = if forward { place.checked_add(1) } else { place.checked_sub(1) };
        next.and_then(|next| self.order.get(next)).copied()
    }

    /// The span whose beginning is nearest to a moment.
    pub fn nearest(&self, ms: f64) -> Option<usize> {
        let after = self.order.partition_point(|at| self.spans[*at].start_ms < ms);
        let around = [after.checked_sub(1), Some(after)].into_iter().flatten();
        let distance = |at: &usize| (self.spans[*at].start_ms - ms).abs();
        let around = around.filter_map(|place| self.order.get(place).copied());
        around.min_by(|a, b| distance(a).total_cmp(&distance(b)))
    }

    /// Where the `at`-th of its spans begins, in ms.
    pub fn start_ms(&self, at: usize) -> Option<f64> {
        self.spans.get(at).map(|span| span.start_ms)
    }
}

impl Track {
    fn end_ms(&self) -> f64 {
        self.reach_ms.last().copied().unwrap_or(f64::NEG_INFINITY)
    }

    fn push(&mut self, at: usize, span: &Span) {
        self.reach_ms.push(self.end_ms().max(span.end_ms));
        self.spans.push(at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn prepared(spans: Vec<Span>) -> PreparedLane {
        PreparedLane::of(&Lane::new(LaneKind::Process, 1, spans))
    }

    #[test]
    fn spans_in_a_row_share_a_track_and_overlapping_ones_do_not() {
        let waits = |count: u32, ms: f64| {
            let wait = |i| Span::new(Phase::IoWait, i, f64::from(i) * ms, f64::from(i) * ms + 2.0);
            prepared((0..count).map(wait).collect()).tracks.len()
        };
        assert_eq!(waits(50, 2.0), 1);
        assert_eq!(waits(12, 0.0), 12);
        assert_eq!(waits(900, 0.0), MAX_TRACKS);
        assert_eq!(waits(0, 0.0), 1);
    }

    #[test]
    fn only_what_touches_the_view_is_looked_at() {
        let span = |i: u32| Span::new(Phase::Compute, i, f64::from(i), f64::from(i) + 0.9);
        let lane = prepared((0..10_000).map(span).collect());
        assert_eq!(lane.touching(0, 5_000.5, 5_002.0), [5_000, 5_001, 5_002]);
        assert_eq!(lane.touching(0, 20_000.0, 30_000.0), [] as [usize; 0]);
        assert_eq!(lane.touching(7, 0.0, 1.0), [] as [usize; 0]);
    }

    #[test]
    fn neighbours_are_found_in_the_order_of_time() {
        let lane = prepared(vec![
            Span::new(Phase::Compute, 1, 10.0, 20.0),
            Span::new(Phase::Compute, 0, 0.0, 10.0),
            Span::new(Phase::Compute, 2, 20.0, 30.0),
        ]);
        assert_eq!(lane.neighbour(1, true), Some(0));
        assert_eq!(lane.neighbour(0, true), Some(2));
        assert_eq!(lane.neighbour(2, true), None);
        assert_eq!(lane.neighbour(1, false), None);
        assert_eq!(lane.neighbour(9, true), None);
        assert_eq!(lane.nearest(14.0), Some(0));
        assert_eq!(lane.nearest(99.0), Some(2));
    }
}
