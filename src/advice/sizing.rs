//! The options of a model that suit the work: how many workers, how many tasks together, how
//! data is sent, how deep the queue is.

use super::costs::{Costs, PoolCosts};
use super::evidence::Evidence;
use super::prediction::Prediction;
use crate::models::{DataMode, Executor, ExecutorKind, MAX_WORKERS};

/// A part of a core that is free counts as a whole one from here on: a worker more on less than that
/// gains less than it costs.
const PART_OF_A_CORE: f64 = 0.25;
/// More workers must be faster by more than this part: each costs memory.
const WORTH_A_WIDER_POOL: f64 = 0.02;
/// Moving the bytes of a task takes a large part of its computing from here on, so that they are
/// better shared: more than the third or so that a second core gains in the end.
pub const HEAVY: f64 = 0.5;
/// A chunk should last so many times as long as handing it over: then that costs 5%.
const CHUNK_OVER_MESSAGE: f64 = 20.0;
/// A worker should get so many chunks, so that the last ones even out what all took.
const CHUNKS_PER_WORKER: f64 = 4.0;
/// Most tasks of a chunk.
const MOST_IN_CHUNK: f64 = 4_096.0;
/// Items in the queue for each worker behind it: one that waits while it computes, and one more
/// for an answer that is late.
const QUEUED_PER_WORKER: u32 = 2;
/// The queue of a pipeline on the page holds no more.
const LONGEST_QUEUE: u32 = 1_024;

/// How many times as long moving a task's bytes takes as its computing.
pub fn moving_over_computing(evidence: &Evidence, processes: &PoolCosts) -> f64 {
    let moving_ms = evidence.work.bytes_moved() * processes.byte_ms.value;
    match evidence.work.compute_ms.mean {
        _ if moving_ms == 0.0 => 0.0,
        compute_ms => moving_ms / compute_ms.max(f64::MIN_POSITIVE),
    }
}

/// How many workers keep the cores busy.
pub fn busy_workers(evidence: &Evidence) -> u32 {
    (evidence.cores.value - PART_OF_A_CORE).ceil().clamp(1.0, f64::from(u32::MAX)) as u32
}

/// The model with the options that suit the work, and its prediction; `None` where it cannot
/// run there.
pub fn sized(kind: ExecutorKind, evidence: &Evidence, costs: &Costs) -> Option<Prediction> {
    let mut best: Option<Prediction> = None;
    for workers in widths(kind, evidence, costs) {
        let next = Prediction::of(&model(kind, workers, evidence, costs), evidence, costs)?;
        let is_better = best
            .as_ref()
            .is_none_or(|best| next.median_ms < best.median_ms * (1.0 - WORTH_A_WIDER_POOL));
        if is_better {
            best = Some(next);
        }
    }
    best
}

/// The widths that come into question, the narrowest first: as many as there are cores,
/// doubled until all tasks run at once or no more can.
fn widths(kind: ExecutorKind, evidence: &Evidence, costs: &Costs) -> Vec<u32> {
    if !kind.has_workers() {
        return vec![1];
    }
    let tasks = u32::try_from(evidence.work.tasks).unwrap_or(u32::MAX).max(1);
    let cores = busy_workers(evidence);
    let most = match kind {
        ExecutorKind::Processes | ExecutorKind::Hybrid => {
            let most = costs.most_workers.min(costs.most_processes.max(cores));
            most.min(evidence.limits.most_workers().unwrap_or(u32::MAX))
        }
        _ => costs.most_workers,
    };
    let most = most.min(tasks).max(1);
    // What only computes needs no more workers than cores, and neither does a second stage.
    if !evidence.work.waits() || kind == ExecutorKind::Hybrid {
        return vec![cores.min(most)];
    }
    let doubled = std::iter::successors(Some(cores), |workers| workers.checked_mul(2));
    let mut widths: Vec<_> = doubled.take_while(|workers| *workers < most).collect();
    widths.push(most);
    widths
}

fn model(kind: ExecutorKind, workers: u32, evidence: &Evidence, costs: &Costs) -> Executor {
    let mut executor = Executor::new(kind, workers);
    let options = &mut executor.options;
    match kind {
        ExecutorKind::ThreadsGil => options.release_in_native = !evidence.work.holds_gil,
        ExecutorKind::Processes => {
            let pool = costs.processes.as_ref();
            options.chunk_size = pool.map_or(0, |pool| chunk(workers, evidence, costs, pool));
            let is_heavy = |pool: &&PoolCosts| moving_over_computing(evidence, pool) >= HEAVY;
            let shared = pool.filter(is_heavy).and_then(|pool| pool.shared_byte_ms);
            options.data_mode = if shared.is_some() { DataMode::Shared } else { DataMode::Copy };
        }
        ExecutorKind::Hybrid => {
            let tasks = u32::try_from(evidence.work.tasks).unwrap_or(u32::MAX);
            options.io_workers = tasks.clamp(1, costs.most_workers.min(MAX_WORKERS));
            options.queue_max = (QUEUED_PER_WORKER * workers).clamp(1, LONGEST_QUEUE);
        }
        _ => {}
    }
    executor
}

/// How many tasks of a process pool go together. The page chooses while it runs, better than
/// can be told before: 0. CPython's `map` has to be told.
fn chunk(workers: u32, evidence: &Evidence, costs: &Costs, pool: &PoolCosts) -> u32 {
    if !costs.counts_start {
        return 0;
    }
    let task_ms = evidence.work.compute_ms.mean + evidence.work.wait_ms.mean;
    let wanted = CHUNK_OVER_MESSAGE * pool.message_ms.value / task_ms.max(f64::MIN_POSITIVE);
    let fair = evidence.work.tasks as f64 / (f64::from(workers) * CHUNKS_PER_WORKER);
    wanted.ceil().min(fair.floor()).clamp(1.0, MOST_IN_CHUNK) as u32
}
