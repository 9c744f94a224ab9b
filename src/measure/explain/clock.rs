//! The samples were too short for the clock.

use super::case::Case;
use super::check::Check;
use super::rule::Definition;
use crate::measure::format;
use crate::measure::warning::FEWEST_TICKS;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "clock-too-coarse",
    title: "Too short for the clock",
    summary: "A browser's clock moves in steps, and a time of a few steps may be off by a whole \
              one.",
    is_about_the_time: true,
    check,
};

/// Checks whether the median sample, all its computations together, is long enough
/// for the clock.
fn check(case: &Case) -> Check {
    let Some(summary) = &case.outcome.summary else { return Check::Fine };
    let tick_ms = case.report.environment.capabilities.clock_resolution_us / 1000.0;
    let times = case.outcome.samples.first().map_or(1, |sample| sample.computations);
    let lasted_ms = summary.median_ms * f64::from(times);
    if lasted_ms >= FEWEST_TICKS * tick_ms {
        return Check::Fine;
    }
    let text = format!(
        "a sample of {} is only {:.0} ticks of the clock, {} each, where {FEWEST_TICKS} are \
         needed. Make the work larger.",
        format::duration(lasted_ms),
        lasted_ms / tick_ms,
        format::short_duration(tick_ms)
    );
    // All of it is in doubt.
    Check::Found { cost_ms: summary.median_ms, text }
}
