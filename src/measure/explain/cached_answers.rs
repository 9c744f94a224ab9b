//! The browser's cache may have answered, in place of those who were asked.

use super::case::Case;
use super::check::Check;
use super::rule::Definition;

/// What it is about.
pub const RULE: Definition = Definition {
    id: "cached-answers",
    title: "Answers from a cache",
    summary: "A browser keeps what it was sent, and lends it to whoever asks for the same again.",
    is_about_the_time: true,
    check,
};

/// Checks whether the browser's cache may have answered in place of those who were asked. The
/// page's service worker keeps it out, where there is one; a request that blocks cannot.
fn check(case: &Case) -> Check {
    let urls = case.report.experiment.workload.requests().map_or(&[][..], |all| all.urls());
    let again = (0..urls.len()).filter(|at| urls[..*at].contains(&urls[*at])).count();
    let by_service_worker = case.report.environment.capabilities.service_worker.available;
    if again == 0 || by_service_worker || !case.outcome.executor.kind().has_workers() {
        return Check::Fine;
    }
    let text = format!(
        "{again} of {} requests ask an address again. Without the page's service worker the \
         browser may answer those from its cache, or one after another. Open the page where it has \
         one, or make the addresses differ.",
        urls.len()
    );
    // All of it is in doubt.
    Check::Found { cost_ms: case.outcome.summary.as_ref().map_or(0.0, |all| all.median_ms), text }
}
