//! Two processes that add to a counter: each to its own, or both to one that they share.

use super::state_client::{StartWith, StateClient};
use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::{ComputeModule, PageProgram};
use crate::executors::answers;
use crate::failure::Result;
use crate::measure::Clock;
use crate::pitfalls::programs::processes::calls::{CALLS, Calls};
use crate::pitfalls::programs::processes::counting::{Counted, PROCESSES, TASKS, Way};
use crate::protocol::global_state::{StateReply, StateRequest};
use futures_util::future::try_join_all;
use std::cell::Cell;

/// Bytes of the shared counter.
const COUNTER_BYTES: usize = 4;
/// How long a task may take, in ms.
const TASK_MS: u32 = 20_000;

/// Has two processes add 1 to a counter.
///
/// # Errors
/// Where a process does not start or answer, or there is no shared memory where it is wanted.
pub async fn count(module: &ComputeModule, way: Way) -> Result<Counted> {
    let page = PageProgram::start(module).await?;
    let (processes, _) = StateClient::start(PROCESSES, || Ok(StartWith::Program(module))).await?;
    let shared = match way {
        Way::SharedMemory => Some(Buffer::shared(COUNTER_BYTES)?),
        Way::Globals | Way::Results => None,
    };
    let returned = Cell::new(0);
    let request = match way {
        Way::Globals | Way::Results => StateRequest::Increment { arguments: 0 },
        Way::SharedMemory => StateRequest::IncrementShared,
    };
    let beside = shared.as_slice();
    let started_ms = BrowserClock.now_ms();
    let tasks = for_each_task(&processes, beside, TASKS, request, |reply| match reply {
        StateReply::Counter { .. } => {
            // Each call returns what it has added.
            returned.set(returned.get() + 1);
            Ok(())
        }
        _ => Err(answers::out_of_turn()),
    })
    .await?;
    let took_ms = BrowserClock.now_ms() - started_ms;
    let globals = counters(&processes).await?;
    let page_global = page.counter()?;
    let count = match (way, &shared) {
        (Way::SharedMemory, Some(shared)) => shared.number(),
        (Way::Results, _) => returned.get(),
        _ => page_global,
    };
    Ok(Counted { way, tasks, globals, page_global, count, took_ms })
}

/// Has two processes call a function with an argument that it does not take, and reads what comes
/// of it, or does not.
///
/// # Errors
/// Where a process does not start or answer.
pub async fn call(module: &ComputeModule, reads_results: bool) -> Result<Calls> {
    let (processes, _) = StateClient::start(PROCESSES, || Ok(StartWith::Program(module))).await?;
    let (failed, errors) = (Cell::new(0), Cell::new(Vec::<String>::new()));
    let request = StateRequest::Increment { arguments: 1 };
    let started_ms = BrowserClock.now_ms();
    let submitted = for_each_task(&processes, &[], CALLS, request, |reply| {
        if let StateReply::CallFailed { error } = reply {
            failed.set(failed.get() + 1);
            if reads_results {
                let (mut known, message) = (errors.take(), error.message());
                if !known.contains(&message) {
                    known.push(message);
                }
                errors.set(known);
            }
        }
        Ok(())
    })
    .await?;
    let took_ms = BrowserClock.now_ms() - started_ms;
    let count = counters(&processes).await?.iter().sum();
    let submitted = submitted.iter().sum();
    let read = if reads_results { submitted } else { 0 };
    Ok(Calls { submitted, failed: failed.get(), read, errors: errors.take(), count, took_ms })
}

/// Has the processes answer `request` so many times, whoever is free the next. Gives how often each
/// of them did.
async fn for_each_task(
    processes: &[StateClient],
    beside: &[Buffer],
    tasks: u32,
    request: StateRequest,
    answered: impl Fn(StateReply) -> Result<()>,
) -> Result<Vec<u32>> {
    let left = Cell::new(tasks);
    let (left, answered) = (&left, &answered);
    try_join_all(processes.iter().map(|process| async move {
        let mut done = 0;
        while let Some(rest) = left.get().checked_sub(1) {
            left.set(rest);
            answered(process.ask_with(beside, TASK_MS, request).await?.0)?;
            done += 1;
        }
        Ok(done)
    }))
    .await
}

/// Each process's own counter.
async fn counters(processes: &[StateClient]) -> Result<Vec<u32>> {
    try_join_all(processes.iter().map(|process| async move {
        match process.ask(StateRequest::Read).await? {
            StateReply::State(state) => Ok(state.counter),
            _ => Err(answers::out_of_turn()),
        }
    }))
    .await
}
