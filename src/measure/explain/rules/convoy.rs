//! Short requests beside a thread that computes, which holds the GIL.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::latency::{latencies_ms, median_ms};
use crate::measure::Phase;
use crate::models::option::thousandths;
use crate::models::{Executor, ExecutorKind};
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "convoy",
    title: "Convoy effect",
    summary: "With a GIL whoever has its answer still waits for the thread that computes to hand \
              over the lock, up to a switch interval each time.",
    is_about_the_time: true,
};

/// A part of the switch interval: requests that wait for longer than that, in the middle of all,
/// wait for a thread that computes.
const LEAST_PART: f64 = 0.3;

/// What requests waited for.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// For how long a thread waited for the lock in one computation, on average, in ms.
    pub cost_ms: f64,
    /// How long a request took, in the middle of all, in ms.
    pub latency_ms: f64,
    /// How long its answer took to come, in the middle of all, in ms.
    pub own_ms: f64,
    /// The switch interval, in ms.
    pub interval_ms: f64,
}

/// Checks whether requests waited for the lock about as long as its switch interval.
pub fn check(case: &Case) -> Check<Figures> {
    let Executor { options, .. } = &case.outcome.executor;
    let kind = case.outcome.executor.kind();
    if kind != ExecutorKind::ThreadsGil || options.release_in_native {
        return Ok(None);
    }
    let lanes = &case.outcome.lanes;
    let waits = lanes.iter().flat_map(|lane| &lane.spans);
    let waits = waits.filter(|span| span.phase == Phase::IoWait && span.task.is_some());
    let own: Vec<f64> = waits.map(|span| span.duration_ms()).collect();
    let found = median_ms(&latencies_ms(lanes)).zip(median_ms(&own));
    let interval_ms = thousandths(options.switch_interval_us);
    Ok(found.filter(|(latency, own)| latency - own > LEAST_PART * interval_ms).map(
        |(latency_ms, own_ms)| Figures {
            cost_ms: case.mean(|breakdown| case.ms(breakdown, Phase::LockWait)),
            latency_ms,
            own_ms,
            interval_ms,
        },
    ))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        format!(
            "a request took {}, although its answer was there after {}: the thread that had it waited \
             for the GIL until the computing thread handed it over, at a switch interval of {}. \
             Compute in another process, or shorten the interval (switchIntervalMs).",
            format::duration(self.latency_ms),
            format::duration(self.own_ms),
            format::short_duration(self.interval_ms)
        )
    }
}
