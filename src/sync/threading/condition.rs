//! A lock whose holder can wait until another holder says that something has changed, as Python's
//! `threading.Condition`.

use super::super::primitives::{Mutex, MutexGuard};
use super::event::Event;
use super::misuse::Misuse;
use super::rlock::RLock;
use super::timeout::Timeout;
use std::collections::VecDeque;
use std::sync::{Arc, PoisonError};

/// The condition with its lock, an [`RLock`], as in Python where none is given.
#[derive(Debug)]
pub struct Condition {
    lock: RLock,
    /// An event for each thread that waits, the one that has waited longest first.
    waiting: Mutex<VecDeque<Arc<Event>>>,
}

impl Condition {
    /// A condition that nobody waits for.
    pub fn new() -> Self {
        Self { lock: RLock::new(), waiting: Mutex::new(VecDeque::new()) }
    }

    /// Takes the lock; whether it did, or `timeout` was over.
    pub fn acquire(&self, timeout: Timeout) -> bool {
        self.lock.acquire(timeout)
    }

    /// Releases the lock.
    ///
    /// # Errors
    /// `ReleasedByOther` where this thread does not hold it.
    pub fn release(&self) -> Result<(), Misuse> {
        self.lock.release()
    }

    /// Releases the lock, waits to be notified, and takes the lock again. Whether it was notified, or
    /// `timeout` was over.
    ///
    /// # Errors
    /// `WaitedWithoutLock` where this thread does not hold the lock.
    pub fn wait(&self, timeout: Timeout) -> Result<bool, Misuse> {
        if !self.lock.is_owned() {
            return Err(Misuse::WaitedWithoutLock);
        }
        let told = Arc::new(Event::new());
        self.waiting().push_back(told.clone());
        let depth = self.lock.release_all()?;
        let is_told = told.wait(timeout) || !self.leave(&told);
        self.lock.acquire_again(depth);
        Ok(is_told)
    }

    /// Waits until `is_so`, which is asked with the lock held; whether it is in the end, or `timeout` was
    /// over.
    ///
    /// # Errors
    /// As [`Self::wait`].
    pub fn wait_for(
        &self,
        mut is_so: impl FnMut() -> bool,
        timeout: Timeout,
    ) -> Result<bool, Misuse> {
        let deadline = timeout.begin();
        let mut is_over = deadline.is_at_once();
        while !is_so() {
            if is_over {
                return Ok(false);
            }
            is_over = !self.wait(deadline.rest())?;
        }
        Ok(true)
    }

    /// Wakes so many of the threads that wait, those first that have waited longest. They go on once
    /// they have the lock.
    ///
    /// # Errors
    /// `NotifiedWithoutLock` where this thread does not hold the lock.
    pub fn notify(&self, threads: usize) -> Result<(), Misuse> {
        if !self.lock.is_owned() {
            return Err(Misuse::NotifiedWithoutLock);
        }
        let mut waiting = self.waiting();
        let told = threads.min(waiting.len());
        waiting.drain(..told).for_each(|thread| thread.set());
        Ok(())
    }

    /// Wakes all threads that wait.
    ///
    /// # Errors
    /// As [`Self::notify`].
    pub fn notify_all(&self) -> Result<(), Misuse> {
        self.notify(usize::MAX)
    }

    /// Waits no longer; whether it did until now, or was notified in the last moment.
    fn leave(&self, told: &Arc<Event>) -> bool {
        let mut waiting = self.waiting();
        let before = waiting.len();
        waiting.retain(|one| !Arc::ptr_eq(one, told));
        waiting.len() < before
    }

    fn waiting(&self) -> MutexGuard<'_, VecDeque<Arc<Event>>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Default for Condition {
    fn default() -> Self {
        Self::new()
    }
}
