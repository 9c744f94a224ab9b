//! Bytes on their way out of WebAssembly's memory.

use super::clock::BrowserClock;
use crate::measure::Clock;
use crate::protocol::COPIED_AT;
use js_sys::{DataView, Uint8Array};

/// Copies an encoded message out of memory, stamps it with the time at which that was
/// done, and gives that time as well, in ms.
pub fn copied_out(bytes: &[u8]) -> (Uint8Array, f64) {
    let message = Uint8Array::from(bytes);
    let copied_ms = BrowserClock.now_ms();
    let stamps = DataView::new(&message.buffer(), 0, message.length() as usize);
    stamps.set_float64_endian(COPIED_AT as usize, copied_ms, true);
    (message, copied_ms)
}
