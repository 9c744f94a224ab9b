//! π, from how many of many points in a square lie in its quarter circle.

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

/// Samples in a task: some milliseconds of work.
const TASK_SAMPLES: usize = 1 << 21;
/// Samples that are taken between two looks at the safepoint: some 40 µs.
const BLOCK: usize = 1 << 14;
/// The square of the circle's radius, which is 2^31.
const RADIUS_SQUARED: u64 = 1 << 62;
/// The lower 31 bits of a random number are its point's second coordinate.
const COORDINATE: u64 = (1 << 31) - 1;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "samples",
        label: "Points",
        accepts: ParamType::Integer { min: 1, max: 2_000_000_000, default: 25_000_000 },
        unit: "",
        help: "How many points to throw. A hundred times as many give one more digit.",
        place: Place::Front,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Eight bytes a task",
        params: &[("samples", Setting::Integer(40_000_000))],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "Ten thousand points",
        params: &[("samples", Setting::Integer(10_000))],
        beforehand: false,
    },
];

/// Counts the points that lie inside of the circle. Digested: the count, a u64
/// little-endian.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MonteCarloPi {
    samples: usize,
    seed: u64,
}

impl MonteCarloPi {
    /// How many of `points` lie inside.
    fn inside(&self, points: Range<usize>) -> u64 {
        let points = points.start as u64..points.end as u64;
        let mut inside = points.map(|i| u64::from(is_inside(splitmix::r(self.seed, i))));
        // Nothing overflows. But a loop that could end early is not vectorized, and without
        // an instruction for products of 64 bits, lanes take longer than one by one.
        inside.try_fold(0_u64, u64::checked_add).unwrap_or_default()
    }
}

/// Whether the point whose coordinates are the upper 31 bits and the lower 31 bits of
/// `v` lies inside of the circle.
fn is_inside(v: u64) -> bool {
    let (x, y) = (v >> 33, v & COORDINATE);
    x * x + y * y < RADIUS_SQUARED
}

impl Definition for MonteCarloPi {
    const ID: &'static str = "monte-carlo-pi";
    const TITLE: &'static str = "π by chance";
    const KIND: Kind = Kind::Cpu;
    const WHY: &'static str = "Millions of points in, one number out: no task needs anything from \
                       another, so two cores should take half the time.";
    const MORE: &'static str = "What is missing from that is the cost of distributing the work.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    fn cost(&self) -> Option<f64> {
        Some(self.samples as f64)
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        Ok(Self { samples: reader.integer("samples")? as usize, seed: reader.integer("seed")? })
    }

    fn params(&self) -> Params {
        Params::from_iter([
            ("samples".into(), json!(self.samples)),
            ("seed".into(), json!(self.seed)),
        ])
    }
}

impl Work for MonteCarloPi {
    fn task_count(&self) -> usize {
        split::pieces(self.samples, TASK_SAMPLES)
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        Ok(parts.iter().map(|part| count(part)).sum::<u64>().to_le_bytes().to_vec())
    }

    fn value(&self, merged: &[u8]) -> Option<AnswerValue> {
        Some(AnswerValue::Count(count(merged)))
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        Summary::PointsInside { inside: count(merged), points: self.samples as u64 }
    }
}

impl Kernel for MonteCarloPi {
    fn compute(&self, task: usize, _payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let points = split::every(self.samples, TASK_SAMPLES, task);
        let blocks = points.clone().step_by(BLOCK);
        let inside = blocks.map(|start| {
            safepoint.poll();
            self.inside(start..(start + BLOCK).min(points.end))
        });
        inside.sum::<u64>().to_le_bytes().to_vec()
    }
}

/// The count in a part's bytes, or in the whole's.
fn count(bytes: &[u8]) -> u64 {
    bytes.as_chunks::<8>().0.iter().map(|bytes| u64::from_le_bytes(*bytes)).sum()
}
