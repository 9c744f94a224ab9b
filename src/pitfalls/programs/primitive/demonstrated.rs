//! What a demonstration came to.

use super::demonstration::{CYCLES, Demonstration, ROUNDS};
use super::id::PrimitiveId;
use super::stretch::{Call, Stretch, thread_name};
use crate::measure::format;
use crate::wording::counted;
use serde::{Deserialize, Serialize};

/// What a demonstration came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Demonstrated {
    /// What was done.
    pub demonstration: Demonstration,
    /// What each thread did when.
    pub lanes: Vec<Vec<Stretch>>,
    /// How often a thread got what it came for: a lock, a permit, a meeting, an item.
    pub got: u32,
    /// How often it was refused: a release too many, a barrier that is broken.
    pub refused: u32,
    /// How many threads held it at the same time, at most, as they counted themselves: their clocks differ by
    /// some microseconds.
    pub most_at_once: u32,
    /// How often a thread went on that should not have: before the event was set, or before all had come.
    pub early: u32,
    /// How long it took, in ms.
    pub took_ms: f64,
    /// What one use of it costs where nobody waits, in ns.
    pub cost_ns: f64,
}

/// A stretch, and whose it is.
pub type OfThread<'a> = (u32, &'a Stretch);

impl Demonstrated {
    /// All stretches with their threads' numbers, in the order of their beginnings.
    pub fn in_order(&self) -> Vec<OfThread<'_>> {
        let mut all: Vec<OfThread> = Vec::new();
        for (thread, lane) in (0..).zip(&self.lanes) {
            all.extend(lane.iter().map(|stretch| (thread, stretch)));
        }
        all.sort_by(|(_, a), (_, b)| a.start_ms.total_cmp(&b.start_ms));
        all
    }

    /// All waits, with their threads' numbers.
    fn waits(&self) -> impl Iterator<Item = OfThread<'_>> {
        let is_wait = |of: &OfThread| of.1.call().is_some();
        self.in_order().into_iter().filter(is_wait)
    }

    /// How often a thread waited.
    pub fn waited(&self) -> usize {
        self.waits().count()
    }

    /// The longest wait.
    pub fn longest_wait(&self) -> Option<OfThread<'_>> {
        self.waits().max_by(|(_, a), (_, b)| a.duration_ms().total_cmp(&b.duration_ms()))
    }

    /// When the last stretch ended, in ms.
    pub fn end_ms(&self) -> f64 {
        self.lanes.iter().flatten().map(|stretch| stretch.end_ms).fold(0.0, f64::max)
    }

    /// Whether the primitive did what it promises.
    pub fn is_right(&self) -> bool {
        let Demonstration { primitive, threads, one_is_absent } = self.demonstration;
        let is_all_got = self.got == self.expected();
        match primitive {
            PrimitiveId::Barrier if one_is_absent => self.got == 0 && self.refused + 1 == threads,
            PrimitiveId::Barrier | PrimitiveId::Event => is_all_got && self.early == 0,
            PrimitiveId::Queue => is_all_got,
            PrimitiveId::BoundedSemaphore => {
                is_all_got && self.refused == 1 && self.holders_are_within_bounds()
            }
            _ => is_all_got && self.holders_are_within_bounds(),
        }
    }

    /// How often threads are to get what they come for.
    fn expected(&self) -> u32 {
        let Demonstration { primitive, threads, one_is_absent } = self.demonstration;
        match primitive {
            PrimitiveId::Barrier if one_is_absent => 0,
            PrimitiveId::Barrier => threads * CYCLES,
            PrimitiveId::Event => threads - 1,
            PrimitiveId::Condition | PrimitiveId::Queue => self.demonstration.items(),
            PrimitiveId::RLock => 2 * threads * ROUNDS,
            _ => threads * ROUNDS,
        }
    }

    fn holders_are_within_bounds(&self) -> bool {
        self.most_at_once <= self.demonstration.permits()
    }

    /// What came of it, in a sentence or two.
    pub fn sentence(&self) -> String {
        let Demonstration { primitive, threads, one_is_absent } = self.demonstration;
        let all = counted(threads.into(), "thread");
        let got = self.got;
        let first = match primitive {
            PrimitiveId::Lock | PrimitiveId::RLock => format!(
                "{all} took the lock {got} times, and {} held it at a time.",
                at_most(self.most_at_once)
            ),
            PrimitiveId::Semaphore | PrimitiveId::BoundedSemaphore => format!(
                "{all} took a permit {got} times, and {} had one at a time. There {}.",
                at_most(self.most_at_once),
                match self.demonstration.permits() {
                    1 => "is 1 permit".to_owned(),
                    permits => format!("are {permits} permits"),
                }
            ),
            PrimitiveId::Event => format!(
                "{} called wait(), and none went on before the event was set.",
                counted(got.into(), "thread")
            ),
            PrimitiveId::Condition => {
                format!("{} took {got} items, one notification for each.", others(threads))
            }
            PrimitiveId::Barrier if one_is_absent => format!(
                "One of {all} did not come. The first that gave up broke the barrier, and all {} who \
                 waited got a BrokenBarrierError.",
                self.refused
            ),
            PrimitiveId::Barrier => {
                format!("{all} met {CYCLES} times, and none left before the last had come.")
            }
            PrimitiveId::Queue => format!(
                "{} took {got} items out of a queue that holds {}.",
                others(threads),
                super::demonstration::MAXSIZE
            ),
        };
        match (primitive, self.longest_wait()) {
            (PrimitiveId::BoundedSemaphore, _) => {
                format!("{first} One release too many was refused with a ValueError.")
            }
            (_, Some((thread, wait))) => format!(
                "{first} The longest wait was {} ({}, in {}).",
                format::duration(wait.duration_ms()),
                thread_name(thread),
                wait.call().map_or("", Call::name)
            ),
            (_, None) => first,
        }
    }
}

