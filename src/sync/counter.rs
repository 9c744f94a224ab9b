//! A counter that threads share, and four ways to add to it, one of which loses additions.

use super::primitives::{AtomicU32, Mutex, Ordering};
use std::sync::PoisonError;

/// The counter.
#[derive(Debug)]
pub struct Counter {
    count: AtomicU32,
    lock: Mutex<()>,
}

impl Counter {
    /// A counter at 0.
    pub fn new() -> Self {
        Self { count: AtomicU32::new(0), lock: Mutex::new(()) }
    }

    /// Adds 1 by a read and a write. What another thread writes between the two is lost.
    pub fn add_apart(&self) {
        let read = self.count.load(Ordering::Relaxed);
        self.count.store(read.wrapping_add(1), Ordering::Relaxed);
    }

    /// Adds 1 by a read and a write, while no other thread that uses this adds.
    pub fn add_locked(&self) {
        let _held = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
        self.add_apart();
    }

    /// Adds 1 by one instruction, which no other can come between.
    pub fn add_atomic(&self) {
        self.count.fetch_add(1, Ordering::Relaxed);
    }

    /// Adds what a thread has counted by itself. Only one thread may use this.
    pub fn add_counted(&self, counted: u32) {
        let read = self.count.load(Ordering::Relaxed);
        self.count.store(read.wrapping_add(counted), Ordering::Relaxed);
    }

    /// The count.
    pub fn get(&self) -> u32 {
        self.count.load(Ordering::Relaxed)
    }
}

impl Default for Counter {
    fn default() -> Self {
        Self::new()
    }
}
