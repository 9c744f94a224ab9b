//! Warnings: values that page, report and tests share.

use super::format;
use serde::{Serialize, Serializer};
use serde_json::json;

/// A sample shorter than this many ticks of the clock says little.
pub const FEWEST_TICKS: f64 = 200.0;

/// With fewer rounds than this an interval claims more than it knows: of five rounds
/// without a difference all lie on one side once in 16 times, of three once in four.
pub const FEWEST_ROUNDS: u32 = 5;

/// Something that a reader of the results should know.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    /// Samples were too short for the clock at hand.
    TimerTooCoarse {
        /// The model, as the page names it.
        executor: String,
        /// Its median, in ms.
        median_ms: f64,
        /// The clock's resolution, in µs.
        resolution_us: f64,
    },
    /// There were too few rounds for an interval.
    FewRounds {
        /// How many there were.
        rounds: u32,
    },
    /// A pool was wider than the machine.
    MoreWorkersThanCores {
        /// The widest pool.
        workers: u32,
        /// The cores that the browser reports.
        cores: u32,
    },
    /// The tab was hidden during the run, when browsers slow it down.
    TabHidden,
    /// The models did not give the same answer.
    AnswersDisagree {
        /// The models that differ from the most common answer.
        executors: Vec<String>,
    },
}

impl Warning {
    /// The word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::TimerTooCoarse { .. } => "TimerTooCoarse",
            Self::FewRounds { .. } => "FewRounds",
            Self::MoreWorkersThanCores { .. } => "MoreWorkersThanCores",
            Self::TabHidden => "TabHidden",
            Self::AnswersDisagree { .. } => "AnswersDisagree",
        }
    }

    /// The sentence for people: what it is, and what to do.
    pub fn message(&self) -> String {
        match self {
            Self::TimerTooCoarse { executor, median_ms, resolution_us } => format!(
                "{executor}: a run of {} is too short for a clock that ticks every {}. Make the \
                 work larger.",
                format::duration(*median_ms),
                format::short_duration(*resolution_us / 1000.0)
            ),
            Self::FewRounds { rounds } => format!(
                "{rounds} measured {} too few to trust an interval. Measure {FEWEST_ROUNDS} or more.",
                if *rounds == 1 { "round is" } else { "rounds are" }
            ),
            Self::MoreWorkersThanCores { workers, cores } => format!(
                "{workers} workers on {cores} cores take turns: for work that computes, more than \
                 {cores} do not help."
            ),
            Self::TabHidden => "The tab was hidden for a while, when browsers slow a page down. \
                                Run it again and keep it in view."
                .to_owned(),
            Self::AnswersDisagree { executors } => format!(
                "The answers disagree: {} differed from the others. Do not trust these times, and \
                 please report it.",
                executors.join(", ")
            ),
        }
    }
}

impl Serialize for Warning {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({ "code": self.code(), "message": self.message() }).serialize(serializer)
    }
}
