//! The pools that scripts have made. What is JavaScript's own, futures that are awaited and iterated over, is
//! in `www/pool.js`; this is what that is told and asks for.

use crate::browser::{deferred, imports, page, script};
use crate::executors::pool::{Answers, PoolNews, PoolState, ProcessPool};
use crate::executors::session::{BusyPool, Session};
use crate::failure::{Failure, InputProblem, PoolProblem, Result};
use crate::pool::{CallSpec, PoolSpec, StartWhen, TaskId};
use crate::workloads::answer::Answer;
use js_sys::{Array, Function, Object, Reflect};
use serde_json::Value;
use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;
use wasm_bindgen::prelude::*;

/// Where the module is, relative to the page.
const MODULE: &str = "pool.js";
/// Most calls in a task.
const MAX_CHUNK: usize = 4096;

thread_local! {
    /// Those that are not closed, by number.
    static POOLS: RefCell<BTreeMap<u32, OpenPool>> = RefCell::default();
    static NEXT: Cell<u32> = const { Cell::new(0) };
}

/// A pool that is not closed.
#[derive(Clone)]
struct OpenPool {
    pool: ProcessPool,
    session: Rc<Session>,
    /// Held while there are tasks.
    busy: Rc<RefCell<Option<BusyPool>>>,
}

/// What comes of a call from JavaScript.
type Returned<T> = std::result::Result<T, JsValue>;

/// Makes a pool as `options` say; gives the object that a script gets. `core` makes what that calls.
///
/// # Errors
/// `InvalidInput` that names the key; `Unavailable` where workers, or the program, are not to be had.
#[inline(never)]
pub async fn open(
    session: Rc<Session>,
    options: JsValue,
    core: fn(u32) -> JsValue,
) -> Result<JsValue> {
    deferred::load().await;
    let capabilities = session.capabilities();
    let spec = match options.is_undefined() {
        true => "{}".to_owned(),
        false => script::to_json(&options, "pool")?,
    };
    // CPython calls a function. JSON has none, so it would be left out without a word.
    if get(&options, "initializer").is_function() {
        return Err(Failure::invalid("initializer", InputProblem::NotObject));
    }
    let spec = PoolSpec::from_json(&spec, capabilities.machine.default_workers())?;
    capabilities.browser.workers.check()?;
    let module = imports::module(&format!("{}{MODULE}", page::base())).await;
    let broken = |thrown: JsValue| imports::not_loaded(MODULE, &thrown);
    let made = module.and_then(|module| call(&module, "createPool", &Array::new()));
    let made = made.map_err(broken)?;
    let hear: Function = get(&made, "hear").unchecked_into();
    let id = NEXT.with(|next| next.replace(next.get().wrapping_add(1)));
    // Workers that start disturb whoever measures.
    let starts_now = spec.options.start_when == StartWhen::AtOnce;
    let busy = starts_now.then(|| session.begin_pool()).transpose()?;
    let pool = ProcessPool::open(spec, move |news| tell(id, &hear, news)).await?;
    let busy = Rc::new(RefCell::new(busy));
    POOLS.with_borrow_mut(|pools| pools.insert(id, OpenPool { pool, session, busy }));
    call(&made, "attach", &Array::of1(&core(id))).map_err(broken)?;
    Ok(get(&made, "pool"))
}

/// Submits a task of these calls; gives its number.
///
/// # Errors
/// `InvalidInput` that names the key; `Unavailable` where the pool takes no tasks, or something else runs.
#[inline(never)]
pub fn submit(id: u32, calls: &Array, options: &JsValue) -> Returned<u32> {
    let submitted = find(id).ok_or_else(|| Failure::from(PoolProblem::ShutDown));
    let submitted = submitted.and_then(|open| open.submit(calls, options));
    submitted.map(|task| task.0).map_err(|failure| script::error(&failure))
}

/// As [`ProcessPool::cancel`].
#[inline(never)]
pub fn cancel(id: u32, task: u32) -> bool {
    find(id).is_some_and(|open| open.pool.cancel(TaskId(task)))
}

