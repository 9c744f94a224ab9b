//! What the models cost on this machine: pools are started, and handed empty tasks and a few that compute.

use super::probe::{PoolTimes, Probe, Series};
use crate::advice::{Costs, PoolCosts, Uncertain};
use crate::executors::spread_out::busy;
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
/// How often a pool computes each mix.
const SAMPLES: usize = 4;
/// The same of one busy task, which takes as long each time, and of one for each worker, which do not.
const BUSY_ALONE_SAMPLES: usize = 2;
const BUSY_TOGETHER_SAMPLES: usize = 6;
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
        last_late_ms: nothing,
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
    let mixes = [Mix::empty(1), Mix::empty(tasks)];
    let Some(times) = times_of(probe, &executor, mixes).await? else { return Ok(None) };
    let nothing = Uncertain::exact(0.0);
    let [one_ms, all_ms] = times.medians_ms;
    let costs = times.pool_costs(one_ms, all_ms, tasks, cores);
    Ok(Some(PoolCosts { shared_byte_ms: Some(nothing), ..costs }))
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
    let empty = [Mix::empty(1), Mix::empty(tasks)];
    if bytes < LEAST_BYTES {
        let Some(times) = times_of(probe, &executor, empty).await? else { return Ok(None) };
        let [one_ms, all_ms] = times.medians_ms;
        return Ok(Some(times.pool_costs(one_ms, all_ms, tasks, cores)));
    }
    let each = bytes.min(MOST_BYTES / CARRIERS as f64).floor();
    let carriers = Mix { payload_bytes: each as u64, ..Mix::empty(CARRIERS) };
    let mixes = [empty[0], empty[1], carriers];
    let Some(times) = times_of(probe, &executor, mixes).await? else { return Ok(None) };
    let [one_ms, all_ms, sent_ms] = times.medians_ms;
    let costs = times.pool_costs(one_ms, all_ms, tasks, cores);
    let carriers = CARRIERS as f64;
    let without_ms = costs.job_ms.value + carriers * costs.message_ms.value;
    let byte_ms = (sent_ms - without_ms).max(0.0) / (carriers * each);
    Ok(Some(PoolCosts { byte_ms: Uncertain::new(byte_ms, PART * byte_ms), ..costs }))
}

/// What a pool takes.
struct Times<const MIXES: usize> {
    start_ms: f64,
    /// Of each mix the median of all computations but the first, in ms.
    medians_ms: [f64; MIXES],
    /// The shortest computation of one busy task, in ms; `None` where there was no time for it.
    busy_ms: Option<f64>,
    /// Each computation but the first of a busy task for each worker, in ms.
    busy_together_ms: Vec<f64>,
}

/// What a pool takes for each of `mixes`, and for busy tasks; `None` where it cannot run here.
async fn times_of<P: Probe, const MIXES: usize>(
    probe: &P,
    executor: &Executor,
    mixes: [Mix; MIXES],
) -> Result<Option<Times<MIXES>>> {
    let needed = mixes.map(|mix| (mix, SAMPLES, false));
    let extras = [(1, BUSY_ALONE_SAMPLES), (executor.workers().into(), BUSY_TOGETHER_SAMPLES)];
    let extras = extras.map(|(tasks, samples)| (busy(tasks), samples, true));
    let series = needed.into_iter().chain(extras).map(|(mix, samples, is_extra)| {
        mix.workload().map(|workload| Series { workload, samples, is_extra })
    });
    let series = series.collect::<Result<Vec<_>>>()?;
    let PoolTimes { start_ms, samples_ms } = match probe.pool(executor, &series).await {
        Ok(times) => times,
        Err(failure) if failure.kind() == FailureKind::Unavailable => return Ok(None),
        Err(failure) => return Err(failure),
    };
    let warm = |at: usize| {
        let samples_ms = samples_ms.get(at).map(Vec::as_slice).unwrap_or_default();
        if samples_ms.len() > 1 { &samples_ms[1..] } else { samples_ms }
    };
    let medians_ms = std::array::from_fn(|at| match warm(at) {
        [] => 0.0,
        samples_ms => stats::median(samples_ms.iter().copied()),
    });
    let busy_ms = samples_ms.get(MIXES).and_then(|all| all.iter().copied().reduce(f64::min));
    let together_ms = samples_ms.get(MIXES + 1).and_then(|all| all.get(1..));
    let busy_together_ms = together_ms.unwrap_or_default().to_vec();
    Ok(Some(Times { start_ms, medians_ms, busy_ms, busy_together_ms }))
}

impl<const MIXES: usize> Times<MIXES> {
    /// What a worker on each of so many cores costs, where they took so long for one empty task and for
    /// `tasks` of them.
    fn pool_costs(&self, one_ms: f64, all_ms: f64, tasks: u64, cores: f64) -> PoolCosts {
        let message_ms = match tasks {
            0 | 1 => 0.0,
            several => (all_ms - one_ms).max(0.0) / (several - 1) as f64,
        };
        let [mean_ms, mean_square] = self.one_core(message_ms, cores);
        let nothing = Uncertain::exact(0.0);
        let about = |ms: f64| Uncertain::new(ms, PART * ms);
        let costs = PoolCosts {
            start_ms: about(self.start_ms / f64::from(workers(cores))),
            job_ms: about((one_ms - message_ms).max(0.0)),
            message_ms: about(message_ms),
            one_core_ms: nothing,
            one_core_share: nothing,
            byte_ms: nothing,
            shared_byte_ms: None,
        };
        costs.with_one_core(mean_ms, mean_square)
    }

    /// For how long workers share one core, in ms: the mean of all computations, and that of the squares. Sharing one
    /// for longer than the tasks take counts as that long.
    fn one_core(&self, message_ms: f64, cores: f64) -> [f64; 2] {
        let workers = f64::from(workers(cores));
        let Some(busy_ms) = self.busy_ms.filter(|_| workers > 1.0) else { return [0.0; 2] };
        // Beside one another they take as long as one of them, if the cores are all there, but for
        // the time on one core, of which all but one worker's share is lost.
        let beside_ms = busy_ms * (workers / cores).max(1.0) + (workers - 1.0) * message_ms;
        let shared_ms = self.busy_together_ms.iter().map(|together_ms| {
            let lost_ms = (together_ms - beside_ms).clamp(0.0, (workers - 1.0) * busy_ms);
            lost_ms * workers / (workers - 1.0)
        });
        let n = self.busy_together_ms.len().max(1) as f64;
        shared_ms.fold([0.0; 2], |[mean, square], ms| [mean + ms / n, square + ms * ms / n])
    }
}
