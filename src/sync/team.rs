//! The threads of a pool, one of which leads: it opens a job, those that are awake join in, and it
//! closes the job once those have left. A thread that wakes too late misses the job, so that the end
//! of a short job does not wait for it.

use super::primitives::{Condvar, Mutex, MutexGuard};
use std::sync::PoisonError;

/// A team whose jobs are described by a `T`.
#[derive(Debug)]
pub struct Team<T> {
    state: Mutex<State<T>>,
    /// Told when a job is opened, or when there will be no more.
    opened: Condvar,
    /// Told when the last member has left a job.
    left: Condvar,
}

#[derive(Debug)]
struct State<T> {
    /// The job, while it is open.
    job: Option<T>,
    /// How many jobs were opened.
    opened: u64,
    /// How many members are at the job.
    joined: usize,
    is_dismissed: bool,
}

impl<T: Copy> Default for Team<T> {
    fn default() -> Self {
        let state = State { job: None, opened: 0, joined: 0, is_dismissed: false };
        Self { state: Mutex::new(state), opened: Condvar::new(), left: Condvar::new() }
    }
}

impl<T: Copy> Team<T> {
    /// The leader opens `job` and wakes all members. The job before is closed.
    pub fn open(&self, job: T) {
        let mut state = self.lock();
        state.job = Some(job);
        state.opened += 1;
        drop(state);
        self.opened.notify_all();
    }

    /// The leader closes the job, and waits until all who joined have left.
    pub fn close(&self) {
        let mut state = self.lock();
        state.job = None;
        while state.joined > 0 {
            state = wait(&self.left, state);
        }
    }

    /// The leader lets the members go.
    pub fn dismiss(&self) {
        self.lock().is_dismissed = true;
        self.opened.notify_all();
    }

    /// A member does `work` of every job that it is awake for, until it is let go.
    pub fn serve(&self, mut work: impl FnMut(T)) {
        let mut seen = 0;
        while let Some(job) = self.join(&mut seen) {
            work(job);
            self.leave();
        }
    }

    fn join(&self, seen: &mut u64) -> Option<T> {
        let mut state = self.lock();
        loop {
            if state.is_dismissed {
                return None;
            }
            if let Some(job) = state.job.filter(|_| state.opened != *seen) {
                *seen = state.opened;
                state.joined += 1;
                return Some(job);
            }
            state = wait(&self.opened, state);
        }
    }

    fn leave(&self) {
        let mut state = self.lock();
        state.joined -= 1;
        let is_last = state.joined == 0;
        drop(state);
        if is_last {
            self.left.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State<T>> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wait<'a, T>(told: &Condvar, state: MutexGuard<'a, T>) -> MutexGuard<'a, T> {
    told.wait(state).unwrap_or_else(PoisonError::into_inner)
}
