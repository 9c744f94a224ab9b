//! How long a call may wait.

use super::super::primitives::{Condvar, Mutex, MutexGuard, sleep};
use std::sync::PoisonError;
use std::time::Duration;

/// How long a call may wait, as Python's `blocking` and `timeout`.
#[derive(Clone, Copy)]
pub struct Timeout<'a>(Limit<'a>);

#[derive(Clone, Copy)]
enum Limit<'a> {
    Never,
    AtOnce,
    After(Duration, &'a dyn Fn() -> f64),
}

impl<'a> Timeout<'a> {
    /// It waits, be it for ever.
    pub const NEVER: Timeout<'static> = Timeout(Limit::Never);
    /// It does not wait: `blocking=False`.
    pub const AT_ONCE: Timeout<'static> = Timeout(Limit::AtOnce);

    /// It gives up after this time: `timeout=…`. `now_ms` is a clock; a thread that is woken in vain
    /// waits for what is left.
    pub fn after(longest: Duration, now_ms: &'a dyn Fn() -> f64) -> Self {
        Self(Limit::After(longest, now_ms))
    }

    /// The waiting begins.
    pub(super) fn begin(self) -> Deadline<'a> {
        let end_ms = match self.0 {
            Limit::After(longest, now_ms) => now_ms() + longest.as_secs_f64() * 1_000.0,
            Limit::Never | Limit::AtOnce => 0.0,
        };
        Deadline { limit: self.0, end_ms }
    }
}

/// When a call that waits gives up.
#[derive(Clone, Copy)]
pub(super) struct Deadline<'a> {
    limit: Limit<'a>,
    end_ms: f64,
}

impl<'b> Deadline<'b> {
    /// Whether there is no waiting at all.
    pub fn is_at_once(&self) -> bool {
        matches!(self.limit, Limit::AtOnce)
    }

    /// How long it may still wait; `None` for ever.
    pub fn left(&self) -> Option<Duration> {
        match self.limit {
            Limit::Never => None,
            Limit::AtOnce => Some(Duration::ZERO),
            Limit::After(_, now_ms) => {
                let left_ms = (self.end_ms - now_ms()).max(0.0);
                Some(Duration::try_from_secs_f64(left_ms / 1_000.0).unwrap_or(Duration::MAX))
            }
        }
    }

    /// What is left, for a call that waits on behalf of this one.
    pub fn rest(&self) -> Timeout<'b> {
        Timeout(match (self.limit, self.left()) {
            (Limit::After(_, now_ms), Some(left)) => Limit::After(left, now_ms),
            (limit, _) => limit,
        })
    }

    /// Sleeps until `told`, again and again, as long as what `mutex` holds `is_in_the_way`. The last is
    /// whether it no longer is: else the time is over.
    pub fn wait_while<'a, T>(
        &self,
        told: &Condvar,
        mutex: &'a Mutex<T>,
        mut guard: MutexGuard<'a, T>,
        is_in_the_way: impl Fn(&T) -> bool,
    ) -> (MutexGuard<'a, T>, bool) {
        let mut is_over = self.is_at_once();
        while is_in_the_way(&guard) {
            if is_over {
                return (guard, false);
            }
            match self.left() {
                Some(longest) => (guard, is_over) = sleep(told, mutex, guard, longest),
                None => guard = told.wait(guard).unwrap_or_else(PoisonError::into_inner),
            }
        }
        (guard, true)
    }
}
