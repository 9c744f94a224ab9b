//! The product of two matrices: much arithmetic on each number that moves.

mod kernel;
mod layout;

use super::answer::{self, AnswerValue};
use super::params::{ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, splitmix};
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use layout::{Band, Layout, TASKS};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;

const BYTES: usize = size_of::<f32>();

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "n",
        label: "Rows and columns",
        // A task of the greatest takes about 10 ms, and every sum of 64·n is exact.
        accepts: ParamType::Integer { min: 1, max: 1536, default: 832 },
        unit: "",
        help: "Size of the matrices. Doubling it means four times the data and eight times the \
               work.",
        place: Place::Front,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ThreadsWin,
        name: "Small matrices",
        params: &[("n", Setting::Integer(640))],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Factors in every process",
        params: &[("n", Setting::Integer(896))],
        beforehand: true,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "Too small to share",
        params: &[("n", Setting::Integer(16))],
        beforehand: false,
    },
];

/// Multiplies two matrices of small pseudo-random whole numbers. Digested: the product,
/// an f32 little-endian per entry, row by row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Matmul {
    n: usize,
    seed: u64,
}

impl Matmul {
    /// Entry `i` of both factors' entries, A's first: a whole number from -8 to 8, so
    /// that a sum of products stays far below 2^24 and is exact in an f32.
    fn entry(&self, i: usize) -> f32 {
        (splitmix::r(self.seed, i as u64) % 17) as f32 - 8.0
    }

    /// Where the `i`-th entry of a band is among both factors' entries.
    fn index(&self, band: &Band, i: usize) -> usize {
        match band {
            Band::Rows(rows) => rows.start * self.n + i,
            Band::Columns(columns) => {
                let (row, column) = (i / columns.len(), i % columns.len());
                (self.n + row) * self.n + columns.start + column
            }
        }
    }
}

impl Definition for Matmul {
    const ID: &'static str = "matmul";
    const TITLE: &'static str = "Matrix product";
    const KIND: Kind = Kind::Cpu;
    const WHY: &'static str = "Each number that is sent is multiplied hundreds of times, so \
                               sending it pays even for processes.";
    const MORE: &'static str = "With smaller matrices, sending soon costs more than multiplying.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    /// n products for each of n² entries.
    fn cost(&self) -> Option<f64> {
        Some((self.n as f64).powi(3))
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        Ok(Self { n: reader.integer("n")? as usize, seed: reader.integer("seed")? })
    }

    fn params(&self) -> Params {
        Params::from_iter([("n".into(), json!(self.n)), ("seed".into(), json!(self.seed))])
    }
}

impl Work for Matmul {
    fn task_count(&self) -> usize {
        TASKS
    }

    fn input_len(&self) -> usize {
        Layout(self.n).len() * BYTES
    }

    fn fill_input(&self, offset: usize, into: &mut [u8]) {
        let into = into.as_chunks_mut::<BYTES>().0;
        let wanted = offset / BYTES..offset / BYTES + into.len();
        for (entries, band) in Layout(self.n).bands() {
            let here = wanted.start.max(entries.start)..wanted.end.min(entries.end);
            for at in here {
                let entry = self.entry(self.index(&band, at - entries.start));
                into[at - wanted.start] = entry.to_le_bytes();
            }
        }
    }

    fn payload(&self, task: usize) -> Range<usize> {
        let entries = Layout(self.n).pair(task);
        entries.start * BYTES..entries.end * BYTES
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        let mut product = Vec::new();
        answer::grow(&mut product, self.n * self.n * BYTES)?;
        for (task, part) in parts.iter().enumerate() {
            let (rows, columns) = Layout(self.n).block(task);
            // A band of nothing has no lines to cut a part into.
            let lines = part.chunks_exact((columns.len() * BYTES).max(1));
            for (row, line) in rows.zip(lines) {
                let start = (row * self.n + columns.start) * BYTES;
                product[start..start + line.len()].copy_from_slice(line);
            }
        }
        Ok(product)
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        let entries = merged.as_chunks::<BYTES>().0;
        let diagonal = entries.iter().step_by(self.n + 1);
        let trace = diagonal.map(|bytes| f64::from(f32::from_le_bytes(*bytes))).sum();
        Summary::Product { n: self.n as u64, trace }
    }
}

impl Kernel for Matmul {
    fn compute(&self, task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let (rows, columns) = Layout(self.n).block(task);
        let (a, b) = match task % 2 {
            0 => payload.split_at(rows.len() * self.n * BYTES),
            _ => {
                let (b, a) = payload.split_at(columns.len() * self.n * BYTES);
                (a, b)
            }
        };
        kernel::product(a, b, self.n, safepoint)
    }
}
