//! Runs the programs of pitfalls. Whatever is started is ended when the future of its outcome is dropped.

mod processes;
mod threads;

use crate::failure::Result;
use crate::measure::report::Capabilities;
use crate::pitfalls::outcome::Outcome;
use crate::pitfalls::programs::Program;

/// Runs `program` in a browser that can do this.
///
/// # Errors
/// `Unavailable` where it cannot run here; whatever keeps it from being started and watched. A
/// deadlock is no failure: it is the outcome.
pub async fn run(program: Program, capabilities: Capabilities) -> Result<Outcome> {
    match program {
        Program::Threads(program) => threads::run(program, &capabilities).await,
        Program::Processes(program) => processes::run(program, &capabilities).await,
    }
}
