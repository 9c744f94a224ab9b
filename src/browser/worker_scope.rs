//! A worker's own side of its messages.

use super::buffer::Buffer;
use super::clock::BrowserClock;
use super::shared_words::SharedWords;
use super::{error, message};
use crate::failure::Result;
use crate::measure::Clock;
use crate::models::DataMode;
use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use std::sync::atomic::AtomicU32;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

thread_local! {
    /// What is global in a worker, which is the only place where this is used.
    static SCOPE: DedicatedWorkerGlobalScope = js_sys::global().unchecked_into();
}

/// A message, as it was received.
pub struct Received {
    /// When it was picked up, in ms.
    pub at_ms: f64,
    /// Its envelope.
    pub bytes: Vec<u8>,
    /// What came beside it.
    pub buffers: Vec<Buffer>,
}

/// Calls `handle` with every message from now on, for as long as the worker
/// lives.
pub fn listen(mut handle: impl FnMut(Received) + 'static) {
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        // Before its data is read: only then does the browser deserialize it.
        let at_ms = BrowserClock.now_ms();
        if let Some((bytes, buffers)) = message::parse(&event.data()) {
            handle(Received { at_ms, bytes, buffers });
        }
    });
    SCOPE.with(|scope| scope.set_onmessage(Some(on_message.as_ref().unchecked_ref())));
    // The one closure that is never dropped: it lives as long as its worker.
    on_message.forget();
}

/// Sends an encoded message to whoever started this worker, with `buffers` beside it.
pub fn post(bytes: &[u8], buffers: &[Buffer], data_mode: DataMode) {
    let sent = SCOPE.with(|scope| {
        message::send(bytes, buffers, data_mode, |message, transfer| match transfer {
            Some(transfer) => scope.post_message_with_transfer(message, transfer),
            None => scope.post_message(message),
        })
    });
    if let Err(thrown) = sent {
        // Throwing outside of any promise fires the page's `error` event.
        wasm_bindgen::throw_str(&error::message(&thrown));
    }
}

/// Closes this worker: what it is at is its last.
pub fn close() {
    SCOPE.with(DedicatedWorkerGlobalScope::close);
}

/// `words` of this memory.
pub fn own_words(words: &'static [AtomicU32]) -> SharedWords {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    SharedWords::at(&memory, words.as_ptr() as u32)
}

/// A copy of this whole memory, as it is now.
///
/// # Errors
/// `OutOfMemory` where there is no room for it.
pub fn copy_of_memory() -> Result<Buffer> {
    let memory: WebAssembly::Memory = wasm_bindgen::memory().unchecked_into();
    let all = Uint8Array::new(&memory.buffer());
    let copy = Buffer::new(all.length() as usize)?;
    copy.copy_from(&all);
    Ok(copy)
}

/// Shares this memory with the page, and where in it `words` are.
pub fn share(words: &'static [AtomicU32]) {
    let message = Object::new();
    let address = words.as_ptr() as u32;
    let set = |key: &str, value: &JsValue| Reflect::set(&message, &key.into(), value).is_ok();
    if set("memory", &wasm_bindgen::memory()) && set("words", &address.into()) {
        // Refused only where memory cannot be shared, and no pool starts there.
        let _ = SCOPE.with(|scope| scope.post_message(&message));
    }
}
