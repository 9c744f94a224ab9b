//! How deep the queue between two stages was, and for how long it was full or empty.

pub use crate::sync::queue_state::DepthChange;

use serde::{Deserialize, Serialize};

/// Most changes that a report holds of one queue.
pub const MAX_CHANGES: usize = 5_000;

/// How deep a queue was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QueueDepth {
    /// Most items that it may hold.
    pub bound: u32,
    /// How many it held from when on, in the order of time; none before the first.
    pub changes: Vec<DepthChange>,
}

/// For how long a queue was full, and for how long it was empty.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct QueueUse {
    /// The part of the time in which it was full.
    pub full: f64,
    /// The part of the time in which it was empty.
    pub empty: f64,
}

impl QueueDepth {
    /// Moves its times by `by_ms`.
    pub fn shift(&mut self, by_ms: f64) {
        for change in &mut self.changes {
            change.at_ms += by_ms;
        }
    }

    /// Leaves no more changes than a report holds: of those that are close together, the deepest is
    /// kept.
    pub fn fit(&mut self) {
        let together = self.changes.len().div_ceil(MAX_CHANGES).max(1);
        let deepest = |some: &[DepthChange]| some.iter().copied().max_by_key(|change| change.depth);
        self.changes = self.changes.chunks(together).filter_map(deepest).collect();
    }

    /// For how long it was full or empty in the first `total_ms`; `None` where changes are missing.
    pub fn used(&self, total_ms: f64) -> Option<QueueUse> {
        if self.changes.len() >= MAX_CHANGES {
            return None;
        }
        let (mut full_ms, mut empty_ms) = (0.0, 0.0);
        let (mut last_ms, mut depth) = (0.0, 0);
        let end = DepthChange { at_ms: total_ms, depth: 0 };
        for change in self.changes.iter().chain([&end]) {
            let ms = (change.at_ms.min(total_ms) - last_ms).max(0.0);
            full_ms += if depth >= self.bound { ms } else { 0.0 };
            empty_ms += if depth == 0 { ms } else { 0.0 };
            (last_ms, depth) = (change.at_ms, change.depth);
        }
        let part = |ms: f64| if total_ms > 0.0 { ms / total_ms } else { 0.0 };
        Some(QueueUse { full: part(full_ms), empty: part(empty_ms) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn depth(bound: u32, changes: &[(f64, u32)]) -> QueueDepth {
        let change = |(at_ms, depth): &(f64, u32)| DepthChange { at_ms: *at_ms, depth: *depth };
        QueueDepth { bound, changes: changes.iter().map(change).collect() }
    }

    #[test]
    fn a_queue_is_full_or_empty_for_parts_of_the_time() {
        let queue = depth(2, &[(10.0, 1), (20.0, 2), (50.0, 1), (60.0, 0)]);
        assert_eq!(queue.used(100.0), Some(QueueUse { full: 0.3, empty: 0.5 }));
        assert_eq!(depth(2, &[]).used(100.0), Some(QueueUse { full: 0.0, empty: 1.0 }));
        assert_eq!(depth(2, &[]).used(0.0), Some(QueueUse { full: 0.0, empty: 0.0 }));
    }

    #[test]
    fn a_report_holds_the_deepest_of_too_many_changes() {
        let many = (0..3 * MAX_CHANGES).map(|at| (at as f64, (at % 3) as u32));
        let mut fewer = depth(2, &many.collect::<Vec<_>>());
        fewer.shift(5.0);
        fewer.fit();
        assert_eq!(fewer.changes.len(), MAX_CHANGES);
        assert!(fewer.changes.iter().all(|change| change.depth == 2));
        assert_eq!(fewer.changes[0].at_ms, 7.0);
        assert_eq!(fewer.used(1e9), None, "nobody knows");
    }
}
