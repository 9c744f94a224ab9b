//! A pool of threads during a sample: it receives jobs through the memory that it shares with the page.

use super::answers::{self, Answered};
use super::client::{Client, Reply};
use super::timeouts;
use crate::browser::clock::BrowserClock;
use crate::browser::shared_words::SharedWords;
use crate::failure::Result;
use crate::measure::Clock;
use crate::protocol::{GilRules, ToWorker};
use crate::sync::job_channel::{JobSender, Word, Words};
use futures_util::future::{Either, LocalBoxFuture, select};
use std::pin::pin;

/// How long the page looks for the end of a job before it awaits it, in ms: less than it costs to be
/// woken.
const LOOK_MS: f64 = 0.02;
/// The page looks only if the job before took less than this, in ms.
const SHORT_MS: f64 = 0.1;

/// A coordinator that receives jobs until this is dropped.
pub struct Attending<'a> {
    client: &'a Client,
    /// The client's, until it gets it back.
    jobs: Option<JobSender<SharedWords>>,
    /// The coordinator's next message, or that there was none for too long.
    message: Option<LocalBoxFuture<'static, Result<Reply>>>,
    last_was_short: bool,
}

/// When the page sent a job and heard that it was done, in ms.
#[derive(Clone, Copy, Debug)]
pub struct JobSent {
    /// When sending it began.
    pub sent_ms: f64,
    /// When sending it had ended.
    pub posted_ms: f64,
    /// When the page heard that it was done.
    pub heard_ms: f64,
}

impl<'a> Attending<'a> {
    /// Has a pool's coordinator receive jobs.
    ///
    /// # Errors
    /// As [`Client::ask`].
    pub async fn begin(client: &'a Client, chunk_size: u32, gil: Option<GilRules>) -> Result<Self> {
        let jobs = client.take_jobs()?;
        let sent = jobs.sent();
        // From here on the coordinator is told to leave, whatever happens.
        let this = Self { client, jobs: Some(jobs), message: None, last_was_short: false };
        let by_message = !SharedWords::can_be_awaited();
        let attend = |run| ToWorker::Attend { run, sent, by_message, chunk_size, gil };
        let (_, Reply { answered: Answered::Attending, .. }) =
            client.ask(timeouts::STARTUP_MS, attend).await?
        else {
            return Err(answers::out_of_turn());
        };
        Ok(this)
    }

    /// Has everything computed once.
    ///
    /// # Errors
    /// What the coordinator failed with, `WorkerLost`, `TimedOut`.
    pub async fn compute(&mut self) -> Result<JobSent> {
        let Some(jobs) = &mut self.jobs else { return Err(timeouts::nobody_left()) };
        let words = jobs.words().clone();
        let before = words.load(Word::Done);
        let changed = || words.changed(Word::Done, before);
        // Beforehand, so that the page sleeps as soon as the job is sent: the pool wants its core.
        let mut waiting = (!self.last_was_short).then(changed);
        let sent_ms = BrowserClock.now_ms();
        jobs.send();
        let posted_ms = BrowserClock.now_ms();
        if self.last_was_short {
            while !jobs.is_done() && BrowserClock.now_ms() - posted_ms < LOOK_MS {}
        }
        while !jobs.is_done() {
            let changed = pin!(waiting.take().unwrap_or_else(changed));
            let message = self.message.get_or_insert_with(|| next_message(self.client));
            if let Either::Right((message, _)) = select(changed, message).await {
                self.message = None;
                let Reply { answered: Answered::JobDone, .. } = message? else {
                    return Err(answers::out_of_turn());
                };
            }
        }
        let heard_ms = BrowserClock.now_ms();
        self.last_was_short = heard_ms - posted_ms < SHORT_MS;
        Ok(JobSent { sent_ms, posted_ms, heard_ms })
    }
}

fn next_message(client: &Client) -> LocalBoxFuture<'static, Result<Reply>> {
    Box::pin(timeouts::bounded(client.next_message(), timeouts::POOL_MS))
}

impl Drop for Attending<'_> {
    fn drop(&mut self) {
        if let Some(mut jobs) = self.jobs.take() {
            jobs.leave();
            // Nobody here waits any more; the browser forgets it only once it is woken.
            jobs.words().wake(Word::Done);
            self.client.put_jobs_back(jobs);
        }
    }
}
