//! A parent process that changes its state, and a child that may have inherited it.

use super::state_client::{StartWith, StateClient};
use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::executors::answers;
use crate::failure::{FailureKind, Result};
use crate::measure::Clock;
use crate::pitfalls::programs::processes::inheriting::{
    COUNTER, Child, LOADED_BYTES, LOCK_MS, LockState, Start,
};
use crate::protocol::global_state::{ProcessState, StateReply, StateRequest};

/// Starts a parent, changes its state, starts a child of it and looks at what that has.
///
/// # Errors
/// Where a process does not start or answer, or a memory cannot be copied.
pub async fn run(module: &ComputeModule, start: Start) -> Result<Child> {
    // The template of a forkserver is made before the program does anything.
    let template = match start {
        Start::Forkserver => Some(new_process(module).await?.copy_memory().await?),
        _ => None,
    };
    let parent = new_process(module).await?;
    parent.ask(StateRequest::Load { bytes: LOADED_BYTES }).await?;
    parent.ask(StateRequest::SetCounter { value: COUNTER }).await?;
    let parents = state(&parent).await?;
    if start != Start::ForkUnlocked {
        parent.ask(StateRequest::HoldLock).await?;
    }
    let copy_began_ms = BrowserClock.now_ms();
    let copy = match (start, template) {
        (Start::Fork | Start::ForkUnlocked, _) => Some(parent.copy_memory().await?),
        (_, template) => template,
    };
    let copy_ms = match start {
        Start::Fork | Start::ForkUnlocked => BrowserClock.now_ms() - copy_began_ms,
        Start::Forkserver | Start::Spawn => 0.0,
    };
    let (child, began_ms) = start_child(module, copy.as_ref()).await?;
    let has = state(&child).await?;
    let lock = wait_for_lock(&child).await?;
    // The parent's own lock is in order: it releases it, and takes it again.
    parent.ask(StateRequest::ReleaseLock).await?;
    parent.ask(StateRequest::WaitForLock).await?;
    Ok(Child {
        start,
        counter: has.counter,
        loaded_bytes: has.loaded_bytes,
        data_is_same: has.loaded_bytes == parents.loaded_bytes
            && has.loaded_sum == parents.loaded_sum,
        lock,
        copied_bytes: copy.map_or(0, |copy| copy.len() as u64),
        start_ms: copy_ms + began_ms,
    })
}

async fn new_process(module: &ComputeModule) -> Result<StateClient> {
    Ok(StateClient::start_one(|| Ok(StartWith::Program(module))).await?.0)
}

/// Starts a child with a copy of that memory, or anew. Gives how long it took, in ms.
async fn start_child(
    module: &ComputeModule,
    memory: Option<&Buffer>,
) -> Result<(StateClient, f64)> {
    StateClient::start_one(|| {
        Ok(match memory {
            Some(memory) => StartWith::Copy(module, memory.copy()?),
            None => StartWith::Nothing,
        })
    })
    .await
}

async fn state(process: &StateClient) -> Result<ProcessState> {
    match process.ask(StateRequest::Read).await? {
        StateReply::State(state) => Ok(state),
        _ => Err(answers::out_of_turn()),
    }
}

/// Whether `child` gets its lock. If it does not, it is blocked for good: only ending it helps.
async fn wait_for_lock(child: &StateClient) -> Result<LockState> {
    let asked_ms = BrowserClock.now_ms();
    match child.ask_with(&[], LOCK_MS, StateRequest::WaitForLock).await {
        Ok(_) => Ok(LockState::Free),
        Err(failure) if failure.kind() == FailureKind::TimedOut => {
            Ok(LockState::NeverReleased { waited_ms: BrowserClock.now_ms() - asked_ms })
        }
        Err(failure) => Err(failure),
    }
}
