//! Findings: why a run came out as it did, each resting on a figure of this very run.

use serde::Serialize;

/// What can be found out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    /// Handling tasks cost more than a fair part of the time.
    OverheadDominates,
    /// Workers had nothing to do while others still worked.
    Imbalance,
    /// More workers than cores took turns.
    MoreWorkersThanCores,
    /// Workers waited for a lock.
    LockContention,
    /// Turning messages into bytes, copying and sending them cost most.
    SerializationDominates,
    /// Answers came later than they were due.
    SlowAnswers,
    /// The browser's cache may have answered.
    CachedAnswers,
    /// The first run was much slower than the others.
    FirstRunSlow,
    /// The samples were too short for the clock.
    ClockTooCoarse,
    /// The page's own thread did not answer.
    MainThreadBlocked,
}

impl Rule {
    /// The word in reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::OverheadDominates => "overhead-dominates",
            Self::Imbalance => "imbalance",
            Self::MoreWorkersThanCores => "more-workers-than-cores",
            Self::LockContention => "lock-contention",
            Self::SerializationDominates => "serialization-dominates",
            Self::SlowAnswers => "slow-answers",
            Self::CachedAnswers => "cached-answers",
            Self::FirstRunSlow => "first-run-slow",
            Self::ClockTooCoarse => "clock-too-coarse",
            Self::MainThreadBlocked => "main-thread-blocked",
        }
    }

    /// The words on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::OverheadDominates => "Overhead",
            Self::Imbalance => "Imbalance",
            Self::MoreWorkersThanCores => "More workers than cores",
            Self::LockContention => "Waiting for a lock",
            Self::SerializationDominates => "Moving data",
            Self::SlowAnswers => "Slow answers",
            Self::CachedAnswers => "Answers from a cache",
            Self::FirstRunSlow => "Slow first run",
            Self::ClockTooCoarse => "Too short for the clock",
            Self::MainThreadBlocked => "Frozen page",
        }
    }

    /// What this is about in general, in a sentence for someone who learns it.
    pub fn summary(self) -> &'static str {
        match self {
            Self::OverheadDominates => {
                "Every task is handed over and its result put in its place, and where tasks are \
                 short, that takes longer than the work in them."
            }
            Self::Imbalance => {
                "A run lasts as long as its busiest worker, and whoever is done before only waits."
            }
            Self::MoreWorkersThanCores => {
                "Work that computes needs a core for each worker, and workers beyond the cores \
                 take turns."
            }
            Self::LockContention => {
                "One worker at a time can hold a lock, so what it guards is done one after \
                 another, however many workers there are."
            }
            Self::SerializationDominates => {
                "A process has a memory of its own, so what it works on is turned into bytes, \
                 copied and read again, and so is what it gives back."
            }
            Self::SlowAnswers => {
                "Whoever answers has limits as well, and where answers come one after another, \
                 it helps nobody to ask for all at once."
            }
            Self::CachedAnswers => {
                "A browser keeps what it was sent, and lends it to whoever asks for the same again."
            }
            Self::FirstRunSlow => {
                "A browser compiles a program in haste first and well only later, so the first \
                 run says little of the next."
            }
            Self::ClockTooCoarse => {
                "A browser's clock moves in steps, and a time of a few steps may be off by a whole \
                 one."
            }
            Self::MainThreadBlocked => {
                "A page has one thread for everything, and while it computes it neither paints \
                 nor answers."
            }
        }
    }

    /// Whether it is about the measured time, rather than what happened beside it.
    pub fn is_about_the_time(self) -> bool {
        !matches!(self, Self::FirstRunSlow | Self::MainThreadBlocked)
    }
}

/// Whether a rule found what it looks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// It did.
    Found,
    /// It could not tell: there is not enough to go by.
    NotEnoughData,
}

/// What a rule found out about a model.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Finding {
    /// The rule; where there was not enough data, the first that could not tell.
    pub rule: Rule,
    /// The model, as an index into the report's results; where there was not enough
    /// data, the first of those concerned.
    pub result: usize,
    /// Whether it was found.
    pub status: Status,
    /// What was found, in a sentence that names the model and cites the figure it
    /// rests on; what to do about it, where something can be done, in the next.
    pub text: String,
}
