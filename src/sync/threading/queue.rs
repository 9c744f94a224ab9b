//! A queue between threads, as Python's `queue.Queue`: bounded or not, with `task_done` and `join`, and
//! with the `shutdown` of Python 3.13.

use super::super::primitives::{Condvar, Mutex, MutexGuard};
use super::super::queue_state::{QueueState, Taken};
use super::misuse::Misuse;
use super::timeout::Timeout;
use std::sync::PoisonError;

/// The queue.
#[derive(Debug)]
pub struct Queue<T> {
    state: Mutex<State<T>>,
    /// Told when there is an item, or will be none.
    not_empty: Condvar,
    /// Told when there is room, or none is needed any more.
    not_full: Condvar,
    /// Told when no task is unfinished.
    all_done: Condvar,
}

#[derive(Debug)]
struct State<T> {
    items: QueueState<T>,
    /// Items that were put in and not yet reported as done.
    unfinished: usize,
}

/// An item that was not put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutError<T> {
    /// There was no room within the time: `queue.Full`.
    Full(T),
    /// The queue is shut down: `queue.ShutDown`.
    ShutDown(T),
}

/// Why there is no item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GetError {
    /// None came within the time: `queue.Empty`.
    Empty,
    /// There is none, and the queue is shut down: `queue.ShutDown`.
    ShutDown,
}

/// When a shut-down queue gives nothing any more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shutdown {
    /// Once it is empty: `shutdown()`.
    OnceEmpty,
    /// At once. What is in it is thrown away: `shutdown(immediate=True)`.
    Immediate,
}

impl<T> Queue<T> {
    /// A queue with room for `maxsize` items, or for all where that is 0.
    pub fn new(maxsize: usize) -> Self {
        let bound = if maxsize == 0 { usize::MAX } else { maxsize };
        let items = QueueState::streaming(bound).noting(false);
        Self {
            state: Mutex::new(State { items, unfinished: 0 }),
            not_empty: Condvar::new(),
            not_full: Condvar::new(),
            all_done: Condvar::new(),
        }
    }

    /// Waits for room, and puts `item` in.
    ///
    /// # Errors
    /// `Full`, `ShutDown`.
    pub fn put(&self, item: T, timeout: Timeout) -> Result<(), PutError<T>> {
        let is_full = |state: &State<T>| !state.items.is_closed() && !state.items.has_room();
        let waiting = timeout.begin();
        let (mut state, _) = waiting.wait_while(&self.not_full, &self.state, self.state(), is_full);
        match state.items.put(item, no_clock) {
            Ok(()) => {
                state.unfinished += 1;
                self.not_empty.notify_one();
                Ok(())
            }
            Err(item) if state.items.is_closed() => Err(PutError::ShutDown(item)),
            Err(item) => Err(PutError::Full(item)),
        }
    }

    /// Waits for an item, and takes the one that has been in for longest.
    ///
    /// # Errors
    /// `Empty`, `ShutDown`.
    pub fn get(&self, timeout: Timeout) -> Result<T, GetError> {
        let is_empty = |state: &State<T>| !state.items.is_closed() && state.items.is_empty();
        let waiting = timeout.begin();
        let (mut state, _) =
            waiting.wait_while(&self.not_empty, &self.state, self.state(), is_empty);
        match state.items.take(no_clock) {
            Taken::Item(item) => {
                self.not_full.notify_one();
                Ok(item)
            }
            Taken::Nothing => Err(GetError::Empty),
            Taken::Ended => Err(GetError::ShutDown),
        }
    }

    /// Reports that an item that was taken is done with.
    ///
    /// # Errors
    /// `DoneTooOften` where that was said of all items before.
    pub fn task_done(&self) -> Result<(), Misuse> {
        let mut state = self.state();
        state.unfinished = state.unfinished.checked_sub(1).ok_or(Misuse::DoneTooOften)?;
        if state.unfinished == 0 {
            self.all_done.notify_all();
        }
        Ok(())
    }

    /// Waits until every item that was put in is done with, or was thrown away.
    pub fn join(&self) {
        let has_unfinished = |state: &State<T>| state.unfinished > 0;
        let waiting = Timeout::NEVER.begin();
        drop(waiting.wait_while(&self.all_done, &self.state, self.state(), has_unfinished));
    }

    /// Shuts it down: nothing can be put in any more, and whoever waits goes on.
    pub fn shutdown(&self, when: Shutdown) {
        let mut state = self.state();
        state.items.close();
        if when == Shutdown::Immediate {
            while let Taken::Item(_) = state.items.take(no_clock) {
                state.unfinished = state.unfinished.saturating_sub(1);
            }
            self.all_done.notify_all();
        }
        self.not_empty.notify_all();
        self.not_full.notify_all();
    }

    /// How many items are in it at the moment.
    pub fn qsize(&self) -> usize {
        self.state().items.len()
    }

    fn state(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Nobody asks how deep the queue was when.
fn no_clock() -> f64 {
    0.0
}
