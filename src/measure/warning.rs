//! Warnings: values that page, report and tests share.

use super::format;
use super::report::{Disturbance, limits};
use crate::workloads::answer::grouped;
use serde::{Serialize, Serializer};
use serde_json::json;

/// A sample shorter than this many ticks of the clock says little.
pub const FEWEST_TICKS: f64 = 200.0;

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
    /// Workers had to be started a second time.
    StartedAgain {
        /// Whose, as the page names them.
        executors: Vec<String>,
    },
    /// Nobody could see whether the machine kept its speed.
    NotCalibrated,
    /// There were too few rounds to tell any difference.
    FewRounds {
        /// How many there were.
        rounds: usize,
        /// How many it takes.
        needed: usize,
    },
    /// A pool was wider than the machine.
    MoreWorkersThanCores {
        /// The widest pool.
        workers: u32,
        /// The cores that were found by measuring, else those that the browser
        /// reports.
        cores: f64,
    },
    /// Blocks were disturbed, thrown away and measured again.
    Disturbed {
        /// What by.
        disturbance: Disturbance,
        /// How many there were.
        blocks: usize,
    },
    /// The machine changed its speed in many blocks. Intervals are the wider for it.
    MachineUnsteady {
        /// In how many.
        drifted: usize,
        /// How many there were in all.
        blocks: usize,
        /// The greatest change of speed within a block: 0.05 is 5%.
        drift: f64,
    },
    /// Fewer cores were free during the run than the machine has.
    CoresBusy {
        /// How many were free, on average.
        cores: f64,
        /// How many the browser reports.
        there: u32,
    },
    /// Times had not settled when measuring began.
    NotSettled {
        /// Whose, as the page names them.
        executors: Vec<String>,
    },
    /// There were more spans than a report holds, and those close together were joined.
    SpansJoined {
        /// Whose, as the page names them.
        executors: Vec<String>,
    },
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
            Self::StartedAgain { .. } => "StartedAgain",
            Self::NotCalibrated => "NotCalibrated",
            Self::FewRounds { .. } => "FewRounds",
            Self::MoreWorkersThanCores { .. } => "MoreWorkersThanCores",
            Self::Disturbed { disturbance: Disturbance::TabHidden, .. } => "TabHidden",
            Self::Disturbed { disturbance: Disturbance::ClockJumped, .. } => "ClockJumped",
            Self::MachineUnsteady { .. } => "MachineUnsteady",
            Self::CoresBusy { .. } => "CoresBusy",
            Self::NotSettled { .. } => "NotSettled",
            Self::SpansJoined { .. } => "SpansJoined",
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
            Self::StartedAgain { executors } => format!(
                "{}: the workers did not start at first, and were started again. The times are not \
                 touched by it.",
                executors.join(", ")
            ),
            Self::NotCalibrated => "Whether the machine kept its speed could not be seen, as no \
                                    workers can be started here. Open the page by itself."
                .to_owned(),
            Self::FewRounds { rounds, needed } => format!(
                "{rounds} measured {} too few to tell a difference. Measure {needed} or more.",
                if *rounds == 1 { "round is" } else { "rounds are" }
            ),
            Self::MoreWorkersThanCores { workers, cores } => format!(
                "{workers} workers on {} take turns: for work that computes, more than {} do not \
                 help.",
                format::cores(*cores),
                cores.ceil()
            ),
            Self::Disturbed { disturbance, blocks } => format!(
                "{} The {} it touched {} thrown away and measured again.",
                disturbance.what(),
                if *blocks == 1 { "block".to_owned() } else { format!("{blocks} blocks") },
                if *blocks == 1 { "was" } else { "were" }
            ),
            Self::MachineUnsteady { drifted, blocks, drift } => format!(
                "Your machine changed its speed by up to {} in {drifted} of {blocks} rounds. The \
                 intervals include that.",
                format::percent(*drift)
            ),
            Self::CoresBusy { cores, there } => format!(
                "Only {} of {there} were free during this run. Other programs had the rest.",
                format::cores(*cores)
            ),
            Self::NotSettled { executors } => {
                format!("{}: times had not settled when measuring began.", executors.join(", "))
            }
            Self::SpansJoined { executors } => format!(
                "{}: a report holds {} spans, and there were more. Those close together are drawn \
                 as one, of several tasks.",
                executors.join(", "),
                grouped(limits::MAX_SPANS as u64)
            ),
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
