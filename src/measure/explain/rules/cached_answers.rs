//! The browser's cache may have answered requests instead of the server.

use crate::measure::explain::case::Case;
use crate::measure::explain::check::Check;
use crate::measure::explain::definition::Definition;
use crate::models::Executor;
use serde::Serialize;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "cached-answers",
    title: "Answers from a cache",
    summary: "A browser caches responses and may answer a repeated request from its cache.",
    is_about_the_time: true,
};

/// How many requests a cache may have answered.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Figures {
    /// How long one computation took, in ms: all of it is in doubt.
    pub cost_ms: f64,
    /// How many requests ask an address again.
    pub repeated: usize,
    /// How many requests there are.
    pub requests: usize,
}

/// Checks whether the browser's cache may have answered in place of those who were asked. The
/// page's service worker keeps it out, where there is one; a request that blocks cannot.
pub fn check(case: &Case) -> Check<Figures> {
    let urls = case.run.experiment.workload.requests().map_or(&[][..], |all| all.urls());
    let repeated = (0..urls.len()).filter(|at| urls[..*at].contains(&urls[*at])).count();
    let browser = case.run.environment.browser.as_ref();
    let has_cache = browser.is_some_and(|browser| !browser.service_worker.is_available());
    if repeated == 0 || !has_cache || !case.outcome.executor.kind().has_workers() {
        return Ok(None);
    }
    let cost_ms = case.outcome.summary.as_ref().map_or(0.0, |all| all.median_ms);
    Ok(Some(Figures { cost_ms, repeated, requests: urls.len() }))
}

impl Figures {
    /// What was found, and what to do about it.
    pub fn text(&self, _: &Executor) -> String {
        format!(
            "{} of {} requests repeat an address. Without the page's service worker, the browser \
             may answer them from its cache, or one after another. Open the page where service \
             workers are allowed, or use different addresses.",
            self.repeated, self.requests
        )
    }
}
