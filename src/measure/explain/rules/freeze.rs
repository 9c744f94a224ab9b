//! The page's own thread did not answer.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::measure::format;
use crate::measure::heartbeat::FREEZE_MS;
use crate::models::Executor;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "main-thread-blocked",
    title: "Frozen page",
    summary: "A page has one thread for everything. While it computes, it does not paint or \
              answer.",
    is_about_the_time: false,
};

/// For how long the page was frozen.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// For how long it did not answer, at a time, in ms.
    pub cost_ms: f64,
}

/// Checks whether the page was frozen.
pub fn check(case: &Case) -> Check<Figures> {
    let has_page = case.run.environment.browser.is_some();
    let cost_ms = case.outcome.longest_freeze_ms();
    Ok((has_page && cost_ms >= FREEZE_MS).then_some(Figures { cost_ms }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, executor: &Executor) -> String {
        let advice = if executor.kind().has_workers() {
            "The page itself prepares and merges: send and collect less at a time."
        } else {
            "Threads and processes compute beside the page."
        };
        format!("the page did not answer for {}. {advice}", format::duration(self.cost_ms))
    }
}
