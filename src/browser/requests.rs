//! Requests that do not block: what an event loop is made for.

use super::{error, page};
use crate::browser::turn;
use crate::failure::Result;
use crate::workloads::request::{LONGEST_MS, NoAnswer, Request, RequestKind};
use futures_util::future::{Either, select};
use js_sys::{ArrayBuffer, Uint8Array};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Makes `request` and comes back with its answer; others may run meanwhile.
///
/// # Errors
/// `TaskFailed` where there is none, or a wrong one.
pub async fn wait(request: &Request) -> Result<Vec<u8>> {
    if request.kind == RequestKind::Timer {
        turn::sleep(request.delay_ms as u32).await;
        return Ok(request.body());
    }
    let url = request.url(&page::base());
    let asked = pin!(fetch(&url, request.bytes));
    let body = match select(asked, pin!(turn::sleep(LONGEST_MS))).await {
        Either::Left((body, _)) => body,
        Either::Right(_) => Err(NoAnswer::Late),
    };
    request.check(body.map_err(|why| request.failed(&why))?)
}

/// The bytes at `url`, of which there may be `most`. Other hosts are sent no cookies.
///
/// # Errors
/// Why there is no answer.
pub async fn fetch(url: &str, most: usize) -> Result<Vec<u8>, NoAnswer> {
    let refused = |what: &str| NoAnswer::Refused(what.to_owned());
    let thrown = |error: JsValue| NoAnswer::Refused(error::message(&error));
    let window = web_sys::window().ok_or_else(|| refused("there is no window"))?;
    let response = JsFuture::from(window.fetch_with_str(url)).await.map_err(thrown)?;
    let response: Response = response.dyn_into().map_err(thrown)?;
    if !response.ok() {
        return Err(NoAnswer::Status(response.status()));
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(thrown)?).await.map_err(thrown)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(thrown)?;
    NoAnswer::unless_within(most, buffer.byte_length() as usize)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}
