//! Handling tasks cost more than a fair part of the time.

use super::sending;
use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::waterfall::{Step, Waterfall};
use crate::models::Executor;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "overhead-dominates",
    title: "Overhead",
    summary: "Handing out a task and collecting its result takes time. For short tasks, that can \
              take longer than the work itself.",
    is_about_the_time: true,
};

/// A part of the time above which handling tasks is what to look at: so much of it
/// makes a speedup of 1.4 out of one of 2.
const MOST_OVERHEAD: f64 = 0.3;

/// Below it a task is short, in ms: to hand one over takes up to a tenth of a
/// millisecond in browsers, which is felt up to here. The gaps around longer ones
/// have other reasons.
const SHORT_TASK_MS: f64 = 5.0;

/// The steps that are about handling tasks, sending them aside.
const HANDLING: [Step; 3] = [Step::Spawn, Step::Queue, Step::Merge];

/// What handling tasks cost. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// For how long tasks were handled, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
    /// How long one task was handled, in ms.
    pub per_task_ms: f64,
    /// How long one task was worked on, in ms.
    pub work_per_task_ms: f64,
    /// How many workers there were.
    pub workers: usize,
    /// How many tasks the work was cut into.
    pub tasks: usize,
}

/// Checks whether handling tasks took too large a part of the time.
pub fn check(case: &Case) -> Check<Figures> {
    let waterfall = case.waterfall()?;
    let (workers, tasks) = (case.lanes(), case.tasks());
    let per_task = workers as f64 / tasks as f64;
    let work_per_task_ms = case.mean(|breakdown| case.worked_ms(breakdown)) * per_task;
    let cost_ms = cost_ms(case, waterfall, work_per_task_ms < SHORT_TASK_MS);
    let (measured_ms, per_task_ms) = (waterfall.measured_ms, cost_ms * per_task);
    let found = Figures { cost_ms, measured_ms, per_task_ms, work_per_task_ms, workers, tasks };
    Ok((found.share() > MOST_OVERHEAD).then_some(found))
}

fn cost_ms(case: &Case, waterfall: &Waterfall, tasks_are_short: bool) -> f64 {
    let mut cost_ms: f64 = HANDLING.iter().map(|step| waterfall.ms(*step).max(0.0)).sum();
    // What the data's size explains is another rule's.
    if !sending::dominates(case, waterfall) {
        cost_ms += sending::cost_ms(waterfall);
    }
    if tasks_are_short {
        cost_ms += case.gaps_ms(waterfall);
    }
    cost_ms
}

impl Figures {
    /// The part of the time in which tasks were handled.
    fn share(&self) -> f64 {
        self.cost_ms / self.measured_ms
    }

    /// What was found, and what to do about it.
    pub fn text(&self, executor: &Executor) -> String {
        let chunk_size = executor.chunk_size() as usize;
        let is_small = chunk_size > 0 && chunk_size * self.workers < self.tasks;
        let advice = match executor.kind().has_workers() && is_small {
            true => "Send more tasks at a time (chunkSize), or give each more work.",
            false => "Give each task more work.",
        };
        format!(
            "handling tasks took {} of the time, {} per task with {} of work. {advice}",
            format::percent(self.share()),
            format::duration(self.per_task_ms),
            format::duration(self.work_per_task_ms)
        )
    }
}
