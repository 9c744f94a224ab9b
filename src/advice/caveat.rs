//! What a reader should know of the advice.

use super::home::{EIGHT_FORKSERVER_MS, EIGHT_SPAWNED_MS, FREE_THREADING, OBJECTS_OVER_BYTES};
use crate::measure::format;
use crate::models::ExecutorKind;
use serde_json::{Value, json};

/// What a reader should know of the advice.
#[derive(Clone, Debug, PartialEq)]
pub enum Caveat {
    /// The model was chosen by CPython's costs, not by those of this page.
    PythonCosts,
    /// By this page's costs another model would be faster here.
    OtherFastestHere {
        /// The model that is advised for Python.
        advised: ExecutorKind,
        /// The fastest here.
        fastest: ExecutorKind,
        /// How many times as long the advised one takes here.
        times: f64,
    },
    /// The decision tree comes to another model.
    OtherThanTree {
        /// The leaf's title.
        leaf: &'static str,
        /// The leaf's model.
        of_tree: ExecutorKind,
        /// The model that is advised.
        advised: ExecutorKind,
        /// How many times as long the leaf's takes; `None` where it cannot run.
        times: Option<f64>,
    },
    /// One machine is too small.
    SeveralMachines,
    /// The model that is advised cannot run here.
    CannotRunHere {
        /// The model.
        advised: ExecutorKind,
    },
    /// The tasks were timed as WebAssembly; Python bytecode takes longer.
    CompiledKernel,
    /// What free-threading costs.
    FreeThreadingCosts,
    /// Rust's costs are not measured.
    RustCosts,
    /// Starting the workers is not part of the predicted times.
    StartNotCounted {
        /// The model that is advised.
        advised: ExecutorKind,
        /// How long its workers take to start here, in ms.
        start_ms: f64,
    },
    /// Merging the results was not timed.
    MergeNotMeasured,
    /// Only some tasks were run.
    PartOfTasks {
        /// How many were run.
        run: u64,
        /// How many there are.
        tasks: u64,
    },
    /// How many cores are free was not measured.
    CoresNotMeasured,
    /// A figure was close to its bound.
    CloseAnswer {
        /// The question, in a few words.
        question: &'static str,
    },
    /// The workers' memory limits how many there are.
    MemoryLimits {
        /// How many fit.
        workers: u32,
    },
}

impl Caveat {
    /// The word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::PythonCosts => "PythonCosts",
            Self::OtherFastestHere { .. } => "OtherFastestHere",
            Self::OtherThanTree { .. } => "OtherThanTree",
            Self::SeveralMachines => "SeveralMachines",
            Self::CannotRunHere { .. } => "CannotRunHere",
            Self::CompiledKernel => "CompiledKernel",
            Self::FreeThreadingCosts => "FreeThreadingCosts",
            Self::RustCosts => "RustCosts",
            Self::StartNotCounted { .. } => "StartNotCounted",
            Self::MergeNotMeasured => "MergeNotMeasured",
            Self::PartOfTasks { .. } => "PartOfTasks",
            Self::CoresNotMeasured => "CoresNotMeasured",
            Self::CloseAnswer { .. } => "CloseAnswer",
            Self::MemoryLimits { .. } => "MemoryLimits",
        }
    }

    /// The text for a person.
    pub fn message(&self) -> String {
        let times = |times: f64| format!("{}×", format::times(times));
        match self {
            Self::PythonCosts => {
                let spawned = EIGHT_SPAWNED_MS.map(format::duration);
                format!(
                    "The model was chosen by CPython's costs, not by this browser's, which differ: \
                     CPython starts eight processes in {} by forkserver, its default on Linux. Where \
                     it spawns them it takes {} on Linux, {} on macOS and {} on Windows. Sending \
                     counts as that of bytes; a byte of a list of tuples takes about {} as long.",
                    format::duration(EIGHT_FORKSERVER_MS),
                    spawned[0],
                    spawned[1],
                    spawned[2],
                    times(OBJECTS_OVER_BYTES)
                )
            }
            Self::OtherFastestHere { advised, fastest, times: ratio } => format!(
                "In this browser, {} should take {} as long as {}: its costs differ from CPython's.",
                advised.in_text(),
                times(*ratio),
                fastest.in_text()
            ),
            Self::OtherThanTree { leaf, of_tree, advised, times: ratio } => {
                let why = match ratio {
                    Some(ratio) => {
                        format!("should take {} as long as {}", times(*ratio), advised.in_text())
                    }
                    None => "cannot run this work".to_owned(),
                };
                format!("The decision tree comes to “{leaf}”, but {} {why}.", of_tree.in_text())
            }
            Self::SeveralMachines => "One machine is too small for this work: use Ray, Dask or \
                                      Spark. Each starts in seconds (Dask in 0.8 to 1.5 s, Ray in \
                                      2.9 s, as reported), and the network makes sending slower. \
                                      The model named here is the best on one machine."
                .to_owned(),
            Self::CannotRunHere { advised } => format!(
                "{} cannot run on this page, so you cannot test the advice here.",
                advised.at_start()
            ),
            Self::CompiledKernel => {
                "The tasks were timed as WebAssembly. Pure Python computes more \
                                     slowly, which makes handing tasks over count for less."
                    .to_owned()
            }
            Self::FreeThreadingCosts => {
                let [least, most] = FREE_THREADING.map(|factor| format::percent(factor - 1.0));
                format!(
                    "A free-threaded build computes {least} to {most} more slowly in one thread \
                     (Python 3.14). Importing an extension that does not support it switches the GIL \
                     back on: sys._is_gil_enabled() tells."
                )
            }
            Self::RustCosts => {
                "Rust's costs of starting and handing over were not measured. They count \
                                as half of CPython's, which uses the same threads."
                    .to_owned()
            }
            Self::StartNotCounted { advised, start_ms } => format!(
                "The times for this page do not include starting workers. For {} that takes about {}, \
                 once.",
                advised.in_text(),
                format::duration(*start_ms)
            ),
            Self::MergeNotMeasured => "Only a part of the tasks was run, so how long it takes to \
                                       merge all results is not known."
                .to_owned(),
            Self::PartOfTasks { run, tasks } => format!(
                "{run} of {tasks} tasks were run. If the others take much longer or shorter, so does \
                 all of it."
            ),
            Self::CoresNotMeasured => {
                "How many cores are free was not measured. The advice assumes \
                                       all that the browser reports."
                    .to_owned()
            }
            Self::CloseAnswer { question } => format!(
                "“{question}” was a close call: with a little more or less, the tree comes to another \
                 answer."
            ),
            Self::MemoryLimits { workers } => {
                format!("No more than {workers} workers fit into the machine's memory.")
            }
        }
    }

    /// The caveat as scripts get it.
    pub fn to_json(&self) -> Value {
        json!({ "code": self.code(), "message": self.message() })
    }
}
