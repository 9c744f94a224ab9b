//! A workload on the page's own thread: what the main thread and the event loop
//! drive task by task.

use super::faults;
use crate::browser::stop_message;
use crate::failure::{Failure, Result};
use crate::sync::safepoint::Safepoint;
use crate::workloads::{FILL_BYTES, Workload};
use wasm_bindgen::prelude::*;

/// A workload, its static data and the parts computed so far.
#[wasm_bindgen]
pub struct Job {
    workload: Workload,
    input: Vec<u8>,
    filled: usize,
    parts: Vec<Vec<u8>>,
    merged: Vec<u8>,
}

#[wasm_bindgen]
impl Job {
    /// Room for a workload, as postcard.
    ///
    /// # Errors
    /// A failure as JSON: what cannot be read, or does not fit in memory.
    #[wasm_bindgen(constructor)]
    pub fn new(workload: &[u8]) -> Result<Job, JsValue> {
        stop_message::keep();
        let workload: Workload =
            postcard::from_bytes(workload).map_err(|error| error.to_string())?;
        let input = workload.reserve_input().map_err(as_json)?;
        let parts = vec![Vec::new(); workload.work().task_count()];
        Ok(Self { workload, input, filled: 0, parts, merged: Vec::new() })
    }

    /// Makes the next piece of the static data; whether there is more to make.
    pub fn fill(&mut self) -> bool {
        let end = (self.filled + FILL_BYTES).min(self.input.len());
        self.workload.work().fill_input(self.filled, &mut self.input[self.filled..end]);
        self.filled = end;
        end < self.input.len()
    }

    /// Takes the next piece of static data that is the asker's own; whether there is more
    /// to come.
    #[wasm_bindgen(js_name = fillWith)]
    pub fn fill_with(&mut self, piece: &[u8]) -> bool {
        let end = (self.filled + piece.len()).min(self.input.len());
        let into = &mut self.input[self.filled..end];
        into.copy_from_slice(&piece[..into.len()]);
        self.filled = end;
        end < self.input.len()
    }

    /// Computes a task from the static data, or from `body`, its request's
    /// answer.
    pub fn compute(&mut self, task: usize, body: Option<Vec<u8>>) {
        let work = self.workload.kernel();
        let payload = match &body {
            Some(body) => body,
            None => &self.input[work.payload(task)],
        };
        // Whoever would close itself, or never return, is not asked to on the page's thread.
        if faults::happen(&self.workload, task).is_continue() {
            self.parts[task] = work.compute(task, payload, Safepoint::never());
        }
    }

    /// How many bytes a task came to.
    #[wasm_bindgen(js_name = partLength)]
    pub fn part_length(&self, task: usize) -> usize {
        self.parts.get(task).map_or(0, Vec::len)
    }

    /// Puts the parts together.
    ///
    /// # Errors
    /// A failure as JSON: there is no room for what they come to.
    pub fn merge(&mut self) -> Result<(), JsValue> {
        let tasks = self.parts.len();
        let parts = std::mem::replace(&mut self.parts, vec![Vec::new(); tasks]);
        // What was there before goes first: it may be as large.
        self.merged = Vec::new();
        self.merged = self.workload.work().merge(parts).map_err(as_json)?;
        Ok(())
    }

    /// The answer, as postcard.
    ///
    /// # Errors
    /// The reason, where it cannot be written.
    pub fn answer(&self) -> Result<Vec<u8>, JsValue> {
        let answer = self.workload.answer(&self.merged);
        postcard::to_allocvec(&answer).map_err(|error| error.to_string().into())
    }

    /// The bytes that the parts came to.
    pub fn merged(&self) -> Vec<u8> {
        self.merged.clone()
    }
}

fn as_json(failure: Failure) -> JsValue {
    // Writing it cannot fail: its keys are texts.
    serde_json::to_string(&failure).unwrap_or_default().into()
}
