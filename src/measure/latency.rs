//! How long each request of a sample took: from when it was made to when its answer had been
//! computed with. Waiting for a core, a turn or a lock is part of it.

use super::span::{Lane, Phase, Span};
use super::stats;
use std::collections::BTreeMap;

/// The time of each request in `lanes`, in ms, in the order of their tasks. Where a sample computed
/// its workload several times, a task's requests are told apart by their waits.
pub fn latencies_ms(lanes: &[Lane]) -> Vec<f64> {
    let mut by_task: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for lane in lanes {
        let mut spans: Vec<&Span> = lane.spans.iter().filter(|span| span.task.is_some()).collect();
        spans.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
        // Of each task: when its request was made, and when it was last at work.
        let mut open: BTreeMap<u32, (f64, f64)> = BTreeMap::new();
        for span in spans {
            let Some(task) = span.task else { continue };
            let is_part = matches!(span.phase, Phase::LockWait | Phase::Compute | Phase::Queue);
            if span.phase == Phase::IoWait {
                let done = open.insert(task, (span.start_ms, span.end_ms));
                by_task.entry(task).or_default().extend(done.map(|(from, to)| to - from));
            } else if let Some((_, end_ms)) = open.get_mut(&task).filter(|_| is_part) {
                *end_ms = span.end_ms.max(*end_ms);
            }
        }
        for (task, (from_ms, to_ms)) in open {
            by_task.entry(task).or_default().push(to_ms - from_ms);
        }
    }
    by_task.into_values().flatten().collect()
}

/// The median of these times, in ms; `None` where there are none.
pub fn median_ms(latencies_ms: &[f64]) -> Option<f64> {
    (!latencies_ms.is_empty()).then(|| stats::median(latencies_ms.iter().copied()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::LaneKind;

    #[test]
    fn a_request_takes_until_its_answer_was_computed_with() {
        let thread = |number, spans: &[(Phase, u32, f64, f64)]| {
            let spans =
                spans.iter().map(|(phase, task, from, to)| Span::new(*phase, *task, *from, *to));
            Lane::new(LaneKind::Thread, number, spans.collect())
        };
        let lanes = [
            thread(
                1,
                &[
                    (Phase::Compute, 0, 0.0, 5.0),
                    (Phase::LockWait, 0, 5.0, 5.5),
                    (Phase::Compute, 0, 5.5, 20.0),
                ],
            ),
            thread(
                2,
                &[
                    (Phase::IoWait, 1, 0.0, 2.0),
                    (Phase::LockWait, 1, 2.0, 5.0),
                    (Phase::Compute, 1, 5.0, 5.5),
                    (Phase::IoWait, 2, 5.5, 7.5),
                    (Phase::Compute, 2, 7.5, 8.0),
                    // The workload once more.
                    (Phase::IoWait, 1, 30.0, 32.0),
                ],
            ),
        ];
        let found = latencies_ms(&lanes);
        assert_eq!(found, [5.5, 2.0, 2.5]);
        assert_eq!(median_ms(&found), Some(2.5));
        assert_eq!((latencies_ms(&lanes[..1]), median_ms(&[])), (vec![], None));
    }
}
