//! A word that threads can wait for: it wakes them when they are to look at it again. Linux calls this a
//! futex. WebAssembly has an instruction for each half of it, `memory.atomic.wait32` and
//! `memory.atomic.notify`; everywhere else a lock and a condition variable stand in for them.

use super::primitives::AtomicU32;
use std::time::Duration;

/// The word. Whoever changes it so that others may go on wakes them afterwards.
#[derive(Debug)]
pub struct Futex {
    word: AtomicU32,
    sleepers: sleepers::Sleepers,
}

impl Futex {
    /// A word with this value.
    pub fn new(value: u32) -> Self {
        Self { word: AtomicU32::new(value), sleepers: sleepers::Sleepers::new() }
    }

    /// The word.
    pub fn word(&self) -> &AtomicU32 {
        &self.word
    }

    /// Blocks the thread until it is woken, but not if the word is no longer `value`, and for no longer
    /// than `longest`, where there is such a limit. Whether that time was over. May return sooner.
    pub fn wait(&self, value: u32, longest: Option<Duration>) -> bool {
        self.sleepers.wait(&self.word, value, longest)
    }

    /// Wakes one of the threads that wait, if any does.
    pub fn wake_one(&self) {
        self.sleepers.wake(&self.word, 1);
    }

    /// Wakes every thread that waits.
    pub fn wake_all(&self) {
        self.sleepers.wake(&self.word, u32::MAX);
    }
}

#[cfg(all(target_arch = "wasm32", target_feature = "atomics"))]
mod sleepers {
    use super::{AtomicU32, Duration};
    use core::arch::wasm32::{memory_atomic_notify, memory_atomic_wait32};

    /// What the instruction gives where the time was over.
    const TIMED_OUT: i32 = 2;
    /// A time that is never over.
    const FOR_EVER: i64 = -1;

    /// The browser knows who waits.
    #[derive(Debug)]
    pub struct Sleepers;

    #[allow(unsafe_code, reason = "the instructions take an address, which is that of a live word")]
    impl Sleepers {
        pub fn new() -> Self {
            Self
        }

        pub fn wait(&self, word: &AtomicU32, value: u32, longest: Option<Duration>) -> bool {
            let limit_ns = longest
                .map_or(FOR_EVER, |limit| i64::try_from(limit.as_nanos()).unwrap_or(i64::MAX));
            let word = word.as_ptr().cast::<i32>();
            // SAFETY: `word` is borrowed from a live atomic, which is aligned.
            let ended = unsafe { memory_atomic_wait32(word, value.cast_signed(), limit_ns) };
            ended == TIMED_OUT
        }

        pub fn wake(&self, word: &AtomicU32, most: u32) {
            // SAFETY: as above.
            unsafe { memory_atomic_notify(word.as_ptr().cast::<i32>(), most) };
        }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "atomics")))]
mod sleepers {
    use super::super::primitives::{Condvar, Mutex, Ordering, sleep};
    use super::{AtomicU32, Duration};
    use std::sync::PoisonError;

    /// A thread compares the word and falls asleep under the lock, and is woken under it: so nobody wakes
    /// it in between.
    #[derive(Debug)]
    pub struct Sleepers {
        lock: Mutex<()>,
        told: Condvar,
    }

    impl Sleepers {
        pub fn new() -> Self {
            Self { lock: Mutex::new(()), told: Condvar::new() }
        }

        pub fn wait(&self, word: &AtomicU32, value: u32, longest: Option<Duration>) -> bool {
            let guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
            if word.load(Ordering::Relaxed) != value {
                return false;
            }
            match longest {
                Some(limit) => sleep(&self.told, &self.lock, guard, limit).1,
                None => {
                    drop(self.told.wait(guard).unwrap_or_else(PoisonError::into_inner));
                    false
                }
            }
        }

        pub fn wake(&self, _word: &AtomicU32, most: u32) {
            let _guard = self.lock.lock().unwrap_or_else(PoisonError::into_inner);
            match most {
                1 => self.told.notify_one(),
                _ => self.told.notify_all(),
            }
        }
    }
}
