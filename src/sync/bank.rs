//! Two accounts with a lock each, and transfers that take both locks: in an order that can deadlock, in
//! one that cannot, or with a time limit.

use super::primitives::{AtomicU32, Ordering};
use super::threading::lock::Lock;
use super::threading::timeout::Timeout;

/// What each account holds at first.
pub const AT_FIRST: u32 = 1_000;

/// The accounts, 0 and 1. The lock of each has its number.
#[derive(Debug)]
pub struct Bank {
    balances: [AtomicU32; 2],
    locks: [Lock; 2],
}

/// What a thread is about to do with a lock, or has done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LockStep {
    /// It will wait for the lock if it must.
    Wants(usize),
    /// It has the lock.
    Has(usize),
    /// It will release the lock.
    Frees(usize),
}

impl Bank {
    /// Two accounts of [`AT_FIRST`] each.
    pub fn new() -> Self {
        let balance = || AtomicU32::new(AT_FIRST);
        Self { balances: [balance(), balance()], locks: [Lock::new(), Lock::new()] }
    }

    /// Moves 1 from account `from` to the other, with the lock `first` taken before the other one.
    /// `between` is called when it holds one lock, `step` at every step with a lock.
    pub fn transfer(&self, from: usize, first: usize, between: impl Fn(), step: impl Fn(LockStep)) {
        let second = 1 - first;
        self.take(first, &step);
        between();
        self.take(second, &step);
        self.move_one(from);
        self.free(second, &step);
        self.free(first, &step);
    }

    /// As [`Self::transfer`], but waits no longer than `timeout` for the second lock: then it frees the
    /// first, calls `back_off` with the number of this try, and tries again. How often it tried again.
    pub fn transfer_within(
        &self,
        (from, first, timeout): (usize, usize, Timeout),
        between: impl Fn(),
        back_off: impl Fn(u32),
        step: impl Fn(LockStep),
    ) -> u32 {
        let second = 1 - first;
        let mut retries = 0;
        loop {
            self.take(first, &step);
            between();
            step(LockStep::Wants(second));
            if self.locks[second].acquire(timeout) {
                step(LockStep::Has(second));
                break;
            }
            self.free(first, &step);
            retries += 1;
            back_off(retries);
        }
        self.move_one(from);
        self.free(second, &step);
        self.free(first, &step);
        retries
    }

    /// Moves 1 from account `from` to the other. Whoever calls it holds both locks, or is the only one
    /// who ever does.
    pub fn move_one(&self, from: usize) {
        let change = |account: usize, by: fn(u32) -> u32| {
            let balance = &self.balances[account];
            balance.store(by(balance.load(Ordering::Relaxed)), Ordering::Relaxed);
        };
        change(from, |balance| balance.wrapping_sub(1));
        change(1 - from, |balance| balance.wrapping_add(1));
    }

    /// What both accounts hold together.
    pub fn total(&self) -> u32 {
        let balance = |account: usize| self.balances[account].load(Ordering::Relaxed);
        balance(0).wrapping_add(balance(1))
    }

    fn take(&self, lock: usize, step: &impl Fn(LockStep)) {
        step(LockStep::Wants(lock));
        self.locks[lock].acquire(Timeout::NEVER);
        step(LockStep::Has(lock));
    }

    fn free(&self, lock: usize, step: &impl Fn(LockStep)) {
        step(LockStep::Frees(lock));
        let was_held = self.locks[lock].release();
        debug_assert!(was_held.is_ok());
    }
}

impl Default for Bank {
    fn default() -> Self {
        Self::new()
    }
}
