//! How far a run is.

use crate::measure::report::Disturbance;

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is about to happen.
    pub stage: Stage,
    /// The model it happens to, as an index into the experiment's list.
    pub executor: usize,
    /// Steps done. Fewer than before where a block is measured again.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// What a run is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Workers are started.
    Starting,
    /// A sample is taken and thrown away.
    WarmingUp,
    /// A sample is taken.
    Measuring,
    /// Nothing, until the reader wants to go on.
    Paused(Disturbance),
}

impl Stage {
    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::WarmingUp => "warming-up",
            Self::Measuring => "measuring",
            Self::Paused(_) => "paused",
        }
    }
}
