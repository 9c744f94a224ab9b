//! A few threads that each do their part of a program, all at the same time, and what their queues need.

use crate::browser::clock::BrowserClock;
use crate::measure::Clock;
use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering};

/// Has each of so many threads do `part` with its number, and waits for all; how long that took from
/// when the first began, in ms. The calling thread is number 0.
pub fn all_at_once(threads: usize, part: impl Fn(usize) + Sync) -> f64 {
    let together = Barrier::new(threads);
    // Of times that are not negative the bits are in the order of the times.
    let started = AtomicU64::new(u64::MAX);
    let begin = |number: usize| {
        together.wait();
        started.fetch_min(BrowserClock.now_ms().to_bits(), Ordering::Relaxed);
        part(number);
    };
    rayon::in_place_scope(|scope| {
        if threads > 1 {
            scope.spawn_broadcast(|_, context| begin(1 + context.index()));
        }
        begin(0);
    });
    BrowserClock.now_ms() - f64::from_bits(started.into_inner())
}

/// The clock of the programs' queues, of which nobody asks how deep they were when.
pub fn no_clock() -> f64 {
    0.0
}
