//! Workers, from the page's side.

use super::buffer::Buffer;
use super::clock::BrowserClock;
use super::compute_module::ComputeModule;
use super::{error, message, page};
use crate::experiment::executor::DataMode;
use crate::failure::{Failure, FailureKind, Result};
use crate::measure::Clock;
use gloo_events::EventListener;
use js_sys::{Atomics, Int32Array, Object, Reflect, WebAssembly};
use std::rc::Rc;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{ErrorEvent, MessageEvent, WorkerOptions, WorkerType};

/// What a worker needs to begin.
pub struct Boot<'a> {
    /// The compiled program; without it the worker fetches and compiles its own.
    pub module: Option<&'a ComputeModule>,
    /// Threads of the pool, the worker itself among them; 0 for a process.
    pub threads: u32,
    /// The channel on which a panic says why.
    pub panic_channel: &'a str,
}

/// What comes from a worker.
pub enum WorkerEvent {
    /// A message.
    Message {
        /// When it was picked up, in ms.
        received_ms: f64,
        /// Its envelope.
        bytes: Vec<u8>,
        /// What came beside it.
        buffers: Vec<Buffer>,
    },
    /// The coordinator of a pool shares where it can be told to stop.
    Shared(StopFlag),
    /// The worker did not start, or stopped.
    Lost(Failure),
}

/// A word in the memory that a pool shares with the page: set, it ends what the
/// pool's threads are at, where a message would wait until they are done.
pub struct StopFlag {
    words: Int32Array,
    index: u32,
}

impl StopFlag {
    fn read(message: &JsValue) -> Option<Self> {
        let get = |key: &str| Reflect::get(message, &key.into()).ok();
        let memory = get("memory")?.dyn_into::<WebAssembly::Memory>().ok()?;
        let address = get("stop")?.as_f64()? as u32;
        Some(Self { words: Int32Array::new(&memory.buffer()), index: address / 4 })
    }

    /// Tells the pool to stop.
    pub fn raise(&self) {
        // Refused only for an index outside of the memory that it came with.
        let _ = Atomics::store(&self.words, self.index, 1);
    }
}

/// A worker; dropping it ends it, whatever it is doing.
pub struct Worker {
    worker: web_sys::Worker,
    _listeners: [EventListener; 3],
}

impl Worker {
    /// Starts a worker and calls `handle` with whatever comes from it.
    ///
    /// # Errors
    /// `Unavailable` where the browser refuses to start one.
    pub fn start(boot: &Boot, handle: impl Fn(WorkerEvent) + 'static) -> Result<Self> {
        let options = WorkerOptions::new();
        options.set_type(WorkerType::Module);
        let url = format!("{}compute/worker.js", page::base());
        let worker = web_sys::Worker::new_with_options(&url, &options).map_err(refused)?;
        let handle = Rc::new(handle);
        let on = |name: &'static str, read: fn(&web_sys::Event) -> WorkerEvent| {
            let handle = handle.clone();
            EventListener::new(&worker, name, move |event| handle(read(event)))
        };
        let listeners = [
            on("message", read_message),
            on("messageerror", |_| WorkerEvent::Lost(lost("a message could not be received"))),
            on("error", |event| {
                let what = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                let what = what.filter(|what| !what.is_empty());
                WorkerEvent::Lost(lost(what.as_deref().unwrap_or("its script could not be loaded")))
            }),
        ];
        // From here on whatever is refused ends the worker.
        let started = Self { worker, _listeners: listeners };
        let message = Object::new();
        let set = |key: &str, value: &JsValue| Reflect::set(&message, &key.into(), value);
        if let Some(module) = boot.module {
            set("module", module.as_js()).map_err(refused)?;
        }
        set("threads", &boot.threads.into()).map_err(refused)?;
        set("base", &page::base().into()).map_err(refused)?;
        set("channel", &boot.panic_channel.into()).map_err(refused)?;
        started.worker.post_message(&message).map_err(refused)?;
        Ok(started)
    }

    /// Sends an encoded message to the worker, with `buffers` beside it.
    ///
    /// # Errors
    /// `TaskFailed` where the browser refuses, for want of memory above all.
    pub fn post(&self, bytes: &[u8], buffers: &[Buffer], data_mode: DataMode) -> Result<()> {
        let sent = message::send(bytes, buffers, data_mode, |message, transfer| match transfer {
            Some(transfer) => self.worker.post_message_with_transfer(message, transfer),
            None => self.worker.post_message(message),
        });
        sent.map_err(|thrown| {
            let what = error::message(&thrown);
            let message =
                format!("A message to a worker was refused: {what}. Make the work smaller.");
            Failure::new(FailureKind::TaskFailed, message)
        })
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

/// Bytes, which are the protocol's; a pool's stop flag; or what `worker.js` says when it could
/// not get that far.
fn read_message(event: &web_sys::Event) -> WorkerEvent {
    // Before its data is read: only then does the browser deserialize it.
    let received_ms = BrowserClock.now_ms();
    let data = event.unchecked_ref::<MessageEvent>().data();
    if let Some((bytes, buffers)) = message::parse(&data) {
        return WorkerEvent::Message { received_ms, bytes, buffers };
    }
    if let Some(stop) = StopFlag::read(&data) {
        return WorkerEvent::Shared(stop);
    }
    let failed = Reflect::get(&data, &"failed".into()).ok().and_then(|text| text.as_string());
    WorkerEvent::Lost(lost(failed.as_deref().unwrap_or("it sent something unknown")))
}

fn lost(what: &str) -> Failure {
    let message = format!(
        "A worker was lost: {}. Reload the page and run it again.",
        what.trim_end_matches('.')
    );
    Failure::new(FailureKind::WorkerLost, message)
}

fn refused(thrown: JsValue) -> Failure {
    let what = error::message(&thrown);
    let message =
        format!("This page may not start workers here: {what}. Open it in a tab of its own.");
    Failure::new(FailureKind::Unavailable, message)
}
