//! A few threads that each do their part of a program, all at the same time.

use crate::browser::clock::BrowserClock;
use crate::measure::Clock;
use std::sync::Barrier;

/// Has each of so many threads do `part` with its number, and waits for all; how long that took from
/// when all had begun, in ms. The calling thread is number 0.
pub fn all_at_once(threads: usize, part: impl Fn(usize) + Sync) -> f64 {
    let together = Barrier::new(threads);
    let begun = |number: usize| {
        together.wait();
        let started_ms = BrowserClock.now_ms();
        part(number);
        started_ms
    };
    let started_ms = rayon::in_place_scope(|scope| {
        if threads > 1 {
            scope.spawn_broadcast(|_, context| {
                let number = 1 + context.index();
                if number < threads {
                    begun(number);
                }
            });
        }
        begun(0)
    });
    BrowserClock.now_ms() - started_ms
}
