//! Messages as they are posted: an encoded envelope, and the buffers beside it, which
//! are not encoded. Pickle's protocol 5 calls that out-of-band data.

use super::buffer::Buffer;
use crate::models::DataMode;
use js_sys::{Array, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// Copies an encoded envelope out of memory, puts `buffers` beside it, and has `post` send
/// it: what it is given is the message and, where something changes hands, a list of that.
pub fn send<T>(
    envelope: &[u8],
    buffers: &[Buffer],
    data_mode: DataMode,
    post: impl FnOnce(&JsValue, Option<&Array>) -> T,
) -> T {
    let bytes = Uint8Array::from(envelope);
    if buffers.is_empty() {
        // It is small: handing it over would cost more than copying it.
        return post(&bytes, None);
    }
    let message = Array::of1(&bytes);
    for buffer in buffers {
        message.push(buffer.as_js());
    }
    if data_mode == DataMode::Copy {
        return post(&message, None);
    }
    // What is shared has no owner.
    let owned = buffers.iter().filter(|buffer| !buffer.is_shared());
    let transfer: Array = owned.map(Buffer::transferable).collect();
    post(&message, Some(&transfer))
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
