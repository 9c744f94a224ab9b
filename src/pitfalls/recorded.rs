//! Outcomes of a real run, shown where an attempt cannot run. They were read off the page.

use super::id::PitfallId;
use super::outcome::{Deadlock, Outcome};
use super::programs::lock_order::{LockOrder, Transferred};
use super::programs::lost_update::{Counted, LostUpdate};
use super::programs::processes::ProcessOutcome;
use super::programs::processes::counting::{self as processes, Way};
use super::programs::queue_deadlock::{Passed, QueueDeadlock};
use super::programs::threads::{ThreadProgram, ThreadResult};
use super::waits::snapshot::Snapshot;

/// What they were recorded on.
pub const DEVICE: &str = "a PC with 2 cores (x86-64, Linux, Chromium 148)";
/// When.
pub const DATE: &str = "29 November 2026";

/// What came of an attempt then.
pub fn outcome(pitfall: PitfallId, attempt: &str) -> Option<Outcome> {
    Some(match (pitfall, attempt) {
        (PitfallId::LostUpdate, "apart") => counted(LostUpdate::Apart, 1_371_701, 121.0),
        (PitfallId::LostUpdate, "lock") => counted(LostUpdate::Lock, 2_000_000, 215.0),
        (PitfallId::LostUpdate, "atomic") => counted(LostUpdate::Atomic, 2_000_000, 167.0),
        (PitfallId::LostUpdate, "message") => counted(LostUpdate::Message, 2_000_000, 71.6),
        (PitfallId::LockOrder, "opposite") => {
            let program = ThreadProgram::LockOrder(LockOrder::Opposite);
            deadlock(program, [17, 16, 0, 0], [1, 2, 0, 0], 1_060.0)
        }
        (PitfallId::LockOrder, "same") => transferred(LockOrder::Same, 0, 109.0),
        (PitfallId::LockOrder, "retry") => transferred(LockOrder::Retry, 42, 333.0),
        (PitfallId::LockOrder, "owner") => transferred(LockOrder::Owner, 0, 109.0),
        (PitfallId::QueueDeadlock, "join-first") => both_ends(QueueDeadlock::JoinFirst, 1_080.0),
        (PitfallId::QueueDeadlock, "drain-first") => passed(QueueDeadlock::DrainFirst, 8, 4, 0.140),
        (PitfallId::QueueDeadlock, "consume-after") => {
            both_ends(QueueDeadlock::ConsumeAfter, 1_070.0)
        }
        (PitfallId::QueueDeadlock, "unbounded") => passed(QueueDeadlock::Unbounded, 8, 8, 0.0901),
        (PitfallId::QueueDeadlock, "meanwhile") => {
            passed(QueueDeadlock::ConsumeMeanwhile, 8, 1, 0.135)
        }
        (PitfallId::QueueDeadlock, "in-pool") => {
            let program = ThreadProgram::QueueDeadlock(QueueDeadlock::WaitInPool);
            deadlock(program, [16, 17, 18, 18], [4, 8, 3, 0], 1_070.0)
        }
        (PitfallId::QueueDeadlock, "second-pool") => {
            passed(QueueDeadlock::SecondPool, 2, 0, 0.0752)
        }
        (PitfallId::QueueDeadlock, "outside") => passed(QueueDeadlock::WaitOutside, 2, 0, 0.0400),
        (PitfallId::GlobalState, "shared-memory") => counted_by_processes(),
        _ => return None,
    })
}

fn counted(way: LostUpdate, got: u32, took_ms: f64) -> Outcome {
    let expected = 2_000_000;
    Outcome::Threads(ThreadResult::Counted(Counted { way, expected, got, took_ms }))
}

fn counted_by_processes() -> Outcome {
    Outcome::Processes(ProcessOutcome::Counted(processes::Counted {
        way: Way::SharedMemory,
        tasks: vec![200, 200],
        globals: vec![0, 0],
        page_global: 0,
        count: 400,
        took_ms: 25.4,
    }))
}

