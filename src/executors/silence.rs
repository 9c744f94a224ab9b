//! Waiting for workers that may never answer. Some ends make no sound: a thread that
//! traps leaves its coordinator waiting for it, and a worker whose heap is full just
//! stops.

use crate::browser::turn;
use crate::failure::{Failure, FailureKind, Result};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use std::pin::pin;

/// A worker that has not started after this time, in ms, never will: starting
/// takes a fraction of a second on any machine that can run the page.
pub const STARTUP_MS: u32 = 30_000;
/// How long a process may be silent for each task of the message that it is at, in ms. A
/// task computes for some seconds at the most, and whoever waits for a request gives it up
/// much sooner.
pub const PROCESS_MS: u32 = 120_000;
/// How long a pool may be silent, in ms: it speaks only when all is done. A process, too,
/// whatever it has to do.
pub const POOL_MS: u32 = 1_800_000;

/// Waits for an answer, but not for ever.
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

/// Nothing was heard for `limit_ms`.
pub fn timed_out(limit_ms: u32) -> Failure {
    let seconds = limit_ms / 1000;
    let message = format!(
        "Nothing was heard from a worker for {seconds} s, and it was ended. Make the work smaller, \
         or use fewer workers."
    );
    Failure::new(FailureKind::TimedOut, message)
}

/// `who` stopped with a panic that said `what`.
pub fn panicked(who: &str, what: &str) -> Failure {
    let message =
        format!("{who} stopped: {what}. Run it again; if it stops again, please report it.");
    Failure::new(FailureKind::TaskFailed, message)
}

/// Nobody is left who could answer.
pub fn nobody_left() -> Failure {
    Failure::new(FailureKind::WorkerLost, "A worker is gone. Run it again.")
}

/// A worker said something that nobody had asked it for.
pub fn out_of_turn() -> Failure {
    let message = "A worker answered something else than it was asked. Reload the page.";
    Failure::new(FailureKind::WorkerLost, message)
}
