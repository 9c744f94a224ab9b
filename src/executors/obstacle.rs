//! What keeps a workload from running in this browser.

use crate::failure::{Result, Unavailable};
use crate::measure::report::Capabilities;
use crate::models::{Executor, Memory};
use crate::workloads::Workload;
use crate::workloads::faults::Fault;

/// Whether `workload` can run here at all.
///
/// # Errors
/// `Unavailable`, with the reason and what to do.
pub fn check_workload(capabilities: &Capabilities, workload: &Workload) -> Result<()> {
    let is_needed = workload.requests().is_some_and(|it| it.kind().needs_service_worker());
    if is_needed { capabilities.browser.service_worker.check() } else { Ok(()) }
}

/// Whether what fails on purpose in `workload` can fail under this model.
///
/// # Errors
/// `Unavailable`: the page's own thread would never answer again, or is no worker.
pub fn check_fault(executor: &Executor, workload: &Workload) -> Result<()> {
    let fault = workload.faults().and_then(|faults| faults.fault());
    let is_of_workers = matches!(fault, Some(Fault::Hang | Fault::Close));
    if is_of_workers && executor.memory() == Memory::Page {
        return Err(Unavailable::NoSuchFaultHere.into());
    }
    Ok(())
}
