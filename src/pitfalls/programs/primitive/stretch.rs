//! What a thread did from when to when.

use serde::{Deserialize, Serialize};

/// What a thread did for a while.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Did {
    /// It worked on something that needs nobody else.
    Ran,
    /// It had the lock, or a permit.
    Held,
    /// It had the lock and took it once more.
    HeldAgain,
    /// It waited in this call.
    Waited(Call),
}

/// A call that waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Call {
    /// `acquire()`.
    Acquire,
    /// `wait()`.
    Wait,
    /// `put()`.
    Put,
    /// `get()`.
    Get,
    /// `join()`.
    Join,
}

impl Call {
    /// As it stands in a program.
    pub fn name(self) -> &'static str {
        match self {
            Self::Acquire => "acquire()",
            Self::Wait => "wait()",
            Self::Put => "put()",
            Self::Get => "get()",
            Self::Join => "join()",
        }
    }
}

/// A stretch of a thread's time. Times are in ms from the beginning.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Stretch {
    /// What it did.
    pub did: Did,
    /// From when on.
    pub start_ms: f64,
    /// Until when.
    pub end_ms: f64,
    /// Of a wait: the number of the thread that ended it, from 0.
    pub woken_by: Option<u32>,
}

impl Stretch {
    /// How long it was, in ms.
    pub fn duration_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }

    /// The call that it waited in, if it waited.
    pub fn call(&self) -> Option<Call> {
        match self.did {
            Did::Waited(call) => Some(call),
            _ => None,
        }
    }

    /// Whether the thread had the lock, or a permit.
    pub fn is_held(&self) -> bool {
        matches!(self.did, Did::Held | Did::HeldAgain)
    }

    /// In words, for a table: "waited in acquire()".
    pub fn words(&self) -> String {
        match self.did {
            Did::Ran => "ran".to_owned(),
            Did::Held => "held".to_owned(),
            Did::HeldAgain => "held twice".to_owned(),
            Did::Waited(call) => format!("waited in {}", call.name()),
        }
    }
}

/// The name of the thread with this number, from 0: "thread 1".
pub fn thread_name(number: u32) -> String {
    format!("thread {}", number + 1)
}
