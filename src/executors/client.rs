//! A worker that is asked one thing at a time: a pool's coordinator, or one that
//! calibrates.

use super::post::{self, Sent};
use super::start_watch::Patience;
use super::timeouts::{self, NotStarted, Starting};
use crate::browser::buffer::Buffer;
use crate::browser::worker::{Boot, StopFlag, Worker, WorkerEvent};
use crate::failure::{Failure, Result};
use crate::measure::handshake::Handshake;
use crate::measure::{ClockCheck, Lane};
use crate::models::DataMode;
use crate::protocol::{self, FromWorker, RunId, ToWorker};
use crate::workloads::answer::Answer;
use futures_channel::oneshot;
use std::cell::RefCell;
use std::rc::Rc;

/// What a worker answered.
pub enum Answered {
    /// It is there.
    Ready,
    /// It is prepared.
    Prepared,
    /// When it picked up the question, in ms by its clock.
    Time(f64),
    /// How long each burst took, in ms.
    Calibrated(Vec<f64>),
    /// All is done; when it picked up the message, in ms by its clock.
    Finished(f64),
    /// What that came to.
    Collected {
        /// The answer.
        answer: Answer,
        /// The merged bytes, where they were asked for.
        merged: Vec<u8>,
        /// Who did what, in ms by its clock.
        lanes: Vec<Lane>,
    },
}

/// An answer on the page, with the times of its way.
pub struct Heard {
    /// What it says.
    pub answered: Answered,
    /// When it was sent, by the worker's clock.
    pub sent_ms: f64,
    /// When it was picked up, in ms by the page's clock.
    pub received_ms: f64,
}

struct Mailbox {
    starting: Starting,
    run: RunId,
    waiting: Option<oneshot::Sender<Result<Heard>>>,
    stop: Option<StopFlag>,
    /// A failure that came while nobody waited.
    lost: Option<Failure>,
    /// Messages of earlier runs, which are dropped.
    stale: u32,
}

impl Mailbox {
    fn new(starting: Starting) -> Self {
        Self { starting, run: 0, waiting: None, stop: None, lost: None, stale: 0 }
    }

    fn settle(&mut self, answer: Result<Heard>) {
        if let Some(waiting) = self.waiting.take() {
            // Whoever waited may have been cancelled since.
            let _ = waiting.send(answer);
        } else if let Err(failure) = answer {
            self.lost = Some(failure);
        }
    }

    fn receive(&mut self, event: WorkerEvent) {
        if self.starting.heard(&event) {
            return;
        }
        let (received_ms, bytes) = match event {
            WorkerEvent::Message { received_ms, bytes, .. } => (received_ms, bytes),
            WorkerEvent::Shared(stop) => {
                self.stop = Some(stop);
                return;
            }
            WorkerEvent::Lost(failure) => return self.settle(Err(failure)),
            WorkerEvent::Begun | WorkerEvent::Loaded => return,
        };
        let (message, sent_ms) = match protocol::decode::<FromWorker>(&bytes) {
            Ok(decoded) => decoded,
            Err(failure) => return self.settle(Err(failure)),
        };
        let (run, answered) = match message {
            FromWorker::Ready { version } => {
                (self.run, protocol::check_version(version).map(|()| Answered::Ready))
            }
            FromWorker::Prepared { run } => (run, Ok(Answered::Prepared)),
            FromWorker::Time { run, received_ms } => (run, Ok(Answered::Time(received_ms))),
            FromWorker::Calibrated { run, bursts_ms } => (run, Ok(Answered::Calibrated(bursts_ms))),
            FromWorker::Finished { run, received_ms } => (run, Ok(Answered::Finished(received_ms))),
            FromWorker::Collected { run, answer, merged, lanes } => {
                (run, Ok(Answered::Collected { answer, merged: merged.to_vec(), lanes }))
            }
            FromWorker::Failed { run, failure } => (run.unwrap_or(self.run), Err(failure)),
            FromWorker::Done { run, .. } => (run, Err(timeouts::out_of_turn())),
        };
        if run == self.run {
            self.settle(answered.map(|answered| Heard { answered, sent_ms, received_ms }));
        } else {
            self.stale += 1;
        }
    }
}

