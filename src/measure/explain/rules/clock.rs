//! The samples were too short for the clock.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::warning::FEWEST_TICKS;
use crate::models::Executor;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "clock-too-coarse",
    title: "Too short for the clock",
    summary: "A clock advances in ticks, so a time of only a few ticks may be wrong by a whole \
              tick.",
    is_about_the_time: true,
};

/// How short samples were.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How long one computation took, in ms: all of it is in doubt.
    pub cost_ms: f64,
    /// How long the median sample lasted, all its computations together, in ms.
    pub sample_ms: f64,
    /// How far apart the clock's ticks are, in ms.
    pub tick_ms: f64,
    /// How many ticks a sample has to last.
    pub needed_ticks: f64,
}

/// Checks whether the median sample is long enough for the clock.
pub fn check(case: &Case) -> Check<Figures> {
    let Some(summary) = &case.outcome.summary else { return Ok(None) };
    let tick_ms = case.run.environment.machine.clock_resolution_us / 1000.0;
    let times = case.outcome.samples.first().map_or(1, |sample| sample.computations);
    let (cost_ms, needed_ticks) = (summary.median_ms, FEWEST_TICKS);
    let sample_ms = cost_ms * f64::from(times);
    let is_short = sample_ms < needed_ticks * tick_ms;
    Ok(is_short.then_some(Figures { cost_ms, sample_ms, tick_ms, needed_ticks }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        format!(
            "a sample of {} is only {:.0} ticks of the clock, {} each, where {} are needed. Make \
             the work larger.",
            format::duration(self.sample_ms),
            self.sample_ms / self.tick_ms,
            format::short_duration(self.tick_ms),
            self.needed_ticks
        )
    }
}
