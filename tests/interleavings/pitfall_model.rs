//! The pitfalls: in some order the mistake does what it is shown for, and in no order does a cure.

use crate::bank::{AT_FIRST, Bank, LockStep};
use crate::counter::Counter;
use crate::explore;
use crate::primitives::time_out_next;
use crate::threading::event::Event;
use crate::threading::timeout::Timeout;
use loom::sync::Arc;
use loom::thread;
use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
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
    assert_eq!(totals(|counter| counter.add_apart(|| 1)), BTreeSet::from([1, 2]));
}

#[test]
fn a_lock_and_an_atomic_addition_lose_none() {
    assert_eq!(totals(|counter| counter.add_locked(|| 1)), BTreeSet::from([2]));
    assert_eq!(totals(|counter| counter.add_atomic(|| 1)), BTreeSet::from([2]));
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

/// Two threads make a transfer each, with the lock that `first` says for each taken first. Thread 1 gives
/// up after a while, and tries again once the other is through. Both always get through; whether there is
/// an order in which each held one lock and wanted the other's.
fn meet_halfway(first: fn(usize) -> usize) -> bool {
    static MET: AtomicBool = AtomicBool::new(false);
    MET.store(false, Relaxed);
    explore(Some(3), move || {
        let bank = Arc::new((Bank::new(), Event::new()));
        let holds = Arc::new([const { AtomicBool::new(false) }; 2]);
        let transfer =
            move |(bank, is_through): &(Bank, Event), holds: &[AtomicBool; 2], thread| {
                let lock = first(thread);
                let step = |step| match step {
                    LockStep::Has(got) if got == lock => {
                        holds[thread].store(true, Relaxed);
                        MET.fetch_or(holds[1 - thread].load(Relaxed), Relaxed);
                    }
                    LockStep::Frees(freed) if freed == lock => holds[thread].store(false, Relaxed),
                    _ => {}
                };
                if thread == 0 {
                    bank.transfer(0, lock, || (), step);
                    is_through.set();
                } else {
                    time_out_next(1);
                    let timeout = Timeout::after(Duration::from_millis(1), &|| 0.0);
                    let locks = (thread, lock, timeout);
                    let back_off = |_| assert!(is_through.wait(Timeout::NEVER));
                    let retries = bank.transfer_within(locks, || (), back_off, step);
                    assert!(retries <= 1);
                }
            };
        let other = {
            let (bank, holds) = (bank.clone(), holds.clone());
            thread::spawn(move || transfer(&bank, &holds, 1))
        };
        transfer(&bank, &holds, 0);
        other.join().expect("no thread panics");
        assert_eq!(bank.0.total(), 2 * AT_FIRST);
    });
    MET.load(Relaxed)
}

#[test]
fn in_opposite_orders_each_can_hold_what_the_other_wants_until_one_gives_up() {
    assert!(meet_halfway(|thread| thread));
}

#[test]
fn in_one_order_neither_ever_holds_what_the_other_wants() {
    assert!(!meet_halfway(|_| 0));
}

#[test]
fn locks_in_one_order_never_deadlock() {
    transfers(Some(3), |bank, thread| bank.transfer(thread, 0, || (), |_| ()));
}
