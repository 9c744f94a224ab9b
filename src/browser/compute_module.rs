//! The compute binary, compiled once and handed to whoever runs it; and its
//! instance on the page's own thread.

use super::{error, imports, page, requests};
use crate::failure::stop::Stop;
use crate::failure::{Failure, Result, Unavailable, Who, WorkProblem};
use crate::workloads::answer::Answer;
use crate::workloads::own::OwnData;
use crate::workloads::{FILL_BYTES, Workload};
use js_sys::{Object, Reflect, Uint8Array, WebAssembly};
use std::cell::{Cell, OnceCell};
use std::rc::Rc;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen]
extern "C" {
    type Exports;

    #[wasm_bindgen(method, catch, js_name = initSync)]
    fn init(this: &Exports, options: &Object) -> Result<JsValue, JsValue>;

    #[wasm_bindgen(method)]
    fn forget(this: &Exports);

    #[wasm_bindgen(method, catch, js_name = globalCounter)]
    fn global_counter(this: &Exports) -> Result<u32, JsValue>;

    #[wasm_bindgen(method, getter, js_name = Job)]
    fn job_class(this: &Exports) -> js_sys::Function;

    type JobHandle;

    #[wasm_bindgen(method, catch)]
    fn fill(this: &JobHandle) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch, js_name = fillWith)]
    fn fill_with(this: &JobHandle, piece: &[u8]) -> Result<bool, JsValue>;
    #[wasm_bindgen(method, catch)]
    fn compute(this: &JobHandle, task: u32, body: Option<Vec<u8>>) -> Result<(), JsValue>;
    #[wasm_bindgen(method, catch, js_name = partLength)]
    fn part_length(this: &JobHandle, task: u32) -> Result<u32, JsValue>;
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
        let bytes =
            fetched.map_err(|why| Unavailable::ProgramNotFetched { url: url.into(), why })?;
        let compiling = WebAssembly::compile(&Uint8Array::from(bytes.as_slice()));
        let module = JsFuture::from(compiling).await;
        Ok(Self { module: module.map_err(|thrown| not_loaded(error::message(&thrown)))? })
    }

    /// What a worker is handed to run it.
    pub(super) fn as_js(&self) -> &JsValue {
        &self.module
    }
}

fn not_loaded(said: String) -> Failure {
    Unavailable::ProgramNotLoaded { said: said.into() }.into()
}

/// The one instance of the program on the page's own thread. Its memory is given back when it
/// is dropped.
struct Instance(Exports);

impl Instance {
    async fn new(module: &ComputeModule) -> Result<Self> {
        let url = format!("{}compute/compute.js", page::base());
        let not_here = |thrown: JsValue| match Stop::read(&error::message(&thrown)) {
            Stop::Broken(what) => not_loaded(what),
            memory => memory.failure(Who::Page),
        };
        let exports = imports::module(&url).await.map_err(not_here)?;
        let exports = Self(exports.unchecked_into());
        let options = Object::new();
        Reflect::set(&options, &"module".into(), module.as_js()).map_err(not_here)?;
        // At once, so that nobody else's instance can come in between.
        exports.0.init(&options).map_err(not_here)?;
        Ok(exports)
    }
}

impl Drop for Instance {
    fn drop(&mut self) {
        self.0.forget();
    }
}

/// The program on the page's own thread, without a workload. Its memory is given back when it is
/// dropped.
pub struct PageProgram(Instance);

impl PageProgram {
    /// Starts it.
    ///
    /// # Errors
    /// `Unavailable` where the program cannot run here, `OutOfMemory` where it does not fit.
    pub async fn start(module: &ComputeModule) -> Result<Self> {
        Ok(Self(Instance::new(module).await?))
    }

    /// The page's own copy of the program's global counter.
    ///
    /// # Errors
    /// `TaskFailed` where the program stops.
    pub fn counter(&self) -> Result<u32> {
        self.0.0.global_counter().map_err(|thrown| stopped(&thrown))
    }
}

