//! Requests that block their thread for real; only workers may.

use super::error;
use crate::workloads::request::{LONGEST_MS, NoAnswer};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{XmlHttpRequest, XmlHttpRequestResponseType};

/// Fetches `url` and returns when it is there: a synchronous request, the one way
/// that browsers have to block on one. There may be `most` bytes. Other hosts are sent no
/// cookies.
///
/// # Errors
/// Why there is no answer.
pub fn fetch(url: &str, most: usize) -> Result<Vec<u8>, NoAnswer> {
    let thrown = |error: JsValue| NoAnswer::Refused(error::message(&error));
    let request = XmlHttpRequest::new().map_err(thrown)?;
    request.open_with_async("GET", url, false).map_err(thrown)?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    request.set_timeout(LONGEST_MS);
    request.send().map_err(thrown)?;
    match request.status().unwrap_or_default() {
        200..300 => {}
        status => return Err(NoAnswer::Status(status)),
    }
    let buffer = request.response().map_err(thrown)?.dyn_into::<ArrayBuffer>().map_err(thrown)?;
    NoAnswer::unless_within(most, buffer.byte_length() as usize)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
