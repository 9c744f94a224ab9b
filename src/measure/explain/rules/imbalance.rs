//! Workers had nothing to do while others still worked.

use super::slow_answers;
use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::waterfall::Step;
use crate::models::option::CHUNK_SIZE;
use crate::models::{Executor, Memory};
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "imbalance",
    title: "Imbalance",
    summary: "A run lasts as long as its busiest worker; workers that finish earlier just wait.",
    is_about_the_time: true,
};

/// A part of the time above which waiting for the busiest is what to look at: the
/// last task of each worker ends when it ends, and costs some percent always.
const MOST_IMBALANCE: f64 = 0.1;

/// How uneven the work was. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// For how long a worker had nothing to do while others worked, on average, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
    /// For how long the least busy worker worked, in ms.
    pub least_busy_ms: f64,
    /// For how long the busiest did, in ms.
    pub busiest_ms: f64,
    /// How many workers there were.
    pub workers: usize,
    /// How many tasks the work was cut into.
    pub tasks: usize,
    /// Whether the work waits for longer than it computes.
    pub waits: bool,
}

/// Checks whether workers waited for one another too long.
pub fn check(case: &Case) -> Check<Figures> {
    let waterfall = case.waterfall()?;
    let (cost_ms, measured_ms) = (waterfall.ms(Step::Imbalance), waterfall.measured_ms);
    if cost_ms <= MOST_IMBALANCE * measured_ms || slow_answers::are_late(case) {
        return Ok(None);
    }
    let worked = || case.workers.iter().map(|breakdown| case.worked_ms(breakdown));
    Ok(Some(Figures {
        cost_ms,
        measured_ms,
        least_busy_ms: worked().fold(f64::INFINITY, f64::min),
        busiest_ms: worked().fold(0.0, f64::max),
        workers: case.lanes(),
        tasks: case.tasks(),
        waits: case.waits(),
    }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, executor: &Executor) -> String {
        format!(
            "a worker was idle for {} of {}, on average, while others still worked: the least busy \
             worked for {}, the busiest for {}. {}",
            format::duration(self.cost_ms),
            format::duration(self.measured_ms),
            format::duration(self.least_busy_ms),
            format::duration(self.busiest_ms),
            self.advice(executor)
        )
    }

    fn advice(&self, executor: &Executor) -> &'static str {
        let has_chunks = executor.kind().option(CHUNK_SIZE.name).is_some();
        match executor.chunk_size() {
            // A wait cannot be cut.
            _ if self.waits => {
                "Waiting needs no core: use as many workers as there are requests, or an event \
                 loop."
            }
            _ if self.tasks < self.workers => {
                "Cut the work into at least as many tasks as workers."
            }
            2.. => "Send fewer tasks at a time (chunkSize), or start with the longest.",
            // Which takes them from all over the work, wherever the longest are.
            0 if executor.memory() == Memory::Own && has_chunks => {
                "Cut the work into smaller tasks, or start with the longest, one at a time \
                 (chunkSize 1)."
            }
            _ => "Cut the work into smaller tasks, or start with the longest.",
        }
    }
}
