//! A worker that is asked one thing at a time: a pool's coordinator, or one that
//! calibrates.

use super::answers::{self, Answered, WorkerMessage};
use super::inbox::Inbox;
use super::post::{self, Sent};
use super::start_watch::Patience;
use super::timeouts::{self, NotStarted, Starting};
use crate::browser::buffer::Buffer;
use crate::browser::shared_words::SharedWords;
use crate::browser::worker::{Boot, Worker, WorkerEvent};
use crate::failure::{Failure, Problem, Result, Who, WorkProblem, WorkerProblem};
use crate::measure::ClockCheck;
use crate::measure::handshake::Handshake;
use crate::models::DataMode;
use crate::protocol::{RunId, ToWorker};
use crate::sync::job_channel::JobSender;
use futures_channel::oneshot;
use std::cell::RefCell;
use std::rc::Rc;

/// A worker's answer, with the times at which it was sent and received.
pub struct Reply {
    /// What it says.
    pub answered: Answered,
    /// When it was sent, by the worker's clock.
    pub sent_ms: f64,
    /// When it was picked up, in ms by the page's clock.
    pub received_ms: f64,
    /// How many bytes the message has.
    pub bytes: u64,
    /// What came beside it.
    pub buffers: Vec<Buffer>,
}

struct Mailbox {
    starting: Starting,
    inbox: Inbox<Reply>,
    /// How a pool is given jobs, and told to stop.
    jobs: Option<JobSender<SharedWords>>,
    /// Who it is, in what is said of it.
    who: Who,
    /// Whether it has said that it is ready.
    was_ready: bool,
}

impl Mailbox {
    /// What its work fails with where it fails with `failure`: one that was there, and then threw,
    /// has not failed to start.
    fn of_its_work(&self, failure: Failure) -> Failure {
        match failure.problem {
            Problem::Workers(WorkerProblem::Lost { said }) if self.was_ready => {
                WorkProblem::Stopped { who: self.who.clone(), said }.into()
            }
            _ => failure,
        }
    }

    fn receive(&mut self, event: WorkerEvent) {
        if self.starting.heard(&event) {
            return;
        }
        match event {
            WorkerEvent::Message { received_ms, bytes, buffers } => {
                self.was_ready = true;
                let heard = match self.inbox.answers.read(&bytes) {
                    Ok(Some((WorkerMessage::Answered(answered), sent_ms))) => {
                        let bytes = bytes.len() as u64;
                        Ok(Reply { answered, sent_ms, received_ms, bytes, buffers })
                    }
                    Ok(Some((WorkerMessage::Tasks(_), _))) => Err(answers::out_of_turn()),
                    Ok(None) => return,
                    Err(failure) => Err(failure),
                };
                self.inbox.settle(heard);
            }
            WorkerEvent::Shared(words) => self.jobs = Some(JobSender::new(words)),
            WorkerEvent::Lost(failure) => self.inbox.settle(Err(self.of_its_work(failure))),
            WorkerEvent::Begun | WorkerEvent::Loaded => {}
        }
    }
}

/// A worker and what it was asked. Dropping it ends the worker.
pub struct Client {
    worker: Worker,
    mailbox: Rc<RefCell<Mailbox>>,
    starting: Starting,
    ready: RefCell<Option<oneshot::Receiver<Result<Reply>>>>,
}

impl Client {
    /// Starts a worker, and its pool's threads with it.
    ///
    /// # Errors
    /// `Unavailable` where the browser refuses to start one.
    pub fn start(boot: &Boot, patience: Patience) -> Result<Self> {
        Self::start_among(boot, Starting::new(boot.threads.max(1), patience))
    }

    /// As [`Self::start`], for one of several workers that `starting` watches together.
    ///
    /// # Errors
    /// As [`Self::start`].
    pub fn start_among(boot: &Boot, starting: Starting) -> Result<Self> {
        let mut inbox = Inbox::default();
        let is_ready = inbox.wait();
        let who = if boot.threads > 0 { Who::Thread } else { Who::Worker };
        let starting_here = starting.clone();
        let mailbox = Mailbox { starting: starting_here, inbox, jobs: None, who, was_ready: false };
        let mailbox = Rc::new(RefCell::new(mailbox));
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

    /// Asks the worker for something and waits for its answer, for `limit_ms` at most.
    ///
    /// # Errors
    /// What the worker failed with, `WorkerLost`, `TimedOut`.
    pub async fn ask(
        &self,
        limit_ms: u32,
        message: impl FnOnce(RunId) -> ToWorker,
    ) -> Result<(Sent, Reply)> {
        self.ask_with((&[], DataMode::Transfer), limit_ms, message).await
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
    ) -> Result<(Sent, Reply)> {
        self.ask_with((buffers, DataMode::Transfer), limit_ms, message).await
    }

    /// As [`Self::ask`], with buffers beside the question, which go as their mode says.
    ///
    /// # Errors
    /// As [`Self::ask`].
    pub async fn ask_with(
        &self,
        (buffers, data_mode): (&[Buffer], DataMode),
        limit_ms: u32,
        message: impl FnOnce(RunId) -> ToWorker,
    ) -> Result<(Sent, Reply)> {
        let (run, answered) = {
            let inbox = &mut self.mailbox.borrow_mut().inbox;
            inbox.check()?;
            (inbox.answers.next_run(), inbox.wait())
        };
        let sent = post::post(&self.worker, &message(run), buffers, data_mode)?;
        Ok((sent, timeouts::bounded(answered, limit_ms).await?))
    }

    /// The worker's next message, which nobody asks for.
    pub fn next_message(&self) -> oneshot::Receiver<Result<Reply>> {
        let inbox = &mut self.mailbox.borrow_mut().inbox;
        let next = inbox.wait();
        if let Err(failure) = inbox.check() {
            inbox.settle(Err(failure));
        }
        next
    }

    /// What gives jobs to a pool, to be put back.
    ///
    /// # Errors
    /// `WorkerLost` where it shares no memory.
    pub fn take_jobs(&self) -> Result<JobSender<SharedWords>> {
        self.mailbox.borrow_mut().jobs.take().ok_or_else(timeouts::nobody_left)
    }

    /// Puts back what gives jobs to the pool.
    pub fn put_jobs_back(&self, jobs: JobSender<SharedWords>) {
        self.mailbox.borrow_mut().jobs = Some(jobs);
    }

    /// The words that a pool shares with the page; `None` where it shares none.
    pub fn words(&self) -> Option<SharedWords> {
        self.mailbox.borrow().jobs.as_ref().map(|jobs| jobs.words().clone())
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
                Reply {
                    answered: Answered::Time(picked_up_ms),
                    sent_ms: answered_ms,
                    received_ms,
                    ..
                },
            ) = asked
            else {
                return Err(answers::out_of_turn());
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
        mailbox.inbox.stop_waiting();
        if let Some(jobs) = mailbox.jobs.take() {
            jobs.stop();
        }
    }
}
