//! The pitfalls: in some order the mistake does what it is shown for, and in no order does a cure.

use crate::bank::{AT_FIRST, Bank};
use crate::counter::Counter;
use crate::event::Event;
use crate::explore;
use crate::primitives::time_out_next;
use loom::sync::Arc;
use loom::thread;
use std::collections::BTreeSet;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Every total that two threads which add 1 each can come to.
fn totals(add: fn(&Counter)) -> BTreeSet<u32> {
    let seen = std::sync::Arc::new(Mutex::new(BTreeSet::new()));
    let noted = seen.clone();
    explore(None, move || {
        let counter = Arc::new(Counter::new());
        let other = {
            let counter = counter.clone();
            thread::spawn(move || add(&counter))
        };
        add(&counter);
        other.join().expect("no thread panics");
        noted.lock().unwrap_or_else(PoisonError::into_inner).insert(counter.get());
    });
    let seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    seen.clone()
}

#[test]
fn a_read_and_a_write_can_lose_an_addition() {
    assert_eq!(totals(Counter::add_apart), BTreeSet::from([1, 2]));
}

#[test]
fn a_lock_and_an_atomic_addition_lose_none() {
    assert_eq!(totals(Counter::add_locked), BTreeSet::from([2]));
    assert_eq!(totals(Counter::add_atomic), BTreeSet::from([2]));
}

/// Two threads make a transfer each, which `transfer` makes for the thread of this number.
fn transfers(preemptions: Option<usize>, transfer: fn(&Bank, usize)) {
    explore(preemptions, move || {
        let bank = Arc::new(Bank::new());
        let other = {
            let bank = bank.clone();
            thread::spawn(move || transfer(&bank, 1))
        };
        transfer(&bank, 0);
        other.join().expect("no thread panics");
        assert_eq!(bank.total(), 2 * AT_FIRST);
    });
}

#[test]
#[should_panic(expected = "deadlock")]
fn locks_in_opposite_orders_can_deadlock() {
    transfers(None, |bank, thread| bank.transfer(thread, thread, || (), |_| ()));
}

#[test]
fn locks_in_one_order_never_deadlock() {
    transfers(Some(3), |bank, thread| bank.transfer(thread, 0, || (), |_| ()));
}

/// Only one of them gives up, once: that is enough for both.
#[test]
fn who_gives_up_and_tries_again_gets_through() {
    transfers(Some(3), |bank, thread| {
        if thread == 1 {
            time_out_next(1);
        }
        let locks = (thread, thread, Duration::from_millis(1));
        let retries = bank.transfer_within(locks, || (), |_| (), |_| ());
        assert!(retries <= 1);
    });
}

#[test]
fn who_waits_for_an_event_is_always_told() {
    explore(None, || {
        let event = Arc::new(Event::new());
        let waiting = event.clone();
        let other = thread::spawn(move || waiting.wait());
        event.set();
        event.wait();
        other.join().expect("no thread panics");
    });
}
