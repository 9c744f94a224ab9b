//! A counter that threads share, and three ways to add to it, one of which loses additions.

use super::primitives::{AtomicU32, Ordering};
use super::threading::lock::Lock;
use super::threading::timeout::Timeout;

/// The counter.
#[derive(Debug)]
pub struct Counter {
    count: AtomicU32,
    lock: Lock,
}

impl Counter {
    /// A counter at 0.
    pub fn new() -> Self {
        Self { count: AtomicU32::new(0), lock: Lock::new() }
    }

    /// Adds by a read and a write, and asks in between how much. What another thread writes meanwhile
    /// is lost.
    pub fn add_apart(&self, how_much: impl FnOnce() -> u32) {
        let read = self.count.load(Ordering::Relaxed);
        let sum = read.wrapping_add(how_much());
        self.count.store(sum, Ordering::Relaxed);
    }

    /// The same, while no other thread that uses this adds.
    pub fn add_locked(&self, how_much: impl FnOnce() -> u32) {
        self.lock.acquire(Timeout::NEVER);
        self.add_apart(how_much);
        let was_held = self.lock.release();
        debug_assert!(was_held.is_ok());
    }

    /// Adds by one instruction, which nothing can come in between of.
    pub fn add_atomic(&self, how_much: impl FnOnce() -> u32) {
        self.count.fetch_add(how_much(), Ordering::Relaxed);
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
