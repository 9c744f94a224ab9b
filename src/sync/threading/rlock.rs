//! A lock that its holder may take again, as Python's `threading.RLock`.

use super::super::primitives::{AtomicU32, Ordering, this_thread};
use super::lock::Lock;
use super::misuse::Misuse;
use super::timeout::Timeout;

/// Nobody: no thread has this number.
const NOBODY: u32 = 0;

/// The lock. Only its owner changes the depth, and only a thread itself can find its own number as the
/// owner's, so neither needs an order of its own.
#[derive(Debug)]
pub struct RLock {
    lock: Lock,
    owner: AtomicU32,
    /// How often the owner has taken it and not released it.
    depth: AtomicU32,
}

impl RLock {
    /// A lock that nobody holds.
    pub fn new() -> Self {
        Self { lock: Lock::new(), owner: AtomicU32::new(NOBODY), depth: AtomicU32::new(0) }
    }

    /// Takes the lock, at once where this thread has it already; whether it did, or `timeout` was over.
    pub fn acquire(&self, timeout: Timeout) -> bool {
        if self.is_owned() {
            self.depth.fetch_add(1, Ordering::Relaxed);
            return true;
        }
        let has_it = self.lock.acquire(timeout);
        if has_it {
            self.own(1);
        }
        has_it
    }

    /// Takes back one `acquire`. With the last one it is free.
    ///
    /// # Errors
    /// `ReleasedByOther` where this thread does not hold it.
    pub fn release(&self) -> Result<(), Misuse> {
        if !self.is_owned() {
            return Err(Misuse::ReleasedByOther);
        }
        if self.depth.fetch_sub(1, Ordering::Relaxed) > 1 {
            return Ok(());
        }
        self.owner.store(NOBODY, Ordering::Relaxed);
        self.lock.release()
    }

    /// Whether this thread holds it.
    pub fn is_owned(&self) -> bool {
        self.owner.load(Ordering::Relaxed) == this_thread()
    }

    /// Releases it however often it was taken, which this gives.
    pub(super) fn release_all(&self) -> Result<u32, Misuse> {
        let depth = self.depth.load(Ordering::Relaxed);
        self.owner.store(NOBODY, Ordering::Relaxed);
        self.lock.release()?;
        Ok(depth)
    }

    /// Takes it again, as if so often.
    pub(super) fn acquire_again(&self, depth: u32) {
        self.lock.acquire(Timeout::NEVER);
        self.own(depth);
    }

    fn own(&self, depth: u32) {
        self.depth.store(depth, Ordering::Relaxed);
        self.owner.store(this_thread(), Ordering::Relaxed);
    }
}

impl Default for RLock {
    fn default() -> Self {
        Self::new()
    }
}
