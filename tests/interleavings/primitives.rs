//! Stands in for `src/sync/primitives.rs`.

pub use loom::sync::atomic::{AtomicU32, Ordering};
pub use loom::sync::{Condvar, Mutex, MutexGuard};

use std::cell::Cell;
use std::sync::PoisonError;
use std::time::Duration;

loom::thread_local! {
    /// How many sleeps of this thread are still to end because their time is over.
    static TIMEOUTS_LEFT: Cell<u32> = Cell::new(0);
}

/// Has the next sleeps of this thread end because their time is over.
pub fn time_out_next(times: u32) {
    TIMEOUTS_LEFT.with(|left| left.set(times));
}

/// loom knows no time. A sleep whose time is to be over lasts for as long as other threads have
/// turns, which loom tries in every length. Any other one lasts until somebody ends it, so that a
/// wake-up that is lost is a deadlock and not a delay.
pub fn sleep<'a, T>(
    told: &Condvar,
    mutex: &'a Mutex<T>,
    guard: MutexGuard<'a, T>,
    _longest: Duration,
) -> (MutexGuard<'a, T>, bool) {
    let times_out = TIMEOUTS_LEFT.with(|left| {
        let times = left.get();
        left.set(times.saturating_sub(1));
        times > 0
    });
    if times_out {
        drop(guard);
        loom::thread::yield_now();
        return (mutex.lock().unwrap_or_else(PoisonError::into_inner), true);
    }
    (told.wait(guard).unwrap_or_else(PoisonError::into_inner), false)
}
