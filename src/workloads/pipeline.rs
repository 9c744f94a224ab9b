//! Requests whose answers are hashed: work that waits and then computes.

use super::answer::{self, AnswerValue};
use super::params::{IgnoredParams, ParamSpec, ParamType, Params, Place, Reader};
use super::preset::{Lesson, Preset, Setting};
use super::request::Request;
use super::requests::{self, Answered, Requests};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work};
use crate::failure::{Failure, InputProblem, Result};
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::{Digest, Sha256};

/// Most hashes of all answers together: less than a minute of them on one thread.
const MAX_TOTAL_ROUNDS: u64 = 100_000_000;
/// Bytes of an answer that are hashed between two looks at the safepoint: some 50 µs.
const BLOCK: usize = 1 << 14;

const ROUNDS: ParamSpec = ParamSpec {
    name: "rounds",
    label: "Hashes",
    accepts: ParamType::Integer { min: 1, max: 5_000_000, default: 4_000 },
    unit: "each",
    help: "How many times each answer is hashed with SHA-256. Each hash is hashed again.",
    place: Place::Front,
    unless: None,
};

/// Those of the requests, and one more in front.
const PARAMS: &[ParamSpec] = &{
    let mut all = [ROUNDS; requests::PARAMS.len() + 1];
    let mut at = 0;
    while at < requests::PARAMS.len() {
        all[at + 1] = requests::PARAMS[at];
        at += 1;
    }
    all
};

/// About how long a hash takes, in ms.
const HASH_MS: f64 = 0.0005;

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Mostly hashing",
        params: &[
            ("rounds", Setting::Integer(12_000)),
            ("latencyMs", Setting::Integer(2)),
            ("varianceMs", Setting::Integer(2)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "Mostly waiting",
        params: &[
            ("rounds", Setting::Integer(1)),
            ("count", Setting::Integer(12)),
            ("latencyMs", Setting::Integer(10)),
        ],
        beforehand: false,
    },
];

/// Makes requests and hashes each answer: SHA-256 of it, then `rounds` - 1 times of the
/// hash. Digested: the final hashes, in request order, 32 bytes each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    requests: Requests,
    rounds: u64,
}

impl Pipeline {
    /// Its requests.
    pub fn requests(&self) -> &Requests {
        &self.requests
    }

    /// The same, with its requests answered there.
    pub(super) fn answered(self, answered: Answered) -> Self {
        Self { requests: self.requests.answered(answered), ..self }
    }
}

impl Definition for Pipeline {
    const ID: &'static str = "pipeline";
    const TITLE: &'static str = "Pipeline";
    const KIND: Kind = Kind::Mixed;
    const WHY: &'static str = "Wait, then compute. An event loop waits for everything at once but \
                               computes on one thread; a pool computes in parallel, but each \
                               worker waits for one answer at a time.";
    const HAS_STAGES: bool = true;
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;
    const IDLE: &'static [IgnoredParams] = requests::IDLE;

    /// The waits one after another, and the hashes, in ms.
    fn cost(&self) -> Option<f64> {
        let hashes = self.rounds * self.requests.count() as u64;
        Some(self.requests.cost()? + hashes as f64 * HASH_MS)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let rounds = Reader::new(params, PARAMS).integer("rounds")?;
        let pipeline = Self { requests: Requests::from_params(params)?, rounds };
        let total = rounds * pipeline.requests.count() as u64;
        if total > MAX_TOTAL_ROUNDS {
            let answers = pipeline.requests.count() as u64;
            let (hashes, most) = (total, MAX_TOTAL_ROUNDS);
            let problem = InputProblem::TooManyHashes { answers, hashes, most };
            return Err(Failure::invalid("rounds", problem));
        }
        Ok(pipeline)
    }

    fn params(&self) -> Params {
        let mut params = Params::from_iter([("rounds".into(), json!(self.rounds))]);
        params.extend(self.requests.params());
        params
    }
}

impl Work for Pipeline {
    fn task_count(&self) -> usize {
        self.requests.count()
    }

    fn request(&self, task: usize) -> Option<Request> {
        Some(self.requests.at(task))
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        answer::concat(parts)
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, _merged: &[u8]) -> Summary {
        Summary::HashedAnswers { answers: self.task_count() as u64, rounds: self.rounds }
    }
}

impl Kernel for Pipeline {
    fn compute(&self, _task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let mut first = Sha256::new();
        for block in payload.chunks(BLOCK) {
            safepoint.poll();
            first.update(block);
        }
        let last = (1..self.rounds).fold(first.finalize(), |hash, _| {
            safepoint.poll();
            Sha256::digest(hash)
        });
        last.to_vec()
    }
}
