//! What the rest of `sync` is made of: the standard library's, which in WebAssembly waits with
//! `memory.atomic.wait32` and wakes with `memory.atomic.notify`. `tests/interleavings` compiles the
//! same sources over loom's instead.

pub use std::sync::atomic::{AtomicU32, Ordering};
pub use std::sync::{Condvar, Mutex, MutexGuard};

use std::sync::PoisonError;
use std::time::Duration;

/// Frees what `guard` holds of `mutex`, sleeps until `told`, but for no longer than `longest`, and
/// takes it again. Also says whether that time was over.
pub fn sleep<'a, T>(
    told: &Condvar,
    _mutex: &'a Mutex<T>,
    guard: MutexGuard<'a, T>,
    longest: Duration,
) -> (MutexGuard<'a, T>, bool) {
    let woken = told.wait_timeout(guard, longest).unwrap_or_else(PoisonError::into_inner);
    (woken.0, woken.1.timed_out())
}

/// A number that no other thread has, and that is not 0.
pub fn this_thread() -> u32 {
    static THREADS: AtomicU32 = AtomicU32::new(1);
    thread_local! {
        static THIS: u32 = THREADS.fetch_add(1, Ordering::Relaxed);
    }
    THIS.with(|number| *number)
}
