//! A lock that a thread can wait for with a time limit, as for Python's `Lock.acquire(timeout=…)`, and
//! that is released by a call.

use super::primitives::{Condvar, Mutex, MutexGuard, sleep};
use std::sync::PoisonError;
use std::time::Duration;

/// The lock.
#[derive(Debug)]
pub struct TimedLock {
    is_held: Mutex<bool>,
    freed: Condvar,
}

impl TimedLock {
    /// A lock that nobody holds.
    pub fn new() -> Self {
        Self { is_held: Mutex::new(false), freed: Condvar::new() }
    }

    /// Takes the lock. Blocks for as long as another thread holds it, be it for ever.
    pub fn lock(&self) {
        let mut is_held = self.state();
        while *is_held {
            is_held = self.freed.wait(is_held).unwrap_or_else(PoisonError::into_inner);
        }
        *is_held = true;
    }

    /// Takes the lock, unless another thread holds it for longer than `longest`; whether it did. That time
    /// begins anew whenever this thread is woken and a third one has taken the lock first.
    pub fn lock_within(&self, longest: Duration) -> bool {
        let mut is_held = self.state();
        let mut is_over = false;
        while *is_held {
            if is_over {
                return false;
            }
            (is_held, is_over) = sleep(&self.freed, &self.is_held, is_held, longest);
        }
        *is_held = true;
        true
    }

    /// Releases the lock, which the caller holds.
    pub fn unlock(&self) {
        *self.state() = false;
        self.freed.notify_one();
    }

    fn state(&self) -> MutexGuard<'_, bool> {
        self.is_held.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for TimedLock {
    fn default() -> Self {
        Self::new()
    }
}
