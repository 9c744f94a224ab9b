//! Warnings: values that page, report and tests share.

use super::format;
use super::report::measuring::Disturbance;
use crate::models::Executor;
use crate::wording::grouped;
use serde::Serialize;
use serde_json::{Value, json};

/// A sample shorter than this many ticks of the clock says little.
pub const FEWEST_TICKS: f64 = 200.0;

/// Something that a reader of the results should know.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "code", rename_all_fields = "camelCase")]
pub enum Warning {
    /// Samples were too short for the clock at hand.
    TimerTooCoarse {
        /// The model.
        executor: Executor,
        /// Its median, in ms.
        median_ms: f64,
        /// The clock's resolution, in µs.
        resolution_us: f64,
    },
    /// Workers had to be started a second time.
    StartedAgain {
        /// Whose.
        executors: Vec<Executor>,
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
    /// Blocks in which the tab was hidden were thrown away and measured again.
    TabHidden {
        /// How many there were.
        blocks: usize,
    },
    /// Blocks in which the machine slept, or its clock was set, were thrown away and measured
    /// again.
    ClockJumped {
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
        /// Whose.
        executors: Vec<Executor>,
    },
    /// There were more spans than a report holds, and those close together were joined.
    SpansJoined {
        /// Whose.
        executors: Vec<Executor>,
        /// How many a report holds.
        max_spans: usize,
    },
    /// The models did not give the same answer.
    AnswersDisagree {
        /// The models that differ from the most common answer.
        executors: Vec<Executor>,
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
            Self::TabHidden { .. } => "TabHidden",
            Self::ClockJumped { .. } => "ClockJumped",
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
                "{}: a run of {} is too short for a clock that ticks every {}. Make the \
                 work larger.",
                executor.label(),
                format::duration(*median_ms),
                format::short_duration(*resolution_us / 1000.0)
            ),
            Self::StartedAgain { executors } => format!(
                "{}: the workers did not start at first and were started again. This does not \
                 affect the times.",
                names(executors)
            ),
            Self::NotCalibrated => "The machine's speed was not measured during this run, so the \
                                    times include any change of it."
                .to_owned(),
            Self::FewRounds { rounds, needed } => format!(
                "{} too few to tell a difference. Measure {needed} or more.",
                format::measured_rounds_are(*rounds)
            ),
            Self::MoreWorkersThanCores { workers, cores } => format!(
                "{workers} workers on {} take turns: for work that computes, more than {} do not \
                 help.",
                format::cores(*cores),
                cores.ceil()
            ),
            Self::TabHidden { blocks } => measured_again(Disturbance::TabHidden, *blocks),
            Self::ClockJumped { blocks } => measured_again(Disturbance::ClockJumped, *blocks),
            Self::MachineUnsteady { drifted, blocks, drift } => format!(
                "Your machine's speed changed by up to {} in {drifted} of {blocks} rounds. The \
                 intervals include that.",
                format::percent(*drift)
            ),
            Self::CoresBusy { cores, there } => format!(
                "Only {} of {there} were free during this run. Other programs used the rest.",
                format::cores(*cores)
            ),
            Self::NotSettled { executors } => {
                format!("{}: times had not settled when measuring began.", names(executors))
            }
            Self::SpansJoined { executors, max_spans } => format!(
                "{}: there were more than {} spans, the limit of a report. Spans of several tasks \
                 that are close together are drawn as one.",
                names(executors),
                grouped(*max_spans as u64)
            ),
            Self::AnswersDisagree { executors } => format!(
                "The answers disagree: {} differed from the others. Do not trust these times, and \
                 please report it.",
                names(executors)
            ),
        }
    }

    /// The warning in reports: its code, its figures, and the sentence.
    pub fn to_json(&self) -> Value {
        let mut json = json!(self);
        json["message"] = self.message().into();
        json
    }
}

fn measured_again(disturbance: Disturbance, blocks: usize) -> String {
    let what = disturbance.what();
    match blocks {
        1 => format!("{what} The affected round was discarded and measured again."),
        _ => format!("{what} The {blocks} affected rounds were discarded and measured again."),
    }
}

fn names(executors: &[Executor]) -> String {
    executors.iter().map(Executor::label).collect::<Vec<_>>().join(", ")
}
