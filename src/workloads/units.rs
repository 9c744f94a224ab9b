//! Units of computing: chains that nothing can shorten or share out.

use super::splitmix;
use super::summary::Summary;
use crate::sync::safepoint::Safepoint;

/// Steps of SplitMix64 in a compute unit, each of which needs the one before: a few
/// microseconds.
pub const UNIT_STEPS: u64 = 1_000;

/// About how long a unit takes, in ms.
pub const UNIT_MS: f64 = 0.005;

/// What `value` becomes by so many units of computing.
pub fn computed(value: u64, units: u64, safepoint: Safepoint) -> u64 {
    (0..units).fold(value, |value, _| {
        safepoint.poll();
        (0..UNIT_STEPS).fold(value, |value, _| splitmix::r(value, 0))
    })
}

/// The exclusive or of the values with which parts begin.
pub fn combined(parts: &[Vec<u8>]) -> u64 {
    let values = parts.iter().filter_map(|part| part.first_chunk());
    values.fold(0, |all, value| all ^ u64::from_le_bytes(*value))
}

/// What the merged bytes of so many tasks come to.
pub fn last_values(tasks: usize, merged: &[u8]) -> Summary {
    let value = merged.first_chunk().map_or(0, |bytes| u64::from_le_bytes(*bytes));
    Summary::LastValues { tasks: tasks as u64, value }
}
