//! Messages as they are posted: an encoded envelope, and the buffers beside it, which
//! are not encoded. Pickle's protocol 5 calls that out-of-band data.

use super::buffer::Buffer;
use super::clock::BrowserClock;
use crate::experiment::executor::DataMode;
use crate::measure::Clock;
use crate::protocol::COPIED_AT;
use js_sys::{Array, DataView, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// A message that is ready to be posted.
pub struct Outgoing {
    /// What to post: the envelope, or a list of it and its buffers.
    pub message: JsValue,
    /// What changes hands.
    pub transfer: Array,
}

/// Copies an encoded envelope out of memory, stamps it with the time at which that was
/// done, and puts `buffers` beside it. Gives that time as well, in ms.
pub fn compose(envelope: &[u8], buffers: &[Buffer], data_mode: DataMode) -> (Outgoing, f64) {
    let bytes = Uint8Array::from(envelope);
    let copied_ms = BrowserClock.now_ms();
    let buffer = bytes.buffer();
    let stamps = DataView::new(&buffer, 0, envelope.len());
    stamps.set_float64_endian(COPIED_AT as usize, copied_ms, true);
    let transfer = Array::new();
    if data_mode != DataMode::Copy {
        transfer.push(&buffer);
        // What is shared has no owner.
        for buffer in buffers.iter().filter(|buffer| !buffer.is_shared()) {
            transfer.push(&buffer.transferable());
        }
    }
    let message = if buffers.is_empty() {
        bytes.into()
    } else {
        let list = Array::of1(&bytes);
        for buffer in buffers {
            list.push(buffer.as_js());
        }
        list.into()
    };
    (Outgoing { message, transfer }, copied_ms)
}

/// The envelope and the buffers of a message; `None` where it is no such thing.
pub fn parse(message: &JsValue) -> Option<(Vec<u8>, Vec<Buffer>)> {
    if let Some(envelope) = message.dyn_ref::<Uint8Array>() {
        return Some((envelope.to_vec(), Vec::new()));
    }
    let mut parts = message.dyn_ref::<Array>()?.iter();
    let envelope = parts.next()?.dyn_into::<Uint8Array>().ok()?;
    let buffers = parts.map(Buffer::from_js).collect::<Option<_>>()?;
    Some((envelope.to_vec(), buffers))
}
