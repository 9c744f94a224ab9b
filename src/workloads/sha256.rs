//! Chains of hashes: each hash is the message of the next.

use super::answer::{self, AnswerValue};
use super::params::{ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, split, splitmix};
use crate::coded::Words;
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Digest;
use std::fmt::Write;
use std::ops::Range;

/// Hashes in a task, or one chain where that is longer: some milliseconds of work.
const TASK_HASHES: usize = 20_000;
/// Bytes of a hash.
const HASH: usize = 32;
/// Bytes of a hash that the summary shows.
const SHOWN: usize = 4;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "chains",
        label: "Chains",
        accepts: ParamType::Integer { min: 1, max: 4096, default: 512 },
        unit: "",
        help: "How many chains there are. They are independent of each other.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "rounds",
        label: "Hashes per chain",
        accepts: ParamType::Integer { min: 1, max: 20_000, default: 500 },
        unit: "",
        help: "How long a chain is. Each hash needs the previous one, so a chain cannot be split.",
        place: Place::Front,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Many chains",
        params: &[("chains", Setting::Integer(1024)), ("rounds", Setting::Integer(400))],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "One long chain",
        params: &[("chains", Setting::Integer(1)), ("rounds", Setting::Integer(20_000))],
        beforehand: false,
    },
];

/// Hashes along `chains` chains. Digested: the last hash of each, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sha256 {
    chains: usize,
    rounds: usize,
    seed: u64,
}

impl Sha256 {
    /// Chains that a task computes.
    fn chains_per_task(&self) -> usize {
        (TASK_HASHES / self.rounds).max(1)
    }

    fn chains(&self, task: usize) -> Range<usize> {
        split::every(self.chains, self.chains_per_task(), task)
    }

    /// The last hash of a chain.
    fn last(&self, chain: usize, safepoint: Safepoint) -> [u8; HASH] {
        let first = hash(&splitmix::r(self.seed, chain as u64).to_le_bytes());
        (1..self.rounds).fold(first, |last, _| {
            safepoint.poll();
            hash(&last)
        })
    }
}

/// SHA-256 (FIPS 180-4) of `message`.
fn hash(message: &[u8]) -> [u8; HASH] {
    sha2::Sha256::digest(message).into()
}

impl Definition for Sha256 {
    const ID: &'static str = "sha256";
    const TITLE: &'static str = "SHA-256 chains";
    const KIND: Kind = Kind::Cpu;
    const WHY: &'static str = "Each hash needs the previous one: one chain cannot be split, but \
                               many chains can be shared. See how much a second core helps with \
                               one chain, and with a hundred.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    fn cost(&self) -> Option<f64> {
        Some((self.chains * self.rounds) as f64)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        Ok(Self {
            chains: reader.integer("chains")? as usize,
            rounds: reader.integer("rounds")? as usize,
            seed: reader.integer("seed")?,
        })
    }

    fn params(&self) -> Params {
        Params::from_iter([
            ("chains".into(), json!(self.chains)),
            ("rounds".into(), json!(self.rounds)),
            ("seed".into(), json!(self.seed)),
        ])
    }
}

impl Work for Sha256 {
    fn task_count(&self) -> usize {
        split::pieces(self.chains, self.chains_per_task())
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        answer::concat(parts)
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        match merged.as_chunks::<HASH>().0 {
            [] => Summary::Nothing,
            [only] => Summary::OneChain { ends: beginning(only) },
            [first, .., last] => Summary::Chains {
                chains: self.chains as u64,
                first_ends: beginning(first),
                last_ends: beginning(last),
            },
        }
    }
}

impl Kernel for Sha256 {
    fn compute(&self, task: usize, _payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        self.chains(task).flat_map(|chain| self.last(chain, safepoint)).collect()
    }
}

/// How a hash begins, in hex.
fn beginning(hash: &[u8; HASH]) -> Words {
    let mut text = String::with_capacity(2 * SHOWN);
    for byte in &hash[..SHOWN] {
        // Writing to a String cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text.into()
}
