//! Requests that do not block: what an event loop is made for.

use super::{error, page, service_worker};
use crate::browser::turn;
use crate::failure::{NoAnswer, Result};
use crate::workloads::no_answer::{OUTCOME, longest_ms};
use crate::workloads::request::{Request, RequestKind};
use futures_util::future::{Either, select};
use js_sys::{ArrayBuffer, Reflect, Uint8Array};
use std::pin::pin;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, ReadableStreamDefaultReader, RequestCache, RequestInit, Response};

/// Makes `request` and comes back with its answer; others may run meanwhile. Dropping it ends
/// the request.
///
/// # Errors
/// `TaskFailed` where there is none, or a wrong one; `TimedOut` where it comes too late.
pub async fn wait(request: &Request) -> Result<Vec<u8>> {
    if request.kind == RequestKind::Timer {
        turn::sleep(request.delay_ms as u32).await;
        return Ok(request.body());
    }
    let asked = pin!(ask(request));
    let in_time = pin!(turn::sleep(longest_ms(request.by_service_worker())));
    let body = match select(asked, in_time).await {
        Either::Left((body, _)) => body,
        Either::Right(_) => Err(NoAnswer::late()),
    };
    request.check(body.map_err(|why| request.failed(&why))?)
}

async fn ask(request: &Request) -> Result<Vec<u8>, NoAnswer> {
    // The cache lends one answer to several requests, or has them wait for one another.
    let cache = RequestCache::NoStore;
    if !request.by_service_worker() {
        return fetch_by(cache, &request.url(&page::base()), request.bytes).await;
    }
    let mut part = service_worker::PartOfRun::new(&request.run);
    let asked = Request { run: part.name().to_owned(), ..request.clone() };
    let fetching = Fetching::begin(&asked.url(&page::base()), cache)?;
    let response = fetching.response().await?;
    NoAnswer::unless_answered(response.headers().get(OUTCOME).ok().flatten().as_deref())?;
    let body = whole_body(&response).await?;
    part.is_over();
    Ok(body)
}

/// Has the service worker make `count` bodies of `bytes` bytes each for the run `name`, before
/// anything is measured. Where it does not, it makes each when it is due.
pub async fn make_bodies(name: &str, count: usize, bytes: usize, seed: u64) {
    let query = format!("count={count}&bytes={bytes}&seed={seed}&run={name}");
    let url = format!("{}io/bodies?{query}", page::base());
    // If it failed, the first request will say so.
    let _ = fetch(&url, 0).await;
}

/// The bytes at `url`, of which there may be `most`. Other hosts are sent no cookies. Dropping it
/// ends the request.
///
/// # Errors
/// Why there is no answer.
pub async fn fetch(url: &str, most: usize) -> Result<Vec<u8>, NoAnswer> {
    fetch_by(RequestCache::Default, url, most).await
}

async fn fetch_by(cache: RequestCache, url: &str, most: usize) -> Result<Vec<u8>, NoAnswer> {
    let fetching = Fetching::begin(url, cache)?;
    let response = fetching.response().await?;
    if !response.ok() {
        return Err(NoAnswer::Status { status: response.status().into() });
    }
    body_of_at_most(most, &response).await
}

/// A request under way, which is ended when this is dropped.
struct Fetching {
    controller: AbortController,
    answer: js_sys::Promise,
}

impl Fetching {
    fn begin(url: &str, cache: RequestCache) -> Result<Self, NoAnswer> {
        let window = web_sys::window().ok_or(NoAnswer::NoWindow)?;
        let controller = AbortController::new().map_err(thrown)?;
        let options = RequestInit::new();
        options.set_signal(Some(&controller.signal()));
        options.set_cache(cache);
        let answer = window.fetch_with_str_and_init(url, &options);
        Ok(Self { controller, answer })
    }

    async fn response(&self) -> Result<Response, NoAnswer> {
        let response = JsFuture::from(self.answer.clone()).await.map_err(thrown)?;
        response.dyn_into().map_err(thrown)
    }
}

impl Drop for Fetching {
    fn drop(&mut self) {
        // Of what has ended already there is nothing to end.
        self.controller.abort();
    }
}

/// The body of an answer whose length is known to be bounded.
async fn whole_body(response: &Response) -> Result<Vec<u8>, NoAnswer> {
    let buffer = JsFuture::from(response.array_buffer().map_err(thrown)?).await.map_err(thrown)?;
    let buffer: ArrayBuffer = buffer.dyn_into().map_err(thrown)?;
    Ok(Uint8Array::new(&buffer).to_vec())
}

/// The body of an answer, which is given up as soon as it has more than `most` bytes.
async fn body_of_at_most(most: usize, response: &Response) -> Result<Vec<u8>, NoAnswer> {
    let Some(stream) = response.body() else { return Ok(Vec::new()) };
    let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
    let mut body = Vec::new();
    loop {
        let part = JsFuture::from(reader.read()).await.map_err(thrown)?;
        if Reflect::get(&part, &"done".into()).is_ok_and(|done| done.is_truthy()) {
            return Ok(body);
        }
        let bytes = Reflect::get(&part, &"value".into()).map_err(thrown)?;
        let bytes: Uint8Array = bytes.dyn_into().map_err(thrown)?;
        let length = body.len() + bytes.length() as usize;
        NoAnswer::unless_within(most, length)?;
        let end = body.len();
        body.resize(length, 0);
        bytes.copy_to(&mut body[end..]);
    }
}

fn thrown(error: JsValue) -> NoAnswer {
    NoAnswer::Refused { said: error::message(&error).into() }
}
