//! Work that cannot be profiled.

use super::kind::FailureKind;
use crate::coded;

coded! {
    /// Why there is no evidence to advise by.
    #[derive(Clone, Debug, PartialEq)]
    pub enum ProfileProblem {
        /// All of it takes less than a step of the clock.
        TooShort {
            /// The least step of the clock, in µs.
            step_us: f64,
        },
        /// It was not run far enough in the time that there is.
        TimedOut {
            /// That time, in ms.
            limit_ms: u64,
        },
    }
}

impl ProfileProblem {
    /// The kind of failure.
    pub fn kind(&self) -> FailureKind {
        match self {
            Self::TooShort { .. } => FailureKind::Unavailable,
            Self::TimedOut { .. } => FailureKind::TimedOut,
        }
    }

    /// What is wrong and what to do, for a person.
    pub fn message(&self) -> String {
        match self {
            Self::TooShort { step_us } => format!(
                "All of this work takes less than a step of the clock ({step_us} µs), so it cannot be \
                 profiled. Give it more tasks, or answer the questions (#/decide)."
            ),
            Self::TimedOut { limit_ms } => format!(
                "Too little of this work was done in {limit_ms} ms to profile it. Where something else \
                 keeps this computer busy, try again once it is idle; else give it shorter tasks, or \
                 answer the questions (#/decide)."
            ),
        }
    }
}
