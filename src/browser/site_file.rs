//! Files of the page's own site, such as chapters of the guide.

use super::{error, page};
use crate::failure::NoAnswer;
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{RequestCache, RequestInit, Response};

/// The largest file that is read, in bytes; a chapter has some 15 KB.
const MOST_BYTES: usize = 1 << 20;

/// The bytes of the file at `path` below the site's root.
///
/// # Errors
/// Why there is no answer.
pub async fn load(path: &str) -> Result<Vec<u8>, NoAnswer> {
    let window = web_sys::window().ok_or(NoAnswer::NoWindow)?;
    let how = RequestInit::new();
    // An old file must not meet a new page.
    how.set_cache(RequestCache::NoCache);
    let asked = window.fetch_with_str_and_init(&format!("{}{path}", page::base()), &how);
    let response: Response =
        JsFuture::from(asked).await.map_err(thrown)?.dyn_into().map_err(thrown)?;
    if !response.ok() {
        return Err(NoAnswer::Status { status: response.status().into() });
    }
    let buffer = JsFuture::from(response.array_buffer().map_err(thrown)?).await.map_err(thrown)?;
    let bytes = Uint8Array::new(&buffer);
    match bytes.length() as usize <= MOST_BYTES {
        true => Ok(bytes.to_vec()),
        false => Err(NoAnswer::TooLong),
    }
}

fn thrown(thrown: JsValue) -> NoAnswer {
    NoAnswer::Refused { said: error::message(&thrown).into() }
}
