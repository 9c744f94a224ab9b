//! A bounded queue between two stages of threads, as Python's `queue.Queue` with a `maxsize` is: who
//! puts waits while it is full, who takes waits while it is empty.

use super::primitives::{AtomicU32, Condvar, Mutex, MutexGuard, Ordering, sleep};
use super::queue_state::{DepthChange, QueueState, Taken};
use std::sync::PoisonError;
use std::time::Duration;

/// How long a thread sleeps at most before it looks whether the run is cancelled.
const LOOK: Duration = Duration::from_millis(50);

/// The queue of one computation.
#[derive(Debug)]
pub struct BoundedQueue<'a, T> {
    state: Mutex<QueueState<T>>,
    /// Told when there is room, or none is needed any more.
    room: Condvar,
    /// Told when there is an item, or will be none.
    item: Condvar,
    /// Anything but 0 once the run is cancelled.
    stop: &'a AtomicU32,
}

impl<'a, T> BoundedQueue<'a, T> {
    /// A queue that begins as `state`. Whoever waits for it does so in vain once `stop` is set.
    pub fn new(state: QueueState<T>, stop: &'a AtomicU32) -> Self {
        Self { state: Mutex::new(state), room: Condvar::new(), item: Condvar::new(), stop }
    }

    /// Waits for room and puts `item` in; whether it did. It does not where the queue is closed, or
    /// the run is cancelled. `now_ms` is asked when that happens.
    pub fn put(&self, mut item: T, now_ms: impl Fn() -> f64) -> bool {
        let mut state = self.lock();
        loop {
            match state.put(item, &now_ms) {
                Ok(()) => {
                    self.item.notify_one();
                    return true;
                }
                Err(_) if state.is_closed() || self.is_stopped() => return false,
                Err(refused) => item = refused,
            }
            state = sleep(&self.room, &self.state, state, LOOK).0;
        }
    }

    /// Waits for an item and takes it; `None` once there will be none, or the run is cancelled.
    /// `now_ms` is asked when that happens.
    pub fn take(&self, now_ms: impl Fn() -> f64) -> Option<T> {
        let mut state = self.lock();
        loop {
            if self.is_stopped() {
                return None;
            }
            match state.take(&now_ms) {
                Taken::Item(item) => {
                    self.room.notify_one();
                    return Some(item);
                }
                Taken::Ended => return None,
                Taken::Nothing => state = sleep(&self.item, &self.state, state, LOOK).0,
            }
        }
    }

    /// Puts nothing in any more: who takes gets what is left, and then the end.
    pub fn close(&self) {
        self.lock().close();
        self.item.notify_all();
        self.room.notify_all();
    }

    /// Whether the run is cancelled.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) != 0
    }

    /// How deep it was when, since this was last asked.
    pub fn changes(&self) -> Vec<DepthChange> {
        self.lock().changes()
    }

    fn lock(&self) -> MutexGuard<'_, QueueState<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
