//! More workers than cores took turns.

use super::case::Case;
use super::check::{Check, Missing};
use super::rule::Definition;
use crate::measure::format;
use crate::measure::waterfall::Step;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "more-workers-than-cores",
    title: "More workers than cores",
    summary: "Work that computes needs a core for each worker, and workers beyond the cores \
              take turns.",
    is_about_the_time: true,
    check,
};

/// A part of the time above which taking turns is what to look at: less is within
/// what a run differs from the next.
const MOST_TURNS: f64 = 0.05;

/// The same where all that is missing is part of a core. The page and the system
/// take some of it always.
const MOST_TURNS_WITHIN_A_CORE: f64 = 0.1;

/// Checks whether workers that compute took turns.
fn check(case: &Case) -> Check {
    let workers = case.outcome.executor.workers();
    let cores = case.report.environment.capabilities.cores();
    if f64::from(workers) <= cores || case.waits() {
        return Check::Fine;
    }
    let Some(waterfall) = case.waterfall else { return Check::NotEnoughData(case.missing()) };
    if !waterfall.over_main_thread {
        return Check::NotEnoughData(Missing::MainThread(workers));
    }
    let cost_ms = waterfall.ms(Step::Oversubscription);
    let too_many = f64::from(workers) > cores.ceil();
    let most = if too_many { MOST_TURNS } else { MOST_TURNS_WITHIN_A_CORE };
    if cost_ms <= most * waterfall.measured_ms {
        return Check::Fine;
    }
    let advice = if too_many {
        format!("More than {} do not help work that computes.", cores.ceil())
    } else {
        "Close what else is busy; if nothing is, this machine has no more to give.".to_owned()
    };
    let text = format!(
        "{workers} workers shared {}, which cost {} of {}. {advice}",
        format::cores(cores),
        format::duration(cost_ms),
        format::duration(waterfall.measured_ms)
    );
    Check::Found { cost_ms, text }
}
