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

loom::thread_local! {
    /// Whether the next sleep of this thread ends by itself.
    static GIVES_UP: Cell<bool> = Cell::new(false);
}

/// Has the next sleep of this thread end because its time is over, after as many turns of other threads
/// as loom tries: none, some, or all.
pub fn give_up_next() {
    GIVES_UP.with(|gives_up| gives_up.set(true));
}

/// loom knows no time. A sleep whose time is to be over lasts until all others wait, or for less where
/// it [gives up](give_up_next). Any other one lasts until somebody ends it, so that a wake-up that is
/// lost is a deadlock and not a delay.
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
    let gives_up = GIVES_UP.with(|gives_up| gives_up.replace(false));
    if times_out || gives_up {
        drop(guard);
        if times_out {
            loom::thread::yield_now();
        }
        return (mutex.lock().unwrap_or_else(PoisonError::into_inner), true);
    }
    (told.wait(guard).unwrap_or_else(PoisonError::into_inner), false)
}

loom::thread_local! {
    /// The number of this thread.
    static THIS: Cell<u32> = Cell::new(0);
}

/// Stands in for the library's: a number that no other thread has, and that is not 0.
pub fn this_thread() -> u32 {
    static THREADS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(1);
    THIS.with(|number| {
        if number.get() == 0 {
            number.set(THREADS.fetch_add(1, std::sync::atomic::Ordering::Relaxed));
        }
        number.get()
    })
}
