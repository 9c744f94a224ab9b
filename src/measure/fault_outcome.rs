//! What each model made of a fault on purpose: which results it kept, and what CPython would have.

use super::report::{Outcome, Report};
use crate::failure::{PoolProblem, Problem};
use crate::models::{Executor, ExecutorKind};
use crate::workloads::faults::Fault;

/// What one model made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct FaultOutcome {
    /// The model.
    pub executor: Executor,
    /// Tasks that came to a result, of how many; `None` where the fault could not happen under the model.
    pub kept: Option<(u64, u64)>,
    /// How long it took until all tasks had settled, in ms, where that is known.
    pub took_ms: Option<f64>,
    /// What would have happened in CPython.
    pub cpython: &'static str,
}

/// What each model of `report` made of the fault on purpose; nothing where there is none.
pub fn outcomes(report: &Report) -> Vec<FaultOutcome> {
    let workload = &report.experiment.workload;
    let Some(fault) = workload.faults().and_then(|faults| faults.fault()) else {
        return Vec::new();
    };
    let tasks = workload.work().task_count() as u64;
    report.results.iter().map(|outcome| of(outcome, fault, tasks)).collect()
}

fn of(outcome: &Outcome, fault: Fault, tasks: u64) -> FaultOutcome {
    let (kept, took_ms) = match outcome.error.as_ref().map(|failure| &failure.problem) {
        None => (Some((tasks, tasks)), outcome.summary.as_ref().map(|summary| summary.median_ms)),
        Some(Problem::Pool(PoolProblem::TaskLost { survived, took_ms, .. })) => {
            (Some((*survived, tasks)), Some(*took_ms))
        }
        Some(problem) if !problem.is_of_tasks() => (None, None),
        Some(_) => (Some((0, tasks)), None),
    };
    FaultOutcome {
        executor: outcome.executor.clone(),
        kept,
        took_ms,
        cpython: in_cpython(fault, outcome.executor.kind()),
    }
}

/// What happens in CPython 3.14. A trap stands for a crash in native code, closing for `os._exit()`.
/// Sources: the documentation of `concurrent.futures` (`BrokenProcessPool`, `terminate_workers`),
/// `sys.setrecursionlimit` and `os._exit`.
fn in_cpython(fault: Fault, model: ExecutorKind) -> &'static str {
    let is_pool = model != ExecutorKind::MainThread && model != ExecutorKind::EventLoop;
    match (fault, model) {
        (Fault::Panic | Fault::StackOverflow, _) if is_pool => {
            "Only this task's future raises the exception. The pool goes on."
        }
        (Fault::Panic | Fault::StackOverflow, _) => {
            "The exception ends the program, unless it is caught around the task."
        }
        (Fault::OutOfMemory, _) if is_pool => {
            "Only this task's future raises MemoryError, unless the system ends the process first."
        }
        (Fault::OutOfMemory, _) => {
            "MemoryError ends the program, unless it is caught, or the system ends the process first."
        }
        (Fault::Trap | Fault::Close, ExecutorKind::Processes) => {
            "BrokenProcessPool: every future that had not finished is lost, and the pool takes no \
             more tasks."
        }
        (Fault::Trap, _) => "The whole program crashes: all results are lost.",
        (Fault::Close, _) => "The whole program ends: all results are lost.",
        (Fault::Hang, ExecutorKind::Processes) => {
            "The worker hangs. result(timeout=…) stops waiting, but ends nothing; since 3.14 \
             terminate_workers() ends all workers, and the pool with them."
        }
        (Fault::Hang, _) if is_pool => {
            "The thread hangs. result(timeout=…) stops waiting, but nothing can end a thread, and \
             the program waits for it at its end."
        }
        (Fault::Hang, _) => "The program hangs.",
    }
}