/// A workload on the page's own thread. Its memory is given back when it is dropped.
pub struct PageJob {
    handle: JobHandle,
    workload: Workload,
    own: Option<OwnData>,
    /// Bytes of the asker's own data that have been handed over.
    filled: Cell<usize>,
    /// Why the program stopped for good, if it did.
    stopped: OnceCell<Failure>,
    instance: Rc<Instance>,
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
        Self::in_instance(Rc::new(Instance::new(module).await?), workload, own)
    }

    /// Room for another workload in the same memory, without data of the asker's own.
    ///
    /// # Errors
    /// `OutOfMemory` where it does not fit.
    pub fn another(&self, workload: &Workload) -> Result<Self> {
        Self::in_instance(self.instance.clone(), workload, None)
    }

    fn in_instance(
        instance: Rc<Instance>,
        workload: &Workload,
        own: Option<OwnData>,
    ) -> Result<Self> {
        let bytes =
            postcard::to_allocvec(workload).map_err(|error| not_loaded(error.to_string()))?;
        let arguments = js_sys::Array::of1(&Uint8Array::from(bytes.as_slice()));
        let job = Reflect::construct(&instance.0.job_class(), &arguments);
        let job = job.map_err(|thrown| answered(&thrown).unwrap_or_else(|| stopped(&thrown)))?;
        let own = own.filter(|_| workload.work().own_len().is_some());
        Ok(Self {
            handle: job.unchecked_into(),
            workload: workload.clone(),
            own,
            filled: Cell::new(0),
            stopped: OnceCell::new(),
            instance,
        })
    }

    /// The workload.
    pub fn workload(&self) -> &Workload {
        &self.workload
    }

    /// Makes the next piece of the static data; whether there is more to make.
    ///
    /// # Errors
    /// `OutOfMemory`, or `TaskFailed` where the program stops.
    pub fn fill(&self) -> Result<bool> {
        let Some(own) = &self.own else { return self.call(JobHandle::fill) };
        let start = self.filled.get();
        let end = (start + FILL_BYTES).min(own.bytes.len());
        self.filled.set(end);
        self.call(|handle| handle.fill_with(&own.bytes[start..end]))
    }

    /// Computes a task from the static data, or from its request's answer.
    ///
    /// # Errors
    /// `OutOfMemory`, or `TaskFailed` where the program stops.
    pub fn compute(&self, task: usize, body: Option<Vec<u8>>) -> Result<()> {
        self.call(|handle| handle.compute(task as u32, body))
    }

    /// How many bytes a task that was computed came to.
    ///
    /// # Errors
    /// `TaskFailed` where the program stops.
    pub fn part_length(&self, task: usize) -> Result<u32> {
        self.call(|handle| handle.part_length(task as u32))
    }

    /// Puts the parts together.
    ///
    /// # Errors
    /// `OutOfMemory`, or `TaskFailed` where the program stops.
    pub fn merge(&self) -> Result<()> {
        self.call(JobHandle::merge)
    }

    /// The answer.
    ///
    /// # Errors
    /// `TaskFailed` where it cannot be read.
    pub fn answer(&self) -> Result<Answer> {
        let bytes = self.call(JobHandle::answer)?;
        postcard::from_bytes(&bytes)
            .map_err(|error| WorkProblem::AnswerNotRead { said: error.to_string().into() }.into())
    }

    /// The bytes that the parts came to.
    pub fn merged(&self) -> Option<Vec<u8>> {
        self.call(JobHandle::merged).ok()
    }

    /// Calls the program. One that stopped for good is not called again: it would say that
    /// something in it is still in use, and not why.
    fn call<T>(&self, call: impl FnOnce(&JobHandle) -> Result<T, JsValue>) -> Result<T> {
        if let Some(failure) = self.stopped.get() {
            return Err(failure.clone());
        }
        call(&self.handle).map_err(|thrown| match answered(&thrown) {
            Some(failure) => failure,
            None => self.stopped.get_or_init(|| stopped(&thrown)).clone(),
        })
    }
}

impl Drop for PageJob {
    fn drop(&mut self) {
        // Refused only by a program that stopped, which is garbage as a whole.
        let _ = self.handle.free();
    }
}

/// The failure that the program answered with, if that is what was thrown.
fn answered(thrown: &JsValue) -> Option<Failure> {
    serde_json::from_str(&thrown.as_string()?).ok()
}

/// Why the program stopped for good.
fn stopped(thrown: &JsValue) -> Failure {
    Stop::read(&error::message(thrown)).failure(Who::PageProgram)
}
