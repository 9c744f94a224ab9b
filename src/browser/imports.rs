//! Modules of JavaScript that are loaded when they are needed.

use super::error;
use crate::failure::{Failure, Unavailable};
use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = "export function importModule(url) { return import(url); }")]
extern "C" {
    #[wasm_bindgen(js_name = importModule)]
    fn import_module(url: &str) -> Promise;
}

/// The failure of a module of the page's own that throws `thrown` when it is loaded.
pub fn not_loaded(module: &str, thrown: &JsValue) -> Failure {
    let said = format!("{module}: {}", error::message(thrown)).into();
    Unavailable::ProgramNotLoaded { said }.into()
}

/// The module at `url`.
///
/// # Errors
/// What the browser throws where it cannot be loaded.
pub async fn module(url: &str) -> Result<JsValue, JsValue> {
    JsFuture::from(import_module(url)).await
}
