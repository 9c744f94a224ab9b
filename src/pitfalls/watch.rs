//! How a deadlock is found from outside: nothing has changed for a second, and whoever is left waits for
//! one another.

use super::waits::snapshot::Snapshot;

/// How often the page looks, in ms.
pub const LOOK_MS: u32 = 50;
/// What has not changed for this time, in ms, is taken to stay as it is, where all that are left wait.
pub const TIMEOUT_MS: f64 = 1_000.0;

/// A watch over the threads of one attempt.
#[derive(Clone, Debug)]
pub struct Watch {
    last: Option<Snapshot>,
    /// For how long nothing has changed, in ms, as far as the page itself was awake.
    unchanged_ms: f64,
    looked_ms: f64,
}

impl Watch {
    /// Begins at `now_ms`.
    pub fn new(now_ms: f64) -> Self {
        Self { last: None, unchanged_ms: 0.0, looked_ms: now_ms }
    }

    /// Looks at what the threads have written; the snapshot once it is a deadlock. Where the page was
    /// frozen, or the machine asleep, the threads may have been so, too: two looks of that time count.
    pub fn look(&mut self, now: Snapshot, now_ms: f64) -> Option<Snapshot> {
        if self.last == Some(now) {
            let most_ms = 2.0 * f64::from(LOOK_MS);
            self.unchanged_ms += (now_ms - self.looked_ms).clamp(0.0, most_ms);
        } else {
            (self.last, self.unchanged_ms) = (Some(now), 0.0);
        }
        self.looked_ms = now_ms;
        let is_over = self.unchanged_ms >= TIMEOUT_MS;
        (is_over && !now.deadlocked().is_empty()).then_some(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sync::progress::{Progress, WORDS};
    use std::sync::atomic::{AtomicU32, Ordering};

    fn read(words: &[AtomicU32; WORDS]) -> Snapshot {
        Snapshot::new(words.each_ref().map(|word| word.load(Ordering::Relaxed)))
    }

    /// Looks every [`LOOK_MS`] from `from_ms` on; after how long a deadlock is found, in ms.
    fn found_after(watch: &mut Watch, now: Snapshot, from_ms: f64) -> Option<f64> {
        let mut looks = (0..100).map(|look| f64::from(look * LOOK_MS));
        looks.find(|after_ms| watch.look(now, from_ms + after_ms).is_some())
    }

    /// Two threads that hold a lock each; the first waits for the second's.
    fn first_waits(progress: Progress) {
        progress.is_up_to(0, &[0]);
        progress.is_up_to(1, &[1]);
        progress.waits_for(0, 1);
        progress.runs(1);
    }

    #[test]
    fn a_deadlock_is_found_once_nothing_has_changed_for_a_second() {
        let words = [const { AtomicU32::new(0) }; WORDS];
        let progress = Progress::new(&words);
        first_waits(progress);
        let mut watch = Watch::new(0.0);
        // One still runs, for however long.
        assert_eq!(found_after(&mut watch, read(&words), 0.0), None);
        progress.waits_for(1, 0);
        assert_eq!(found_after(&mut watch, read(&words), 5_000.0), Some(TIMEOUT_MS));
    }

    #[test]
    fn time_in_which_the_page_was_asleep_does_not_count() {
        let words = [const { AtomicU32::new(0) }; WORDS];
        let progress = Progress::new(&words);
        first_waits(progress);
        progress.waits_for(1, 0);
        let mut watch = Watch::new(0.0);
        assert_eq!(watch.look(read(&words), 0.0), None);
        // Nobody looked for 10 s. All waits go on, then one of them ends.
        assert_eq!(watch.look(read(&words), 10_000.0), None);
        progress.runs(1);
        assert_eq!(watch.look(read(&words), 10_050.0), None);
        progress.waits_for(1, 0);
        assert_eq!(found_after(&mut watch, read(&words), 10_100.0), Some(TIMEOUT_MS));
    }

    #[test]
    fn a_wait_that_goes_on_begins_anew() {
        let words = [const { AtomicU32::new(0) }; WORDS];
        let progress = Progress::new(&words);
        progress.is_up_to(0, &[0]);
        progress.waits_for(0, 0);
        let mut watch = Watch::new(0.0);
        let mut now_ms = 0.0;
        while now_ms < TIMEOUT_MS {
            assert_eq!(watch.look(read(&words), now_ms), None);
            now_ms += f64::from(LOOK_MS);
        }
        progress.runs(0);
        progress.waits_for(0, 0);
        assert_eq!(found_after(&mut watch, read(&words), now_ms), Some(TIMEOUT_MS));
    }
}
