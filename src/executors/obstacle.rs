//! What keeps a workload from running in this browser.

use crate::failure::Result;
use crate::measure::report::Capabilities;
use crate::workloads::Workload;

/// Whether `workload` can run here at all.
///
/// # Errors
/// `Unavailable`, with the reason and what to do.
pub fn check_workload(capabilities: &Capabilities, workload: &Workload) -> Result<()> {
    let is_needed = workload.requests().is_some_and(|it| it.kind().needs_service_worker());
    if is_needed { capabilities.browser.service_worker.check() } else { Ok(()) }
}
