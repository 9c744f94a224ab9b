//! Makes the compute program throw a text that says why it stopped. By itself it would only trap,
//! without a reason.
//!
//! The caller gets the text: the page itself or `worker.js`, and the page also by the worker's
//! `error` event.

use crate::failure::stop::{self, ShortText};
use std::alloc::{Layout, set_alloc_error_hook};
use std::panic;

/// A page of WebAssembly's memory, in bytes.
const PAGE: usize = 1 << 16;

/// Installs the hooks for panics and failed allocations, for all threads of this memory.
pub fn keep() {
    set_alloc_error_hook(out_of_memory);
    panic::set_hook(Box::new(|panic| {
        wasm_bindgen::throw_str(panic.payload_as_str().unwrap_or("it panicked"));
    }));
}

/// Must not allocate.
fn out_of_memory(layout: Layout) {
    let in_use = core::arch::wasm32::memory_size::<0>() * PAGE;
    let mut text = ShortText::default();
    // It has room for two numbers.
    let _ = stop::write_out_of_memory(&mut text, layout.size(), in_use);
    wasm_bindgen::throw_str(text.as_str());
}