fn transferred(way: LockOrder, retries: u32, took_ms: f64) -> Outcome {
    let (transfers, total_before, total_after) = (100, 2_000, 2_000);
    Outcome::Threads(ThreadResult::Transferred(Transferred {
        way,
        transfers,
        retries,
        total_before,
        total_after,
        took_ms,
    }))
}

fn passed(way: QueueDeadlock, expected: u32, deepest: u32, took_ms: f64) -> Outcome {
    let got = expected;
    Outcome::Threads(ThreadResult::Passed(Passed { way, expected, got, deepest, took_ms }))
}

/// Both ends of a queue wait for each other.
fn both_ends(way: QueueDeadlock, after_ms: f64) -> Outcome {
    deadlock(ThreadProgram::QueueDeadlock(way), [16, 17, 0, 0], [2, 1, 0, 0], after_ms)
}

/// The words of the actors and of the resources are as in `sync::progress`.
fn deadlock(
    program: ThreadProgram,
    [a, b, c, d]: [u32; 4],
    [r, s, t, u]: [u32; 4],
    after_ms: f64,
) -> Outcome {
    let snapshot = Snapshot::new([0, a, b, c, d, r, s, t, u]);
    Outcome::Deadlock(Deadlock { program, snapshot, after_ms })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pitfalls::content;
    use crate::pitfalls::definition::Start;
    use crate::pitfalls::programs::Program;
    use crate::pitfalls::programs::lost_update::Adders;
    use crate::pitfalls::programs::{lock_order, queue_deadlock};

    /// Whoever changes how much an attempt does has to record it anew.
    fn assert_size_is_that_of_today(result: &ThreadResult) {
        match result {
            ThreadResult::Counted(counted) => {
                assert_eq!(counted.expected, Adders::PAIR.threads * Adders::PAIR.each);
            }
            ThreadResult::Transferred(transferred) => {
                assert_eq!(transferred.transfers, 2 * lock_order::TRANSFERS);
            }
            ThreadResult::Passed(passed) => match passed.way {
                QueueDeadlock::SecondPool | QueueDeadlock::WaitOutside => {
                    assert_eq!(passed.expected as usize, queue_deadlock::POOL);
                }
                _ => assert_eq!(passed.expected, queue_deadlock::ITEMS),
            },
            ThreadResult::Demonstrated(_) => panic!("none is recorded"),
        }
    }

    #[test]
    fn what_processes_counted_is_what_they_count_today() {
        let recorded = outcome(PitfallId::GlobalState, "shared-memory");
        let Some(Outcome::Processes(ProcessOutcome::Counted(counted))) = recorded else {
            panic!("{recorded:?}")
        };
        assert_eq!(counted.expected(), processes::TASKS);
    }

    /// Those of threads cannot run everywhere. What was recorded of them fails where it should.
    #[test]
    fn each_attempt_on_threads_has_a_recorded_outcome() {
        let mut checked = 0;
        for pitfall in content::ALL {
            for attempt in pitfall.attempts() {
                let Start::Program(Program::Threads(program)) = attempt.start else { continue };
                let outcome = outcome(pitfall.id, attempt.id).expect(attempt.id);
                assert_eq!(outcome.is_right(), !pitfall.is_failing(attempt.id), "{}", attempt.id);
                match &outcome {
                    Outcome::Deadlock(deadlock) => {
                        assert_eq!(deadlock.program, program, "{}", attempt.id);
                        assert!(!deadlock.snapshot.deadlocked().is_empty(), "{}", attempt.id);
                    }
                    Outcome::Threads(result) => assert_size_is_that_of_today(result),
                    Outcome::Processes(_) => panic!("{} is of threads", attempt.id),
                }
                checked += 1;
            }
        }
        assert_eq!(checked, 16);
    }
}
