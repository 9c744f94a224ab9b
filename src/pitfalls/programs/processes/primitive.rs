//! The primitives of `multiprocessing`, used by processes so that it can be seen what they do and cost.

use crate::measure::format;
use crate::wording::{counted_are, grouped};

/// The exit code of the process that ends by itself.
pub const EXIT_CODE: u32 = 3;
/// How long the page waits for a process that never ends, in ms.
pub const JOIN_MS: u32 = 200;
/// How many items go through the queue.
pub const ITEMS: u32 = 2_000;
/// How many processes take them.
pub const CONSUMERS: u32 = 2;
/// How many messages go there and back through the pipe.
pub const ROUND_TRIPS: u32 = 500;
/// The same for large ones, and how many bytes these have.
pub const LARGE_ROUND_TRIPS: u32 = 20;
/// How many bytes large messages have.
pub const LARGE_BYTES: u32 = 1 << 20;
/// How many bytes small messages have.
pub const SMALL_BYTES: u32 = 8;
/// How often each of two processes adds 1 to a number that a manager has.
pub const MANAGED_ADDITIONS: u32 = 500;
/// How often each of two processes adds 1 in shared memory.
pub const SHARED_ADDITIONS: u32 = 500_000;
/// How many processes add.
pub const ADDERS: u32 = 2;

/// What processes do with a primitive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProcessDemonstration {
    /// One ends by itself, one has to be ended.
    Process,
    /// A producer and two consumers, each of which ends at a poison pill.
    Queue,
    /// Messages go there and back.
    Pipe,
    /// Two processes add to a number that a third one has.
    Manager {
        /// Whether by one call, which the manager carries out, instead of two.
        is_one_call: bool,
    },
    /// Two processes add in memory that they share.
    Shared(Sharing),
}

/// How two processes add in memory that they share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sharing {
    /// Both to one value, without its lock.
    Unlocked,
    /// Both to one value, with its lock.
    Locked,
    /// Each to an element of its own, without a lock.
    OwnElements,
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub enum ProcessDemonstrated {
    /// Of [`ProcessDemonstration::Process`].
    Process {
        /// How long it took to start one, in ms.
        start_ms: f64,
        /// How long after that the first had ended and was joined, in ms.
        join_ms: f64,
        /// Its exit code.
        exit_code: u32,
        /// Whether the second was still alive when the page gave up waiting, and ended it.
        was_terminated: bool,
    },
    /// Of [`ProcessDemonstration::Queue`].
    Queue {
        /// How many items each consumer took.
        taken: Vec<u32>,
        /// The sum of all of them.
        sum: u64,
        /// How long it took, in ms.
        took_ms: f64,
    },
    /// Of [`ProcessDemonstration::Pipe`].
    Pipe {
        /// How many messages came back whole.
        whole: u32,
        /// How long it took for small ones, in ms, all together.
        small_ms: f64,
        /// The same for large ones.
        large_ms: f64,
    },
    /// Of [`ProcessDemonstration::Manager`].
    Manager {
        /// Whether each addition was one call.
        is_one_call: bool,
        /// What the manager had at last.
        count: u32,
        /// How many calls there were.
        calls: u32,
        /// How long it took, in ms.
        took_ms: f64,
    },
    /// Of [`ProcessDemonstration::Shared`].
    Shared {
        /// How they added.
        sharing: Sharing,
        /// What was counted, in one value or in both elements together.
        count: u32,
        /// How long it took, in ms.
        took_ms: f64,
    },
}

/// What all additions come to.
const MANAGED: u32 = ADDERS * MANAGED_ADDITIONS;
const SHARED: u32 = ADDERS * SHARED_ADDITIONS;

impl ProcessDemonstrated {
    /// Whether everything came out as it should.
    pub fn is_right(&self) -> bool {
        match self {
            Self::Process { exit_code, was_terminated, .. } => {
                *exit_code == EXIT_CODE && *was_terminated
            }
            Self::Queue { taken, sum, .. } => {
                let all = u64::from(ITEMS);
                taken.iter().sum::<u32>() == ITEMS && *sum == all * (all + 1) / 2
            }
            Self::Pipe { whole, .. } => *whole == ROUND_TRIPS + LARGE_ROUND_TRIPS,
            Self::Manager { count, .. } => *count == MANAGED,
            Self::Shared { count, .. } => *count == SHARED,
        }
    }

    /// How long it took, in ms.
    pub fn took_ms(&self) -> f64 {
        match self {
            Self::Process { start_ms, join_ms, .. } => start_ms + join_ms,
            Self::Pipe { small_ms, large_ms, .. } => small_ms + large_ms,
            Self::Queue { took_ms, .. }
            | Self::Manager { took_ms, .. }
            | Self::Shared { took_ms, .. } => *took_ms,
        }
    }

