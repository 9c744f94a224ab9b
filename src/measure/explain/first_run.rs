//! The first run was much slower than the others.

use super::case::{Case, FEWEST_SAMPLES};
use super::check::{Check, Missing};
use super::rule::Definition;
use crate::measure::format;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "first-run-slow",
    title: "Slow first run",
    summary: "A browser compiles a program in haste first and well only later, so the first \
              run says little of the next.",
    is_about_the_time: false,
    check,
};

/// So many times the median is slow: beyond what any one sample may differ by.
const SLOW: f64 = 1.5;

/// Checks whether the first run took longer than those that were measured.
fn check(case: &Case) -> Check {
    // Others' hosts are not asked more often than is measured.
    if case.report.experiment.asks_others() {
        return Check::Fine;
    }
    let Some(first_ms) = case.outcome.warm_up.totals_ms.first() else {
        return Check::NotEnoughData(Missing::WarmUp);
    };
    if case.outcome.samples.len() < FEWEST_SAMPLES {
        return Check::NotEnoughData(case.missing());
    }
    let median_ms = case.outcome.summary.as_ref().map_or(f64::INFINITY, |all| all.median_ms);
    let ratio = first_ms / median_ms;
    if ratio < SLOW {
        return Check::Fine;
    }
    let text = format!(
        "the first run took {}, {} times the median of {}. It warmed up and does not count; run \
         yours more than once, too, before you judge it.",
        format::duration(*first_ms),
        format::times(ratio),
        format::duration(median_ms)
    );
    Check::Found { cost_ms: first_ms - median_ms, text }
}
