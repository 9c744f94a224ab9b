//! `playground.pool()`. What is JavaScript's own, futures that are awaited and iterated over, is in
//! `www/pool.js`; this is what it is told and asks for.

use crate::browser::{deferred, imports, page, script};
use crate::executors::pool::{Answers, PoolNews, ProcessPool};
use crate::executors::session::{BusyPool, Session};
use crate::failure::{Failure, InputProblem, Result};
use crate::pool::{CallSpec, PoolSpec, TaskId};
use crate::workloads::answer::Answer;
use js_sys::{Array, Function, Object, Reflect};
use std::cell::RefCell;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::*;

/// Where the module is, relative to the page.
const MODULE: &str = "pool.js";
/// Most calls in a task.
const MAX_CHUNK: usize = 4096;

/// A pool, for `www/pool.js`.
#[wasm_bindgen]
pub struct PoolCore {
    pool: ProcessPool,
    session: Rc<Session>,
    /// Held while there are tasks.
    busy: Rc<RefCell<Option<BusyPool>>>,
}

/// Makes a pool as `options` say; gives the object that a script gets.
///
/// # Errors
/// `InvalidInput` that names the key; `Unavailable` where workers, or the program, are not to be had.
#[inline(never)]
pub async fn open(session: Rc<Session>, options: JsValue) -> Result<JsValue> {
    deferred::load().await;
    let capabilities = session.capabilities();
    let spec = match options.is_undefined() {
        true => "{}".to_owned(),
        false => script::to_json(&options, "pool")?,
    };
    let spec = PoolSpec::from_json(&spec, capabilities.machine.default_workers())?;
    capabilities.browser.workers.check()?;
    let module = imports::module(&format!("{}{MODULE}", page::base())).await;
    let module = module.map_err(|thrown| imports::not_loaded(MODULE, &thrown))?;
    let made = call(&module, "createPool", &Array::new())
        .map_err(|thrown| imports::not_loaded(MODULE, &thrown))?;
    let hear: Function = get(&made, "hear").unchecked_into();
    let busy = Rc::<RefCell<Option<BusyPool>>>::default();
    let held = busy.clone();
    let pool = ProcessPool::open(spec, move |news| tell(&hear, &held, news)).await?;
    let core = JsValue::from(PoolCore { pool, session, busy });
    call(&made, "attach", &Array::of1(&core))
        .map_err(|thrown| imports::not_loaded(MODULE, &thrown))?;
    Ok(get(&made, "pool"))
}

fn get(of: &JsValue, key: &str) -> JsValue {
    Reflect::get(of, &key.into()).unwrap_or_default()
}

fn call(of: &JsValue, name: &str, arguments: &Array) -> std::result::Result<JsValue, JsValue> {
    let function: Function = get(of, name).dyn_into()?;
    Reflect::apply(&function, of, arguments)
}

/// Tells the module what has become of its pool.
fn tell(hear: &Function, busy: &RefCell<Option<BusyPool>>, news: PoolNews) {
    let arguments = match news {
        PoolNews::Settled(task, came) => {
            let (error, answers) = match came {
                Ok(answers) => (JsValue::UNDEFINED, plain(answers).into()),
                Err(failure) => (script::error(&failure), JsValue::UNDEFINED),
            };
            Array::of4(&"settled".into(), &task.0.into(), &error, &answers)
        }
        PoolNews::Limited { begun, wanted } => {
            Array::of3(&"limited".into(), &(begun as u32).into(), &(wanted as u32).into())
        }
        PoolNews::Ready => return,
        PoolNews::Broken(why) => Array::of2(&"broken".into(), &script::error(&why)),
        PoolNews::Idle => {
            drop(busy.take());
            return;
        }
        PoolNews::Closed => Array::of1(&"closed".into()),
    };
    // The module throws nothing.
    let _ = Reflect::apply(hear, &JsValue::UNDEFINED, &arguments);
}

/// Each call's answer, or the error that it failed with.
fn plain(answers: Answers) -> Array {
    let one = |came: Result<Answer>| {
        let (key, value) = match came {
            Ok(answer) => match script::from_json(&answer.to_json()) {
                Ok(answer) => ("answer", answer),
                Err(failure) => ("error", script::error(&failure)),
            },
            Err(failure) => ("error", script::error(&failure)),
        };
        let object = Object::new();
        // An object of one's own takes any key.
        let _ = Reflect::set(&object, &key.into(), &value);
        object
    };
    answers.into_iter().map(one).collect()
}

