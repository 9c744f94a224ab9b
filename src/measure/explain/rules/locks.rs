//! Workers waited for a lock.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::models::{Executor, ExecutorKind};
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "lock-contention",
    title: "Waiting for a lock",
    summary: "Only one worker at a time can hold a lock, so what it guards runs one after another, \
              however many workers there are.",
    is_about_the_time: true,
};

/// A part of the workers' time above which a lock is what to look at.
pub const MOST_WAITING: f64 = 0.1;

/// For how long workers waited. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// For how long a worker waited for a lock, on average, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
}

/// Checks whether workers waited for locks too long.
pub fn check(case: &Case) -> Check<Figures> {
    if case.outcome.executor.kind() == ExecutorKind::ThreadsGil {
        // A rule of its own is about that lock.
        return Ok(None);
    }
    let measured_ms = case.waterfall()?.measured_ms;
    let cost_ms = case.lock_wait_ms();
    Ok((cost_ms > MOST_WAITING * measured_ms).then_some(Figures { cost_ms, measured_ms }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        format!(
            "each worker waited for a lock for {} of {}, on average. Hold it for a shorter time, \
             or give each worker its own copy and merge the copies at the end.",
            format::duration(self.cost_ms),
            format::duration(self.measured_ms)
        )
    }
}
