//! A mix to order: so much computing, waiting, sending and bringing back per task, for
//! finding where one model overtakes another.

use super::answer::AnswerValue;
use super::params::{ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::request::Request;
use super::summary::Summary;
use super::units::{self, UNIT_MS};
use super::{Definition, Kernel, Kind, Work, splitmix};
use crate::failure::{Failure, InputProblem, Result};
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;

const MAX_TASKS: u64 = 10_000;
/// Most units of all tasks together: less than a minute of them on one thread.
const MAX_TOTAL_UNITS: u64 = 10_000_000;
/// Longest that all tasks may wait together, in ms.
const MAX_TOTAL_WAIT_MS: u64 = 60_000;
/// Most bytes sent, and most brought back.
const MAX_TOTAL_BYTES: u64 = 256_000_000;
/// Most bytes of one task, either way.
const MAX_TASK_BYTES: u64 = 16_000_000;
/// Bytes of a result that are written between two looks at the safepoint.
const BLOCK: usize = 1 << 16;
/// A task's last value, which its result begins with.
const VALUE_BYTES: usize = size_of::<u64>();

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    whole("tasks", "Tasks", (1, MAX_TASKS, 32), "", "How many tasks the work has.", Place::Front),
    whole(
        "computeUnits",
        "Computing",
        (0, MAX_TOTAL_UNITS, 300),
        "units",
        "How much each task computes. A unit is a chain of 1,000 steps of SplitMix64, about 5 µs.",
        Place::Front,
    ),
    whole(
        "waitMs",
        "Waiting",
        (0, 5_000, 2),
        "ms",
        "How long each task waits first, on a timer.",
        Place::Front,
    ),
    whole(
        "payloadBytes",
        "Payload",
        (0, MAX_TASK_BYTES, 1_024),
        "B",
        "Static data that each task needs. It must be sent to models with separate memory.",
        Place::Front,
    ),
    whole(
        "resultBytes",
        "Result",
        (VALUE_BYTES as u64, MAX_TASK_BYTES, VALUE_BYTES as u64),
        "B",
        "How many bytes each task returns.",
        Place::More,
    ),
    whole(
        "variance",
        "Unevenness",
        (0, 100, 0),
        "%",
        "How much longer or shorter a task may compute or wait.",
        Place::More,
    ),
    SEED,
];

const fn whole(
    name: &'static str,
    label: &'static str,
    (min, max, default): (u64, u64, u64),
    unit: &'static str,
    help: &'static str,
    place: Place,
) -> ParamSpec {
    let accepts = ParamType::Integer { min, max, default };
    ParamSpec { name, label, accepts, unit, help, place, unless: None }
}

