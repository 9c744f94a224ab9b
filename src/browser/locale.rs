//! The reader's language, as far as numbers go.

use crate::experiment::typed_number::NumberFormat;
use js_sys::{Array, Intl, Object, Reflect};
use wasm_bindgen::JsValue;

/// A number with three groups and a decimal.
const EXAMPLE: f64 = 12_345_678.9;

/// How the reader's language writes numbers, as the browser knows it.
pub fn number_format() -> NumberFormat {
    let format = Intl::NumberFormat::new(&Array::new(), &Object::new());
    let parts: Vec<_> = format.format_to_parts(EXAMPLE).iter().collect();
    let all = |kind: &str| -> Vec<String> {
        let parts = parts.iter().filter(|part| text(part, "type") == kind);
        parts.map(|part| text(part, "value")).collect()
    };
    let first = |kind| all(kind).into_iter().next().unwrap_or_default();
    NumberFormat::of(&all("integer"), &first("group"), &first("decimal"))
}

fn text(part: &JsValue, key: &str) -> String {
    Reflect::get(part, &key.into()).ok().and_then(|text| text.as_string()).unwrap_or_default()
}
