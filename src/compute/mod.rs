//! What runs inside the compute binary, which every model runs: on the page's own
//! thread as a [`job`], in a worker with a memory of its own as a [`process`], or
//! in a coordinator with a pool of threads as a [`coordinator`].

#[cfg(all(target_arch = "wasm32", not(target_feature = "atomics")))]
compile_error!("compute needs shared memory: build it with `cargo xtask compute`");

mod calibration;
pub mod coordinator;
pub mod job;
pub mod process;
mod wait;

use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::{last_words, worker_scope};
use crate::failure::Result;
use crate::models::DataMode;
use crate::protocol::{self, FromWorker, RunId, ToWorker};
use wasm_bindgen::prelude::*;
pub use wasm_bindgen_rayon::init_thread_pool;

/// Serves the messages of a worker from now on. `base` is the page's address,
/// which requests are relative to; `threads` is the size of the pool, this worker
/// included, whose others have been started; 0 for a process.
#[wasm_bindgen]
pub fn serve(base: String, threads: u32) {
    last_words::keep();
    wait::set_base(base);
    if threads > 0 {
        worker_scope::share_stop(&coordinator::STOP);
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

/// Sends `message` to the page.
fn reply(message: &FromWorker) {
    reply_with(message, &[], DataMode::Copy);
}

/// Sends `message` to the page, with `buffers` beside it, which go as `data_mode` says.
fn reply_with(message: &FromWorker, buffers: &[Buffer], data_mode: DataMode) {
    match protocol::encode(message, &BrowserClock) {
        Ok((bytes, _)) => worker_scope::post(&bytes, buffers, data_mode),
        Err(failure) => wasm_bindgen::throw_str(&failure.to_string()),
    }
}

/// Which run a message names.
fn run_of(message: &ToWorker) -> RunId {
    match message {
        ToWorker::Prepare { run, .. }
        | ToWorker::AskTime { run }
        | ToWorker::Calibrate { run, .. }
        | ToWorker::Tasks { run, .. }
        | ToWorker::All { run, .. }
        | ToWorker::Collect { run, .. } => *run,
    }
}
