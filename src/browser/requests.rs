//! Requests that do not block: what an event loop is made for.

use super::{error, page};
use crate::browser::turn;
use crate::failure::{Failure, FailureKind, Result};
use crate::workloads::request::{Request, RequestKind};
use js_sys::{ArrayBuffer, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Makes `request` and comes back with its answer; others may run meanwhile.
///
/// # Errors
/// `TaskFailed` where there is none, or a wrong one.
pub async fn wait(request: &Request) -> Result<Vec<u8>> {
    match request.kind {
        RequestKind::Network => {
            let body = fetch(&format!("{}{}", page::base(), request.path())).await;
            request.check(body.map_err(|what| {
                let message =
                    format!("A request failed: {what}. Reload the page, or choose timed waits.");
                Failure::new(FailureKind::TaskFailed, message)
            })?)
        }
        RequestKind::Timer => {
            turn::sleep(request.delay_ms as u32).await;
            Ok(request.body())
        }
    }
}

/// The bytes at `url`.
///
/// # Errors
/// What was wrong, as part of a sentence, where the request does not succeed.
pub async fn fetch(url: &str) -> Result<Vec<u8>, String> {
    let thrown = |error: JsValue| error::message(&error);
    let window = web_sys::window().ok_or("there is no window")?;
    let response = JsFuture::from(window.fetch_with_str(url)).await.map_err(thrown)?;
    let response: Response = response.dyn_into().map_err(thrown)?;
    if !response.ok() {
        return Err(format!("status {} for {url}", response.status()));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(thrown)?).await.map_err(thrown)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(thrown)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
