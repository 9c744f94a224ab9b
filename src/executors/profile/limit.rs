//! How long profiling may take.

use crate::failure::{Failure, ProfileProblem};

/// Profiling takes no longer than this, in ms, unless a single task does.
pub const MOST_MS: f64 = 1_500.0;
/// Tasks are run for so long at the most, in ms: what is under way then has to end, and results are merged.
pub const TASKS_MS: f64 = 300.0;

/// Free cores are counted once more until this time, in ms from the beginning.
pub const RECOUNT_UNTIL_MS: f64 = 1_250.0;

/// The failure of work of which too little was done in time.
pub(super) fn late() -> Failure {
    ProfileProblem::TimedOut { limit_ms: MOST_MS as u64 }.into()
}
