//! Something that happens once, and that threads can wait for, as Python's `threading.Event`.

use super::primitives::{Condvar, Mutex};
use std::sync::PoisonError;

/// The event.
#[derive(Debug)]
pub struct Event {
    has_happened: Mutex<bool>,
    told: Condvar,
}

impl Event {
    /// An event that has not happened.
    pub fn new() -> Self {
        Self { has_happened: Mutex::new(false), told: Condvar::new() }
    }

    /// It happens. Whoever waits for it goes on.
    pub fn set(&self) {
        *self.has_happened.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.told.notify_all();
    }

    /// Blocks until it has happened, be it for ever.
    pub fn wait(&self) {
        let mut has_happened = self.has_happened.lock().unwrap_or_else(PoisonError::into_inner);
        while !*has_happened {
            has_happened = self.told.wait(has_happened).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

impl Default for Event {
    fn default() -> Self {
        Self::new()
    }
}
