//! What attempts run, and what comes of it: which programs there are, who takes part in them, and the
//! figures that they end with. They are carried out elsewhere, those of threads in `compute::pitfalls`.

pub mod cast;
pub mod lock_order;
pub mod lost_update;
pub mod primitive;
pub mod processes;
pub mod queue_deadlock;
pub mod threads;

use crate::measure::report::Capabilities;
use processes::ProcessProgram;
use processes::counting::Way;
use threads::ThreadProgram;

/// A program that an attempt runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// One of threads that share a memory.
    Threads(ThreadProgram),
    /// One of processes.
    Processes(ProcessProgram),
}

impl Program {
    /// What this program alone needs, beside what its pitfall needs, and does not have here; `None`
    /// where nothing is missing.
    pub fn missing(self, capabilities: &Capabilities) -> Option<String> {
        match self {
            Self::Processes(ProcessProgram::Count(Way::SharedMemory)) => {
                capabilities.browser.shared_memory.reason()
            }
            Self::Threads(_) | Self::Processes(_) => None,
        }
    }
}
