//! A lock, as Python's `threading.Lock`: one thread has it, and any thread may release it.

use super::super::futex::Futex;
use super::super::primitives::Ordering;
use super::misuse::Misuse;
use super::timeout::Timeout;

const FREE: u32 = 0;
const HELD: u32 = 1;
/// Held, and threads may be asleep, whom the release has to wake.
const WANTED: u32 = 2;

/// The lock: one word, as in Ulrich Drepper's "Futexes Are Tricky". Taking and releasing it costs an
/// atomic instruction each where nobody else wants it.
#[derive(Debug)]
pub struct Lock(Futex);

impl Lock {
    /// A lock that nobody holds.
    pub fn new() -> Self {
        Self(Futex::new(FREE))
    }

    /// Takes the lock; whether it did, or `timeout` was over.
    pub fn acquire(&self, timeout: Timeout) -> bool {
        let word = self.0.word();
        if word.compare_exchange(FREE, HELD, Ordering::Acquire, Ordering::Relaxed).is_ok() {
            return true;
        }
        let deadline = timeout.begin();
        if deadline.is_at_once() {
            return false;
        }
        let mut is_over = false;
        // Others may still be asleep when this thread has it, so it says that the lock is wanted.
        while word.swap(WANTED, Ordering::Acquire) != FREE {
            if is_over {
                return false;
            }
            is_over = self.0.wait(WANTED, deadline.left());
        }
        true
    }

    /// Releases the lock, and wakes one of those that wait for it.
    ///
    /// # Errors
    /// `ReleasedFree` where nobody holds it.
    pub fn release(&self) -> Result<(), Misuse> {
        match self.0.word().swap(FREE, Ordering::Release) {
            FREE => return Err(Misuse::ReleasedFree),
            WANTED => self.0.wake_one(),
            _ => {}
        }
        Ok(())
    }

    /// Whether somebody holds it.
    pub fn is_locked(&self) -> bool {
        self.0.word().load(Ordering::Relaxed) != FREE
    }
}

impl Default for Lock {
    fn default() -> Self {
        Self::new()
    }
}
