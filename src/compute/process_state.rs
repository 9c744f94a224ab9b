//! The global state of a process: a counter, a lock and loaded data, in this memory and in no
//! other. The pitfalls on processes are about it.

use crate::browser::buffer::Buffer;
use crate::browser::worker_scope;
use crate::failure::{Failure, Result, WorkerProblem};
use crate::protocol::global_state::{CallError, ProcessState, StateReply, StateRequest};
use std::cell::RefCell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};
use wasm_bindgen::prelude::*;

/// A global variable, as a module of Python has.
static COUNTER: AtomicU32 = AtomicU32::new(0);
/// A global lock.
static LOCK: Mutex<()> = Mutex::new(());
/// Data that was loaded once, such as a table that all calls read.
static LOADED: Mutex<Vec<u8>> = Mutex::new(Vec::new());

thread_local! {
    /// The lock, while this thread holds it. A copy of the memory is run by another thread, which
    /// holds nothing.
    static HELD: RefCell<Option<MutexGuard<'static, ()>>> = const { RefCell::new(None) };
}

/// The counter of this instance: the page reads its own.
#[wasm_bindgen(js_name = globalCounter)]
pub fn global_counter() -> u32 {
    COUNTER.load(Ordering::Relaxed)
}

/// Does what `request` says. `beside` came with it. Gives the answer and what goes with that.
///
/// # Errors
/// `OutOfMemory`, or `WorkerLost` where something is missing beside the request.
pub fn handle(request: StateRequest, beside: &[Buffer]) -> Result<(StateReply, Vec<Buffer>)> {
    let reply = match request {
        StateRequest::Increment { arguments } => increment(arguments),
        StateRequest::IncrementShared => {
            let counter = beside.first().ok_or_else(|| Failure::from(WorkerProblem::NotForIt))?;
            StateReply::Counter { value: counter.add(1) }
        }
        StateRequest::SetCounter { value } => {
            COUNTER.store(value, Ordering::Relaxed);
            StateReply::Counter { value }
        }
        StateRequest::Load { bytes } => {
            load(bytes);
            StateReply::Done
        }
        StateRequest::HoldLock => {
            HELD.set(Some(lock()));
            StateReply::Done
        }
        StateRequest::ReleaseLock => {
            HELD.take();
            StateReply::Done
        }
        StateRequest::WaitForLock => {
            drop(lock());
            StateReply::Done
        }
        StateRequest::Read => StateReply::State(read()),
        StateRequest::CopyMemory => {
            return Ok((StateReply::Done, vec![worker_scope::copy_of_memory()?]));
        }
    };
    Ok((reply, Vec::new()))
}

/// The function that the tasks call.
fn increment(arguments: u32) -> StateReply {
    if arguments > 0 {
        return StateReply::CallFailed { error: CallError::TakesNoArgument { given: arguments } };
    }
    StateReply::Counter { value: COUNTER.fetch_add(1, Ordering::Relaxed) + 1 }
}

fn lock() -> MutexGuard<'static, ()> {
    LOCK.lock().unwrap_or_else(PoisonError::into_inner)
}

fn load(bytes: u32) {
    let mut loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    *loaded = (0..bytes).map(|at| (at % 251) as u8).collect();
}

fn read() -> ProcessState {
    let loaded = LOADED.lock().unwrap_or_else(PoisonError::into_inner);
    let sum = loaded.iter().fold(0_u32, |sum, byte| sum.wrapping_add(u32::from(*byte)));
    ProcessState { counter: global_counter(), loaded_bytes: loaded.len() as u32, loaded_sum: sum }
}
