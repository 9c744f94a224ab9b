//! Modules of JavaScript that are loaded when they are needed.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = "export function importModule(url) { return import(url); }")]
extern "C" {
    #[wasm_bindgen(js_name = importModule)]
    fn import_module(url: &str) -> Promise;
}

/// The module at `url`.
///
/// # Errors
/// What the browser throws where it cannot be loaded.
pub async fn module(url: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(import_module(url)).await
}
