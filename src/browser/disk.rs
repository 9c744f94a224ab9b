//! A file in the origin private file system, of which parts are read by their addresses.
//!
//! A part of a file has an address (`blob:`) that any thread can ask for, blocking or not,
//! without an event loop; a handle that reads at once would have to be opened on one.

use super::error;
use crate::failure::StorageFlaw;
use js_sys::{Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{File, Url};

/// The folder that the file is in, all of which is removed.
const FOLDER: &str = "concurrency-playground";

#[wasm_bindgen]
extern "C" {
    #[derive(Clone)]
    type Storage;

    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = storage)]
    static STORAGE: Option<Storage>;

    #[wasm_bindgen(method, catch, js_name = getDirectory)]
    async fn root(this: &Storage) -> Result<JsValue, JsValue>;

    #[derive(Clone)]
    type Handle;

    #[wasm_bindgen(method, catch, js_name = getDirectoryHandle)]
    async fn folder(this: &Handle, name: &str, options: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFileHandle)]
    async fn file(this: &Handle, name: &str, options: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = removeEntry)]
    async fn remove(this: &Handle, name: &str, options: &Object) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch, js_name = createWritable)]
    fn writable(this: &Handle) -> Result<Promise, JsValue>;
    #[wasm_bindgen(method, catch, js_name = getFile)]
    async fn content(this: &Handle) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn write(this: &Handle, bytes: &Uint8Array) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn abort(this: &Handle) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, catch)]
    async fn close(this: &Handle) -> Result<JsValue, JsValue>;
}

/// The folder, and the addresses of the parts of the file in it.
pub struct Folder {
    root: Handle,
    /// What the file is written through, or will be once the browser has opened it: the
    /// file cannot be removed before that has ended.
    writing: Option<Promise>,
    addresses: Vec<String>,
}

impl Folder {
    /// An empty folder, whatever was left in it.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn open() -> Result<Self, StorageFlaw> {
        let storage = STORAGE.with(Clone::clone).ok_or(StorageFlaw::NoFiles)?;
        let root = storage.root().await.map_err(thrown)?.unchecked_into();
        let folder = Self { root, writing: None, addresses: Vec::new() };
        folder.remove().await;
        Ok(folder)
    }

    /// Writes the file `name` of `pieces` and gives addresses to its `parts` parts of
    /// `part_bytes` bytes each.
    ///
    /// # Errors
    /// What went wrong.
    pub async fn write(
        &mut self,
        name: &str,
        pieces: impl Iterator<Item = Vec<u8>>,
        parts: usize,
        part_bytes: usize,
    ) -> Result<(), StorageFlaw> {
        let written = self.write_file(name, pieces).await.map_err(thrown)?;
        for at in 0..parts {
            let (from, to) = ((at * part_bytes) as f64, ((at + 1) * part_bytes) as f64);
            let part = written.slice_with_f64_and_f64(from, to).map_err(thrown)?;
            self.addresses.push(Url::create_object_url_with_blob(&part).map_err(thrown)?);
        }
        Ok(())
    }

    async fn write_file(
        &mut self,
        name: &str,
        pieces: impl Iterator<Item = Vec<u8>>,
    ) -> Result<File, JsValue> {
        let create = option("create")?;
        let folder: Handle = self.root.folder(FOLDER, &create).await?.unchecked_into();
        let file: Handle = folder.file(name, &create).await?.unchecked_into();
        // Kept before it is awaited: whoever is cancelled meanwhile has one open all the same.
        let opening = file.writable()?;
        self.writing = Some(opening.clone());
        let writing: Handle = JsFuture::from(opening).await?.unchecked_into();
        for piece in pieces {
            writing.write(&Uint8Array::from(piece.as_slice())).await?;
        }
        writing.close().await?;
        self.writing = None;
        Ok(file.content().await?.unchecked_into())
    }

    /// The addresses of the file's parts, in order.
    pub fn addresses(&self) -> Vec<String> {
        self.addresses.clone()
    }

    /// Removes the folder and all that is in it.
    pub async fn remove(&self) {
        for address in &self.addresses {
            // Never refused: an address that is none is passed over.
            let _ = Url::revoke_object_url(address);
        }
        if let Some(opening) = self.writing.clone()
            && let Ok(writing) = JsFuture::from(opening).await
        {
            // Refused where it failed, which ended it, too.
            let _ = writing.unchecked_into::<Handle>().abort().await;
        }
        if let Ok(recursive) = option("recursive") {
            // Refused where there is none.
            let _ = self.root.remove(FOLDER, &recursive).await;
        }
    }
}

fn option(name: &str) -> Result<Object, JsValue> {
    let options = Object::new();
    Reflect::set(&options, &name.into(), &JsValue::TRUE)?;
    Ok(options)
}

fn thrown(error: JsValue) -> StorageFlaw {
    StorageFlaw::Thrown { said: error::message(&error).into() }
}
