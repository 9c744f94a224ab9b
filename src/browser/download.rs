//! Files that the page offers: they are made here and leave the browser for the
//! reader's disk only.

use super::{error, turn};
use crate::failure::{Failure, MemoryProblem, Result, Unavailable};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::js_sys::{Array, Uint8Array};
use web_sys::{Blob, BlobPropertyBag, HtmlAnchorElement, Url};

/// For so long a browser may read what it was offered, in ms: some begin only once the
/// reader has said where to put it.
const OFFERED_MS: u32 = 60_000;

/// A file that is not on a disk yet.
pub struct File(pub(super) Blob);

impl File {
    /// `bytes`, of the type `mime`.
    ///
    /// # Errors
    /// `OutOfMemory` where there is no room for a copy.
    pub fn new(mime: &str, bytes: &[u8]) -> Result<Self> {
        let options = BlobPropertyBag::new();
        options.set_type(mime);
        let parts = Array::of1(&Uint8Array::from(bytes));
        let blob = Blob::new_with_u8_array_sequence_and_options(&parts, &options);
        blob.map(Self).map_err(|thrown| {
            MemoryProblem::NoRoomForFile { said: error::message(&thrown).into() }.into()
        })
    }

    /// An address for the file, for as long as the address is kept.
    pub(super) fn url(&self) -> Result<ObjectUrl> {
        let url = Url::create_object_url_with_blob(&self.0);
        url.map(ObjectUrl).map_err(|thrown| no_file(&thrown))
    }
}

/// The address of something in the page's memory, given back when dropped.
pub(super) struct ObjectUrl(String);

impl ObjectUrl {
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }
}

impl Drop for ObjectUrl {
    fn drop(&mut self) {
        // An address that is gone already is as good.
        let _ = Url::revoke_object_url(&self.0);
    }
}

fn no_file(thrown: &JsValue) -> Failure {
    Unavailable::NoFile { said: error::message(thrown).into() }.into()
}

/// Offers `bytes`, of the type `mime`, as a file called `name`.
///
/// # Errors
/// `OutOfMemory`, or `Unavailable` where this page may not offer files.
pub fn offer(name: &str, mime: &str, bytes: &[u8]) -> Result<()> {
    offer_file(name, File::new(mime, bytes)?)
}

/// Offers a file under `name`.
///
/// # Errors
/// `Unavailable` where this page may not offer files.
pub fn offer_file(name: &str, file: File) -> Result<()> {
    let url = file.url()?;
    let document = web_sys::window().and_then(|window| window.document());
    let link = document.and_then(|document| document.create_element("a").ok());
    let link = link.and_then(|link| link.dyn_into::<HtmlAnchorElement>().ok());
    let link = link.ok_or(Unavailable::NoLinks)?;
    link.set_href(url.as_str());
    link.set_download(name);
    link.click();
    wasm_bindgen_futures::spawn_local(async move {
        turn::sleep(OFFERED_MS).await;
        drop(url);
    });
    Ok(())
}
