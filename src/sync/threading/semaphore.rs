//! Semaphores, as Python's: so many permits, which threads take and give back.

use super::super::futex::Futex;
use super::super::primitives::Ordering;
use super::misuse::Misuse;
use super::timeout::Timeout;

/// `threading.Semaphore`. Its word is the number of permits.
#[derive(Debug)]
pub struct Semaphore(Futex);

impl Semaphore {
    /// A semaphore with so many permits.
    pub fn new(permits: u32) -> Self {
        Self(Futex::new(permits))
    }

    /// Takes a permit; whether it did, or `timeout` was over.
    pub fn acquire(&self, timeout: Timeout) -> bool {
        let deadline = timeout.begin();
        let mut is_over = deadline.is_at_once();
        loop {
            let taken =
                self.0.word().fetch_update(Ordering::Acquire, Ordering::Relaxed, |permits| {
                    permits.checked_sub(1)
                });
            if taken.is_ok() {
                return true;
            }
            if is_over {
                return false;
            }
            is_over = self.0.wait(0, deadline.left());
        }
    }

    /// Gives back so many permits, and wakes those who wait for them.
    pub fn release(&self, permits: u32) {
        self.0.word().fetch_add(permits, Ordering::Release);
        self.wake(permits);
    }

    /// How many permits there are at the moment.
    pub fn permits(&self) -> u32 {
        self.0.word().load(Ordering::Relaxed)
    }

    fn wake(&self, permits: u32) {
        match permits {
            0 => {}
            1 => self.0.wake_one(),
            _ => self.0.wake_all(),
        }
    }
}

/// `threading.BoundedSemaphore`: it never has more permits than at first.
#[derive(Debug)]
pub struct BoundedSemaphore {
    semaphore: Semaphore,
    most: u32,
}

impl BoundedSemaphore {
    /// A semaphore with so many permits, now and at most.
    pub fn new(permits: u32) -> Self {
        Self { semaphore: Semaphore::new(permits), most: permits }
    }

    /// Takes a permit; whether it did, or `timeout` was over.
    pub fn acquire(&self, timeout: Timeout) -> bool {
        self.semaphore.acquire(timeout)
    }

    /// Gives back so many permits, and wakes those who wait for them.
    ///
    /// # Errors
    /// `ReleasedTooOften` where it would have more than at first. It gets none of them.
    pub fn release(&self, permits: u32) -> Result<(), Misuse> {
        let more = |now: u32| now.checked_add(permits).filter(|then| *then <= self.most);
        let word = self.semaphore.0.word();
        let given = word.fetch_update(Ordering::Release, Ordering::Relaxed, more);
        given.map_err(|_| Misuse::ReleasedTooOften)?;
        self.semaphore.wake(permits);
        Ok(())
    }

    /// How many permits there are at the moment.
    pub fn permits(&self) -> u32 {
        self.semaphore.permits()
    }
}
