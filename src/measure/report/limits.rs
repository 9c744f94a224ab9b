//! How much a report holds, stated once: what is measured is fitted into it, and what is
//! read from a file may have no more.

use super::reported::rounded;
use crate::measure::heartbeat::FREEZE_MS;
use crate::measure::time_breakdown::stretches;
use crate::measure::{Lane, Phase, Span};
use crate::models::MAX_WORKERS;

/// Most lanes of one model: a pipeline's page, coordinator, and threads of both stages.
pub const MAX_LANES: usize = 2 + 2 * MAX_WORKERS as usize;
/// Most spans of all models together: up to 9 MB in a file.
pub const MAX_SPANS: usize = 100_000;
/// Most heartbeats of all models together: ten minutes of them.
pub const MAX_BEATS: usize = 60_000;
/// The longest text of a failure, in characters.
pub const MAX_MESSAGE: usize = crate::failure::MAX_MESSAGE;
/// The longest name that a browser gives itself, in characters.
pub const MAX_USER_AGENT: usize = 1_000;

/// Fits lanes into one report: those with more spans than their share have spans that are
/// close together joined, and the same for heartbeats. What fits is left as it is.
pub fn fit(mut lanes: Vec<&mut Lane>) {
    let most = share(lanes.iter().map(|lane| lane.spans.len()), MAX_SPANS);
    for lane in lanes.iter_mut().filter(|lane| lane.spans.len() > most) {
        lane.spans = joined(&lane.spans, most);
    }
    let most = share(lanes.iter().map(|lane| lane.beats_ms.len()), MAX_BEATS);
    for lane in lanes.iter_mut().filter(|lane| lane.beats_ms.len() > most) {
        lane.beats_ms = fewer_beats(&lane.beats_ms, most);
    }
}

/// Whether some tasks of a lane share a span: see [`fit`].
pub fn is_joined(lane: &Lane) -> bool {
    lane.spans.iter().any(|span| span.phase.is_work() && span.task.is_none())
}

/// The most that each may have, so that all together have no more than `room`: whoever
/// has less than an equal part leaves the rest to the others.
fn share(counts: impl Iterator<Item = usize>, room: usize) -> usize {
    let mut counts: Vec<_> = counts.collect();
    if counts.iter().sum::<usize>() <= room {
        return usize::MAX;
    }
    counts.sort_unstable();
    let (mut left, mut of) = (room, counts.len());
    for count in counts {
        if count > left / of {
            break;
        }
        (left, of) = (left - count, of - 1);
    }
    left / of.max(1)
}

/// At most `most` spans in place of `spans`. Time is cut in equal parts, and what a lane
/// did in each becomes one span for each phase, as long as all that was spent on it there.
/// So the time of every phase stays what it was, and no span is further from its place
/// than a part is long. Waits side by side become one.
fn joined(spans: &[Span], most: usize) -> Vec<Span> {
    let start_ms = spans.iter().map(|span| span.start_ms).fold(f64::INFINITY, f64::min);
    let end_ms = spans.iter().map(|span| span.end_ms).fold(f64::NEG_INFINITY, f64::max);
    let all = stretches(spans, start_ms, end_ms);
    let mut phases: Vec<_> = all.iter().filter_map(|stretch| stretch.phase).collect();
    phases.sort_unstable();
    phases.dedup();
    let parts = most / phases.len().max(1);
    let part_ms = (end_ms - start_ms) / parts as f64;
    if parts == 0 || part_ms.is_nan() || part_ms <= 0.0 {
        return Vec::new();
    }
    let mut found: Vec<Span> = Vec::with_capacity(most);
    // The first stretch that is not over yet.
    let mut next = 0;
    for part in 0..parts {
        let from_ms = start_ms + part as f64 * part_ms;
        let to_ms = if part + 1 == parts { end_ms } else { from_ms + part_ms };
        let mut spent: Vec<(Phase, f64)> = Vec::with_capacity(phases.len());
        while let Some(stretch) = all.get(next).filter(|stretch| stretch.start_ms < to_ms) {
            let ms = stretch.end_ms.min(to_ms) - stretch.start_ms.max(from_ms);
            match spent.iter_mut().find(|(phase, _)| Some(*phase) == stretch.phase) {
                Some((_, sum_ms)) => *sum_ms += ms,
                None => spent.extend(stretch.phase.map(|phase| (phase, ms))),
            }
            if stretch.end_ms > to_ms {
                break;
            }
            next += 1;
        }
        let mut at_ms = from_ms;
        for (phase, ms) in spent {
            found.push(Span::new(phase, None, rounded(at_ms), rounded(at_ms + ms)));
            at_ms += ms;
        }
    }
    found
}

