//! A task of a pool that a script made: whole workloads, computed one after the other.

use super::faults;
use super::reply::reply;
use crate::failure::Result;
use crate::protocol::{FromWorker, RunId};
use crate::sync::safepoint::Safepoint;
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use std::ops::ControlFlow;

/// Computes `workloads` and answers what each came to. A worker that closes itself answers nothing.
pub fn answer(run: RunId, workloads: &[Workload], is_first: bool) {
    let mut answers = Vec::with_capacity(workloads.len());
    for workload in workloads {
        match computed(workload, is_first) {
            ControlFlow::Continue(answer) => answers.push(answer),
            ControlFlow::Break(()) => return,
        }
    }
    reply(&FromWorker::Called { run, answers });
}

/// What `workload` comes to, unless this worker closes itself meanwhile.
fn computed(workload: &Workload, is_first: bool) -> ControlFlow<(), Result<Answer>> {
    let (work, input) = (workload.kernel(), workload.input(None));
    let input = match input {
        Ok(input) => input,
        Err(failure) => return ControlFlow::Continue(Err(failure)),
    };
    let mut parts = Vec::with_capacity(work.task_count());
    for task in 0..work.task_count() {
        if is_first {
            faults::happen(workload, task)?;
        }
        parts.push(work.compute(task, &input[work.payload(task)], Safepoint::never()));
    }
    ControlFlow::Continue(work.merge(parts).map(|merged| workload.answer(&merged)))
}
