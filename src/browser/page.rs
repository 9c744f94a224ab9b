//! The page itself: its address, its visibility, its elements.

use crate::failure::{AddressFlaw, Failure, InputProblem, Result};
use gloo_events::EventListener;
use js_sys::Date;
use wasm_bindgen::{Clamped, JsCast, JsValue};
use web_sys::{
    CanvasRenderingContext2d, Document, Element, FocusOptions, HtmlCanvasElement, HtmlElement,
    ImageData, Window,
};

fn window() -> Option<Window> {
    web_sys::window()
}

fn document() -> Option<Document> {
    window()?.document()
}

/// The address that relative addresses are relative to; ends in a slash.
pub fn base() -> String {
    let base = document().and_then(|document| document.base_uri().ok().flatten());
    let base = base.unwrap_or_default();
    let path = base.split(['?', '#']).next().unwrap_or_default();
    path.rsplit_once('/').map_or_else(String::new, |(folder, _)| format!("{folder}/"))
}

/// `address`, which may be relative to the page, as a whole.
///
/// # Errors
/// `InvalidInput` about `key` where it is no address.
pub fn whole_address(key: &str, address: &str) -> Result<String> {
    let whole = web_sys::Url::new_with_base(address, &base()).map(|whole| whole.href());
    whole.map_err(|_| {
        Failure::invalid(
            key,
            InputProblem::Address { address: address.into(), flaw: AddressFlaw::NotUnderstood },
        )
    })
}

/// The part of the page's address between `?` and `#`.
pub fn search() -> String {
    window().and_then(|window| window.location().search().ok()).unwrap_or_default()
}

/// The part of the page's address behind `#`.
pub fn hash() -> String {
    let hash = window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Goes to another `#` of the page, as a link would.
pub fn set_hash(hash: &str) {
    if let Some(window) = window() {
        // Setting a fragment is refused nowhere that a page runs.
        let _ = window.location().set_hash(hash);
    }
}

/// Has the address say another `#` for the place where the page is: nothing is gone to, and Back leads to where it
/// led before.
pub fn replace_hash(hash: &str) {
    if let Some(history) = window().and_then(|window| window.history().ok()) {
        // Refused only to pages that do it all the time; the next change says all there is.
        let _ = history.replace_state_with_url(&JsValue::TRUE, "", Some(&format!("#{hash}")));
    }
}

/// Whether the page is where the reader has just gone, not where they came back to. Says so once of
/// each place.
pub fn is_new_place() -> bool {
    let Some(history) = window().and_then(|window| window.history().ok()) else { return true };
    let is_new = history.state().is_ok_and(|state| state.is_null());
    if is_new {
        // Refused only to pages that do it all the time.
        let _ = history.replace_state(&JsValue::TRUE, "");
    }
    is_new
}

/// Scrolls to the top and moves the keyboard's focus to `id`, as after the load of a page.
pub fn begin_at(id: &str) {
    if let Some(window) = window() {
        window.scroll_to_with_x_and_y(0.0, 0.0);
    }
    focus_without_scrolling(id);
}

/// Sets the page's title.
pub fn set_title(title: &str) {
    if let Some(document) = document() {
        document.set_title(title);
    }
}

/// Calls `changed` whenever the part behind `#` changes, until dropped.
pub fn on_hash_change(mut changed: impl FnMut() + 'static) -> Option<EventListener> {
    let window = window()?;
    Some(EventListener::new(&window, "hashchange", move |_| changed()))
}

/// Whether the tab is hidden.
pub fn is_hidden() -> bool {
    document().is_some_and(|document| document.hidden())
}

/// Calls `hidden` whenever the tab is hidden, until dropped.
pub fn on_hidden(hidden: impl Fn() + 'static) -> Option<EventListener> {
    let document = document()?;
    Some(EventListener::new(&document, "visibilitychange", move |_| {
        if is_hidden() {
            hidden();
        }
    }))
}

/// Comes once the tab is in view.
pub async fn in_view() {
    while is_hidden() {
        let (seen, is_seen) = futures_channel::oneshot::channel();
        let Some(document) = document() else { return };
        let _listener = EventListener::once(&document, "visibilitychange", move |_| {
            // Whoever waited may have been cancelled since.
            let _ = seen.send(());
        });
        let _ = is_seen.await;
    }
}

/// Comes when the reader leaves the page.
pub async fn left() {
    let (leave, left) = futures_channel::oneshot::channel();
    let Some(window) = window() else { return std::future::pending().await };
    let _listener = EventListener::once(&window, "pagehide", move |_| {
        // Whoever waited may have finished since.
        let _ = leave.send(());
    });
    let _ = left.await;
}

/// Sets an attribute of the page's root element.
pub fn set_root_attribute(name: &str, value: &str) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        // The names are this project's own and valid.
        let _ = root.set_attribute(name, value);
    }
}

