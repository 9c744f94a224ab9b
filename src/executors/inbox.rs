//! Waiting for what a worker answers.

use super::answers::Answers;
use crate::failure::{Failure, Result};
use futures_channel::oneshot;

/// What workers say to whoever waits for them.
pub struct Inbox<T> {
    /// Reads it.
    pub answers: Answers,
    waiting: Option<oneshot::Sender<Result<T>>>,
    /// A failure that came while nobody waited.
    lost: Option<Failure>,
}

impl<T> Default for Inbox<T> {
    fn default() -> Self {
        Self { answers: Answers::default(), waiting: None, lost: None }
    }
}

impl<T> Inbox<T> {
    /// Waits for what is told by [`Self::settle`].
    pub fn wait(&mut self) -> oneshot::Receiver<Result<T>> {
        let (waiting, told) = oneshot::channel();
        self.waiting = Some(waiting);
        told
    }

    /// Stops waiting.
    pub fn stop_waiting(&mut self) {
        self.waiting = None;
    }

    /// Fails with what came while nobody waited.
    ///
    /// # Errors
    /// That failure, once.
    pub fn check(&mut self) -> Result<()> {
        self.lost.take().map_or(Ok(()), Err)
    }

    /// Tells whoever waits. A failure for which nobody waits is kept.
    pub fn settle(&mut self, result: Result<T>) {
        if let Some(waiting) = self.waiting.take() {
            // Whoever waited may have been cancelled since.
            let _ = waiting.send(result);
        } else if let Err(failure) = result {
            self.lost = Some(failure);
        }
    }
}
