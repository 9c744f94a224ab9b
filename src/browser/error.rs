//! What JavaScript throws, as text.

use js_sys::{Error, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// The message of whatever was thrown.
pub fn message(thrown: &JsValue) -> String {
    if let Some(error) = thrown.dyn_ref::<Error>() {
        return String::from(error.message());
    }
    // DOMExceptions, and errors of another realm.
    let message = Reflect::get(thrown, &"message".into()).ok().and_then(|text| text.as_string());
    message.or_else(|| thrown.as_string()).unwrap_or_else(|| "an unknown error".to_owned())
}
