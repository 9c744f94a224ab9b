//! Waiting that blocks the thread for real.

use super::error;
use crate::failure::{Failure, FailureKind, Result};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{XmlHttpRequest, XmlHttpRequestResponseType};

/// Fetches `url` and returns when it is there. The one way that browsers have to
/// block on a request.
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
    // A window may not choose the type of a synchronous answer, but it may read
    // the bytes as text of a character set that leaves them as they are.
    let in_window = web_sys::window().is_some();
    if in_window {
        request.override_mime_type("text/plain; charset=x-user-defined").map_err(thrown)?;
    } else {
        request.set_response_type(XmlHttpRequestResponseType::Arraybuffer);
    }
    request.send().map_err(thrown)?;
    match request.status() {
        Ok(200) => {}
        status => return Err(failed(format!("status {}", status.unwrap_or_default()))),
    }
    if in_window {
        let text = request.response_text().map_err(thrown)?.unwrap_or_default();
        return Ok(text.chars().map(|character| character as u32 as u8).collect());
    }
    let buffer = request.response().map_err(thrown)?.dyn_into::<ArrayBuffer>();
    buffer.map(|buffer| Uint8Array::new(&buffer).to_vec()).map_err(thrown)
}
