//! The part of the page's program that a first visit does not wait for (`xtask/split`).

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/www/deferred.js")]
extern "C" {
    #[wasm_bindgen(js_name = load)]
    fn load_from(first: &JsValue) -> js_sys::Promise;
    #[wasm_bindgen(js_name = loadNow)]
    fn load_now(first: &JsValue);
}

/// Loads it. Where that fails it is tried again when it is needed.
pub async fn load() {
    // It settles with nothing, whatever happens.
    let _ = JsFuture::from(load_from(&wasm_bindgen::exports())).await;
}

/// Holds up the page until it is loaded. Called in place of whatever is not there yet:
/// `xtask/split` knows it by this name.
#[wasm_bindgen]
pub fn load_deferred() {
    load_now(&wasm_bindgen::exports());
}