/// About how long handing over a task takes, in ms.
const TASK_MS: f64 = 0.01;

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ThreadsWin,
        name: "Heavy payloads",
        params: &[
            ("tasks", Setting::Integer(32)),
            ("computeUnits", Setting::Integer(400)),
            ("waitMs", Setting::Integer(0)),
            ("payloadBytes", Setting::Integer(4_000_000)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Heavy work",
        params: &[
            ("tasks", Setting::Integer(32)),
            ("computeUnits", Setting::Integer(600)),
            ("waitMs", Setting::Integer(0)),
            ("payloadBytes", Setting::Integer(64)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "Hardly any work",
        params: &[
            ("tasks", Setting::Integer(4)),
            ("computeUnits", Setting::Integer(1)),
            ("waitMs", Setting::Integer(0)),
            ("payloadBytes", Setting::Integer(0)),
        ],
        beforehand: false,
    },
];

/// `tasks` tasks. With v = `variance`, task i
///
/// - waits, by a timer, for `waitMs` * (100 - v + r(seed, 2 * `tasks` + i) mod (2v + 1)) / 100
///   ms, rounded down;
/// - computes `computeUnits` * (100 - v + r(seed, `tasks` + i) mod (2v + 1)) / 100 units,
///   rounded down, of [`units::UNIT_STEPS`] steps each. Its value begins as r(seed, i), and each
///   step makes it mix64(value + 0x9E3779B97F4A7C15), the next output of a SplitMix64 whose
///   state it is: a chain that nothing can shorten or share out;
/// - hands back `resultBytes` bytes: its last value, little-endian, again and again.
///
/// Each is given `payloadBytes` of static data, on which the answer does not depend: the
/// static data's 8-byte words are r(seed, 3 * `tasks` + word), little-endian. Digested: the
/// exclusive or of all last values, a u64 little-endian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Custom {
    tasks: usize,
    compute_units: u64,
    wait_ms: u64,
    payload_bytes: usize,
    result_bytes: usize,
    variance: u64,
    seed: u64,
}

impl Custom {
    /// `mean`, made more or less by what is drawn for `task` in the `row`-th of the rows of
    /// as many numbers as there are tasks.
    fn varied(&self, mean: u64, row: u64, task: usize) -> u64 {
        let at = row * self.tasks as u64 + task as u64;
        let percent = 100 - self.variance + splitmix::r(self.seed, at) % (2 * self.variance + 1);
        mean * percent / 100
    }

    fn units(&self, task: usize) -> u64 {
        self.varied(self.compute_units, 1, task)
    }

    fn wait_ms(&self, task: usize) -> u64 {
        self.varied(self.wait_ms, 2, task)
    }

    fn last_value(&self, task: usize, safepoint: Safepoint) -> u64 {
        units::computed(splitmix::r(self.seed, task as u64), self.units(task), safepoint)
    }

    /// Refuses what would take too long or too much.
    fn check(&self) -> Result<()> {
        let tasks = self.tasks as u64;
        for (name, each, most, what) in [
            ("computeUnits", self.compute_units, MAX_TOTAL_UNITS, "units"),
            ("waitMs", self.wait_ms, MAX_TOTAL_WAIT_MS, "ms"),
            ("payloadBytes", self.payload_bytes as u64, MAX_TOTAL_BYTES, "bytes"),
            ("resultBytes", self.result_bytes as u64, MAX_TOTAL_BYTES, "bytes"),
        ] {
            if each * tasks > most {
                let (total, unit) = (each * tasks, what.into());
                let problem = InputProblem::TooMuchWork { tasks, total, unit, most };
                return Err(Failure::invalid(name, problem));
            }
        }
        Ok(())
    }
}

impl Definition for Custom {
    const ID: &'static str = "custom";
    const TITLE: &'static str = "A mix of your own";
    const KIND: Kind = Kind::Mixed;
    const WHY: &'static str = "Computing, waiting and sending in any proportion: change one at a \
                               time and see where one model overtakes another.";
    const HAS_STAGES: bool = true;
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    /// Waits and units one after another, in ms.
    fn cost(&self) -> Option<f64> {
        let each_ms = self.wait_ms as f64 + self.compute_units as f64 * UNIT_MS + TASK_MS;
        Some(self.tasks as f64 * each_ms)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        let custom = Self {
            tasks: reader.integer("tasks")? as usize,
            compute_units: reader.integer("computeUnits")?,
            wait_ms: reader.integer("waitMs")?,
            payload_bytes: reader.integer("payloadBytes")? as usize,
            result_bytes: reader.integer("resultBytes")? as usize,
            variance: reader.integer("variance")?,
            seed: reader.integer("seed")?,
        };
        custom.check()?;
        Ok(custom)
    }

    fn params(&self) -> Params {
        Params::from_iter([
            ("tasks".into(), json!(self.tasks)),
            ("computeUnits".into(), json!(self.compute_units)),
            ("waitMs".into(), json!(self.wait_ms)),
            ("payloadBytes".into(), json!(self.payload_bytes)),
            ("resultBytes".into(), json!(self.result_bytes)),
            ("variance".into(), json!(self.variance)),
            ("seed".into(), json!(self.seed)),
        ])
    }
}

impl Work for Custom {
    fn task_count(&self) -> usize {
        self.tasks
    }

    fn input_len(&self) -> usize {
        self.tasks * self.payload_bytes
    }

    fn fill_input(&self, offset: usize, into: &mut [u8]) {
        let first = (3 * self.tasks + offset / VALUE_BYTES) as u64;
        for (at, bytes) in (first..).zip(into.chunks_mut(VALUE_BYTES)) {
            let word = splitmix::r(self.seed, at).to_le_bytes();
            bytes.copy_from_slice(&word[..bytes.len()]);
        }
    }

    fn payload(&self, task: usize) -> Range<usize> {
        task * self.payload_bytes..(task + 1) * self.payload_bytes
    }

    fn request(&self, task: usize) -> Option<Request> {
        let wait_ms = self.wait_ms(task);
        (wait_ms > 0).then(|| Request::timer(wait_ms, task))
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

impl Kernel for Custom {
    fn compute(&self, task: usize, _payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let value = self.last_value(task, safepoint).to_le_bytes();
        let block = value.repeat(self.result_bytes.min(BLOCK).div_ceil(VALUE_BYTES));
        let mut part = Vec::with_capacity(self.result_bytes);
        while part.len() < self.result_bytes {
            safepoint.poll();
            let left = self.result_bytes - part.len();
            part.extend_from_slice(&block[..left.min(BLOCK)]);
        }
        part
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn custom(params: serde_json::Value) -> Custom {
        Custom::from_params(params.as_object().expect("an object")).expect("valid")
    }

    #[test]
    fn tasks_vary_by_as_much_as_they_may_and_no_more() {
        let even = custom(json!({ "computeUnits": 1000, "waitMs": 40 }));
        assert!((0..64).all(|task| (even.units(task), even.wait_ms(task)) == (1_000, 40)));
        let uneven = custom(json!({ "computeUnits": 1000, "waitMs": 40, "variance": 50 }));
        let units: Vec<_> = (0..64).map(|task| uneven.units(task)).collect();
        assert!(units.iter().all(|units| (500..=1_500).contains(units)));
        assert!(units.iter().any(|units| *units < 700) && units.iter().any(|units| *units > 1_300));
    }

    #[test]
    fn a_task_that_does_not_wait_makes_no_request() {
        assert_eq!(custom(json!({ "waitMs": 0 })).request(0), None);
        let request = custom(json!({ "waitMs": 7 })).request(3).expect("it waits");
        assert_eq!((request.delay_ms, request.index, request.body()), (7, 3, Vec::new()));
    }

    #[test]
    fn results_are_as_long_as_was_asked_for() {
        for bytes in [8, 9, 1_000] {
            let part = custom(json!({ "computeUnits": 1, "resultBytes": bytes })).compute(
                0,
                &[],
                Safepoint::never(),
            );
            assert_eq!(part.len(), bytes);
            assert_eq!(part[8..], part[..bytes - 8]);
        }
    }
}
