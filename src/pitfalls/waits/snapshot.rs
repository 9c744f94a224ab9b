//! Who waits for what at a moment, as threads wrote it into shared memory.

use crate::sync::progress::{self, ACTORS, Doing, WORDS};

/// The words that threads write, read at one moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Snapshot {
    words: [u32; WORDS],
}

impl Snapshot {
    /// What these words say.
    pub const fn new(words: [u32; WORDS]) -> Self {
        Self { words }
    }

    /// What an actor does.
    pub fn doing(&self, actor: usize) -> Doing {
        self.words.get(1 + actor).map_or(Doing::Nothing, |word| progress::doing(*word))
    }

    /// The actors that hold `resource`, or that alone can bring it about.
    pub fn givers(&self, resource: usize) -> impl Iterator<Item = usize> + use<> {
        let bits = self.words.get(1 + ACTORS + resource).copied().unwrap_or_default();
        (0..ACTORS).filter(move |actor| bits >> actor & 1 == 1)
    }

    /// The actors that wait for ever: each waits for what only others of them, or such as have ended,
    /// can give.
    pub fn deadlocked(&self) -> Vec<usize> {
        let waits_for = |actor| match self.doing(actor) {
            Doing::WaitsFor(resource) => Some(resource),
            _ => None,
        };
        let mut stuck: Vec<usize> =
            (0..ACTORS).filter(|actor| waits_for(*actor).is_some()).collect();
        loop {
            let is_stuck = |actor: &usize| {
                let Some(resource) = waits_for(*actor) else { return false };
                let mut givers = self.givers(resource).peekable();
                // What nobody holds is there to be taken.
                givers.peek().is_some()
                    && givers.all(|it| stuck.contains(&it) || self.doing(it) == Doing::Ended)
            };
            let still: Vec<usize> = stuck.iter().copied().filter(is_stuck).collect();
            if still == stuck {
                return stuck;
            }
            stuck = still;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::progress::Progress;
    use std::sync::atomic::{AtomicU32, Ordering};

    fn written(write: impl Fn(Progress)) -> Snapshot {
        let words = [const { AtomicU32::new(0) }; WORDS];
        write(Progress::new(&words));
        Snapshot::new(words.map(|word| word.load(Ordering::Relaxed)))
    }

    #[test]
    fn two_that_wait_for_each_other_wait_for_ever() {
        let snapshot = written(|progress| {
            progress.is_up_to(0, &[0]);
            progress.is_up_to(1, &[1]);
            progress.waits_for(0, 1);
            progress.waits_for(1, 0);
        });
        assert_eq!(snapshot.deadlocked(), [0, 1]);
        assert_eq!(snapshot.doing(0), Doing::WaitsFor(1));
        assert_eq!(snapshot.doing(2), Doing::Nothing);
    }

    #[test]
    fn waiting_for_one_that_runs_is_no_deadlock() {
        let snapshot = written(|progress| {
            progress.runs(0);
            progress.is_up_to(0, &[0]);
            progress.waits_for(1, 0);
        });
        assert_eq!(snapshot.deadlocked(), [] as [usize; 0]);
    }

    #[test]
    fn what_several_can_give_is_lost_only_with_all_of_them() {
        let of_first_and = |second: fn(Progress)| {
            written(move |progress| {
                progress.is_up_to(0, &[0, 1]);
                progress.is_up_to(1, &[2]);
                progress.waits_for(0, 1);
                progress.waits_for(2, 0);
                second(progress);
            })
        };
        assert_eq!(of_first_and(|it| it.runs(1)).deadlocked(), [] as [usize; 0]);
        assert_eq!(of_first_and(|it| it.waits_for(1, 1)).deadlocked(), [0, 1, 2]);
        assert_eq!(of_first_and(|it| it.ended(1)).deadlocked(), [0, 2]);
    }

    #[test]
    fn what_nobody_holds_can_be_taken() {
        let snapshot = written(|progress| progress.waits_for(0, 0));
        assert_eq!(snapshot.deadlocked(), [] as [usize; 0]);
    }

    #[test]
    fn who_waits_for_one_that_has_ended_waits_for_ever() {
        let snapshot = written(|progress| {
            progress.is_up_to(0, &[1]);
            progress.ended(1);
            progress.waits_for(0, 0);
        });
        assert_eq!(snapshot.deadlocked(), [0]);
    }

    #[test]
    fn words_that_nobody_writes_are_no_deadlock() {
        assert_eq!(Snapshot::new([u32::MAX; WORDS]).deadlocked(), [] as [usize; 0]);
    }
}
