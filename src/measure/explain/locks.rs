//! Workers waited for a lock.

use super::case::Case;
use super::check::Check;
use super::rule::Definition;
use crate::measure::{Phase, format};

/// What it is about.
pub const RULE: Definition = Definition {
    id: "lock-contention",
    title: "Waiting for a lock",
    summary: "One worker at a time can hold a lock, so what it guards is done one after \
              another, however many workers there are.",
    is_about_the_time: true,
    check,
};

/// A part of the workers' time above which a lock is what to look at.
const MOST_WAITING: f64 = 0.1;

/// Checks whether workers waited for locks too long.
fn check(case: &Case) -> Check {
    let Some(waterfall) = case.waterfall else { return Check::NotEnoughData(case.missing()) };
    let cost_ms = case.mean(|breakdown| case.ms(breakdown, Phase::LockWait));
    if cost_ms <= MOST_WAITING * waterfall.measured_ms {
        return Check::Fine;
    }
    let text = format!(
        "each worker waited for a lock for {} of {}, on average. Hold it for a shorter time, or \
         give each worker a part of its own and put them together at the end.",
        format::duration(cost_ms),
        format::duration(waterfall.measured_ms)
    );
    Check::Found { cost_ms, text }
}
