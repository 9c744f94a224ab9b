//! Requests that block their thread for real; only workers may.

use super::error;
use crate::failure::{Failure, FailureKind, Result};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{XmlHttpRequest, XmlHttpRequestResponseType};

/// Fetches `url` and returns when it is there: a synchronous request, the one way
/// that browsers have to block on one.
///
/// # Errors
/// `TaskFailed` where the request does not succeed.
pub fn fetch(url: &str) -> Result<Vec<u8>> {
    let failed = |what: String| {
        Failure::new(
            FailureKind::TaskFailed,
            format!("A request failed: {what}. Reload the page, or choose timed waits."),
        )
    };
    let thrown = |error: JsValue| failed(error::message(&error));
    let request = XmlHttpRequest::new().map_err(thrown)?;
    request.open_with_async("GET", url, false).map_err(thrown)?;
    request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    request.send().map_err(thrown)?;
    match request.status() {
        Ok(200) => {}
        status => return Err(failed(format!("status {}", status.unwrap_or_default()))),
    }
    let buffer = request.response().map_err(thrown)?.dyn_into::<ArrayBuffer>();
    buffer.map(|buffer| Uint8Array::new(&buffer).to_vec()).map_err(thrown)
}
