//! Short requests beside a thread that computes, which holds the GIL.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::latency::{median, request_times};
use crate::models::option::thousandths;
use crate::models::Executor;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "convoy",
    title: "Convoy effect",
    summary: "With a GIL, a thread that has its answer still waits until the computing thread \
              releases the lock, up to a switch interval each time.",
    is_about_the_time: true,
};

/// A part of the switch interval: answers that wait for the lock for longer than that, in the middle
/// of all, wait for a thread that computes.
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
    pub answer_ms: f64,
    /// The switch interval, in ms.
    pub interval_ms: f64,
}

/// Checks whether answers waited for the lock about as long as its switch interval.
pub fn check(case: &Case) -> Check<Figures> {
    let executor = &case.outcome.executor;
    if !executor.computes_under_gil() || executor.workers() < 2 {
        return Ok(None);
    }
    case.waterfall()?;
    let requests = request_times(&case.outcome.lanes);
    let interval_ms = thousandths(executor.options.switch_interval_us);
    let waited = median(&requests, |one| one.lock_wait_ms);
    if waited.is_none_or(|ms| ms <= LEAST_PART * interval_ms) {
        return Ok(None);
    }
    let total = median(&requests, |one| one.total_ms).zip(median(&requests, |one| one.answer_ms));
    Ok(total.map(|(latency_ms, answer_ms)| Figures {
        cost_ms: case.lock_wait_ms(),
        latency_ms,
        answer_ms,
        interval_ms,
    }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        format!(
            "a request took {}, although its answer arrived after {}: it then waited for the GIL, \
             which the computing thread releases every {}. Compute in another process, or shorten \
             the interval (switchIntervalMs).",
            format::duration(self.latency_ms),
            format::duration(self.answer_ms),
            format::short_duration(self.interval_ms)
        )
    }
}
