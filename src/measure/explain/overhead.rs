//! Handling tasks cost more than a fair part of the time.

use super::case::Case;
use super::check::Check;
use super::rule::Definition;
use super::sending;
use crate::measure::format;
use crate::measure::waterfall::{Step, Waterfall};

/// What it is about.
pub const RULE: Definition = Definition {
    id: "overhead-dominates",
    title: "Overhead",
    summary: "Every task is handed over and its result put in its place, and where tasks are \
              short, that takes longer than the work in them.",
    is_about_the_time: true,
    check,
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

/// Checks whether handling tasks took too large a part of the time.
fn check(case: &Case) -> Check {
    let Some(waterfall) = case.waterfall else { return Check::NotEnoughData(case.missing()) };
    let per_task = case.lanes() / case.tasks();
    let work_ms = case.mean(|breakdown| case.worked_ms(breakdown)) * per_task;
    let cost_ms = cost_ms(case, waterfall, work_ms < SHORT_TASK_MS);
    let share = cost_ms / waterfall.measured_ms;
    if share > MOST_OVERHEAD {
        Check::Found { cost_ms, text: explain(case, share, cost_ms * per_task, work_ms) }
    } else {
        Check::Fine
    }
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

fn explain(case: &Case, share: f64, per_task_ms: f64, work_ms: f64) -> String {
    let executor = &case.outcome.executor;
    let chunk_size = executor.chunk_size();
    let is_small = chunk_size > 0 && f64::from(chunk_size) * case.lanes() < case.tasks();
    let advice = match executor.kind().has_workers() && is_small {
        true => "Hand over more tasks at a time (chunkSize), or give each more work.",
        false => "Give each task more work.",
    };
    format!(
        "handling tasks took {} of the time, {} per task for {} of work in it. {advice}",
        format::percent(share),
        format::duration(per_task_ms),
        format::duration(work_ms)
    )
}
