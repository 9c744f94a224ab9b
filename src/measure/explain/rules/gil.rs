//! Threads waited for one another's GIL.

use super::convoy;
use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::gil_use::GilUse;
use crate::measure::Phase;
use crate::models::{Executor, ExecutorKind};
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "gil",
    title: "One thread at a time",
    summary: "With a GIL only the thread that holds it computes, so more threads do not make \
              computing faster.",
    is_about_the_time: true,
};

/// A part of the threads' time above which waiting for the GIL is what to look at.
pub const MOST_WAITING: f64 = 0.1;

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
    /// How often a second it changed hands; `None` where kernels ran without it.
    pub hand_overs_per_s: Option<f64>,
    /// The part of the time in which nobody held it although a thread waited for it; `None` where
    /// kernels ran without it.
    pub lost: Option<f64>,
    /// The longest that a thread waited for it, in ms.
    pub longest_wait_ms: f64,
}

/// Checks whether threads waited for the GIL too long.
pub fn check(case: &Case) -> Check<Figures> {
    let executor = &case.outcome.executor;
    if executor.kind() != ExecutorKind::ThreadsGil {
        return Ok(None);
    }
    let measured_ms = case.waterfall()?.measured_ms;
    let cost_ms = waited_ms(case);
    // Where requests wait for it, that is what to say.
    if cost_ms <= MOST_WAITING * measured_ms || convoy::check(case)?.is_some() {
        return Ok(None);
    }
    let gil = GilUse::of(&case.outcome.lanes);
    let total_ms = measured_ms * case.computations();
    let known = |figure: f64| (!executor.options.release_in_native).then_some(figure / total_ms);
    Ok(Some(Figures {
        cost_ms,
        measured_ms,
        threads: case.lanes(),
        hand_overs_per_s: known(gil.hand_overs as f64 * 1_000.0),
        lost: known(gil.lost_ms),
        longest_wait_ms: gil.longest_wait_ms,
    }))
}

/// For how long a thread waited for the GIL, on average, in ms of one computation.
pub fn waited_ms(case: &Case) -> f64 {
    case.mean(|breakdown| case.ms(breakdown, Phase::LockWait))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        let [cost, measured, longest] =
            [self.cost_ms, self.measured_ms, self.longest_wait_ms].map(format::duration);
        let waited = format!(
            "each thread waited for the GIL for {cost} of {measured}, on average, and {longest} at \
             most"
        );
        match (self.hand_overs_per_s, self.lost) {
            (Some(hand_overs), Some(lost)) => format!(
                "only the thread that holds the GIL computes: {waited}. It changed hands {} times a \
                 second, which took {} of the time. Use processes, a Python without a GIL, or a \
                 library that releases it while it computes.",
                format::digits(hand_overs),
                format::percent(lost)
            ),
            _ => format!(
                "{waited}, between kernels that run without it. Hand over fewer and larger tasks \
                 at a time."
            ),
        }
    }
}
