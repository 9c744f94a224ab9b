//! The compute binary, compiled once and handed to whoever runs it; and its
//! instance on the page's own thread.

use super::{error, page, requests};
use crate::failure::{Failure, FailureKind, Result};
use crate::workloads::answer::Answer;
use crate::workloads::own::OwnData;
use crate::workloads::{FILL_BYTES, Workload};
use js_sys::{Object, Promise, Reflect, Uint8Array, WebAssembly};
use std::cell::Cell;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(inline_js = "export function importModule(url) { return import(url); }")]
extern "C" {
    #[wasm_bindgen(js_name = importModule)]
    fn import_module(url: &str) -> Promise;
}

#[wasm_bindgen]
extern "C" {
    type Exports;

    #[wasm_bindgen(method, js_name = default)]
    fn init(this: &Exports, options: &Object) -> Promise;

    #[wasm_bindgen(method, getter, js_name = Job)]
    fn job_class(this: &Exports) -> js_sys::Function;

    type JobHandle;

    #[wasm_bindgen(method, catch)]
    fn fill(this: &JobHandle) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = fillWith)]
    fn fill_with(this: &JobHandle, piece: &[u8]) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn compute(this: &JobHandle, task: u32, body: Option<Vec<u8>>) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn merge(this: &JobHandle) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch)]
    fn answer(this: &JobHandle) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn merged(this: &JobHandle) -> Result<Vec<u8>, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn free(this: &JobHandle) -> Result<(), JsValue>;
}

/// The compiled program. Cloning it is cheap: what was compiled is shared.
#[derive(Clone)]
pub struct ComputeModule {
    module: JsValue,
}

impl ComputeModule {
    /// Fetches and compiles it.
    ///
    /// # Errors
    /// `Unavailable` where it is not there or does not compile.
    pub async fn load() -> Result<Self> {
        let url = format!("{}compute/compute_bg.wasm", page::base());
        let fetched = requests::fetch(&url, usize::MAX).await;
        let bytes = fetched.map_err(|why| unavailable(&format!("{why} for {url}")))?;
        let compiling = WebAssembly::compile(&Uint8Array::from(bytes.as_slice()));
        let module = JsFuture::from(compiling).await;
        Ok(Self { module: module.map_err(|thrown| unavailable(&error::message(&thrown)))? })
    }

    /// What a worker is handed to run it.
    pub(super) fn as_js(&self) -> &JsValue {
        &self.module
    }
}

fn unavailable(what: &str) -> Failure {
    let message =
        format!("The program that computes could not be loaded ({what}). Reload the page.");
    Failure::new(FailureKind::Unavailable, message)
}

thread_local! {
    /// Instances that trapped so far. One that did cannot be used again, and a JavaScript
    /// module holds but one: the next needs an address of its own.
    static TRAPPED: Cell<u32> = const { Cell::new(0) };
}

/// A workload on the page's own thread. Its memory is freed when it is dropped.
pub struct PageJob {
    handle: JobHandle,
    workload: Workload,
    own: Option<OwnData>,
    /// Bytes of the asker's own data that have been handed over.
    filled: Cell<usize>,
}

impl PageJob {
    /// Room for `workload` on the page's own thread, and on the asker's `own` data where
    /// it wants that.
    ///
    /// # Errors
    /// `Unavailable` where the program cannot run here, `OutOfMemory` where the
    /// workload does not fit.
    pub async fn new(
        module: &ComputeModule,
        workload: &Workload,
        own: Option<OwnData>,
    ) -> Result<Self> {
        let again = match TRAPPED.with(Cell::get) {
            0 => String::new(),
            times => format!("?again={times}"),
        };
        let url = format!("{}compute/compute.js{again}", page::base());
        let not_here = |thrown: JsValue| unavailable(&error::message(&thrown));
        let exports = JsFuture::from(import_module(&url)).await.map_err(not_here)?;
        let exports: Exports = exports.unchecked_into();
        let options = Object::new();
        Reflect::set(&options, &"module_or_path".into(), module.as_js()).map_err(not_here)?;
        JsFuture::from(exports.init(&options)).await.map_err(not_here)?;
        let bytes =
            postcard::to_allocvec(workload).map_err(|error| unavailable(&error.to_string()))?;
        let arguments = js_sys::Array::of1(&Uint8Array::from(bytes.as_slice()));
        let job = Reflect::construct(&exports.job_class(), &arguments).map_err(trapped)?;
        let own = own.filter(|_| workload.work().own_len().is_some());
        let (workload, filled) = (workload.clone(), Cell::new(0));
        Ok(Self { handle: job.unchecked_into(), workload, own, filled })
    }

    /// The workload.
    pub fn workload(&self) -> &Workload {
        &self.workload
    }

    /// Makes the next piece of the static data; whether there is more to make.
    ///
    /// # Errors
    /// `TaskFailed` where the program traps.
    pub fn fill(&self) -> Result<bool> {
        let Some(own) = &self.own else { return self.handle.fill().map_err(trapped) };
        let start = self.filled.get();
        let end = (start + FILL_BYTES).min(own.bytes.len());
        self.filled.set(end);
        self.handle.fill_with(&own.bytes[start..end]).map_err(trapped)
    }

    /// Computes a task from the static data, or from its request's answer.
    ///
    /// # Errors
    /// `TaskFailed` where the kernel traps.
    pub fn compute(&self, task: usize, body: Option<Vec<u8>>) -> Result<()> {
        self.handle.compute(task as u32, body).map_err(trapped)
    }

    /// Puts the parts together.
    ///
    /// # Errors
    /// `TaskFailed` where the program traps.
    pub fn merge(&self) -> Result<()> {
        self.handle.merge().map_err(trapped)
    }

    /// The answer.
    ///
    /// # Errors
    /// `TaskFailed` where it cannot be read.
    pub fn answer(&self) -> Result<Answer> {
        let bytes = self.handle.answer().map_err(trapped)?;
        postcard::from_bytes(&bytes).map_err(|error| {
            Failure::new(FailureKind::TaskFailed, format!("The answer could not be read: {error}."))
        })
    }

    /// The bytes that the parts came to.
    pub fn merged(&self) -> Option<Vec<u8>> {
        self.handle.merged().ok()
    }
}

impl Drop for PageJob {
    fn drop(&mut self) {
        // Refused only by an instance that trapped, which is garbage as a whole.
        let _ = self.handle.free();
    }
}

/// What the instance threw: a failure that it wrote itself, or a trap.
fn trapped(thrown: JsValue) -> Failure {
    let text = thrown.as_string();
    if let Some(failure) = text.and_then(|text| serde_json::from_str(&text).ok()) {
        return failure;
    }
    TRAPPED.with(|times| times.set(times.get() + 1));
    let message = format!(
        "The kernel stopped: {}. Run it again; if it stops again, make the work smaller.",
        error::message(&thrown)
    );
    Failure::new(FailureKind::TaskFailed, message)
}
