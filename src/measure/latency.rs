//! How long each request of a sample took: from when it was made to when its answer had been
//! computed with. Waiting for a core, a turn or a lock is part of it.

use super::span::{Lane, Phase, Span};
use super::stats;
use std::collections::BTreeMap;

/// What one request took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RequestTime {
    /// From when it was made to when its answer had been computed with, in ms.
    pub total_ms: f64,
    /// Of that, until its answer was there, in ms.
    pub answer_ms: f64,
    /// Of that, for how long the answer then waited for a lock, in ms.
    pub lock_wait_ms: f64,
}

/// The requests in `lanes`, in the order of their tasks.
pub fn request_times(lanes: &[Lane]) -> Vec<RequestTime> {
    let mut by_task: BTreeMap<u32, Vec<RequestTime>> = BTreeMap::new();
    for lane in lanes {
        let mut spans: Vec<(u32, &Span)> =
            lane.spans.iter().filter_map(|span| Some((span.task?, span))).collect();
        spans.sort_by(|(_, a), (_, b)| a.start_ms.total_cmp(&b.start_ms));
        // When the last request of each task was made. A sample may compute its workload, and with
        // it every task, several times.
        let mut made_ms: BTreeMap<u32, f64> = BTreeMap::new();
        for (task, span) in spans {
            let requests = by_task.entry(task).or_default();
            if span.phase == Phase::IoWait {
                made_ms.insert(task, span.start_ms);
                let answer_ms = span.duration_ms();
                requests.push(RequestTime { total_ms: answer_ms, answer_ms, lock_wait_ms: 0.0 });
                continue;
            }
            let Some((made_ms, request)) = made_ms.get(&task).zip(requests.last_mut()) else {
                continue;
            };
            if matches!(span.phase, Phase::LockWait | Phase::Compute) {
                request.total_ms = span.end_ms - made_ms;
            }
            if span.phase == Phase::LockWait {
                request.lock_wait_ms += span.duration_ms();
            }
        }
    }
    by_task.into_values().flatten().collect()
}

/// The median of some figure of these requests; `None` where there are none.
pub fn median(requests: &[RequestTime], figure: impl Fn(&RequestTime) -> f64) -> Option<f64> {
    (!requests.is_empty()).then(|| stats::median(requests.iter().map(figure)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::LaneKind;

    #[test]
    fn a_request_takes_until_its_answer_was_computed_with() {
        let thread = |number, spans: &[(Phase, u32, f64, f64)]| {
            let span = |(phase, task, from, to): &(Phase, u32, f64, f64)| {
                Span::new(*phase, *task, *from, *to)
            };
            Lane::new(LaneKind::Thread, number, spans.iter().map(span).collect())
        };
        let computes = [
            (Phase::Compute, 0, 0.0, 5.0),
            (Phase::LockWait, 0, 5.0, 5.5),
            (Phase::Compute, 0, 5.5, 20.0),
        ];
        let asks = [
            (Phase::IoWait, 1, 0.0, 2.0),
            (Phase::LockWait, 1, 2.0, 5.0),
            (Phase::Compute, 1, 5.0, 5.5),
            (Phase::IoWait, 2, 5.5, 7.5),
            (Phase::Compute, 2, 7.5, 8.0),
            // The workload once more.
            (Phase::IoWait, 1, 30.0, 32.0),
        ];
        let lanes = [thread(1, &computes), thread(2, &asks)];
        let found = request_times(&lanes);
        let time =
            |total_ms, answer_ms, lock_wait_ms| RequestTime { total_ms, answer_ms, lock_wait_ms };
        assert_eq!(found, [time(5.5, 2.0, 3.0), time(2.0, 2.0, 0.0), time(2.5, 2.0, 0.0)]);
        assert_eq!(median(&found, |one| one.total_ms), Some(2.5));
        assert_eq!((request_times(&lanes[..1]), median(&[], |one| one.total_ms)), (vec![], None));
    }
}
