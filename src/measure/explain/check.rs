//! What a rule says of a case, and what it may lack.

use crate::measure::format;
use serde::Serialize;

/// Fewer samples have no middle one whose timeline could stand for all.
pub const FEWEST_SAMPLES: usize = 3;

/// What a rule says: the figures of what it found, or `None` where there is nothing to say.
///
/// # Errors
/// What is missing, where it cannot tell.
pub type Check<F> = Result<Option<F>, Missing>;

/// What a rule would need.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum Missing {
    /// More samples.
    Samples {
        /// How many there are.
        rounds: usize,
    },
    /// A timeline of the samples.
    Timeline {
        /// How many samples there are.
        rounds: usize,
    },
    /// The main thread, with which a pool would be compared.
    MainThread,
    /// A round to warm up.
    WarmUp,
}

impl Missing {
    /// What cannot be told, and what would help; without the models' names.
    pub fn text(self) -> String {
        match self {
            Self::Samples { rounds } => format!(
                "{} too few to tell where the time went. Measure {FEWEST_SAMPLES} or more.",
                format::measured_rounds_are(rounds)
            ),
            Self::Timeline { rounds } => {
                format!("{rounds} samples but no timeline, so where the time went is unknown.")
            }
            Self::MainThread => "how much workers slow each other down shows only beside the main \
                                 thread. Run the main thread as well."
                .to_owned(),
            Self::WarmUp => "there were no warm-up rounds, so it is unknown whether the first was \
                             slower. Add 1 or more."
                .to_owned(),
        }
    }
}
