//! Copying text, as far as the browser lets a page.

use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::Clipboard;

/// Puts `text` on the clipboard. Whether the browser did: a page in a frame may not, nor one that
/// came by plain http.
pub async fn copy(text: &str) -> bool {
    let Some(window) = web_sys::window() else { return false };
    // It is missing where the page is not secure, though its type does not say so.
    let clipboard = js_sys::Reflect::get(&window.navigator(), &JsValue::from_str("clipboard"));
    let Some(clipboard) = clipboard.ok().and_then(|found| found.dyn_into::<Clipboard>().ok())
    else {
        return false;
    };
    JsFuture::from(clipboard.write_text(text)).await.is_ok()
}

/// Selects the text of the element `id`, so that the reader can copy it.
pub fn select(id: &str) {
    let window = web_sys::window();
    let element = window.as_ref().and_then(|window| window.document()?.get_element_by_id(id));
    let selection = window.and_then(|window| window.get_selection().ok().flatten());
    if let (Some(element), Some(selection)) = (element, selection) {
        // Refused only where the element is not there any more.
        let _ = selection.select_all_children(&element);
    }
}
