//! Lanes made whole: what lies between the spans that were noted, where it is known
//! what it was. What is not known stays a gap, and is reported as such.

use crate::measure::{Phase, Span, span};

/// The lane of a process for one computation from `start_ms` to `end_ms`, of what was
/// noted for each chunk: from sent by the page to received by it. Between two chunks
/// its next task waited to be sent; after the last one there was nothing to do.
pub fn of_process(mut spans: Vec<Span>, start_ms: f64, end_ms: f64) -> Vec<Span> {
    span::end_before_next(&mut spans);
    let mut whole = Vec::with_capacity(spans.len() + 2);
    let (mut last_ms, mut last) = (start_ms, None);
    for next in spans {
        // Within a chunk every moment was noted, or is not known.
        let between_chunks = matches!(last, None | Some(Phase::Transfer));
        if between_chunks && next.phase == Phase::Transfer && next.start_ms > last_ms {
            whole.push(Span::new(Phase::Queue, next.task, last_ms, next.start_ms));
        }
        last_ms = next.end_ms;
        last = Some(next.phase);
        whole.push(next);
    }
    if end_ms > last_ms {
        whole.push(Span::new(Phase::Idle, None, last_ms, end_ms));
    }
    whole
}

/// Adds to a lane that nothing was done between `start_ms` and `end_ms`, but for what
/// `busy` holds, in the order of time.
pub fn idle_outside(spans: &mut Vec<Span>, busy: &[Span], start_ms: f64, end_ms: f64) {
    let mut last_ms = start_ms;
    let ends = busy.iter().map(|busy| (busy.start_ms, busy.end_ms));
    for (from_ms, to_ms) in ends.chain([(end_ms, end_ms)]) {
        if from_ms > last_ms {
            spans.push(Span::new(Phase::Idle, None, last_ms, from_ms));
        }
        last_ms = last_ms.max(to_ms);
    }
}

/// Puts a lane in the order of time and adds that nothing was done between `start_ms` and `end_ms`,
/// but for what is in it.
pub fn fill(spans: &mut Vec<Span>, start_ms: f64, end_ms: f64) {
    spans.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
    let busy = spans.clone();
    idle_outside(spans, &busy, start_ms, end_ms);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::time_breakdown::TimeBreakdown;
    use crate::measure::{Lane, LaneKind};

    fn breakdown(spans: Vec<Span>, start_ms: f64, end_ms: f64) -> TimeBreakdown {
        TimeBreakdown::of(&Lane::new(LaneKind::Process, 1, spans), start_ms, end_ms)
    }

    #[test]
    fn a_process_waits_between_chunks_and_has_nothing_to_do_after_them() {
        let noted = vec![
            Span::new(Phase::Transfer, 1, 12.0, 13.0),
            Span::new(Phase::Compute, 1, 13.0, 15.0),
            Span::new(Phase::Transfer, 1, 15.0, 16.0),
            Span::new(Phase::Transfer, 0, 1.0, 2.0),
            Span::new(Phase::Deserialize, 0, 2.0, 2.5),
            Span::new(Phase::Compute, 0, 3.0, 9.0),
            Span::new(Phase::Transfer, 0, 9.0, 10.0),
        ];
        let breakdown = breakdown(of_process(noted, 0.0, 20.0), 0.0, 20.0);
        // Before the first chunk and between the two.
        assert_eq!(breakdown.ms(Phase::Queue), 3.0);
        assert_eq!(breakdown.ms(Phase::Idle), 4.0);
        // Within a chunk nobody knows.
        assert_eq!(breakdown.rest_ms, 0.5);
        assert_eq!(breakdown.total_ms(), 20.0);
    }

    #[test]
    fn a_process_without_a_task_had_nothing_to_do() {
        let breakdown = breakdown(of_process(Vec::new(), 5.0, 8.0), 5.0, 8.0);
        assert_eq!(breakdown.ms(Phase::Idle), 3.0);
    }

    #[test]
    fn outside_of_what_it_did_a_lane_is_idle() {
        let busy =
            [Span::new(Phase::Merge, None, 2.0, 5.0), Span::new(Phase::Merge, None, 4.0, 6.0)];
        let mut spans = busy.to_vec();
        idle_outside(&mut spans, &busy, 1.0, 9.0);
        let breakdown = breakdown(spans, 1.0, 9.0);
        assert_eq!(breakdown.ms(Phase::Idle), 4.0);
        assert_eq!(breakdown.rest_ms, 0.0);
    }
}
