//! What the models cost on this machine: pools are started, and handed empty tasks.

use super::probe::{PoolTimes, Probe};
use crate::advice::{Costs, PoolCosts, Uncertain};
use crate::failure::{FailureKind, Result};
use crate::measure::stats;
use crate::models::{Executor, ExecutorKind, MAX_WORKERS};
use crate::workloads::params::Params;
use crate::workloads::{Work, Workload, WorkloadId};
use serde_json::json;

/// Most empty tasks of a thread pool: beyond, each costs the same.
const MOST_THREAD_TASKS: u64 = 2_000;
/// Most empty tasks of processes, each a message of its own.
const MOST_MESSAGES: u64 = 48;
/// Payloads below this many bytes cost what the message costs.
const LEAST_BYTES: f64 = 4_096.0;
/// Most bytes that are sent to see what one costs.
const MOST_BYTES: f64 = 8e6;
/// Tasks that carry them.
const CARRIERS: u64 = 8;
/// Computations by a pool, the first of which is thrown away.
const SAMPLES: usize = 4;
/// No more are taken once they took this long together, in ms.
const SAMPLES_MS: f64 = 60.0;
/// Turns of the event loop that are timed.
const TURNS: u32 = 20;
/// By which part what was measured in a few samples may be off.
const PART: f64 = 0.2;
/// The GIL's switch interval, in ms: the default of the lab's model.
const SWITCH_MS: f64 = 5.0;

/// Bytes that a task is sent where it does not share the memory, on average.
pub(super) fn mean_payload(work: &(dyn Work + Send + Sync)) -> f64 {
    let tasks = work.task_count();
    let bytes: f64 = (0..tasks).map(|task| work.payload(task).len() as f64).sum();
    bytes / tasks.max(1) as f64
}

/// What the models cost, for work of so many tasks of `bytes` each on `cores` cores.
///
/// # Errors
/// What pools fail with, but for what is not available here.
pub(super) async fn measured<P: Probe>(
    probe: &P,
    tasks: u64,
    bytes: f64,
    cores: f64,
) -> Result<Costs> {
    let began_ms = probe.now_ms();
    for _ in 0..TURNS {
        probe.turn().await;
    }
    let turn_ms = (probe.now_ms() - began_ms) / f64::from(TURNS);
    let workers = (cores.round() as u32).clamp(1, MAX_WORKERS);
    let nothing = Uncertain::exact(0.0);
    Ok(Costs {
        counts_start: false,
        most_workers: MAX_WORKERS,
        // Part of what a task was measured to compute.
        task_ms: nothing,
        turn_ms: Uncertain::new(turn_ms, PART * turn_ms),
        request_ms: nothing,
        late_ms: nothing,
        served_ms: nothing,
        slowdown: Uncertain::exact(1.0),
        switch_ms: SWITCH_MS,
        threads: threads(probe, tasks, workers).await?,
        processes: processes(probe, tasks, bytes, workers).await?,
    })
}

async fn threads<P: Probe>(probe: &P, tasks: u64, workers: u32) -> Result<Option<PoolCosts>> {
    let tasks = tasks.min(MOST_THREAD_TASKS);
    let executor = Executor::new(ExecutorKind::Threads, workers);
    let Some(times) = pool(probe, &executor, tasks, 0).await? else { return Ok(None) };
    let nothing = Uncertain::exact(0.0);
    Ok(Some(PoolCosts {
        start_ms: each(times.start_ms, workers),
        // What a job costs and what its tasks do were measured together.
        job_ms: nothing,
        message_ms: of_each(&times, tasks),
        byte_ms: nothing,
        shared_byte_ms: Some(nothing),
    }))
}

async fn processes<P: Probe>(
    probe: &P,
    tasks: u64,
    bytes: f64,
    workers: u32,
) -> Result<Option<PoolCosts>> {
    let tasks = tasks.min(MOST_MESSAGES);
    let mut executor = Executor::new(ExecutorKind::Processes, workers);
    executor.options.chunk_size = 1;
    let Some(times) = pool(probe, &executor, tasks, 0).await? else { return Ok(None) };
    let message_ms = of_each(&times, tasks);
    let byte_ms = match bytes {
        few if few < LEAST_BYTES => Uncertain::exact(0.0),
        many => {
            let each = many.min(MOST_BYTES / CARRIERS as f64).floor();
            let sent = pool(probe, &executor, CARRIERS, each as u64).await?;
            let sent_ms = sent.map_or(0.0, |sent| of_each(&sent, CARRIERS).value);
            let byte_ms = (sent_ms - message_ms.value).max(0.0) / each;
            Uncertain::new(byte_ms, PART * byte_ms)
        }
    };
    Ok(Some(PoolCosts {
        start_ms: each(times.start_ms, workers),
        job_ms: Uncertain::exact(0.0),
        message_ms,
        byte_ms,
        shared_byte_ms: None,
    }))
}

/// What a pool takes for empty tasks; `None` where it cannot run here.
async fn pool<P: Probe>(
    probe: &P,
    executor: &Executor,
    tasks: u64,
    bytes: u64,
) -> Result<Option<PoolTimes>> {
    let params = json!({ "tasks": tasks, "computeUnits": 0, "waitMs": 0, "payloadBytes": bytes });
    let params: Params = params.as_object().cloned().unwrap_or_default();
    let workload = Workload::new(WorkloadId::Custom, &params)?;
    match probe.pool(executor, &workload, is_enough).await {
        Ok(times) => Ok(Some(times)),
        Err(failure) if failure.kind() == FailureKind::Unavailable => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// Whether a pool has computed often enough.
fn is_enough(samples_ms: &[f64]) -> bool {
    samples_ms.len() >= SAMPLES
        || samples_ms.len() > 1 && samples_ms.iter().sum::<f64>() >= SAMPLES_MS
}

fn each(all_ms: f64, workers: u32) -> Uncertain {
    let each_ms = all_ms / f64::from(workers.max(1));
    Uncertain::new(each_ms, PART * each_ms)
}

/// What each of so many tasks costs: the median of all samples but the first.
fn of_each(times: &PoolTimes, tasks: u64) -> Uncertain {
    let warm = if times.samples_ms.len() > 1 { &times.samples_ms[1..] } else { &times.samples_ms };
    let each_ms = match warm {
        [] => 0.0,
        some => stats::median(some.iter().copied()) / tasks.max(1) as f64,
    };
    Uncertain::new(each_ms, PART * each_ms)
}
