//! Passes a worker's answers to the future that waits for them.

use super::answers::Answers;
use crate::failure::{Failure, Result};
use futures_channel::oneshot;

/// Decodes the answers of workers, and settles the future that waits for one.
pub struct Inbox<T> {
    /// Decodes messages.
    pub answers: Answers,
    waiting: Option<oneshot::Sender<Result<T>>>,
    /// A failure that came while nothing waited for an answer.
    lost: Option<Failure>,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self { answers: Answers::default(), waiting: None, lost: None }
    }
}

impl<T> Inbox<T> {
    /// A future of the next result passed to [`Self::settle`].
    pub fn wait(&mut self) -> oneshot::Receiver<Result<T>> {
        let (waiting, told) = oneshot::channel();
        self.waiting = Some(waiting);
        told
    }

    /// Stops waiting.
    pub fn stop_waiting(&mut self) {
        self.waiting = None;
    }

    /// Returns the failure that came while nothing waited, if any.
    ///
    /// # Errors
    /// That failure, once.
    pub fn check(&mut self) -> Result<()> {
        self.lost.take().map_or(Ok(()), Err)
    }

    /// Settles the waiting future. A failure without one is kept.
    pub fn settle(&mut self, result: Result<T>) {
        if let Some(waiting) = self.waiting.take() {
            // Whoever waited may have been cancelled since.
            let _ = waiting.send(result);
        } else if let Err(failure) = result {
            self.lost = Some(failure);
        }
    }
}
