//! A place where so many threads wait for one another, as Python's `threading.Barrier`.

use super::super::primitives::{Condvar, Mutex, MutexGuard};
use super::timeout::Timeout;
use std::sync::PoisonError;

/// The barrier. It can be used again and again.
#[derive(Debug)]
pub struct Barrier {
    state: Mutex<State>,
    /// Told when its phase has changed.
    told: Condvar,
    parties: usize,
}

#[derive(Debug)]
struct State {
    phase: Phase,
    /// How many threads wait, or are about to leave.
    inside: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Threads come and wait.
    Filling,
    /// All have come, and leave. Whoever comes waits until they have left.
    Draining,
    /// Those who waited leave with an error, and then it begins anew.
    Resetting,
    /// Whoever waits or comes leaves with an error.
    Broken,
}

/// A thread gave up, or somebody broke or reset the barrier: `threading.BrokenBarrierError`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrokenBarrier;

impl Barrier {
    /// A barrier for so many threads.
    pub fn new(parties: usize) -> Self {
        let state = State { phase: Phase::Filling, inside: 0 };
        Self { state: Mutex::new(state), told: Condvar::new(), parties: parties.max(1) }
    }

    /// Waits until all have come. Each gets another number, from 0 to one less than there are; the last
    /// to come has the highest.
    ///
    /// # Errors
    /// `BrokenBarrier`. Where `timeout` is over, that breaks it for all.
    pub fn wait(&self, timeout: Timeout) -> Result<usize, BrokenBarrier> {
        let deadline = timeout.begin();
        let is_leaving = |state: &State| matches!(state.phase, Phase::Draining | Phase::Resetting);
        // As in Python, the time that it may take is that of waiting inside.
        let never = Timeout::NEVER.begin();
        let (mut state, _) = never.wait_while(&self.told, &self.state, self.state(), is_leaving);
        if state.phase == Phase::Broken {
            return Err(BrokenBarrier);
        }
        let number = state.inside;
        state.inside += 1;
        if state.inside == self.parties {
            self.enter(&mut state, Phase::Draining);
        } else {
            let is_filling = |state: &State| state.phase == Phase::Filling;
            let all_came;
            (state, all_came) = deadline.wait_while(&self.told, &self.state, state, is_filling);
            if !all_came {
                self.enter(&mut state, Phase::Broken);
            }
        }
        let came = if state.phase == Phase::Draining { Ok(number) } else { Err(BrokenBarrier) };
        state.inside -= 1;
        if state.inside == 0 && state.phase != Phase::Broken {
            self.enter(&mut state, Phase::Filling);
        }
        came
    }

    /// Breaks it: all who wait, and all who come, get an error until it is reset.
    pub fn abort(&self) {
        self.enter(&mut self.state(), Phase::Broken);
    }

    /// Begins anew. Who waits gets an error.
    pub fn reset(&self) {
        let mut state = self.state();
        let next = match (state.inside, state.phase) {
            (0, _) => Phase::Filling,
            (_, Phase::Filling | Phase::Broken) => Phase::Resetting,
            // They leave already.
            (_, phase) => phase,
        };
        self.enter(&mut state, next);
    }

    /// Whether it is broken.
    pub fn is_broken(&self) -> bool {
        self.state().phase == Phase::Broken
    }

    /// How many threads it is for.
    pub fn parties(&self) -> usize {
        self.parties
    }

    /// How many threads wait.
    pub fn waiting(&self) -> usize {
        let state = self.state();
        if state.phase == Phase::Filling { state.inside } else { 0 }
    }

    fn enter(&self, state: &mut State, phase: Phase) {
        state.phase = phase;
        self.told.notify_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
