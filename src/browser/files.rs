//! Files that the reader hands to the page.

use super::error;
use crate::failure::{Failure, FailureKind, Result};
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{DataTransfer, Event, File, HtmlInputElement};

/// A file, not yet read.
#[derive(Clone, Debug)]
pub struct Handed(File);

impl Handed {
    /// The file that was dropped, if it was one.
    pub fn dropped(transfer: Option<DataTransfer>) -> Option<Self> {
        Some(Self(transfer?.files()?.get(0)?))
    }

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