fn at_most(threads: u32) -> String {
    if threads <= 1 {
        "never more than one".to_owned()
    } else {
        format!("never more than {threads}")
    }
}

/// All threads but the first: "3 consumers".
fn others(threads: u32) -> String {
    counted(u64::from(threads) - 1, "consumer")
}

#[cfg(test)]
mod tests {
    use super::super::stretch::Did;
    use super::*;

    fn of(primitive: PrimitiveId, threads: u32, got: u32, most_at_once: u32) -> Demonstrated {
        let wait = Stretch {
            did: Did::Waited(Call::Acquire),
            start_ms: 1.0,
            end_ms: 4.0,
            woken_by: Some(0),
        };
        let held = Stretch { did: Did::Held, start_ms: 0.5, end_ms: 4.0, woken_by: None };
        Demonstrated {
            demonstration: Demonstration::of(primitive, threads),
            lanes: vec![vec![held], vec![wait]],
            got,
            refused: 0,
            most_at_once,
            early: 0,
            took_ms: 9.0,
            cost_ns: 20.0,
        }
    }

    #[test]
    fn a_lock_is_had_by_one_at_a_time() {
        let lock = of(PrimitiveId::Lock, 2, 6, 1);
        assert!(lock.is_right());
        assert_eq!(
            lock.sentence(),
            "2 threads took the lock 6 times, and never more than one held it at a time. The longest \
             wait was 3.00 ms (thread 2, in acquire())."
        );
        assert_eq!((lock.waited(), lock.end_ms()), (1, 4.0));
        let starts: Vec<_> = lock.in_order().iter().map(|(thread, _)| *thread).collect();
        assert_eq!(starts, [0, 1]);
        assert!(!of(PrimitiveId::Lock, 2, 6, 2).is_right());
        assert!(!of(PrimitiveId::Lock, 2, 5, 1).is_right());
        assert!(of(PrimitiveId::RLock, 2, 12, 1).is_right());
    }

    #[test]
    fn a_semaphore_has_half_as_many_permits_as_there_are_threads() {
        let semaphore = of(PrimitiveId::Semaphore, 4, 12, 2);
        assert!(semaphore.is_right());
        assert!(semaphore.sentence().contains("There are 2 permits."), "{}", semaphore.sentence());
        assert!(!of(PrimitiveId::Semaphore, 4, 12, 3).is_right());
        // The release that is one too many is to be refused.
        let bounded = of(PrimitiveId::BoundedSemaphore, 4, 12, 2);
        assert!(!bounded.is_right());
        assert!(Demonstrated { refused: 1, ..bounded }.is_right());
    }

    #[test]
    fn who_goes_on_early_is_told() {
        for (primitive, got) in [(PrimitiveId::Barrier, 3 * CYCLES), (PrimitiveId::Event, 2)] {
            let came = of(primitive, 3, got, 0);
            assert!(came.is_right(), "{came:?}");
            assert!(!Demonstrated { early: 1, ..came }.is_right());
        }
    }

    #[test]
    fn a_barrier_to_which_one_does_not_come_refuses_all_others() {
        let of = of(PrimitiveId::Barrier, 3, 0, 0);
        let demonstration = Demonstration { one_is_absent: true, ..of.demonstration };
        let broken = Demonstrated { demonstration, refused: 2, ..of };
        assert!(broken.is_right());
        assert!(broken.sentence().contains("all 2 who waited"), "{}", broken.sentence());
        assert!(!Demonstrated { refused: 1, ..broken }.is_right());
    }
}