/// Heartbeats without those that no freeze hangs on; none at all where there are still more
/// than `most`, so that nothing is taken for a freeze that was none.
fn fewer_beats(beats_ms: &[f64], most: usize) -> Vec<f64> {
    let mut found: Vec<f64> = Vec::new();
    for (at, beat) in beats_ms.iter().enumerate() {
        let around = found.last().zip(beats_ms.get(at + 1));
        if around.is_none_or(|(last, next)| next - last >= FREEZE_MS) {
            found.push(*beat);
        }
    }
    if found.len() > most { Vec::new() } else { found }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::time_breakdown::TimeBreakdown;
    use crate::measure::{LaneKind, heartbeat};
    use proptest::prelude::*;

    #[test]
    fn whoever_has_little_leaves_its_share_to_others() {
        let of = |counts: &[usize]| share(counts.iter().copied(), 100);
        assert_eq!(of(&[40, 60]), usize::MAX);
        assert_eq!(of(&[101]), 100);
        assert_eq!(of(&[10, 20, 90, 90]), 35);
        assert_eq!(of(&[80; 300]), 0);
    }

    proptest! {
        #[test]
        fn shares_fit_into_the_room(counts in prop::collection::vec(0usize..500, 0..40)) {
            let most = share(counts.iter().copied(), 1_000);
            prop_assert!(counts.iter().map(|count| *count.min(&most)).sum::<usize>() <= 1_000);
        }

        #[test]
        fn joined_spans_keep_the_time_of_every_phase(
            steps in prop::collection::vec((0usize..Phase::ALL.len(), 0.0f64..3.0, 0.0f64..3.0), 1..400),
            most in Phase::ALL.len()..100,
        ) {
            let mut at_ms = -1.0;
            let spans = (0..).zip(steps).map(|(task, (phase, gap, ms))| {
                let span = Span::new(Phase::ALL[phase], task, at_ms + gap, at_ms + gap + ms);
                // Some begin before the last has ended.
                at_ms += gap + 0.7 * ms;
                span
            });
            let spans: Vec<_> = spans.collect();
            let lane = |spans| Lane::new(LaneKind::Process, 1, spans);
            let fewer = joined(&spans, most);
            prop_assert!(fewer.len() <= most && fewer.iter().all(|span| span.task.is_none()));
            prop_assert!(fewer.iter().all(|span| span.end_ms >= span.start_ms));
            let [before, after] = [spans, fewer].map(|all| TimeBreakdown::of(&lane(all), -1.0, 3_000.0));
            for phase in Phase::ALL {
                prop_assert!((before.ms(phase) - after.ms(phase)).abs() < 0.02, "{phase:?}");
            }
        }

        #[test]
        fn fewer_beats_have_the_same_freezes(gaps in prop::collection::vec(0.0f64..120.0, 1..200)) {
            let mut at_ms = 0.0;
            let beats: Vec<_> = gaps.iter().map(|gap| { at_ms += gap; at_ms }).collect();
            let fewer = fewer_beats(&beats, usize::MAX);
            let [before, after] = [&beats, &fewer]
                .map(|beats| heartbeat::longest_freeze_ms(beats, f64::MIN, f64::MAX));
            prop_assert!(before == after || before.max(after) < FREEZE_MS, "{before}, {after}");
            prop_assert!(fewer_beats(&beats, 0).is_empty());
        }
    }

    #[test]
    fn what_fits_is_left_as_it_is() {
        let spans = vec![Span::new(Phase::Compute, 1, 0.0, 1.0); MAX_SPANS / 2];
        let mut lanes = vec![Lane::new(LaneKind::Page, 1, spans); 2];
        let before = lanes.clone();
        fit(lanes.iter_mut().collect());
        assert!(lanes == before && !lanes.iter().any(is_joined));
        lanes[0].spans.push(Span::new(Phase::Compute, 1, 1.0, 2.0));
        fit(lanes.iter_mut().collect());
        assert!(lanes.iter().map(|lane| lane.spans.len()).sum::<usize>() <= MAX_SPANS);
        assert!(is_joined(&lanes[0]));
    }
}
