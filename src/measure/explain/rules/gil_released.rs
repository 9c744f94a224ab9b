//! A GIL that hardly anybody waited for, since threads waited for answers.

use super::convoy;
use super::locks::MOST_WAITING;
use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::models::{Executor, ExecutorKind};
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "gil-released",
    title: "The GIL does no harm here",
    summary: "A thread releases the GIL while it waits for an answer, so waits overlap as they do \
              without a GIL.",
    is_about_the_time: true,
};

/// Less than this, in ms, is not worth a figure.
const LEAST_MS: f64 = 0.01;

/// How little the GIL cost. Times are of one computation.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// For how long a thread waited for it, on average, in ms.
    pub cost_ms: f64,
    /// How long the computation took, in ms.
    pub measured_ms: f64,
}

/// Checks whether threads waited for answers rather than for the GIL.
pub fn check(case: &Case) -> Check<Figures> {
    let executor = &case.outcome.executor;
    let shares_gil = executor.kind() == ExecutorKind::ThreadsGil && executor.workers() > 1;
    if !shares_gil || !case.waits() {
        return Ok(None);
    }
    let measured_ms = case.waterfall()?.measured_ms;
    let cost_ms = case.lock_wait_ms();
    let is_little = cost_ms <= MOST_WAITING * measured_ms && convoy::check(case)?.is_none();
    Ok(is_little.then_some(Figures { cost_ms, measured_ms }))
}

impl Figures {
    /// What was found.
    pub fn text(&self, _: &Executor) -> String {
        let measured = format::duration(self.measured_ms);
        let waited = match self.cost_ms {
            ms if ms < LEAST_MS => format!("in {measured} hardly any thread waited for the GIL"),
            ms => format!(
                "a thread waited for the GIL for only {} of {measured}, on average",
                format::duration(ms)
            ),
        };
        format!("{waited}: a thread that waits for an answer has released it.")
    }
}
