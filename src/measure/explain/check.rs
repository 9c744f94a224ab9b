//! What a rule says of a case, and what it may lack.

use super::case::FEWEST_SAMPLES;

/// What a rule says.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// There is nothing to say.
    Fine,
    /// It cannot tell.
    NotEnoughData(Missing),
    /// It found what it looks for.
    Found {
        /// How much time it is about, in ms of one computation: the more, the more
        /// important.
        cost_ms: f64,
        /// What was found, and what to do about it; without the model's name.
        text: String,
    },
}

/// What a rule would need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// More samples than these.
    Samples(usize),
    /// A timeline of the samples, of which there are so many.
    Timeline(usize),
    /// The main thread, to tell how long one thread takes for what so many workers
    /// computed.
    MainThread(u32),
    /// A round to warm up.
    WarmUp,
}

impl Missing {
    /// What cannot be told, and what would help; without the models' names.
    pub fn explain(self) -> String {
        match self {
            Self::Samples(count) => format!(
                "{count} measured {} too few to tell where the time went. Measure {FEWEST_SAMPLES} \
              or more.",
                if count == 1 { "round is" } else { "rounds are" }
            ),
            Self::Timeline(count) => {
                format!("{count} samples but no timeline, so where the time went cannot be told.")
            }
            Self::MainThread(workers) => format!(
                "what it costs that {workers} workers take turns shows only beside the main \
              thread. Run that as well."
            ),
            Self::WarmUp => "0 rounds to warm up, so whether the first was slower cannot be told. \
                             Add 1 or more."
                .to_owned(),
        }
    }
}
