//! Where the time of a lane went: every moment counted once, in the phase that it
//! was spent in, and what no span explains as the rest.

use super::span::{Lane, Phase, Span};
use std::collections::BTreeMap;

/// Which of two phases a moment counts for, where spans overlap: what was done
/// comes before what was waited for. Requests that wait side by side count once.
const BY_WEIGHT: [Phase; Phase::ALL.len()] = [
    Phase::Compute,
    Phase::Merge,
    Phase::Serialize,
    Phase::Copy,
    Phase::Deserialize,
    Phase::Spawn,
    Phase::LockWait,
    Phase::IoWait,
    Phase::QueueWait,
    Phase::Transfer,
    Phase::Queue,
    Phase::Other,
    Phase::Idle,
];

/// A stretch of a lane in which one phase counts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// The phase; `None` where nothing explains it.
    pub phase: Option<Phase>,
    /// Its beginning, in ms.
    pub start_ms: f64,
    /// Its end, in ms.
    pub end_ms: f64,
}

/// A lane from `start_ms` to `end_ms` without gaps and overlaps. What lies outside
/// is cut off.
pub fn stretches(spans: &[Span], start_ms: f64, end_ms: f64) -> Vec<Stretch> {
    let inside = |ms: f64| ms.clamp(start_ms, end_ms);
    // Beginnings and ends in the order of time, ends first.
    let mut edges: Vec<(f64, bool, Phase)> = Vec::with_capacity(2 * spans.len());
    for span in spans {
        let (from, to) = (inside(span.start_ms), inside(span.end_ms));
        if to > from {
            edges.push((from, true, span.phase));
            edges.push((to, false, span.phase));
        }
    }
    edges.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut found: Vec<Stretch> = Vec::with_capacity(spans.len() + 1);
    let mut open = [0_usize; Phase::ALL.len()];
    let mut last_ms = start_ms;
    let mut stretch = |phase: Option<Phase>, from: f64, to: f64| match found.last_mut() {
        _ if to <= from => {}
        Some(last) if last.phase == phase => last.end_ms = to,
        _ => found.push(Stretch { phase, start_ms: from, end_ms: to }),
    };
    let counts = |open: &[usize]| BY_WEIGHT.into_iter().find(|phase| open[*phase as usize] > 0);
    for (at_ms, begins, phase) in edges {
        stretch(counts(&open), last_ms, at_ms);
        last_ms = at_ms;
        let count = &mut open[phase as usize];
        *count = if begins { *count + 1 } else { count.saturating_sub(1) };
    }
    stretch(None, last_ms, end_ms);
    found
}

/// What a stretch of time went into.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TimeBreakdown {
    /// How long each phase lasted, in ms; those that occurred.
    pub phases_ms: BTreeMap<Phase, f64>,
    /// What no span explains, in ms.
    pub rest_ms: f64,
}

impl TimeBreakdown {
    /// The breakdown of one lane. Phases and rest add up to `end_ms - start_ms`.
    pub fn of(lane: &Lane, start_ms: f64, end_ms: f64) -> Self {
        let mut breakdown = Self::default();
        for Stretch { phase, start_ms, end_ms } in stretches(&lane.spans, start_ms, end_ms) {
            breakdown.add(phase, end_ms - start_ms);
        }
        breakdown
    }

    /// The breakdowns of several lanes, summed and divided by `parts`.
    pub fn sum(breakdowns: &[Self], parts: f64) -> Self {
        let mut sum = Self::default();
        for breakdown in breakdowns {
            for (phase, ms) in &breakdown.phases_ms {
                sum.add(Some(*phase), ms / parts);
            }
            sum.rest_ms += breakdown.rest_ms / parts;
        }
        sum
    }

    fn add(&mut self, phase: Option<Phase>, ms: f64) {
        match phase {
            Some(phase) => *self.phases_ms.entry(phase).or_insert(0.0) += ms,
            None => self.rest_ms += ms,
        }
    }

    /// How long `phase` lasted, in ms.
    pub fn ms(&self, phase: Phase) -> f64 {
        self.phases_ms.get(&phase).copied().unwrap_or_default()
    }

    /// Phases and rest together, in ms.
    pub fn total_ms(&self) -> f64 {
        self.phases_ms.values().sum::<f64>() + self.rest_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::LaneKind;
    use proptest::prelude::*;

    #[test]
    fn what_no_span_explains_is_the_rest() {
        let spans = vec![
            Span::new(Phase::Transfer, 0, 10.0, 11.0),
            Span::new(Phase::Compute, 0, 11.0, 15.0),
            Span::new(Phase::Compute, 1, 15.5, 19.5),
        ];
        let breakdown = TimeBreakdown::of(&Lane::new(LaneKind::Process, 1, spans), 10.0, 20.0);
        assert_eq!(breakdown.ms(Phase::Transfer), 1.0);
        assert_eq!(breakdown.ms(Phase::Compute), 8.0);
        assert_eq!(breakdown.rest_ms, 1.0);
    }

    #[test]
    fn requests_side_by_side_count_once_and_computing_comes_first() {
        let spans = vec![
            Span::new(Phase::IoWait, 0, 0.0, 10.0),
            Span::new(Phase::IoWait, 1, 0.0, 20.0),
            Span::new(Phase::Compute, 0, 10.0, 14.0),
        ];
        let breakdown = TimeBreakdown::of(&Lane::new(LaneKind::Page, 1, spans), 0.0, 20.0);
        assert_eq!(breakdown.ms(Phase::IoWait), 16.0);
        assert_eq!(breakdown.ms(Phase::Compute), 4.0);
        assert_eq!(breakdown.rest_ms, 0.0);
    }

    proptest! {
        /// Whatever overlaps, and however far it lies outside.
        #[test]
        fn phases_and_rest_add_up(
            spans in prop::collection::vec((0usize..Phase::ALL.len(), 0f64..120.0, 0f64..40.0), 0..60),
        ) {
            let spans = spans.into_iter().map(|(phase, at, ms)| {
                Span::new(Phase::ALL[phase], None, at, at + ms)
            });
            let lane = Lane::new(LaneKind::Process, 1, spans.collect());
            let breakdown = TimeBreakdown::of(&lane, 10.0, 110.0);
            prop_assert!((breakdown.total_ms() - 100.0).abs() < 1e-9);
            prop_assert!(breakdown.rest_ms >= 0.0);
            let mut last_ms = 10.0;
            for stretch in stretches(&lane.spans, 10.0, 110.0) {
                prop_assert_eq!(stretch.start_ms, last_ms);
                last_ms = stretch.end_ms;
            }
            prop_assert_eq!(last_ms, 110.0);
        }
    }
}
