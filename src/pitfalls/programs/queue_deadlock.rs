//! Queues whose ends wait for each other, and a pool whose tasks do.

use super::cast::{Cast, Resource};
use crate::wording::counted;
use serde::{Deserialize, Serialize};

/// How many items the producer puts.
pub const ITEMS: u32 = 8;
/// How many items the bounded queue holds.
pub const BOUND: usize = 4;
/// How many threads the pool has, and how many tasks it is given at first.
pub const POOL: usize = 2;

/// What is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum QueueDeadlock {
    /// The parent waits for the producer's end before it takes anything from the queue.
    JoinFirst,
    /// The parent takes everything, then waits for the producer's end.
    DrainFirst,
    /// The consumer begins once the producer says that all is there.
    ConsumeAfter,
    /// The same, with a queue that has room for everything.
    Unbounded,
    /// The consumer takes items while the producer puts them.
    ConsumeMeanwhile,
    /// Tasks of a pool wait for tasks that they have given to the same pool.
    WaitInPool,
    /// Tasks of a pool wait for tasks that they have given to another one.
    SecondPool,
    /// Tasks give the pool further tasks and end; the caller waits for the results.
    WaitOutside,
}

impl QueueDeadlock {
    /// How many threads take part.
    pub fn threads(self) -> u32 {
        match self {
            Self::WaitInPool | Self::WaitOutside => 1 + POOL as u32,
            Self::SecondPool => 1 + 2 * POOL as u32,
            _ => 2,
        }
    }

    /// Who waits for what.
    pub fn cast(self) -> &'static Cast {
        match self {
            Self::JoinFirst | Self::DrainFirst => &JOIN,
            Self::ConsumeAfter | Self::Unbounded | Self::ConsumeMeanwhile => &CONSUME,
            Self::WaitInPool | Self::SecondPool | Self::WaitOutside => &IN_POOL,
        }
    }
}

const JOIN: Cast = Cast {
    actors: &["Parent", "Producer"],
    resources: &[
        Resource { name: "the producer's end", by: "up to" },
        Resource { name: "room in the queue", by: "made only by" },
    ],
};

const CONSUME: Cast = Cast {
    actors: &["Consumer", "Producer"],
    resources: &[
        Resource { name: "the producer's signal", by: "given only by" },
        Resource { name: "room in the queue", by: "made only by" },
    ],
};

const IN_POOL: Cast = Cast {
    actors: &["Task 1", "Task 2", "Subtask 1", "Subtask 2"],
    resources: &[
        Resource { name: "the result of subtask 1", by: "made only by" },
        Resource { name: "the result of subtask 2", by: "made only by" },
        Resource { name: "a free thread", by: "all taken by" },
    ],
};

/// What came through.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passed {
    /// What was run.
    pub way: QueueDeadlock,
    /// How many items, or results, there were to come.
    pub expected: u32,
    /// How many came.
    pub got: u32,
    /// The most items that were in the queue at once; 0 where that was not noted.
    pub deepest: u32,
    /// How long it took, in ms.
    pub took_ms: f64,
}

impl Passed {
    /// "All 8 items came through. At most 4 were in the queue at once."
    pub fn sentence(&self) -> String {
        let of = match self.way.cast() == &IN_POOL {
            true => "result",
            false => "item",
        };
        let expected = counted(self.expected.into(), of);
        let came = match self.got == self.expected {
            true => format!("All {expected} came."),
            false => format!("Of {expected} only {} came.", self.got),
        };
        match self.deepest {
            0 => came,
            deepest => format!("{came} At most {deepest} waited in the queue at once."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentence_says_what_came_through() {
        let passed =
            |way, got| Passed { way, expected: 8, got, deepest: 4, took_ms: 1.0 }.sentence();
        assert_eq!(
            passed(QueueDeadlock::DrainFirst, 8),
            "All 8 items came. At most 4 waited in the queue at once."
        );
        assert!(passed(QueueDeadlock::WaitOutside, 7).starts_with("Of 8 results only 7 came."));
        assert!(!passed(QueueDeadlock::SecondPool, 0).contains(" 0 waited"));
    }
}
