//! A global interpreter lock in the manner of CPython's (`Python/ceval_gil.c`): only its holder may
//! compute.
//!
//! Whoever waits for the lock, and has waited for a switch interval in which it did not change
//! hands, requests that it be dropped. The holder looks for such a request while it computes. It
//! then frees the lock and waits until another thread has taken it, which CPython calls a forced
//! switch: else the holder, which is awake, would nearly always be the first to take it again.

use super::primitives::{AtomicU32, Condvar, Mutex, MutexGuard, Ordering, sleep};
use std::sync::PoisonError;
use std::time::Duration;

/// How long a thread sleeps at most before it looks whether its tasks are wanted any more.
const LOOK: Duration = Duration::from_millis(50);

/// The lock of one pool in one computation.
#[derive(Debug)]
pub struct Gil<'a> {
    state: Mutex<State>,
    /// Told when nobody holds the lock any more.
    freed: Condvar,
    /// Told when it has changed hands.
    switched: Condvar,
    /// Anything but 0 while a thread that waits wants the holder to drop the lock.
    drop_request: AtomicU32,
    interval: Duration,
    /// Anything but 0 once nobody wants the tasks any more.
    stop: &'a AtomicU32,
}

#[derive(Debug)]
struct State {
    is_held: bool,
    /// Who holds the lock, or held it last.
    holder: Option<usize>,
    /// How often it has changed hands.
    switches: u64,
}

/// How a thread came by the lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acquired {
    /// Nobody held it.
    AtOnce,
    /// After it had waited.
    AfterWaiting,
    /// Not at all: nobody wants the tasks any more.
    Stopped,
}

impl<'a> Gil<'a> {
    /// A lock that nobody holds. Whoever waits for it does so in vain once `stop` is set.
    pub fn new(interval: Duration, stop: &'a AtomicU32) -> Self {
        Self {
            state: Mutex::new(State { is_held: false, holder: None, switches: 0 }),
            freed: Condvar::new(),
            switched: Condvar::new(),
            drop_request: AtomicU32::new(0),
            interval,
            stop,
        }
    }

    /// Anything but 0 while the holder is to call [`Self::hand_over`].
    pub fn drop_request(&self) -> &AtomicU32 {
        &self.drop_request
    }

    /// Waits for the lock and takes it for `thread`.
    pub fn acquire(&self, thread: usize) -> Acquired {
        let state = self.lock();
        if !state.is_held {
            self.take(state, thread);
            return Acquired::AtOnce;
        }
        self.wait(state, thread)
    }

    /// Frees the lock, which the caller holds, for whoever waits for it.
    pub fn release(&self) {
        self.lock().is_held = false;
        self.freed.notify_one();
    }

    /// Frees the lock, which `thread` holds, and takes it again after another thread has had it.
    pub fn hand_over(&self, thread: usize) -> Acquired {
        self.release();
        let mut state = self.lock();
        while state.holder == Some(thread) {
            if self.is_stopped() {
                return Acquired::Stopped;
            }
            state = sleep(&self.switched, &self.state, state, LOOK).0;
        }
        self.wait(state, thread)
    }

    /// How often the lock has changed hands.
    pub fn switches(&self) -> u64 {
        self.lock().switches
    }

    fn wait<'b>(&'b self, mut state: MutexGuard<'b, State>, thread: usize) -> Acquired {
        let mut seen = state.switches;
        let mut waited = Duration::ZERO;
        while state.is_held {
            if self.is_stopped() {
                return Acquired::Stopped;
            }
            let nap = (self.interval - waited).min(LOOK);
            let timed_out;
            (state, timed_out) = sleep(&self.freed, &self.state, state, nap);
            if state.switches != seen {
                // Another thread got it meanwhile: it is to have its interval, too.
                (seen, waited) = (state.switches, Duration::ZERO);
            } else if timed_out && state.is_held {
                waited += nap;
                if waited >= self.interval {
                    self.drop_request.store(1, Ordering::Relaxed);
                    waited = Duration::ZERO;
                }
            }
        }
        self.take(state, thread);
        Acquired::AfterWaiting
    }

    fn take(&self, mut state: MutexGuard<State>, thread: usize) {
        state.is_held = true;
        if state.holder.replace(thread) != Some(thread) {
            // Whoever made a request has the lock now, or begins to wait anew.
            self.drop_request.store(0, Ordering::Relaxed);
            state.switches += 1;
            self.switched.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) != 0
    }
}
