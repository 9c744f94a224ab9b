//! Who held the GIL when, and what waiting for it cost, told from the lanes of a pool whose threads
//! share one.
//!
//! A thread holds it for as long as it computes, unless it releases it for native code.

use super::span::{Lane, LaneKind, Phase, Span};

/// For how long a thread held the lock at a stretch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hold {
    /// Which of the threads, counted from 0.
    pub thread: usize,
    /// From when, in ms.
    pub start_ms: f64,
    /// Until when, in ms.
    pub end_ms: f64,
}

/// What became of the lock in a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct GilUse {
    /// Who held it, in the order of time.
    pub holds: Vec<Hold>,
    /// How often another thread had it than before.
    pub hand_overs: usize,
    /// For how long nobody held it although a thread waited for it, in ms.
    pub lost_ms: f64,
    /// The longest that a thread waited for it, in ms.
    pub longest_wait_ms: f64,
}

impl GilUse {
    /// What became of the lock in `lanes`, where threads hold it while they compute.
    pub fn of(lanes: &[Lane]) -> Self {
        let threads = || lanes.iter().filter(|lane| lane.kind == LaneKind::Thread).enumerate();
        let in_phase = |phase: Phase| {
            threads().flat_map(move |(thread, lane)| {
                let spans = lane.spans.iter().filter(move |span| span.phase == phase);
                spans.map(move |span| (thread, span))
            })
        };
        let holds = holds(in_phase(Phase::Compute));
        let waits: Vec<_> = in_phase(Phase::LockWait).map(|(_, span)| *span).collect();
        let hand_overs = holds.windows(2).filter(|two| two[0].thread != two[1].thread).count();
        Self {
            hand_overs,
            lost_ms: lost_ms(&holds, &waits),
            longest_wait_ms: waits.iter().map(Span::duration_ms).fold(0.0, f64::max),
            holds,
        }
    }
}

/// Spans of computing as holds: tasks that one thread computed in a row are one.
fn holds<'a>(computing: impl Iterator<Item = (usize, &'a Span)>) -> Vec<Hold> {
    let hold = |(thread, span): (usize, &Span)| {
        let Span { start_ms, end_ms, .. } = *span;
        Hold { thread, start_ms, end_ms }
    };
    let mut all: Vec<_> = computing.map(hold).collect();
    all.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    let mut holds: Vec<Hold> = Vec::with_capacity(all.len());
    for hold in all {
        match holds.last_mut().filter(|last| last.thread == hold.thread) {
            Some(last) if hold.start_ms <= last.end_ms => last.end_ms = hold.end_ms,
            _ => holds.push(hold),
        }
    }
    holds
}

/// For how long nobody held the lock although somebody waited for it, in ms.
fn lost_ms(holds: &[Hold], waits: &[Span]) -> f64 {
    // Moments at which something begins or ends: (when, holders, waiting).
    let held = holds.iter().flat_map(|hold| [(hold.start_ms, 1, 0), (hold.end_ms, -1, 0)]);
    let waited = waits.iter().flat_map(|wait| [(wait.start_ms, 0, 1), (wait.end_ms, 0, -1)]);
    let mut moments: Vec<(f64, i32, i32)> = held.chain(waited).collect();
    moments.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut holders, mut waiting, mut since_ms, mut lost_ms) = (0, 0, 0.0, 0.0);
    for (at_ms, more_holders, more_waiting) in moments {
        if holders == 0 && waiting > 0 {
            lost_ms += at_ms - since_ms;
        }
        (holders, waiting, since_ms) = (holders + more_holders, waiting + more_waiting, at_ms);
    }
    lost_ms
}

#[cfg(test)]
mod tests {
    use super::*;

    fn thread(number: usize, spans: &[(Phase, f64, f64)]) -> Lane {
        let spans = spans.iter().map(|(phase, from, to)| Span::new(*phase, 0, *from, *to));
        Lane::new(LaneKind::Thread, number, spans.collect())
    }

    #[test]
    fn threads_that_take_turns_hand_the_lock_over() {
        let lanes = [
            Lane::new(LaneKind::Coordinator, 1, vec![Span::new(Phase::Compute, 0, 0.0, 99.0)]),
            thread(
                1,
                &[
                    (Phase::Compute, 0.0, 3.0),
                    (Phase::Compute, 3.0, 5.0),
                    (Phase::LockWait, 5.0, 11.0),
                    (Phase::Compute, 11.0, 12.0),
                ],
            ),
            thread(2, &[(Phase::LockWait, 0.0, 5.5), (Phase::Compute, 5.5, 10.5)]),
        ];
        let found = GilUse::of(&lanes);
        let hold = |thread, start_ms, end_ms| Hold { thread, start_ms, end_ms };
        assert_eq!(found.holds, [hold(0, 0.0, 5.0), hold(1, 5.5, 10.5), hold(0, 11.0, 12.0)]);
        assert_eq!((found.hand_overs, found.lost_ms, found.longest_wait_ms), (2, 1.0, 6.0));
    }

    #[test]
    fn a_lock_that_nobody_wants_is_not_lost() {
        let spans =
            [(Phase::Compute, 0.0, 3.0), (Phase::IoWait, 3.0, 9.0), (Phase::Compute, 9.0, 10.0)];
        let found = GilUse::of(&[thread(1, &spans)]);
        assert_eq!((found.hand_overs, found.lost_ms, found.longest_wait_ms), (0, 0.0, 0.0));
        assert_eq!(found.holds.len(), 2);
        assert_eq!(GilUse::of(&[]).holds, []);
    }
}
