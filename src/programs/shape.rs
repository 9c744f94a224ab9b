//! What a workload waits for, and how its program cuts it into tasks.

use super::no_program::NoProgram;
use crate::models::{DataMode, Executor};
use crate::workloads::params::Params;
use crate::workloads::request::RequestKind;
use crate::workloads::{Workload, WorkloadId};
use serde_json::Value;

/// Fewest tasks that a program cuts its work into, where it has so many items.
const FEWEST_TASKS: u64 = 16;

/// What each task waits for before it computes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wait {
    /// For nothing.
    Nothing,
    /// For a timer, which brings nothing.
    Timer,
    /// For a request that takes its time.
    Request {
        /// Whether each one's time is listed.
        listed: bool,
    },
    /// For a part of a file.
    Disk,
    /// For a record.
    Database,
}

/// What the tasks of `workload` wait for.
///
/// # Errors
/// That there is no program for what only the reader has.
pub fn wait(workload: &Workload) -> Result<Wait, NoProgram> {
    if workload.work().own_len().is_some() {
        return Err(NoProgram::OwnFile);
    }
    if workload.faults().is_some() {
        return Err(NoProgram::Faults);
    }
    let Some(requests) = workload.requests() else {
        let is_timed = [WorkloadId::MixedThreads, WorkloadId::Custom].contains(&workload.id());
        return Ok(if is_timed { Wait::Timer } else { Wait::Nothing });
    };
    match requests.kind() {
        RequestKind::Network | RequestKind::Timer => {
            Ok(Wait::Request { listed: workload.params().contains_key("delaysMs") })
        }
        RequestKind::Disk => Ok(Wait::Disk),
        RequestKind::Database => Ok(Wait::Database),
        RequestKind::Url => Err(NoProgram::OwnAddresses),
    }
}

/// How many tasks the program cuts the work into: as many as the page, or more where that is few
/// for an interpreter. `None` where it is not cut, since each item is a task.
pub fn tasks(workload: &Workload) -> Option<u64> {
    let items = items(workload.id(), &workload.params())?;
    let on_the_page = workload.work().task_count() as u64;
    Some(on_the_page.max(FEWEST_TASKS).min(items).max(1))
}

/// How many tasks a process is sent at a time, where the reader leaves it open: so many that each
/// worker is sent some eight times.
pub fn chunk(workload: &Workload, executor: &Executor) -> u64 {
    let tasks = tasks(workload).unwrap_or(workload.work().task_count() as u64);
    (tasks / (8 * u64::from(executor.workers()))).max(1)
}

fn items(workload: WorkloadId, params: &Params) -> Option<u64> {
    let key = match workload {
        WorkloadId::Primes => "count",
        WorkloadId::Mandelbrot | WorkloadId::Blur => "height",
        WorkloadId::Matmul | WorkloadId::ArraySum | WorkloadId::Sort => "n",
        WorkloadId::MonteCarloPi => "samples",
        WorkloadId::Sha256 => "chains",
        WorkloadId::WordCount => "words",
        WorkloadId::Requests
        | WorkloadId::Pipeline
        | WorkloadId::MixedThreads
        | WorkloadId::Custom
        | WorkloadId::Faults => return None,
    };
    match (params.get(key), params.get("numbers"), params.get("text")) {
        (Some(count), ..) => count.as_u64(),
        (_, Some(Value::Array(numbers)), _) => Some(numbers.len() as u64),
        (_, _, Some(Value::String(text))) => Some(text.split_whitespace().count() as u64),
        _ => None,
    }
}

/// Whether processes see their data in shared memory: where it is a plain array of numbers.
pub fn is_shared(workload: &Workload, executor: &Executor) -> bool {
    let is_array = [WorkloadId::ArraySum, WorkloadId::Sort].contains(&workload.id());
    is_array && executor.options.data_mode == DataMode::Shared
}

/// Whether Python and Rust agree about which characters of `text` are letters and digits. They
/// differ about marks, such as the vowels of Indic scripts. Known to agree are the scripts here,
/// which `tests/programs` checks.
pub fn is_read_alike(text: &str) -> bool {
    text.chars().all(|c| ALIKE.iter().any(|(first, last)| (*first..=*last).contains(&c)))
}

/// Latin, Greek, Cyrillic, punctuation, kana, Chinese and Korean characters.
const ALIKE: &[(char, char)] = &[
    ('\0', '\u{2af}'),
    ('\u{370}', '\u{482}'),
    ('\u{48a}', '\u{52f}'),
    ('\u{1e00}', '\u{1fff}'),
    ('\u{2000}', '\u{206f}'),
    ('\u{20a0}', '\u{20bf}'),
    ('\u{3000}', '\u{3029}'),
    ('\u{3040}', '\u{3098}'),
    ('\u{309b}', '\u{30ff}'),
    ('\u{4e00}', '\u{9fff}'),
    ('\u{ac00}', '\u{d7a3}'),
    ('\u{ff01}', '\u{ff60}'),
    ('\u{1f300}', '\u{1f64f}'),
];
