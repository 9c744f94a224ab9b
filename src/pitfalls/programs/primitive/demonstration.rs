//! What threads do with a primitive so that it can be seen at work.

use super::id::PrimitiveId;
use serde::{Deserialize, Serialize};

/// The fewest threads that take part.
pub const FEWEST: u32 = 2;
/// The most.
pub const MOST: u32 = 8;
/// How many take part unless the reader says.
pub const DEFAULT: u32 = 4;

/// How often each thread takes a lock or a permit.
pub const ROUNDS: u32 = 3;
/// For how long it keeps it, in ms.
pub const HOLD_MS: u64 = 4;
/// How often threads meet at a barrier.
pub const CYCLES: u32 = 3;
/// How long a thread waits at a barrier to which one does not come, in ms.
pub const PATIENCE_MS: u64 = 20;
/// How many items each consumer of a queue, or of a condition, gets on average.
const ITEMS_EACH: u32 = 3;
/// The fewest items: so many that one consumer does not keep up with the producer.
const FEWEST_ITEMS: u32 = 8;
/// How many items the queue holds.
pub const MAXSIZE: usize = 2;

/// What threads do with a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Demonstration {
    /// The primitive.
    pub primitive: PrimitiveId,
    /// How many threads take part.
    pub threads: u32,
    /// Whether one of them stays away, so that those who wait for it give up.
    pub one_is_absent: bool,
}

impl Demonstration {
    /// All of so many threads use it as it is meant to be.
    pub const fn of(primitive: PrimitiveId, threads: u32) -> Self {
        Self { primitive, threads, one_is_absent: false }
    }

    /// The same with as many threads as the page offers, if it was for others.
    pub fn within_bounds(self) -> Self {
        Self { threads: self.threads.clamp(FEWEST, MOST), ..self }
    }

    /// How many threads may have it at a time: 1 for a lock, half of them for a semaphore.
    pub fn permits(&self) -> u32 {
        match self.primitive {
            PrimitiveId::Semaphore | PrimitiveId::BoundedSemaphore => (self.threads / 2).max(1),
            _ => 1,
        }
    }

    /// How many items a producer gives to the others.
    pub fn items(&self) -> u32 {
        (self.threads.saturating_sub(1) * ITEMS_EACH).max(FEWEST_ITEMS)
    }
}
