//! Workers had nothing to do while others still worked.

use super::slow_answers;
use super::case::Case;
use super::check::Check;
use super::rule::Definition;
use crate::measure::format;
use crate::measure::waterfall::Step;
use crate::models::Memory;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "imbalance",
    title: "Imbalance",
    summary: "A run lasts as long as its busiest worker, and whoever is done before only waits.",
    is_about_the_time: true,
    check,
};

/// A part of the time above which waiting for the busiest is what to look at: the
/// last task of each worker ends when it ends, and costs some percent always.
const MOST_IMBALANCE: f64 = 0.1;

/// Checks whether workers waited for one another too long.
fn check(case: &Case) -> Check {
    let Some(waterfall) = case.waterfall else { return Check::NotEnoughData(case.missing()) };
    let cost_ms = waterfall.ms(Step::Imbalance);
    if cost_ms > MOST_IMBALANCE * waterfall.measured_ms && !slow_answers::are_late(case) {
        Check::Found { cost_ms, text: explain(case, cost_ms, waterfall.measured_ms) }
    } else {
        Check::Fine
    }
}

fn explain(case: &Case, cost_ms: f64, measured_ms: f64) -> String {
    let worked = || case.workers.iter().map(|breakdown| case.worked_ms(breakdown));
    let advice = match &case.outcome.executor {
        // A wait cannot be cut.
        _ if case.waits() => {
            "Waiting needs no core: use as many workers as there are requests, or an event loop."
        }
        _ if case.tasks() < case.lanes() => "Cut the work into as many tasks as workers, or more.",
        executor if executor.chunk_size() > 1 => {
            "Hand over fewer tasks at a time (chunkSize), or begin with the longest."
        }
        // Which takes them from all over the work, wherever the longest are.
        executor if executor.chunk_size() == 0 && executor.kind().memory() == Memory::Own => {
            "Cut the work into smaller tasks, or begin with the longest, one at a time (chunkSize 1)."
        }
        _ => "Cut the work into smaller tasks, or begin with the longest.",
    };
    format!(
        "a worker had nothing to do for {} of {}, on average, while others still worked: the least busy \
         worked for {}, the busiest for {}. {advice}",
        format::duration(cost_ms),
        format::duration(measured_ms),
        format::duration(worked().fold(f64::INFINITY, f64::min)),
        format::duration(worked().fold(0.0, f64::max))
    )
}
