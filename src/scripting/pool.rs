//! A pool as `www/pool.js` calls it. What these functions do is no part of a first visit, though what a script
//! calls directly is: it is in [`super::pools`].

use super::pools;
use js_sys::Array;
use wasm_bindgen::prelude::*;

/// A pool, by number.
#[wasm_bindgen]
pub struct PoolCore {
    id: u32,
}

impl PoolCore {
    /// The pool of this number.
    pub(super) fn new(id: u32) -> Self {
        Self { id }
    }
}

#[wasm_bindgen]
impl PoolCore {
    /// Submits a task of these calls; gives its number.
    pub fn submit(&self, calls: &Array, options: &JsValue) -> Result<u32, JsValue> {
        pools::submit(self.id, calls, options)
    }

    /// Cancels a task that waits; whether it did.
    pub fn cancel(&self, task: u32) -> bool {
        pools::cancel(self.id, task)
    }

    /// Cancels a task, and ends its worker where one runs it; whether it had not settled.
    pub fn terminate(&self, task: u32) -> bool {
        pools::terminate(self.id, task)
    }

    /// Whether a worker runs this task.
    #[wasm_bindgen(js_name = isRunning)]
    pub fn is_running(&self, task: u32) -> bool {
        pools::is_running(self.id, task)
    }

    /// Changes how many workers there may be.
    pub fn resize(&self, workers: &JsValue) -> Result<(), JsValue> {
        pools::resize(self.id, workers)
    }

    /// Takes no more tasks, and closes once those that are there have settled; with `now`, ends all
    /// workers at once and cancels all tasks.
    #[wasm_bindgen(js_name = shutDown)]
    pub fn shut_down(&self, cancel_pending: bool, now: bool) {
        pools::shut_down(self.id, cancel_pending, now);
    }

    /// What the pool is at, as plain numbers; `undefined` where it is closed.
    pub fn state(&self) -> JsValue {
        pools::state(self.id)
    }
}
