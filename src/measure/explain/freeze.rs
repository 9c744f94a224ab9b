//! The page's own thread did not answer.

use super::case::Case;
use super::check::Check;
use super::rule::Definition;
use crate::measure::format;
use crate::measure::heartbeat::FREEZE_MS;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "main-thread-blocked",
    title: "Frozen page",
    summary: "A page has one thread for everything, and while it computes it neither paints \
              nor answers.",
    is_about_the_time: false,
    check,
};

/// Checks whether the page was frozen.
fn check(case: &Case) -> Check {
    let cost_ms = case.outcome.longest_freeze_ms();
    if cost_ms < FREEZE_MS {
        return Check::Fine;
    }
    let advice = if case.outcome.executor.kind().has_workers() {
        "Preparing and merging is done on the page: send and gather less at a time."
    } else {
        "Threads and processes compute beside the page."
    };
    let frozen = format::duration(cost_ms);
    Check::Found { cost_ms, text: format!("the page did not answer for {frozen}. {advice}") }
}