    /// What came of it, in a sentence or two.
    pub fn sentence(&self) -> String {
        match self {
            Self::Process { exit_code, was_terminated: true, .. } => format!(
                "The first process ended by itself with exit code {exit_code}. The second never ends: \
                 join(timeout=0.2) gave up, and terminate() ended it."
            ),
            Self::Process { .. } => "The second process ended, which it should not.".to_owned(),
            Self::Queue { taken, .. } => {
                let taken: Vec<_> = taken.iter().map(|items| grouped((*items).into())).collect();
                format!(
                    "{} items went through the queue. The consumers took {}, and each ended at its \
                     poison pill.",
                    grouped(ITEMS.into()),
                    taken.join(" and ")
                )
            }
            Self::Pipe { whole, .. } => {
                format!("{} came back whole.", counted_messages(*whole))
            }
            Self::Manager { count, .. } => additions(MANAGED, *count),
            Self::Shared { count, .. } => additions(SHARED, *count),
        }
    }

    /// Its figures, each with its name.
    pub fn figures(&self) -> Vec<(&'static str, String)> {
        let each = |took_ms: f64, times: u32| match took_ms / f64::from(times.max(1)) {
            short if short < 0.001 => format!("{} ns", format::digits(short * 1e6)),
            long => format::duration(long),
        };
        match self {
            Self::Process { start_ms, join_ms, .. } => vec![
                ("Starting a process", format::duration(*start_ms)),
                ("Its work and its end", format::duration(*join_ms)),
            ],
            Self::Queue { took_ms, .. } => vec![
                ("Time for all items", format::duration(*took_ms)),
                ("Cost of one item", each(*took_ms, ITEMS)),
            ],
            Self::Pipe { small_ms, large_ms, .. } => vec![
                ("There and back, 8 bytes", each(*small_ms, ROUND_TRIPS)),
                ("There and back, 1 MB", each(*large_ms, LARGE_ROUND_TRIPS)),
            ],
            Self::Manager { calls, took_ms, .. } => vec![
                ("Calls to the manager", grouped((*calls).into())),
                // Two processes call at the same time.
                ("Cost of one call", each(*took_ms * f64::from(ADDERS), *calls)),
            ],
            Self::Shared { sharing, took_ms, .. } => {
                // Only with the lock does one wait for the other.
                let at_once = if *sharing == Sharing::Locked { 1 } else { ADDERS };
                vec![
                    ("Time for all additions", format::duration(*took_ms)),
                    ("Cost of one addition", each(*took_ms * f64::from(at_once), SHARED)),
                ]
            }
        }
    }
}

fn counted_messages(whole: u32) -> String {
    format!("{} messages of {}", grouped(whole.into()), ROUND_TRIPS + LARGE_ROUND_TRIPS)
}

/// "Expected 1,000, got 700: 300 additions are lost."
fn additions(expected: u32, got: u32) -> String {
    let lost = expected.saturating_sub(got);
    let (expected, got) = (grouped(expected.into()), grouped(got.into()));
    match lost {
        0 => format!("Expected {expected}, got {got}: no addition is lost."),
        _ => format!(
            "Expected {expected}, got {got}: {} lost.",
            counted_are(lost.into(), "addition")
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_lost_is_told() {
        let managed = |count| ProcessDemonstrated::Manager {
            is_one_call: false,
            count,
            calls: 2_000,
            took_ms: 100.0,
        };
        assert!(managed(1_000).is_right() && !managed(700).is_right());
        assert_eq!(managed(700).sentence(), "Expected 1,000, got 700: 300 additions are lost.");
        assert_eq!(managed(700).figures()[1], ("Cost of one call", "100 µs".to_owned()));
        let sharing = Sharing::Locked;
        let shared = ProcessDemonstrated::Shared { sharing, count: 1_000_000, took_ms: 100.0 };
        assert!(shared.is_right());
        assert_eq!(shared.figures()[1].1, "100 ns");
    }

    #[test]
    fn every_item_is_taken_once() {
        let queue = |taken: &[u32], sum| ProcessDemonstrated::Queue {
            taken: taken.to_vec(),
            sum,
            took_ms: 20.0,
        };
        assert!(queue(&[1_200, 800], 2_001_000).is_right());
        assert!(!queue(&[1_200, 801], 2_001_000).is_right());
        assert!(!queue(&[1_200, 800], 2_001_001).is_right());
        let sentence = queue(&[1_200, 800], 2_001_000).sentence();
        assert!(sentence.contains("took 1,200 and 800"), "{sentence}");
    }

    #[test]
    fn one_process_ends_and_one_is_ended() {
        let of = |exit_code, was_terminated| ProcessDemonstrated::Process {
            start_ms: 30.0,
            join_ms: 20.0,
            exit_code,
            was_terminated,
        };
        assert!(of(EXIT_CODE, true).is_right());
        assert!(!of(0, true).is_right() && !of(EXIT_CODE, false).is_right());
        assert_eq!(of(EXIT_CODE, true).took_ms(), 50.0);
    }
}
