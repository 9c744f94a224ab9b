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
    since_ms: f64,
}

impl Watch {
    /// Begins at `now_ms`.
    pub fn new(now_ms: f64) -> Self {
        Self { last: None, since_ms: now_ms }
    }

    /// Looks at what the threads have written; the snapshot once it is a deadlock.
    pub fn look(&mut self, now: Snapshot, now_ms: f64) -> Option<Snapshot> {
        if self.last != Some(now) {
            (self.last, self.since_ms) = (Some(now), now_ms);
        }
        let is_over = now_ms - self.since_ms >= TIMEOUT_MS;
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

    #[test]
    fn a_deadlock_is_found_once_nothing_has_changed_for_a_second() {
        let words = [const { AtomicU32::new(0) }; WORDS];
        let progress = Progress::new(&words);
        progress.is_up_to(0, &[0]);
        progress.is_up_to(1, &[1]);
        progress.waits_for(0, 1);
        progress.runs(1);
        let mut watch = Watch::new(0.0);
        assert_eq!(watch.look(read(&words), 0.0), None);
        // One still runs, for however long.
        assert_eq!(watch.look(read(&words), 5_000.0), None);
        progress.waits_for(1, 0);
        assert_eq!(watch.look(read(&words), 5_050.0), None);
        assert_eq!(watch.look(read(&words), 6_049.0), None);
        assert_eq!(watch.look(read(&words), 6_050.0), Some(read(&words)));
    }

    #[test]
    fn a_wait_that_goes_on_begins_anew() {
        let words = [const { AtomicU32::new(0) }; WORDS];
        let progress = Progress::new(&words);
        progress.is_up_to(0, &[0]);
        progress.waits_for(0, 0);
        let mut watch = Watch::new(0.0);
        assert_eq!(watch.look(read(&words), 0.0), None);
        progress.runs(0);
        progress.waits_for(0, 0);
        assert_eq!(watch.look(read(&words), 1_000.0), None);
    }
}
