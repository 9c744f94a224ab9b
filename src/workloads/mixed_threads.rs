//! One task that computes beside others that make short requests: what a GIL does to whoever waits
//! for little, the convoy effect.

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

/// Longest that all requests may wait together, in ms.
const MAX_TOTAL_WAIT_MS: u64 = 60_000;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "computeUnits",
        label: "Computing",
        accepts: ParamType::Integer { min: 1, max: 10_000_000, default: 80_000 },
        unit: "units",
        help: "How much the first task computes. A unit is a chain of 1,000 steps of SplitMix64, \
               about 5 µs.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "requests",
        label: "Requests",
        accepts: ParamType::Integer { min: 1, max: 1_000, default: 12 },
        unit: "",
        help: "How many other tasks there are. Each makes one request, and computes one unit with \
               its answer.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "latencyMs",
        label: "Latency",
        accepts: ParamType::Integer { min: 1, max: 5_000, default: 2 },
        unit: "ms",
        help: "How long each request takes, on a timer.",
        place: Place::Front,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "As much waiting as computing",
        params: &[
            ("computeUnits", Setting::Integer(20_000)),
            ("requests", Setting::Integer(8)),
            ("latencyMs", Setting::Integer(15)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "One computing task, one request",
        params: &[
            ("computeUnits", Setting::Integer(20_000)),
            ("requests", Setting::Integer(1)),
            ("latencyMs", Setting::Integer(1)),
        ],
        beforehand: false,
    },
];

/// `requests` + 1 tasks. Task 0 computes `computeUnits` units of
/// [`units::UNIT_STEPS`] steps each; every other one waits for `latencyMs` ms, by a timer, and then
/// computes one. The value of task i begins as r(seed, i), and each step makes it r(value, 0).
/// Digested: the exclusive or of all last values, a u64 little-endian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MixedThreads {
    compute_units: u64,
    requests: usize,
    latency_ms: u64,
    seed: u64,
}

impl MixedThreads {
    fn units(&self, task: usize) -> u64 {
        if task == 0 { self.compute_units } else { 1 }
    }
}

impl Definition for MixedThreads {
    const ID: &'static str = "mixed-threads";
    const TITLE: &'static str = "Mixed threads";
    const KIND: Kind = Kind::Mixed;
    const WHY: &'static str = "One task computes, others make short requests. With a GIL, each \
                               answer waits for the computing thread: the convoy effect.";
    const MORE: &'static str = "The Result tab shows how long each request took.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    /// The waits one after another, and the computing, in ms.
    fn cost(&self) -> Option<f64> {
        let waits_ms = self.requests as f64 * self.latency_ms as f64;
        Some(waits_ms + self.compute_units as f64 * UNIT_MS)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        let mixed = Self {
            compute_units: reader.integer("computeUnits")?,
            requests: reader.integer("requests")? as usize,
            latency_ms: reader.integer("latencyMs")?,
            seed: reader.integer("seed")?,
        };
        let (tasks, each_ms) = (mixed.requests as u64, mixed.latency_ms);
        if tasks * each_ms > MAX_TOTAL_WAIT_MS {
            let (total, unit, most) = (tasks * each_ms, "ms".into(), MAX_TOTAL_WAIT_MS);
            let problem = InputProblem::TooMuchWork { tasks, total, unit, most };
            return Err(Failure::invalid("latencyMs", problem));
        }
        Ok(mixed)
    }

    fn params(&self) -> Params {
        Params::from_iter([
            ("computeUnits".into(), json!(self.compute_units)),
            ("requests".into(), json!(self.requests)),
            ("latencyMs".into(), json!(self.latency_ms)),
            ("seed".into(), json!(self.seed)),
        ])
    }
}

impl Work for MixedThreads {
    fn task_count(&self) -> usize {
        1 + self.requests
    }

    fn request(&self, task: usize) -> Option<Request> {
        (task > 0).then(|| Request::timer(self.latency_ms, task))
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        Ok(units::combined(&parts).to_le_bytes().to_vec())
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        // It exceeds what a JSON number holds exactly.
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        units::last_values(self.task_count(), merged)
    }
}

impl Kernel for MixedThreads {
    fn compute(&self, task: usize, _payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let first = splitmix::r(self.seed, task as u64);
        units::computed(first, self.units(task), safepoint).to_le_bytes().to_vec()
    }
}
