//! Something that happens, and that threads can wait for, as Python's `threading.Event`.

use super::super::futex::Futex;
use super::super::primitives::Ordering;
use super::timeout::Timeout;

/// The lowest bit: whether it is set.
const SET: u32 = 1;
/// The other bits count how often it was set. So whoever waited then goes on, even if it was cleared
/// before that thread had its turn.
const ONCE: u32 = 2;

/// The event.
#[derive(Debug)]
pub struct Event(Futex);

impl Event {
    /// An event that has not happened.
    pub fn new() -> Self {
        Self(Futex::new(0))
    }

    /// It happens. Whoever waits for it goes on, and whoever comes later does not wait.
    pub fn set(&self) {
        let set = |word: u32| (word & SET == 0).then(|| word.wrapping_add(ONCE) | SET);
        if self.0.word().fetch_update(Ordering::Release, Ordering::Relaxed, set).is_ok() {
            self.0.wake_all();
        }
    }

    /// It has not happened any more: whoever comes waits for the next time.
    pub fn clear(&self) {
        self.0.word().fetch_and(!SET, Ordering::Relaxed);
    }

    /// Whether it has happened.
    pub fn is_set(&self) -> bool {
        self.0.word().load(Ordering::Acquire) & SET != 0
    }

    /// Waits until it has happened; whether it has, or `timeout` was over.
    pub fn wait(&self, timeout: Timeout) -> bool {
        let first = self.0.word().load(Ordering::Acquire);
        if first & SET != 0 {
            return true;
        }
        let deadline = timeout.begin();
        let mut is_over = deadline.is_at_once();
        while self.0.word().load(Ordering::Acquire) == first {
            if is_over {
                return false;
            }
            is_over = self.0.wait(first, deadline.left());
        }
        true
    }
}

impl Default for Event {
    fn default() -> Self {
        Self::new()
    }
}
