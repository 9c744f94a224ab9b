//! What keeps a workload from running in this browser.

use crate::failure::{Failure, Result, Unavailable};
use crate::measure::report::Capabilities;
use crate::workloads::Workload;

/// Whether `workload` can run here at all.
///
/// # Errors
/// `Unavailable`, with the reason and what to do.
pub fn check_workload(capabilities: &Capabilities, workload: &Workload) -> Result<()> {
    let is_needed = workload.requests().is_some_and(|it| it.kind().needs_service_worker());
    match &capabilities.service_worker.reason {
        Some(reason) if is_needed => Err(lacking(reason)),
        _ => Ok(()),
    }
}

/// `Unavailable` for what the page's environment lacks.
pub fn lacking(reason: &str) -> Failure {
    Unavailable::Lacking { reason: reason.into() }.into()
}
