//! Threads waited for one another's GIL.

use super::convoy;
use super::locks::MOST_WAITING;
use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::gil_use::GilUse;
use crate::measure::report::limits;
use crate::models::{Executor, ExecutorKind};
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "gil",
    title: "One thread at a time",
    summary: "With a GIL, only the thread that holds it computes, so more threads do not make \
              computing faster.",
    is_about_the_time: true,
};

/// What waiting for the GIL cost. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// For how long a thread waited for it, on average, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
    /// How many threads there were.
    pub threads: usize,
    /// How often a second it changed hands; `None` where kernels ran without it, or a report holds
    /// too few spans to tell.
    pub hand_overs_per_s: Option<f64>,
    /// The part of the time in which nobody held it although a thread waited for it; `None` as
    /// before.
    pub lost: Option<f64>,
    /// The longest that a thread waited for it, in ms; `None` where a report holds too few spans
    /// to tell.
    pub longest_wait_ms: Option<f64>,
}

/// Checks whether threads waited for the GIL too long.
pub fn check(case: &Case) -> Check<Figures> {
    let executor = &case.outcome.executor;
    if executor.kind() != ExecutorKind::ThreadsGil {
        return Ok(None);
    }
    let measured_ms = case.waterfall()?.measured_ms;
    let cost_ms = case.lock_wait_ms();
    // Where requests wait for it, that is what to say.
    if cost_ms <= MOST_WAITING * measured_ms || convoy::check(case)?.is_some() {
        return Ok(None);
    }
    // What lanes lost when spans were joined is not told from what is left.
    let lanes = &case.outcome.lanes;
    let is_whole = !lanes.iter().any(limits::is_joined);
    let gil = GilUse::of(lanes);
    let total_ms = measured_ms * case.computations();
    let known = |part: f64| (is_whole && executor.computes_under_gil()).then_some(part);
    Ok(Some(Figures {
        cost_ms,
        measured_ms,
        threads: case.lanes(),
        hand_overs_per_s: known(gil.hand_overs as f64 / total_ms * 1_000.0),
        lost: known(gil.lost_ms / total_ms),
        longest_wait_ms: is_whole.then_some(gil.longest_wait_ms),
    }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, executor: &Executor) -> String {
        let [cost, measured] = [self.cost_ms, self.measured_ms].map(format::duration);
        let waited = format!("each thread waited for the GIL for {cost} of {measured}, on average");
        if executor.options.release_in_native {
            return format!("{waited}, between kernels that run without it. Give each task more work.");
        }
        let changed = self.hand_overs_per_s.zip(self.lost).map_or_else(String::new, |(hand_overs, lost)| {
            format!(
                " It changed hands {} times a second, which took {} of the time.",
                format::digits(hand_overs),
                format::percent(lost)
            )
        });
        let longest = self.longest_wait_ms.map_or_else(String::new, |longest_ms| {
            format!(" The longest wait for it took {}.", format::duration(longest_ms))
        });
        format!(
            "{waited}: only its holder computes.{changed}{longest} Use processes, free-threaded Python, or \
             a library that releases it."
        )
    }
}
