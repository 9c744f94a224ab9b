//! Files that the reader hands to the page.

use super::error;
use crate::failure::{Failure, FailureKind, Result};
use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DragEvent, Event, File, HtmlInputElement};

/// A file, not yet read.
#[derive(Clone, Debug)]
pub struct Handed(File);

impl Handed {
    /// The file that was chosen in an input, which then forgets it, so that the same one
    /// can be chosen again.
    pub fn chosen(event: &Event) -> Option<Self> {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0);
        input.set_value("");
        Some(Self(file?))
    }

    /// How large it is, in bytes.
    pub fn bytes(&self) -> f64 {
        self.0.size()
    }

    /// Its text.
    ///
    /// # Errors
    /// `InvalidInput` where it cannot be read.
    pub async fn text(&self) -> Result<String> {
        let text = JsFuture::from(self.0.text()).await.map_err(|thrown| {
            let what = error::message(&thrown);
            let message = format!("file: could not be read: {what}. Choose it once more.");
            Failure::new(FailureKind::InvalidInput, message)
        })?;
        text.as_string().ok_or_else(|| Failure::invalid("file", "is no text. Choose a report."))
    }
}

/// Calls `dropped` with every file that is dropped anywhere on the page, for as long as
/// the listeners are kept; without them the browser would open it in place of the page.
/// Text that is dragged is left to the browser.
pub fn on_drop(dropped: impl Fn(Handed) + Clone + 'static) -> Option<[EventListener; 2]> {
    let window = web_sys::window()?;
    Some(["dragover", "drop"].map(|name| {
        let (dropped, options) = (dropped.clone(), EventListenerOptions::enable_prevent_default());
        EventListener::new_with_options(&window, name, options, move |event| {
            let transfer = event.dyn_ref::<DragEvent>().and_then(DragEvent::data_transfer);
            if transfer.as_ref().is_some_and(|it| !it.types().includes(&"Files".into(), 0)) {
                return;
            }
            event.prevent_default();
            // There is none before it is dropped.
            if let Some(file) = transfer.and_then(|it| it.files()?.get(0)) {
                dropped(Handed(file));
            }
        })
    }))
}