/// A worker and what it was asked. Dropping it ends the worker.
pub struct Client {
    worker: Worker,
    mailbox: Rc<RefCell<Mailbox>>,
    starting: Starting,
    ready: RefCell<Option<oneshot::Receiver<Result<Heard>>>>,
}

impl Client {
    /// Starts a worker, and its pool's threads with it.
    ///
    /// # Errors
    /// `Unavailable` where the browser refuses to start one.
    pub fn start(boot: &Boot, patience: Patience) -> Result<Self> {
        let starting = Starting::new(boot.threads.max(1), patience);
        let mailbox = Rc::new(RefCell::new(Mailbox::new(starting.clone())));
        let (ready, is_ready) = oneshot::channel();
        mailbox.borrow_mut().waiting = Some(ready);
        let receiving = mailbox.clone();
        let worker = Worker::start(boot, move |event| receiving.borrow_mut().receive(event))?;
        Ok(Self { worker, mailbox, starting, ready: RefCell::new(Some(is_ready)) })
    }

    /// Waits until the worker is there.
    ///
    /// # Errors
    /// `WorkerLost` where it fails to start, or how it got stuck.
    pub async fn ready(&self) -> Result<(), NotStarted> {
        let Some(ready) = self.ready.borrow_mut().take() else { return Ok(()) };
        self.starting.bounded(ready).await.map(drop)
    }

    /// Whoever hears that the worker failed otherwise than by a message says so here.
    pub fn failing(&self) -> impl Fn(Failure) + use<> {
        let mailbox = self.mailbox.clone();
        move |failure| mailbox.borrow_mut().settle(Err(failure))
    }

    /// Asks the worker for something and waits for its answer, for `limit_ms` at most.
    ///
    /// # Errors
    /// What the worker failed with, `WorkerLost`, `TimedOut`.
    pub async fn ask(
        &self,
        limit_ms: u32,
        message: impl FnOnce(RunId) -> ToWorker,
    ) -> Result<(Sent, Heard)> {
        self.ask_about(&[], limit_ms, message).await
    }

    /// As [`Self::ask`], with `buffers` beside the question, which change hands.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn ask_about(
        &self,
        buffers: &[Buffer],
        limit_ms: u32,
        message: impl FnOnce(RunId) -> ToWorker,
    ) -> Result<(Sent, Heard)> {
        let (answer, answered) = oneshot::channel();
        let run = {
            let mut mailbox = self.mailbox.borrow_mut();
            if let Some(failure) = mailbox.lost.take() {
                return Err(failure);
            }
            mailbox.run = mailbox.run.wrapping_add(1);
            mailbox.waiting = Some(answer);
            mailbox.run
        };
        let sent = post::post(&self.worker, &message(run), buffers, DataMode::Transfer)?;
        Ok((sent, timeouts::bounded(answered, limit_ms).await?))
    }

    /// Compares the worker's clock with the page's.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn compare_clocks(&self) -> Result<Option<ClockCheck>> {
        let mut handshake = Handshake::default();
        while !handshake.is_done() {
            let asked = self.ask(timeouts::STARTUP_MS, |run| ToWorker::AskTime { run }).await?;
            let (
                sent,
                Heard { answered: Answered::Time(picked_up_ms), sent_ms: answered_ms, received_ms },
            ) = asked
            else {
                return Err(timeouts::out_of_turn());
            };
            handshake.note(sent.sent_ms, picked_up_ms, answered_ms, received_ms);
        }
        Ok(handshake.check())
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let mut mailbox = self.mailbox.borrow_mut();
        // Nobody is waiting any more, and what still comes is nobody's.
        mailbox.waiting = None;
        if let Some(stop) = &mailbox.stop {
            stop.raise();
        }
    }
}
