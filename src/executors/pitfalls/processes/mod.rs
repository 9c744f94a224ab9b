//! Runs the attempts of the pitfalls on processes. Each starts the workers that it needs; they end
//! when it is over, or dropped.

mod children;
mod counting;
mod generations;
mod primitives;
mod sending;
mod state_client;

use crate::browser::compute_module::ComputeModule;
use crate::failure::Result;
use crate::measure::report::Capabilities;
use crate::pitfalls::outcome::Outcome;
use crate::pitfalls::programs::processes::counting::Way;
use crate::pitfalls::programs::processes::primitive::ProcessDemonstration;
use crate::pitfalls::programs::processes::{ProcessOutcome, ProcessProgram};

/// Runs `program`.
///
/// # Errors
/// `Unavailable` where the browser refuses workers or memory, `WorkerLost` and `TimedOut` where
/// workers do not start or answer.
pub async fn run(program: ProcessProgram, capabilities: &Capabilities) -> Result<Outcome> {
    capabilities.browser.workers.check()?;
    let shares = matches!(
        program,
        ProcessProgram::Count(Way::SharedMemory)
            | ProcessProgram::Demonstrate(ProcessDemonstration::Shared(_))
    );
    if shares {
        capabilities.browser.shared_memory.check()?;
    }
    Ok(Outcome::Processes(match program {
        ProcessProgram::Send { instead } => ProcessOutcome::Sent(sending::run(instead).await?),
        ProcessProgram::Count(way) => {
            ProcessOutcome::Counted(counting::count(&ComputeModule::load().await?, way).await?)
        }
        ProcessProgram::Call { reads_results } => ProcessOutcome::Called(
            counting::call(&ComputeModule::load().await?, reads_results).await?,
        ),
        ProcessProgram::StartMain { is_guarded } => {
            ProcessOutcome::Started(generations::run(is_guarded).await?)
        }
        ProcessProgram::StartChild(start) => {
            ProcessOutcome::Inherited(children::run(&ComputeModule::load().await?, start).await?)
        }
        ProcessProgram::Demonstrate(of) => ProcessOutcome::Demonstrated(primitives::run(of).await?),
    }))
}
