//! What each model costs beyond the work itself.

use super::uncertain::Uncertain;
use serde::Serialize;

/// What a pool of workers costs.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PoolCosts {
    /// Starting one worker, in ms.
    pub start_ms: Uncertain,
    /// Beginning a computation and hearing of its end, in ms, however many tasks it has.
    pub job_ms: Uncertain,
    /// Handing over what goes together in one message, and its result, in ms: one task, or a
    /// chunk of them.
    pub message_ms: Uncertain,
    /// For how long workers that begin to compute share one core where they do, before the system moves them
    /// to cores of their own, in ms.
    pub one_core_ms: Uncertain,
    /// In which part of all computations they do, 0 to 1.
    pub one_core_share: Uncertain,
    /// Sending a byte to another memory and receiving it there, in ms; 0 for threads.
    pub byte_ms: Uncertain,
    /// The same of a byte in a buffer that all workers see; `None` where that is not known.
    pub shared_byte_ms: Option<Uncertain>,
}

/// By which part the time on one core may be off.
const ONE_CORE_PART: f64 = 0.2;
/// By how much the part of all computations may be off in which workers share one core, at the least: few computations
/// say little of it.
const LEAST_SHARE_SD: f64 = 0.1;

impl PoolCosts {
    /// The same where workers shared one core for so long on average, in ms, and where the mean of the squares of
    /// that is `mean_square`.
    ///
    /// In some computations they share one for about as long each time, in the others not at all: the two
    /// figures are those that have this mean and these squares. Whether they do is chance, so that the part is as
    /// uncertain as a single computation is.
    pub fn with_one_core(self, mean_ms: f64, mean_square: f64) -> Self {
        let never = Uncertain::exact(0.0);
        let (one_core_ms, one_core_share) = if mean_ms > 0.0 {
            let (ms, share) = (mean_square / mean_ms, mean_ms * mean_ms / mean_square);
            let sd = (share * (1.0 - share)).max(0.0).sqrt().max(LEAST_SHARE_SD);
            (Uncertain::new(ms, ONE_CORE_PART * ms), Uncertain::new(share, sd))
        } else {
            (never, never)
        };
        Self { one_core_ms, one_core_share, ..self }
    }

    /// What was measured several times over: the middle of each figure that is measured, but how workers share
    /// a core in all of them. `None` of none.
    pub fn typical_of(measured: &[Self]) -> Option<Self> {
        let first = *measured.first()?;
        let middle = |figure: fn(&Self) -> Uncertain| {
            let mut all: Vec<_> = measured.iter().map(figure).collect();
            all.sort_by(|one, other| one.value.total_cmp(&other.value));
            all[all.len() / 2]
        };
        let mean = |figure: fn(&Self) -> f64| {
            measured.iter().map(figure).sum::<f64>() / measured.len() as f64
        };
        let typical = Self {
            start_ms: middle(|one| one.start_ms),
            job_ms: middle(|one| one.job_ms),
            message_ms: middle(|one| one.message_ms),
            byte_ms: middle(|one| one.byte_ms),
            ..first
        };
        let mean_ms = mean(|one| one.one_core_share.value * one.one_core_ms.value);
        let mean_square = mean(|one| one.one_core_share.value * one.one_core_ms.value.powi(2));
        Some(typical.with_one_core(mean_ms, mean_square))
    }
}

/// What the models cost in one place: on this page, or in a language at home.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Costs {
    /// Whether starting workers is part of a model's time. In the lab it is not, as workers
    /// are started once for many samples; a program that runs once pays for it.
    pub counts_start: bool,
    /// Most threads of a pool, and calls at once of an event loop beside one.
    pub most_workers: u32,
    /// Most processes of a pool, on a machine that has no more cores.
    pub most_processes: u32,
    /// Calling a task in a loop, in ms.
    pub task_ms: Uncertain,
    /// A turn of the event loop between two tasks, in ms.
    pub turn_ms: Uncertain,
    /// What the event loop does for one request beside waiting, in ms.
    pub request_ms: Uncertain,
    /// By how much later the event loop of the page hears of a timer than a worker that blocks,
    /// in ms.
    pub late_ms: Uncertain,
    /// The same of the longest timer of the work.
    pub last_late_ms: Uncertain,
    /// What whoever answers requests does for one, in ms: a pool's requests are answered one
    /// after another, too.
    pub served_ms: Uncertain,
    /// How many times as long computing takes as it was measured or stated.
    pub slowdown: Uncertain,
    /// After how long a thread that waits for the GIL requests it, in ms.
    pub switch_ms: f64,
    /// Threads; `None` where they cannot run.
    pub threads: Option<PoolCosts>,
    /// Processes; `None` where they cannot run.
    pub processes: Option<PoolCosts>,
}
