//! Timeouts for workers that may never answer. Some failures fire no event: a thread that traps
//! leaves its coordinator waiting, and a worker whose heap is full just stops.

use super::start_watch::{LOOK_MS, Patience, StartStep, StartWatch, Stuck};
use crate::browser::clock::BrowserClock;
use crate::browser::turn;
use crate::browser::worker::{Worker, WorkerEvent};
use crate::failure::{Failure, Result, WorkerProblem};
use crate::measure::Clock;
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;

/// A worker that has not started after this time, in ms, never will: starting
/// takes a fraction of a second on any machine that can run the page.
pub const STARTUP_MS: u32 = 30_000;
/// How long a process may take to answer, for each task of its current message, in ms. A task
/// computes for some seconds at most, and a request times out much sooner.
pub const PROCESS_MS: u32 = 120_000;
/// How long a pool of threads may take to answer, in ms: it answers only when all is done. Also the
/// limit for a process, however many tasks it has.
pub const POOL_MS: u32 = 1_800_000;

/// Waits for an answer, with a timeout.
///
/// # Errors
/// The answer's own failure, `TimedOut` after `limit_ms`, or `WorkerLost` where
/// nobody is left to answer.
pub async fn bounded<T>(answer: oneshot::Receiver<Result<T>>, limit_ms: u32) -> Result<T> {
    match select(answer, pin!(turn::sleep(limit_ms))).await {
        Either::Left((Ok(answer), _)) => answer,
        Either::Left((Err(_), _)) => Err(nobody_left()),
        Either::Right(_) => Err(timed_out(limit_ms)),
    }
}

/// Why workers did not start.
pub enum NotStarted {
    /// One of them failed.
    Failed(Failure),
    /// They stopped answering.
    Stuck(Stuck),
}

impl From<Failure> for NotStarted {
    fn from(failure: Failure) -> Self {
        Self::Failed(failure)
    }
}

/// Workers that are to start, watched: by whoever hears them and by whoever waits.
#[derive(Clone)]
pub struct Starting(Rc<RefCell<StartWatch>>);

impl Starting {
    /// Watches so many workers start.
    pub fn new(workers: u32, patience: Patience) -> Self {
        let watch = StartWatch::new(workers, patience, BrowserClock.now_ms());
        Self(Rc::new(RefCell::new(watch)))
    }

    /// Notes what a worker said of its start; whether it was that.
    pub fn heard(&self, event: &WorkerEvent) -> bool {
        let step = match event {
            WorkerEvent::Begun => StartStep::Begun,
            WorkerEvent::Loaded => StartStep::Ready,
            _ => return false,
        };
        self.0.borrow_mut().note(step, BrowserClock.now_ms());
        true
    }

    /// Waits for `answer`, which comes once all have started, as long as they go on.
    ///
    /// # Errors
    /// The answer's own failure, or how they got stuck.
    pub async fn bounded<T>(
        &self,
        mut answer: oneshot::Receiver<Result<T>>,
    ) -> Result<T, NotStarted> {
        loop {
            match select(answer, pin!(turn::sleep(LOOK_MS))).await {
                Either::Left((Ok(answer), _)) => return Ok(answer?),
                Either::Left((Err(_), _)) => return Err(nobody_left().into()),
                Either::Right(((), still)) => answer = still,
            }
            let stuck = self.0.borrow_mut().look(Worker::script_is_near(), BrowserClock.now_ms());
            if let Some(stuck) = stuck {
                return Err(NotStarted::Stuck(stuck));
            }
        }
    }
}

/// Which try to start `workers` workers it is. The second comes by itself.
pub struct Tries {
    workers: u32,
    /// How the first got stuck.
    first: Option<Stuck>,
}

impl Tries {
    /// The first try.
    pub fn of(workers: u32) -> Self {
        Self { workers, first: None }
    }

    /// Whether it is the second.
    pub fn is_second(&self) -> bool {
        self.first.is_some()
    }

    /// How patient to be, with workers that would be given so much time in the first.
    pub fn patience(&self, first: Patience) -> Patience {
        if self.is_second() { Patience::Long } else { first }
    }

    /// Goes on to the second try.
    ///
    /// # Errors
    /// What they failed with, and where they got stuck for the second time, or have no
    /// chance.
    pub fn again(&mut self, why: NotStarted) -> Result<()> {
        let stuck = match why {
            NotStarted::Failed(failure) => return Err(failure),
            NotStarted::Stuck(stuck) => stuck,
        };
        if let Some(first) = self.first.replace(stuck) {
            return Err(stuck.or_better(first).failure(self.workers));
        }
        if !stuck.may_pass(self.workers) {
            return Err(stuck.failure(self.workers));
        }
        Ok(())
    }
}

/// Nothing was heard for `limit_ms`.
pub fn timed_out(limit_ms: u32) -> Failure {
    WorkerProblem::Silent { silent_ms: limit_ms.into() }.into()
}

/// Nobody is left who could answer.
pub fn nobody_left() -> Failure {
    WorkerProblem::Gone.into()
}
