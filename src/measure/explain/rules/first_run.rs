//! The first run was much slower than the others.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::{Check, FEWEST_SAMPLES, Missing};
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::models::Executor;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "first-run-slow",
    title: "Slow first run",
    summary: "The first run is often slower than the others: caches are cold, and a browser first \
              compiles a program quickly and optimizes it later.",
    is_about_the_time: false,
};

/// So many times the median is slow: beyond what any one sample may differ by.
const SLOW: f64 = 1.5;

/// How slow the first run was.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How much longer than the median it took, in ms.
    pub cost_ms: f64,
    /// How long it took, in ms.
    pub first_ms: f64,
    /// The median of the samples, in ms.
    pub median_ms: f64,
}

/// Checks whether the first run took longer than those that were measured.
pub fn check(case: &Case) -> Check<Figures> {
    // Others' hosts are not asked more often than is measured.
    if case.run.experiment.asks_others() {
        return Ok(None);
    }
    let first_ms = *case.outcome.warm_up.totals_ms.first().ok_or(Missing::WarmUp)?;
    if case.outcome.samples.len() < FEWEST_SAMPLES {
        return Err(case.missing());
    }
    let Some(summary) = &case.outcome.summary else { return Ok(None) };
    let median_ms = summary.median_ms;
    let cost_ms = first_ms - median_ms;
    Ok((first_ms / median_ms >= SLOW).then_some(Figures { cost_ms, first_ms, median_ms }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        format!(
            "the first run took {}, {}× the median of {}. It was a warm-up and does not count. \
             When you time your own program, run it more than once, too.",
            format::duration(self.first_ms),
            format::times(self.first_ms / self.median_ms),
            format::duration(self.median_ms)
        )
    }
}
