//! Requests that block their thread for real; only workers may.

use super::error;
use crate::failure::NoAnswer;
use crate::workloads::no_answer::{OUTCOME, longest_ms};
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{XmlHttpRequest, XmlHttpRequestResponseType};

/// Fetches `url` and returns when it is there: a synchronous request, the one way
/// that browsers have to block on one. There may be `most` bytes, of which nothing is seen
/// before they are all there: only the page's service worker, where the answer comes
/// `by_service_worker`, ends one that is longer. Other hosts are sent no cookies.
///
/// # Errors
/// Why there is no answer.
pub fn fetch(url: &str, most: usize, by_service_worker: bool) -> Result<Vec<u8>, NoAnswer> {
    let request = XmlHttpRequest::new().map_err(thrown)?;
    request.open_with_async("GET", url, false).map_err(thrown)?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    request.set_timeout(longest_ms(by_service_worker));
    request.send().map_err(thrown)?;
    if by_service_worker {
        let outcome = request.get_response_header(OUTCOME).map_err(thrown)?;
        NoAnswer::unless_answered(outcome.as_deref())?;
    } else if !matches!(request.status(), Ok(200..300)) {
        return Err(NoAnswer::Status { status: request.status().unwrap_or_default().into() });
    }
    let buffer = request.response().map_err(thrown)?.dyn_into::<ArrayBuffer>().map_err(thrown)?;
    NoAnswer::unless_within(most, buffer.byte_length() as usize)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

fn thrown(error: JsValue) -> NoAnswer {
    let name = Reflect::get(&error, &"name".into()).ok().and_then(|name| name.as_string());
    match name.as_deref() {
        Some("TimeoutError") => NoAnswer::late(),
        _ => NoAnswer::Refused { said: error::message(&error).into() },
    }
}
