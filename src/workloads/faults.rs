//! Tasks of which one fails on purpose: what each model makes of it.

use super::answer::AnswerValue;
use super::params::{ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::units::{self, UNIT_MS};
use super::{Definition, Kernel, Kind, Work, splitmix};
use crate::failure::{Failure, InputProblem, Result};
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Most tasks.
const MAX_TASKS: u64 = 64;

/// What happens in the task that fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Fault {
    /// It panics, as an exception that nobody catches.
    Panic,
    /// It traps: an instruction that must not be reached.
    Trap,
    /// It calls itself without end.
    StackOverflow,
    /// It computes without end.
    Hang,
    /// Its worker closes itself without a word.
    Close,
    /// It allocates until there is no memory left.
    OutOfMemory,
}

impl Fault {
    /// Every one of them, with its word.
    pub const ALL: [(&'static str, Self); 6] = [
        ("panic", Self::Panic),
        ("trap", Self::Trap),
        ("stack-overflow", Self::StackOverflow),
        ("hang", Self::Hang),
        ("close", Self::Close),
        ("out-of-memory", Self::OutOfMemory),
    ];

    /// The word in links, scripts and reports.
    pub fn id(self) -> &'static str {
        Self::ALL.iter().find(|(_, fault)| *fault == self).map_or(NONE, |(id, _)| id)
    }
}

/// The word where nothing fails.
const NONE: &str = "none";
/// The words for whether the task may be run again.
const REPEATABLE: &[&str] = &["no", "yes"];

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "fault",
        label: "Fault",
        accepts: ParamType::Choice(&[
            NONE,
            "panic",
            "trap",
            "stack-overflow",
            "hang",
            "close",
            "out-of-memory",
        ]),
        unit: "",
        help: "What happens in one of the tasks.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "tasks",
        label: "Tasks",
        accepts: ParamType::Integer { min: 1, max: MAX_TASKS, default: 8 },
        unit: "",
        help: "How many tasks there are.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "at",
        label: "In task",
        accepts: ParamType::Integer { min: 0, max: MAX_TASKS - 1, default: 3 },
        unit: "",
        help: "The number of the task in which it happens; the first task has the number 0.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "computeUnits",
        label: "Computing",
        accepts: ParamType::Integer { min: 0, max: 100_000, default: 2_000 },
        unit: "units",
        help: "How much each task computes. A unit is a chain of 1,000 steps of SplitMix64, about \
               5 µs.",
        place: Place::More,
        unless: None,
    },
    ParamSpec {
        name: "timeoutMs",
        label: "Time limit",
        accepts: ParamType::Integer { min: 50, max: 60_000, default: 1_000 },
        unit: "ms",
        help: "How long a task may run. Then its worker is ended.",
        place: Place::More,
        unless: None,
    },
    ParamSpec {
        name: "repeatable",
        label: "May be repeated",
        accepts: ParamType::Choice(REPEATABLE),
        unit: "",
        help: "Whether a task whose worker is lost may be run again. The fault happens only once.",
        place: Place::More,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[Preset {
    lesson: Lesson::ProcessesWin,
    name: "Nothing fails",
    params: &[("tasks", Setting::Integer(16)), ("computeUnits", Setting::Integer(4_000))],
    beforehand: false,
}];

/// `tasks` tasks. Task i computes `computeUnits` units of [`units::UNIT_STEPS`] steps each: its value begins
/// as r(seed, i), and each step makes it r(value, 0). Digested: the exclusive or of all last values, a u64
/// little-endian. Neither the fault nor what goes with it is part of the answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Faults {
    fault: Option<Fault>,
    tasks: usize,
    /// The number of the first of them: not 0 only for one that is computed by itself.
    first: usize,
    at: usize,
    compute_units: u64,
    timeout_ms: u32,
    repeatable: bool,
    seed: u64,
}

impl Faults {
    /// What happens in one of the tasks.
    pub fn fault(&self) -> Option<Fault> {
        self.fault
    }

    /// The number of the task in which it happens.
    pub fn at(&self) -> usize {
        self.at
    }

    /// What happens in `task`, the first time that it runs.
    pub fn fault_in(&self, task: usize) -> Option<Fault> {
        self.fault.filter(|_| self.first + task == self.at)
    }

    /// The number of `task` among all, also where it is computed by itself.
    pub fn number_of(&self, task: usize) -> usize {
        self.first + task
    }

