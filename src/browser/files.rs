//! Files that the reader hands to the page.

use super::error;
use crate::failure::{Failure, FileProblem, Result};
use gloo_events::{EventListener, EventListenerOptions};
use js_sys::Uint8Array;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, DragEvent, Event, File, HtmlInputElement};

/// A file that the reader chose or dropped. Not read yet.
#[derive(Clone, Debug)]
pub struct ReaderFile(File);

impl ReaderFile {
    /// The file that was chosen in an input, which then forgets it, so that the same one
    /// can be chosen again.
    pub fn chosen(event: &Event) -> Option<Self> {
        let input = event.target()?.dyn_into::<HtmlInputElement>().ok()?;
        let file = input.files()?.get(0);
        input.set_value("");
        Some(Self(file?))
    }

    /// The first file that was dropped by `event`.
    pub fn dropped(event: &DragEvent) -> Option<Self> {
        event.data_transfer()?.files()?.get(0).map(Self)
    }

    /// Its name.
    pub fn name(&self) -> String {
        self.0.name()
    }

    /// How large it is, in bytes.
    pub fn bytes(&self) -> f64 {
        self.0.size()
    }

    /// Reads the bytes from `start` on into all of `into`.
    ///
    /// # Errors
    /// `InvalidInput` where they cannot be read.
    pub async fn read(&self, start: u64, into: &mut [u8]) -> Result<()> {
        let end = start + into.len() as u64;
        let slice = self.0.slice_with_f64_and_f64(start as f64, end as f64);
        let slice = slice.map_err(|thrown| unreadable(&thrown))?;
        let buffer = JsFuture::from(slice.array_buffer()).await;
        let bytes = Uint8Array::new(&buffer.map_err(|thrown| unreadable(&thrown))?);
        if bytes.length() as usize != into.len() {
            return Err(Failure::invalid("file", FileProblem::BecameShorter));
        }
        bytes.copy_to(into);
        Ok(())
    }

    /// The file as a `Blob`, for decoders.
    pub(super) fn blob(&self) -> &Blob {
        &self.0
    }

    /// Its text.
    ///
    /// # Errors
    /// `InvalidInput` where it cannot be read.
    pub async fn text(&self) -> Result<String> {
        let text = JsFuture::from(self.0.text()).await;
        let text = text.map_err(|thrown| unreadable(&thrown))?;
        text.as_string().ok_or_else(|| Failure::invalid("file", FileProblem::NotReport))
    }
}

fn unreadable(thrown: &JsValue) -> Failure {
    let what = error::message(thrown);
    Failure::invalid("file", FileProblem::NotReadable { said: what.into() })
}

/// Calls `dropped` with every file that is dropped anywhere on the page, for as long as
/// the listeners are kept; without them the browser would open it in place of the page.
/// Text that is dragged is left to the browser.
pub fn on_drop(dropped: impl Fn(ReaderFile) + Clone + 'static) -> Option<[EventListener; 2]> {
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
                dropped(ReaderFile(file));
            }
        })
    }))
}