/// Removes an attribute of the page's root element.
pub fn remove_root_attribute(name: &str) {
    let root = document().and_then(|document| document.document_element());
    if let Some(root) = root {
        let _ = root.remove_attribute(name);
    }
}

/// Sets an attribute of the element `id`, if it is there.
pub fn set_attribute(id: &str, name: &str, value: &str) {
    if let Some(element) = document().and_then(|document| document.get_element_by_id(id)) {
        let _ = element.set_attribute(name, value);
    }
}

/// Scrolls to the element `id`, if its top is below what the window shows, or above it
/// and `either_way`.
pub fn reveal(id: &str, either_way: bool) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    let height = window().and_then(|window| window.inner_height().ok()?.as_f64());
    if let (Some(element), Some(height)) = (element, height)
        && let top = element.get_bounding_client_rect().top()
        && (top > height || either_way && top < 0.0)
    {
        element.scroll_into_view();
    }
}

/// Moves the keyboard's focus to the element `id`, if what had it is gone. The reader may be reading
/// elsewhere, so the page stays where it is.
pub fn focus_if_lost(id: &str) {
    let active = document().and_then(|document| document.active_element());
    if active.is_none_or(|active| active.tag_name() == "BODY") {
        focus_without_scrolling(id);
    }
}

fn focus_without_scrolling(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        let options = FocusOptions::new();
        options.set_prevent_scroll(true);
        // Refused only by what is no longer there.
        let _ = element.focus_with_options(&options);
    }
}

/// Moves the keyboard's focus to the element `id`, if it is there.
pub fn focus(id: &str) {
    let element = document().and_then(|document| document.get_element_by_id(id));
    if let Some(element) = element.and_then(|it| it.dyn_into::<HtmlElement>().ok()) {
        // Refused only by what is no longer there.
        let _ = element.focus();
    }
}

/// What uses the Escape key itself.
const USES_ESCAPE: &str = "dialog, [popover], input, textarea, select, [role=listbox], [role=menu]";

/// Calls `pressed` whenever the Escape key is pressed and nothing else uses it, until
/// dropped.
pub fn on_escape(pressed: impl Fn() + 'static) -> Option<EventListener> {
    let window = window()?;
    Some(EventListener::new(&window, "keydown", move |event| {
        let is_escape =
            event.dyn_ref::<web_sys::KeyboardEvent>().is_some_and(|event| event.key() == "Escape");
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let used = target.is_some_and(|target| matches!(target.closest(USES_ESCAPE), Ok(Some(_))));
        if is_escape && !used && !event.default_prevented() {
            pressed();
        }
    }))
}

/// Moves the keyboard's focus to an element that Yew knows.
pub fn focus_node(node: &yew::NodeRef) {
    if let Some(element) = node.cast::<web_sys::HtmlElement>() {
        // Refused only by what is no longer there.
        let _ = element.focus();
    }
}

/// Leaves a mark in the browser's performance timeline.
pub fn mark(name: &str) {
    if let Some(performance) = window().and_then(|window| window.performance()) {
        // Only a wrong kind of name is refused.
        let _ = performance.mark(name);
    }
}

/// The browser, as it names itself.
pub fn user_agent() -> String {
    window().and_then(|window| window.navigator().user_agent().ok()).unwrap_or_default()
}

/// Now, as ISO 8601 in UTC.
pub fn now_iso() -> String {
    Date::new_0().to_iso_string().into()
}

/// Whether the system asks for a dark page.
pub fn prefers_dark() -> bool {
    let query = window().and_then(|window| window.match_media("(prefers-color-scheme: dark)").ok());
    query.flatten().is_some_and(|query| query.matches())
}

/// Draws RGBA bytes, row by row, on a canvas and gives it their size.
pub fn draw(canvas: &HtmlCanvasElement, width: u32, height: u32, rgba: &[u8]) {
    canvas.set_width(width);
    canvas.set_height(height);
    let context = canvas.get_context("2d").ok().flatten();
    let context = context.and_then(|context| context.dyn_into::<CanvasRenderingContext2d>().ok());
    let image = ImageData::new_with_u8_clamped_array_and_sh(Clamped(rgba), width, height);
    if let (Some(context), Ok(image)) = (context, image) {
        // Fails only where the canvas has no room, and shows nothing then.
        let _ = context.put_image_data(&image, 0.0, 0.0);
    }
}