/// As [`ProcessPool::terminate`].
#[inline(never)]
pub fn terminate(id: u32, task: u32) -> bool {
    find(id).is_some_and(|open| open.pool.terminate(TaskId(task)))
}

/// As [`ProcessPool::is_running`].
#[inline(never)]
pub fn is_running(id: u32, task: u32) -> bool {
    find(id).is_some_and(|open| open.pool.is_running(TaskId(task)))
}

/// As [`ProcessPool::resize`].
///
/// # Errors
/// `InvalidInput` about `workers`.
#[inline(never)]
pub fn resize(id: u32, workers: &JsValue) -> Returned<()> {
    let wanted = workers.as_f64().map_or(Value::Null, Value::from);
    let workers = PoolSpec::workers(&wanted).map_err(|failure| script::error(&failure))?;
    if let Some(open) = find(id) {
        open.pool.resize(workers);
    }
    Ok(())
}

/// As [`ProcessPool::shut_down`], or with `now` [`ProcessPool::terminate_workers`].
#[inline(never)]
pub fn shut_down(id: u32, cancel_pending: bool, now: bool) {
    match find(id) {
        Some(open) if now => open.pool.terminate_workers(),
        Some(open) => open.pool.shut_down(cancel_pending),
        None => {}
    }
}

/// What a pool is at, as plain numbers; `undefined` where it is closed.
#[inline(never)]
pub fn state(id: u32) -> JsValue {
    find(id).map_or(JsValue::UNDEFINED, |open| described(&open.pool.state()))
}

fn described(state: &PoolState) -> JsValue {
    let figures = serde_json::json!({
        "workers": state.workers,
        "busy": state.busy,
        "queued": state.queued,
        "mostWorkers": state.most_workers,
        "started": state.counts.started,
        "lost": state.counts.lost,
        "repeated": state.counts.repeated,
    });
    // Numbers have a JSON form.
    script::from_json(&figures).unwrap_or_default()
}

/// Says that a pool has nothing to do, unless it has tasks.
fn release(id: u32) {
    if let Some(open) = find(id).filter(|open| !open.pool.has_tasks()) {
        open.busy.take();
    }
}

/// A copy of what is there of a pool, as calling it may lead to its end.
fn find(id: u32) -> Option<OpenPool> {
    POOLS.with_borrow(|pools| pools.get(&id).cloned())
}

impl OpenPool {
    fn submit(&self, calls: &Array, options: &JsValue) -> Result<TaskId> {
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
}

fn get(of: &JsValue, key: &str) -> JsValue {
    Reflect::get(of, &key.into()).unwrap_or_default()
}

fn call(of: &JsValue, name: &str, arguments: &Array) -> std::result::Result<JsValue, JsValue> {
    let function: Function = get(of, name).dyn_into()?;
    Reflect::apply(&function, of, arguments)
}

/// Tells the module what has become of its pool.
fn tell(id: u32, hear: &Function, news: PoolNews) {
    let arguments = match news {
        PoolNews::Settled(task, came) => {
            let (error, answers) = match came {
                Ok(answers) => (JsValue::UNDEFINED, plain(answers).into()),
                Err(failure) => (script::error(&failure), JsValue::UNDEFINED),
            };
            Array::of4(&"settled".into(), &task.0.into(), &error, &answers)
        }
        PoolNews::Limited { begun, wanted } => {
            release(id);
            Array::of3(&"limited".into(), &(begun as u32).into(), &(wanted as u32).into())
        }
        PoolNews::Ready => {
            let all_ready = |open: &OpenPool| {
                let PoolState { ready, most_workers, .. } = open.pool.state();
                ready == most_workers && !open.pool.has_tasks()
            };
            if let Some(open) = find(id).filter(all_ready) {
                open.busy.take();
            }
            return;
        }
        PoolNews::Broken(why) => {
            release(id);
            Array::of2(&"broken".into(), &script::error(&why))
        }
        PoolNews::Idle => return release(id),
        PoolNews::Closed => {
            let last = state(id);
            let closed = POOLS.with_borrow_mut(|pools| pools.remove(&id));
            drop(closed);
            Array::of2(&"closed".into(), &last)
        }
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
