//! What the page and a process tell each other about the process's global state: a counter, a lock
//! and some data, which the pitfalls on processes are about.

use serde::{Deserialize, Serialize};

/// From the page to a process.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StateRequest {
    /// Call the function that adds 1 to this process's counter. It takes no argument.
    Increment {
        /// How many arguments it is given.
        arguments: u32,
    },
    /// Add 1 to the counter in the shared memory beside this message.
    IncrementShared,
    /// Set this process's counter.
    SetCounter {
        /// To what.
        value: u32,
    },
    /// Load so many bytes of data into this process's memory.
    Load {
        /// How many.
        bytes: u32,
    },
    /// Take this process's lock and hold it.
    HoldLock,
    /// Release the lock that `HoldLock` took.
    ReleaseLock,
    /// Wait for this process's lock, take it and release it.
    WaitForLock,
    /// Say what this process has.
    Read,
    /// Copy this process's whole memory, which goes beside the answer.
    CopyMemory,
}

/// From a process to the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum StateReply {
    /// The counter after it was raised, or set.
    Counter {
        /// Its value.
        value: u32,
    },
    /// The call failed.
    CallFailed {
        /// How.
        error: CallError,
    },
    /// What was asked for is done.
    Done,
    /// What this process has.
    State(ProcessState),
}

/// The global state of a process.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ProcessState {
    /// Its counter.
    pub counter: u32,
    /// Bytes of data that it has loaded.
    pub loaded_bytes: u32,
    /// Their sum, modulo 2³².
    pub loaded_sum: u32,
}

/// Why a call in a process failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum CallError {
    /// The function takes no argument.
    TakesNoArgument {
        /// How many it was given.
        given: u32,
    },
}

impl CallError {
    /// What is wrong, as a worker says it.
    pub fn message(self) -> String {
        match self {
            Self::TakesNoArgument { given } => {
                format!("increment takes 0 arguments, but {given} was given.")
            }
        }
    }
}