// What these do is no part of a first visit, and what a script calls directly is.
impl PoolCore {
    fn try_submit(&self, calls: &Array, options: &JsValue) -> Result<TaskId> {
        let options = match options.is_undefined() {
            true => None,
            false => Some(script::to_json(options, "options")?),
        };
        if !(1..=MAX_CHUNK).contains(&(calls.length() as usize)) {
            let got = calls.length().to_string().into();
            let problem = InputProblem::NotWhole { min: 1, max: MAX_CHUNK as u64, got };
            return Err(Failure::invalid("chunkSize", problem));
        }
        let read = |call: JsValue| {
            let text = script::to_json(&call, "call")?;
            CallSpec::from_json(&text, options.as_deref(), self.pool.spec())
        };
        let calls: Vec<_> = calls.iter().map(read).collect::<Result<_>>()?;
        let options = calls.first().map(|call| call.options).unwrap_or_default();
        if self.busy.borrow().is_none() {
            *self.busy.borrow_mut() = Some(self.session.begin_pool()?);
        }
        let workloads = calls.into_iter().map(|call| call.workload).collect();
        let submitted = self.pool.submit(workloads, options);
        if submitted.is_err() && !self.pool.has_tasks() {
            self.busy.take();
        }
        submitted
    }

    #[inline(never)]
    fn submitted(&self, calls: &Array, options: &JsValue) -> std::result::Result<u32, JsValue> {
        let submitted = self.try_submit(calls, options);
        submitted.map(|task| task.0).map_err(|failure| script::error(&failure))
    }

    #[inline(never)]
    fn resized(&self, workers: &JsValue) -> std::result::Result<(), JsValue> {
        let wanted = workers.as_f64().map_or(serde_json::Value::Null, Into::into);
        let workers = PoolSpec::workers(&wanted).map_err(|failure| script::error(&failure))?;
        self.pool.resize(workers);
        Ok(())
    }

    #[inline(never)]
    fn described(&self) -> std::result::Result<JsValue, JsValue> {
        let state = self.pool.state();
        let state = serde_json::json!({
            "workers": state.workers,
            "busy": state.busy,
            "queued": state.queued,
            "mostWorkers": state.most_workers,
            "started": state.counts.started,
            "lost": state.counts.lost,
            "repeated": state.counts.repeated,
        });
        script::from_json(&state).map_err(|failure| script::error(&failure))
    }
}

#[wasm_bindgen]
impl PoolCore {
    /// Submits a task of these calls; gives its number.
    pub fn submit(&self, calls: &Array, options: &JsValue) -> std::result::Result<u32, JsValue> {
        self.submitted(calls, options)
    }

    /// Cancels a task that waits; whether it did.
    pub fn cancel(&self, task: u32) -> bool {
        self.pool.cancel(TaskId(task))
    }

    /// Cancels a task, and ends its worker where one runs it; whether it had not settled.
    pub fn terminate(&self, task: u32) -> bool {
        self.pool.terminate(TaskId(task))
    }

    /// Whether a worker runs this task.
    #[wasm_bindgen(js_name = isRunning)]
    pub fn is_running(&self, task: u32) -> bool {
        self.pool.is_running(TaskId(task))
    }

    /// Changes how many workers there may be.
    pub fn resize(&self, workers: &JsValue) -> std::result::Result<(), JsValue> {
        self.resized(workers)
    }

    /// Takes no more tasks, and closes once those that are there have settled.
    #[wasm_bindgen(js_name = shutDown)]
    pub fn shut_down(&self, cancel_pending: bool) {
        self.pool.shut_down(cancel_pending);
    }

    /// Ends all workers at once, cancels all tasks, and closes.
    #[wasm_bindgen(js_name = terminateWorkers)]
    pub fn terminate_workers(&self) {
        self.pool.terminate_workers();
    }

    /// What the pool is at, as plain numbers.
    pub fn state(&self) -> std::result::Result<JsValue, JsValue> {
        self.described()
    }
}
