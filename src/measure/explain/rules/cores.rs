//! More workers than cores took turns.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::{Check, Missing};
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::waterfall::Step;
use crate::models::Executor;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "more-workers-than-cores",
    title: "More workers than cores",
    summary: "Work that computes needs one core per worker. Workers beyond the number of cores \
              take turns.",
    is_about_the_time: true,
};

/// A part of the time above which taking turns is what to look at: less is within
/// what a run differs from the next.
const MOST_TURNS: f64 = 0.05;

/// The same where all that is missing is part of a core. The page and the system
/// take some of it always.
const MOST_TURNS_WITHIN_A_CORE: f64 = 0.1;

/// What taking turns cost. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// What it cost, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
    /// How many workers there were.
    pub workers: u32,
    /// How many cores they shared.
    pub cores: f64,
}

/// Checks whether workers that compute took turns.
pub fn check(case: &Case) -> Check<Figures> {
    let workers = case.outcome.executor.workers();
    let cores = case.run.environment.machine.cores();
    if f64::from(workers) <= cores || case.waits() {
        return Ok(None);
    }
    let waterfall = case.waterfall()?;
    if !waterfall.over_main_thread {
        return Err(Missing::MainThread);
    }
    let (cost_ms, measured_ms) = (waterfall.ms(Step::Oversubscription), waterfall.measured_ms);
    let found = Figures { cost_ms, measured_ms, workers, cores };
    let most = if found.are_too_many() { MOST_TURNS } else { MOST_TURNS_WITHIN_A_CORE };
    Ok((cost_ms > most * measured_ms).then_some(found))
}

impl Figures {
    /// Whether fewer workers would do, rather than a part of a core being missing.
    fn are_too_many(&self) -> bool {
        f64::from(self.workers) > self.cores.ceil()
    }

    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        let advice = if self.are_too_many() {
            format!("For work that computes, use at most {}.", self.cores.ceil())
        } else {
            "Close other busy programs; if there are none, this machine is at its limit.".to_owned()
        };
        format!(
            "{} workers shared {}, which cost {} of {}. {advice}",
            self.workers,
            format::cores(self.cores),
            format::duration(self.cost_ms),
            format::duration(self.measured_ms)
        )
    }
}
