//! What moves between memories, and how fast.

use super::outcome::Outcome;

/// The bytes that move in a computation, and how many that is in a second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Moved {
    /// Bytes that leave the parent's memory, data and messages.
    pub sent: u64,
    /// Bytes that come back into it.
    pub received: u64,
    /// Both together over the median time of a computation, in bytes per second. All of
    /// that time counts, the work itself included: it is what a reader gets, and less than
    /// what the way between two memories could carry.
    pub per_s: f64,
}

impl Moved {
    /// What moves in `outcome`'s computations; `None` where nothing does, or nothing was
    /// measured.
    pub fn of(outcome: &Outcome) -> Option<Self> {
        let (summary, last) = (outcome.summary.as_ref()?, outcome.samples.last()?);
        let (sent, received) = (last.bytes_sent, last.bytes_received);
        let both = (sent + received) as f64;
        let is_some = both > 0.0 && summary.median_ms > 0.0;
        is_some.then(|| Self { sent, received, per_s: both / summary.median_ms * 1000.0 })
    }
}
