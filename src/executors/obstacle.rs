//! What keeps a workload, or a model of it, from running in this browser.

use crate::failure::{Result, Unavailable, names};
use crate::measure::report::Capabilities;
use crate::models::Executor;
use crate::workloads::{Workload, WorkloadId};

/// Whether `executor` can run `workload` here.
///
/// # Errors
/// `Unavailable`, with the reason and what to do.
pub fn check_model(
    capabilities: &Capabilities,
    executor: &Executor,
    workload: WorkloadId,
) -> Result<()> {
    if !executor.kind().suits(workload) {
        let with_stages = WorkloadId::ALL.iter().filter(|id| id.has_stages());
        let workloads = names(with_stages.map(|id| id.title()));
        return Err(
            Unavailable::NoStages { model: executor.kind().at_start().into(), workloads }.into()
        );
    }
    capabilities.executor(executor).check()
}

/// Whether `workload` can run here at all.
///
/// # Errors
/// `Unavailable`, with the reason and what to do.
pub fn check_workload(capabilities: &Capabilities, workload: &Workload) -> Result<()> {
    let is_needed = workload.requests().is_some_and(|it| it.kind().needs_service_worker());
    if is_needed { capabilities.browser.service_worker.check() } else { Ok(()) }
}
