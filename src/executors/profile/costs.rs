//! What the models cost on this machine: pools are started, and handed empty tasks.

use super::probe::{PoolTimes, Probe};
use crate::advice::{Costs, PoolCosts, Uncertain};
use crate::failure::{FailureKind, Result};
use crate::measure::stats;
use crate::models::{Executor, ExecutorKind, MAX_WORKERS};
use crate::workloads::Work;
use crate::workloads::mix::Mix;

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
/// What a task computes that shows how soon a second worker gets a core of its own: about 5 ms.
/// Linux looks for idle cores every few ms.
const BUSY_UNITS: u64 = 1_000;
/// Mixes of such tasks, the last of all.
const BUSY_MIXES: usize = 2;
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
    let nothing = Uncertain::exact(0.0);
    Ok(Costs {
        counts_start: false,
        most_workers: MAX_WORKERS,
        most_processes: MAX_WORKERS,
        // Part of what a task was measured to compute.
        task_ms: nothing,
        turn_ms: Uncertain::new(turn_ms, PART * turn_ms),
        request_ms: nothing,
        late_ms: nothing,
        served_ms: nothing,
        slowdown: Uncertain::exact(1.0),
        switch_ms: SWITCH_MS,
        threads: threads(probe, tasks, cores).await?,
        processes: processes(probe, tasks, bytes, cores).await?,
    })
}

/// How many workers there are on so many cores.
fn workers(cores: f64) -> u32 {
    (cores.round() as u32).clamp(1, MAX_WORKERS)
}

async fn threads<P: Probe>(probe: &P, tasks: u64, cores: f64) -> Result<Option<PoolCosts>> {
    let workers = workers(cores);
    let tasks = tasks.min(MOST_THREAD_TASKS);
    let executor = Executor::new(ExecutorKind::Threads, workers);
    let mixes = [Mix::empty(1), Mix::empty(tasks), busy(1), busy(workers.into())];
    let Some(times) = times_of(probe, &executor, mixes).await? else { return Ok(None) };
    let nothing = Uncertain::exact(0.0);
    Ok(Some(PoolCosts { shared_byte_ms: Some(nothing), ..pool_costs(&times, tasks, cores) }))
}

async fn processes<P: Probe>(
    probe: &P,
    tasks: u64,
    bytes: f64,
    cores: f64,
) -> Result<Option<PoolCosts>> {
    let workers = workers(cores);
    let tasks = tasks.min(MOST_MESSAGES);
    let mut executor = Executor::new(ExecutorKind::Processes, workers);
    executor.options.chunk_size = 1;
    let each = bytes.min(MOST_BYTES / CARRIERS as f64).floor();
    let carriers = if bytes < LEAST_BYTES { 1 } else { CARRIERS };
    let mixes = [
        Mix::empty(1),
        Mix::empty(tasks),
        Mix { payload_bytes: each as u64, ..Mix::empty(carriers) },
        busy(1),
        busy(workers.into()),
    ];
    let Some(times) = times_of(probe, &executor, mixes).await? else { return Ok(None) };
    let costs = pool_costs(&times, tasks, cores);
    let byte_ms = match bytes {
        few if few < LEAST_BYTES => Uncertain::exact(0.0),
        _ => {
            let [_, _, sent_ms, ..] = times.medians_ms;
            let carriers = CARRIERS as f64;
            let without_ms = costs.job_ms.value + carriers * costs.message_ms.value;
            let byte_ms = (sent_ms - without_ms).max(0.0) / (carriers * each);
            Uncertain::new(byte_ms, PART * byte_ms)
        }
    };
    Ok(Some(PoolCosts { byte_ms, ..costs }))
}

/// So many tasks that compute for longer than a system takes to spread them.
fn busy(tasks: u64) -> Mix {
    Mix { compute_units: BUSY_UNITS, ..Mix::empty(tasks) }
}

/// What a pool takes.
struct Times<const MIXES: usize> {
    start_ms: f64,
    /// Of each mix the median of all computations but the first, in ms.
    medians_ms: [f64; MIXES],
}

/// What a pool takes for each of `mixes`; `None` where it cannot run here.
async fn times_of<P: Probe, const MIXES: usize>(
    probe: &P,
    executor: &Executor,
    mixes: [Mix; MIXES],
) -> Result<Option<Times<MIXES>>> {
    let workloads = mixes.into_iter().map(Mix::workload).collect::<Result<Vec<_>>>()?;
    let PoolTimes { start_ms, samples_ms } =
        match probe.pool(executor, &workloads, MIXES - BUSY_MIXES).await {
            Ok(times) => times,
            Err(failure) if failure.kind() == FailureKind::Unavailable => return Ok(None),
            Err(failure) => return Err(failure),
        };
    let mut medians_ms = [0.0; MIXES];
    for (median_ms, samples_ms) in medians_ms.iter_mut().zip(&samples_ms) {
        let warm = if samples_ms.len() > 1 { &samples_ms[1..] } else { samples_ms };
        if !warm.is_empty() {
            *median_ms = stats::median(warm.iter().copied());
        }
    }
    Ok(Some(Times { start_ms, medians_ms }))
}

/// What a worker on each of so many cores costs, where they took so long for one empty task, for `tasks` of
/// them, and, last, for one that computes and for as many of these as there are workers, if there was
/// time for that.
fn pool_costs<const MIXES: usize>(times: &Times<MIXES>, tasks: u64, cores: f64) -> PoolCosts {
    let of_mix = |at: usize| times.medians_ms.get(at).copied().unwrap_or_default();
    let [one_ms, all_ms, busy_ms, busy_together_ms] =
        [0, 1, MIXES - BUSY_MIXES, MIXES - 1].map(of_mix);
    let workers = f64::from(workers(cores));
    let message_ms = match tasks {
        0 | 1 => 0.0,
        several => (all_ms - one_ms).max(0.0) / (several - 1) as f64,
    };
    // Computing beside one another they take as long as one of them, if the cores are all there, but for
    // the time on one core, of which all but one worker's share is lost.
    let beside_ms = busy_ms * (workers / cores).max(1.0) + (workers - 1.0) * message_ms;
    let lost_ms = (busy_together_ms - beside_ms).max(0.0);
    let one_core_ms = if workers > 1.0 { lost_ms * workers / (workers - 1.0) } else { 0.0 };
    let start_ms = times.start_ms / workers;
    let about = |ms: f64| Uncertain::new(ms, PART * ms);
    PoolCosts {
        start_ms: about(start_ms),
        job_ms: about((one_ms - message_ms).max(0.0)),
        message_ms: about(message_ms),
        one_core_ms: about(one_core_ms),
        byte_ms: Uncertain::exact(0.0),
        shared_byte_ms: None,
    }
}
