//! The GIL, and in [`locks`] and [`meetings`] the primitives of `threading`, on real threads.
//! `tests/interleavings` has them in every order.

mod locks;
mod meetings;

use super::gil::{Acquired, Gil};
use super::primitives::{AtomicU32, Ordering};
use std::time::Duration;

#[test]
fn a_lock_that_nobody_holds_is_had_at_once() {
    let stop = AtomicU32::new(0);
    let gil = Gil::new(Duration::from_millis(5), &stop);
    assert_eq!(gil.acquire(0), Acquired::AtOnce);
    gil.release();
    assert_eq!(gil.acquire(0), Acquired::AtOnce);
    assert_eq!(gil.switches(), 1);
}

/// Two threads that compute for as long as the lock has not changed hands `SWITCHES` times.
#[test]
fn a_thread_that_waits_gets_it_from_one_that_computes() {
    const SWITCHES: u64 = 20;
    let stop = AtomicU32::new(0);
    let gil = Gil::new(Duration::from_micros(200), &stop);
    let compute = |thread| {
        assert_ne!(gil.acquire(thread), Acquired::Stopped);
        while gil.switches() < SWITCHES {
            if gil.drop_request().load(Ordering::Relaxed) != 0 {
                assert_eq!(gil.hand_over(thread), Acquired::AfterWaiting);
            }
        }
        gil.release();
    };
    std::thread::scope(|scope| {
        for thread in 0..2 {
            scope.spawn(move || compute(thread));
        }
    });
    assert!(gil.switches() >= SWITCHES);
}

#[test]
fn whoever_waits_for_a_thread_that_is_gone_is_let_go_by_the_stop() {
    let stop = AtomicU32::new(0);
    let gil = Gil::new(Duration::from_millis(1), &stop);
    gil.acquire(0);
    std::thread::scope(|scope| {
        let waits = scope.spawn(|| gil.acquire(1));
        while gil.drop_request().load(Ordering::Relaxed) == 0 {
            std::thread::yield_now();
        }
        stop.store(1, Ordering::Relaxed);
        assert_eq!(waits.join().expect("does not panic"), Acquired::Stopped);
    });
}
