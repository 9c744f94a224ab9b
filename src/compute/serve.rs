//! The entry of every worker: which messages it serves from now on.

use super::reply::reply;
use super::{coordinator, process, wait};
use crate::browser::{stop_message, worker_scope};
use crate::failure::Result;
use crate::protocol::{self, FromWorker, RunId};
use wasm_bindgen::prelude::*;

/// Serves the messages of a worker from now on. `base` is the page's address,
/// which requests are relative to; `threads` is the size of the pool, this worker
/// included, whose others have been started; 0 for a process.
#[wasm_bindgen]
pub fn serve(base: String, threads: u32) {
    stop_message::keep();
    wait::set_base(base);
    if threads > 0 {
        worker_scope::share(&coordinator::WORDS);
        let mut coordinator = coordinator::Coordinator::new(threads as usize);
        worker_scope::listen(move |received| settle(|run| coordinator.handle(&received, run)));
    } else {
        let mut process = process::Process::default();
        worker_scope::listen(move |received| settle(|run| process.handle(&received, run)));
    }
    reply(&FromWorker::Ready { version: protocol::VERSION });
}

/// Handles one message; a failure goes back to the page with the run it names.
fn settle(handle: impl FnOnce(&mut Option<RunId>) -> Result<()>) {
    let mut run = None;
    if let Err(failure) = handle(&mut run) {
        reply(&FromWorker::Failed { run, failure });
    }
}