    /// `task` by itself, as a workload that has no other.
    pub fn alone(&self, task: usize) -> Self {
        Self { tasks: 1, first: self.first + task, ..self.clone() }
    }

    /// How long a task may run, in ms.
    pub fn timeout_ms(&self) -> u32 {
        self.timeout_ms
    }

    /// Whether a task whose worker is lost may be run again.
    pub fn is_repeatable(&self) -> bool {
        self.repeatable
    }
}

impl Definition for Faults {
    const ID: &'static str = "faults";
    const TITLE: &'static str = "Faults on purpose";
    const KIND: Kind = Kind::Cpu;
    const WHY: &'static str = "One of the tasks fails. In a process it fails alone; threads and the \
                               main thread lose the others with it.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    fn cost(&self) -> Option<f64> {
        Some(self.tasks as f64 * self.compute_units as f64 * UNIT_MS)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        let (tasks, at) = (reader.integer("tasks")?, reader.integer("at")?);
        let word = reader.choice("fault")?;
        let fault = Fault::ALL.iter().find(|(id, _)| *id == word).map(|(_, fault)| *fault);
        if fault.is_some() && at >= tasks {
            let problem = InputProblem::AboveMost { most: tasks - 1 };
            return Err(Failure::invalid("at", problem));
        }
        Ok(Self {
            fault,
            tasks: tasks as usize,
            first: 0,
            at: at as usize,
            compute_units: reader.integer("computeUnits")?,
            timeout_ms: reader.integer("timeoutMs")? as u32,
            repeatable: reader.choice("repeatable")? == REPEATABLE[1],
            seed: reader.integer("seed")?,
        })
    }

    fn params(&self) -> Params {
        Params::from_iter([
            ("fault".into(), json!(self.fault.map_or(NONE, Fault::id))),
            ("tasks".into(), json!(self.tasks)),
            ("at".into(), json!(self.at)),
            ("computeUnits".into(), json!(self.compute_units)),
            ("timeoutMs".into(), json!(self.timeout_ms)),
            ("repeatable".into(), json!(REPEATABLE[usize::from(self.repeatable)])),
            ("seed".into(), json!(self.seed)),
        ])
    }
}

impl Work for Faults {
    fn task_count(&self) -> usize {
        self.tasks
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        Ok(units::combined(&parts).to_le_bytes().to_vec())
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        // It exceeds what a JSON number holds exactly.
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        units::last_values(self.tasks, merged)
    }
}

impl Kernel for Faults {
    fn compute(&self, task: usize, _payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let first = splitmix::r(self.seed, (self.first + task) as u64);
        units::computed(first, self.compute_units, safepoint).to_le_bytes().to_vec()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(params: serde_json::Value) -> Result<Faults> {
        Faults::from_params(params.as_object().expect("an object"))
    }

    #[test]
    fn the_fault_is_in_one_task() {
        let faults = faults(json!({ "fault": "trap", "at": 2, "tasks": 4 })).expect("valid");
        let all: Vec<_> = (0..4).map(|task| faults.fault_in(task)).collect();
        assert_eq!(all, [None, None, Some(Fault::Trap), None]);
    }

    #[test]
    fn tasks_by_themselves_come_to_the_same_answer() {
        let faults = faults(json!({ "tasks": 5, "computeUnits": 3 })).expect("valid");
        let parts = |of: &Faults| {
            (0..of.tasks).map(|task| of.compute(task, &[], Safepoint::never())).collect()
        };
        let apart = (0..5).map(|task| {
            let alone = faults.alone(task);
            alone.merge(parts(&alone)).expect("it fits")
        });
        assert_eq!(faults.merge(apart.collect()), faults.merge(parts(&faults)));
    }

    #[test]
    fn the_task_with_the_fault_is_one_of_the_tasks() {
        let failure = faults(json!({ "fault": "panic", "at": 4, "tasks": 4 })).unwrap_err();
        assert_eq!(failure.message(), "at: give a whole number up to 3.");
        assert!(faults(json!({ "at": 4, "tasks": 4 })).is_ok(), "without a fault it means nothing");
    }

    #[test]
    fn the_words_of_faults_are_those_that_are_accepted() {
        for (word, fault) in Fault::ALL {
            let read = faults(json!({ "fault": word, "at": 0 })).expect("valid");
            assert_eq!(read.fault_in(0), Some(fault));
            assert_eq!(read.params()["fault"], word);
        }
    }
}
