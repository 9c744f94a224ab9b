//! Sum, least and greatest of an array: light work over a heavy payload.

use super::answer::AnswerValue;
use super::params::{ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, split, splitmix};
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;

/// Numbers in a task: 1 MiB of them, large beside what a message costs by itself
/// and small enough that sending one never holds up the page.
const TASK_LEN: usize = 1 << 18;
const BYTES: usize = size_of::<u32>();
/// Bytes that are added up between two looks at the safepoint: some 10 µs.
const BLOCK: usize = 1 << 16;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "n",
        label: "Numbers",
        accepts: ParamType::Integer { min: 1, max: 1 << 28, default: 1 << 23 },
        unit: "",
        help: "How many numbers the array has, 4 bytes each.",
        place: Place::Front,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ThreadsWin,
        name: "67 MB of numbers",
        params: &[("n", Setting::Integer(1 << 24))],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "A thousand numbers",
        params: &[("n", Setting::Integer(1_000))],
        beforehand: false,
    },
];

/// Adds up `n` pseudo-random u32 values. Digested: sum (wrapping), least and
/// greatest, a u64 little-endian each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ArraySum {
    n: usize,
    seed: u64,
}

/// What a part, and the whole, comes to.
struct Totals {
    sum: u64,
    min: u64,
    max: u64,
}

impl Totals {
    const NOTHING: Self = Self { sum: 0, min: u64::MAX, max: 0 };

    fn and(self, other: Self) -> Self {
        Self {
            sum: self.sum.wrapping_add(other.sum),
            min: self.min.min(other.min),
            max: self.max.max(other.max),
        }
    }

    fn of(numbers: &[u8]) -> Self {
        // u32 comparisons vectorise; u64 ones do not.
        let (mut sum, mut min, mut max) = (0_u64, u32::MAX, u32::MIN);
        for bytes in numbers.as_chunks::<BYTES>().0 {
            let number = u32::from_le_bytes(*bytes);
            sum = sum.wrapping_add(u64::from(number));
            min = min.min(number);
            max = max.max(number);
        }
        Self { sum, min: u64::from(min), max: u64::from(max) }
    }

    fn to_bytes(&self) -> Vec<u8> {
        [self.sum, self.min, self.max].map(u64::to_le_bytes).concat()
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        match bytes.as_chunks::<8>() {
            ([sum, min, max], []) => {
                let [sum, min, max] = [sum, min, max].map(|bytes| u64::from_le_bytes(*bytes));
                Some(Self { sum, min, max })
            }
            _ => None,
        }
    }
}

impl Definition for ArraySum {
    const ID: &'static str = "array-sum";
    const TITLE: &'static str = "Array sum";
    const KIND: Kind = Kind::Memory;
    const WHY: &'static str = "Light work on a large payload: models that share memory can start \
                               at once, the others must first copy every number.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    fn cost(&self) -> Option<f64> {
        Some(self.n as f64)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        Ok(Self { n: reader.integer("n")? as usize, seed: reader.integer("seed")? })
    }

    fn params(&self) -> Params {
        Params::from_iter([("n".into(), json!(self.n)), ("seed".into(), json!(self.seed))])
    }
}

impl Work for ArraySum {
    fn task_count(&self) -> usize {
        split::pieces(self.n, TASK_LEN)
    }

    fn input_len(&self) -> usize {
        self.n * BYTES
    }

    fn fill_input(&self, offset: usize, into: &mut [u8]) {
        splitmix::fill_u32(self.seed, offset, into);
    }

    fn payload(&self, task: usize) -> Range<usize> {
        let numbers = split::every(self.n, TASK_LEN, task);
        numbers.start * BYTES..numbers.end * BYTES
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        let totals = parts.iter().filter_map(|part| Totals::from_bytes(part));
        Ok(totals.fold(Totals::NOTHING, Totals::and).to_bytes())
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        // Sums soon exceed what a JSON number holds exactly.
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        match Totals::from_bytes(merged) {
            Some(Totals { sum, min, max }) => Summary::Totals { sum, least: min, greatest: max },
            None => Summary::Nothing,
        }
    }
}

impl Kernel for ArraySum {
    fn compute(&self, _task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let blocks = payload.chunks(BLOCK).map(|block| {
            safepoint.poll();
            Totals::of(block)
        });
        blocks.fold(Totals::NOTHING, Totals::and).to_bytes()
    }
}
