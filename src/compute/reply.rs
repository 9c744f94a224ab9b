//! Answers to the page.

use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::worker_scope;
use crate::models::DataMode;
use crate::protocol::{self, FromWorker, RunId, ToWorker};

/// Sends `message` to the page.
pub fn reply(message: &FromWorker) {
    reply_with(message, &[], DataMode::Copy);
}

/// Sends `message` to the page, with `buffers` beside it, which go as `data_mode` says.
pub fn reply_with(message: &FromWorker, buffers: &[Buffer], data_mode: DataMode) {
    match protocol::encode(message, &BrowserClock) {
        Ok((bytes, _)) => worker_scope::post(&bytes, buffers, data_mode),
        Err(failure) => wasm_bindgen::throw_str(&failure.to_string()),
    }
}

/// Which run a message names.
pub fn run_of(message: &ToWorker) -> RunId {
    match message {
        ToWorker::Prepare { run, .. }
        | ToWorker::AskTime { run }
        | ToWorker::Calibrate { run, .. }
        | ToWorker::Tasks { run, .. }
        | ToWorker::Call { run, .. }
        | ToWorker::Attend { run, .. }
        | ToWorker::Item { run, .. }
        | ToWorker::Stage { run, .. }
        | ToWorker::Pitfall { run, .. }
        | ToWorker::State { run, .. }
        | ToWorker::Collect { run, .. } => *run,
    }
}
