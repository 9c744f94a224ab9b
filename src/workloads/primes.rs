//! Which numbers are prime, by trial division.

use super::answer::{self, AnswerValue};
use super::params::{ParamSpec, ParamType, Params, Place, Reader};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, split};
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::simd::prelude::*;

/// The greatest number that may be asked about. Its square root takes some
/// 500,000 divisions, about 3 ms, so that a task stays short.
const MAX_NUMBER: u64 = 1_000_000_000_000;
/// Tasks at the most: enough to balance any pool, few enough to hand over.
const MAX_TASKS: usize = 128;
/// Divisors tried at once.
const LANES: usize = 8;
/// Groups of so many divisors that are tried between two looks at the safepoint: some 20 µs.
const BLOCK: usize = 512;
/// Below its square root and the 2 · [`LANES`] after it lies no number from here on.
const SMALL: u64 = 64;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "start",
        label: "From",
        accepts: ParamType::Integer { min: 0, max: MAX_NUMBER, default: 1_000_000_000 },
        unit: "",
        help: "The first number to test. Larger numbers take longer.",
        place: Place::Front,
        unless: Some("numbers"),
    },
    ParamSpec {
        name: "count",
        label: "How many",
        accepts: ParamType::Integer { min: 1, max: 2_000_000, default: 100_000 },
        unit: "numbers",
        help: "How many numbers to test, one after another.",
        place: Place::Front,
        unless: Some("numbers"),
    },
    ParamSpec {
        name: "numbers",
        label: "Numbers",
        accepts: ParamType::List { min: 0, max: MAX_NUMBER, max_len: 10_000 },
        unit: "",
        help: "The numbers to test, instead of a range.",
        place: Place::Scripts,
        unless: None,
    },
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ThreadsWin,
        name: "The first million numbers",
        params: &[("start", Setting::Integer(0)), ("count", Setting::Integer(1_000_000))],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Large numbers",
        params: &[
            ("start", Setting::Integer(100_000_000_000)),
            ("count", Setting::Integer(10_000)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "A hundred small numbers",
        params: &[("start", Setting::Integer(1_000)), ("count", Setting::Integer(100))],
        beforehand: false,
    },
];

/// Tests numbers for primality. Digested: one byte per number, 1 where it is
/// prime and 0 where it is not, in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Primes {
    /// `count` numbers from `start` on.
    Range {
        /// The first number.
        start: u64,
        /// How many.
        count: usize,
    },
    /// These numbers.
    List(Vec<u64>),
}

impl Primes {
    fn len(&self) -> usize {
        match self {
            Self::Range { count, .. } => *count,
            Self::List(numbers) => numbers.len(),
        }
    }

    fn number(&self, i: usize) -> u64 {
        match self {
            Self::Range { start, .. } => start + i as u64,
            Self::List(numbers) => numbers[i],
        }
    }
}

impl Definition for Primes {
    const ID: &'static str = "primes";
    const TITLE: &'static str = "Prime numbers";
    const KIND: Kind = Kind::Cpu;
    const WHY: &'static str = "Only arithmetic, and almost nothing to send: ideal work for more \
                               than one core.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    /// A prime number is divided by all up to its square root, and one in ln(n) is prime.
    fn cost(&self) -> Option<f64> {
        let one = |number: u64| {
            let number = number.max(SMALL) as f64;
            number.sqrt() / number.ln()
        };
        Some(match self {
            Self::Range { start, count } => one(start + *count as u64 / 2) * *count as f64,
            Self::List(numbers) => numbers.iter().map(|number| one(*number)).sum(),
        })
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        if let Some(numbers) = reader.list("numbers")? {
            return Ok(Self::List(numbers));
        }
        Ok(Self::Range {
            start: reader.integer("start")?,
            count: reader.integer("count")? as usize,
        })
    }

    fn params(&self) -> Params {
        match self {
            Self::Range { start, count } => {
                Params::from_iter([("start".into(), json!(start)), ("count".into(), json!(count))])
            }
            Self::List(numbers) => Params::from_iter([("numbers".into(), json!(numbers))]),
        }
    }
}

impl Work for Primes {
    fn task_count(&self) -> usize {
        self.len().min(MAX_TASKS)
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        answer::concat(parts)
    }

    fn value(&self, merged: &[u8]) -> Option<AnswerValue> {
        Some(AnswerValue::Count(count(merged)))
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        match (merged.len() as u64, count(merged)) {
            (1, primes) => Summary::OneNumber { number: self.number(0), primes },
            (numbers, primes) => Summary::PrimesAmong { primes, numbers },
        }
    }
}

impl Kernel for Primes {
    fn compute(&self, task: usize, _payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let numbers = split::even(self.len(), self.task_count(), task);
        numbers.map(|i| u8::from(is_prime(self.number(i), safepoint))).collect()
    }
}

fn count(merged: &[u8]) -> u64 {
    merged.iter().map(|prime| u64::from(*prime)).sum()
}

/// Trial division by 2 and the odd divisors up to the square root.
fn is_prime(n: u64, safepoint: Safepoint) -> bool {
    match n {
        // So small that a group of divisors could have the number itself among them.
        0..SMALL => (2..n).all(|d| !n.is_multiple_of(d)) && n > 1,
        _ => !n.is_multiple_of(2) && !has_odd_divisor(n as f64, safepoint),
    }
}

/// Whether an odd number from 3 to the square root of `n`, or one shortly above it,
/// divides `n`, which is a whole number from [`SMALL`] to [`MAX_NUMBER`].
///
/// Floating-point numbers are divided several at a time and faster than whole ones, and
/// as exactly: where d does not divide n, n / d is 1 / d or more away from a whole number,
/// which below 2^52 is more than rounding takes.
fn has_odd_divisor(n: f64, safepoint: Safepoint) -> bool {
    let groups = n.sqrt() as u64 / (2 * LANES as u64) + 1;
    let mut divisors = f64x8::from_array([3.0, 5.0, 7.0, 9.0, 11.0, 13.0, 15.0, 17.0]);
    for start in (0..groups).step_by(BLOCK) {
        safepoint.poll();
        for _ in start..groups.min(start + BLOCK as u64) {
            let quotients = f64x8::splat(n) / divisors;
            if any_whole(quotients) {
                return true;
            }
            divisors += f64x8::splat(2.0 * LANES as f64);
        }
    }
    false
}

/// Whether any of these numbers from 0 to 2^51 is whole. Next to 2^52 there are no others,
/// so adding it rounds them.
fn any_whole(numbers: f64x8) -> bool {
    let shift = f64x8::splat((1_u64 << 52) as f64);
    let whole = ((numbers + shift) - shift).simd_eq(numbers);
    // What `Mask::any` becomes in WebAssembly takes twice as many instructions.
    whole.to_simd().reduce_or() != 0
}
