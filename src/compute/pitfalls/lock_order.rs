//! Two threads that transfer between two accounts.

use crate::browser::clock::BrowserClock;
use crate::compute::crew::{all_at_once, no_clock};
use crate::measure::Clock;
use crate::pitfalls::programs::lock_order::{
    BETWEEN_MS, LockOrder, PATIENCE_MS, TRANSFERS, Transferred,
};
use crate::sync::bank::{Bank, LockStep};
use crate::sync::bounded_queue::BoundedQueue;
use crate::sync::progress::Progress;
use crate::sync::queue_state::QueueState;
use crate::sync::threading::timeout::Timeout;
use crate::workloads::splitmix;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;

/// The threads that transfer; each takes from the account of its number.
const TELLERS: usize = 2;
/// The longest that a thread waits after a first failed try, in ms; doubled with each further one.
const BACK_OFF_MS: u64 = 2;
/// Waits are not doubled more often.
const MOST_DOUBLINGS: u32 = 4;
/// What the owner's queue holds.
const BOUND: usize = 8;

/// Makes all transfers, with the locks taken in this way.
pub fn run(way: LockOrder, progress: Progress, stop: &AtomicU32) -> Transferred {
    let bank = Bank::new();
    let total_before = bank.total();
    let (made, retries) = (AtomicU32::new(0), AtomicU32::new(0));
    let orders = BoundedQueue::new(QueueState::streaming(BOUND), stop);
    let tellers_left = AtomicU32::new(TELLERS as u32);
    let took_ms = all_at_once(way.threads() as usize, |number| {
        progress.runs(number);
        if number >= TELLERS {
            // The owner: it alone touches the accounts.
            while let Some(from) = orders.take(no_clock) {
                thread::sleep(Duration::from_millis(BETWEEN_MS));
                bank.move_one(from);
                made.fetch_add(1, Ordering::Relaxed);
            }
        } else {
            for transfer in 0..TRANSFERS {
                let step = |step| note(progress, number, step);
                match way {
                    LockOrder::Opposite => bank.transfer(number, number, between, step),
                    LockOrder::Same => bank.transfer(number, 0, between, step),
                    LockOrder::Retry => {
                        let clock = || BrowserClock.now_ms();
                        let patience = Timeout::after(Duration::from_millis(PATIENCE_MS), &clock);
                        let back_off = |retry| back_off(number, transfer, retry);
                        let tried_again = bank.transfer_within(
                            (number, number, patience),
                            between,
                            back_off,
                            step,
                        );
                        retries.fetch_add(tried_again, Ordering::Relaxed);
                    }
                    LockOrder::Owner => {
                        orders.put(number, no_clock);
                        continue;
                    }
                }
                made.fetch_add(1, Ordering::Relaxed);
            }
            if tellers_left.fetch_sub(1, Ordering::Relaxed) == 1 {
                orders.close();
            }
        }
        progress.ended(number);
    });
    Transferred {
        way,
        transfers: made.into_inner(),
        retries: retries.into_inner(),
        total_before,
        total_after: bank.total(),
        took_ms,
    }
}

/// What a transfer does while it holds one lock and has not asked for the other.
fn between() {
    thread::sleep(Duration::from_millis(BETWEEN_MS));
}

fn note(progress: Progress, thread: usize, step: LockStep) {
    match step {
        LockStep::Wants(lock) => progress.waits_for(thread, lock),
        LockStep::Has(lock) => {
            // In this order: else it would be seen to wait for itself.
            progress.runs(thread);
            progress.is_up_to(lock, &[thread]);
        }
        LockStep::Frees(lock) => progress.is_up_to(lock, &[]),
    }
}

/// Waits for a time that differs from thread to thread and from try to try: threads that wait equally
/// long meet again.
fn back_off(thread: usize, transfer: u32, retry: u32) {
    let most = BACK_OFF_MS << retry.min(MOST_DOUBLINGS);
    let drawn = splitmix::r(thread as u64, u64::from(transfer << 8 | retry)) % (1_000 * most);
    thread::sleep(Duration::from_micros(drawn));
}
