//! Sorting: every task sorts its share, and one merges them all.

use super::answer::{self, AnswerValue};
use super::params::{ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, split, splitmix};
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;

/// Numbers in a task: some milliseconds of sorting each.
const TASK_LEN: usize = 1 << 16;
const BYTES: usize = size_of::<u32>();

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "n",
        label: "Numbers",
        accepts: ParamType::Integer { min: 1, max: 1 << 24, default: 1_000_000 },
        unit: "",
        help: "How many numbers are sorted, 4 bytes each. A task sorts 65,536 of them.",
        place: Place::Front,
        unless: None,
    },
    SEED,
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ThreadsWin,
        name: "1.5 million numbers",
        params: &[("n", Setting::Integer(1_500_000))],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "A single task",
        params: &[("n", Setting::Integer(TASK_LEN as u64))],
        beforehand: false,
    },
];

/// Sorts `n` pseudo-random u32 values. Digested: all of them, least first, a u32
/// little-endian each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sort {
    n: usize,
    seed: u64,
}

impl Definition for Sort {
    const ID: &'static str = "sort";
    const TITLE: &'static str = "Sorting";
    const KIND: Kind = Kind::Memory;
    const WHY: &'static str = "Each task sorts its share, but a single thread merges the sorted \
                               shares: more cores do not make that part faster.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    /// n·log(n) comparisons.
    fn cost(&self) -> Option<f64> {
        let n = self.n as f64;
        Some(n * (n + 1.0).log2())
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        Ok(Self { n: reader.integer("n")? as usize, seed: reader.integer("seed")? })
    }

    fn params(&self) -> Params {
        Params::from_iter([("n".into(), json!(self.n)), ("seed".into(), json!(self.seed))])
    }
}

impl Work for Sort {
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

    fn merge(&self, mut parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        match parts.len() {
            0 | 1 => Ok(parts.pop().unwrap_or_default()),
            _ => Merging::of(&parts).run(),
        }
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        let sorted = merged.as_chunks::<BYTES>().0;
        let at = |i: usize| sorted.get(i).map(|bytes| u64::from(u32::from_le_bytes(*bytes)));
        let last = sorted.len().saturating_sub(1);
        match (at(0), at(last / 2), at(last)) {
            (Some(least), Some(median), Some(greatest)) => {
                Summary::Sorted { least, median, greatest }
            }
            _ => Summary::Nothing,
        }
    }
}

impl Kernel for Sort {
    fn compute(&self, _task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let (mut numbers, ends) = by_first_byte(payload);
        let mut start = 0;
        for end in ends {
            safepoint.poll();
            numbers[start..end].sort_unstable();
            start = end;
        }
        let mut part = vec![0; payload.len()];
        for (bytes, number) in part.as_chunks_mut::<BYTES>().0.iter_mut().zip(numbers) {
            *bytes = number.to_le_bytes();
        }
        part
    }
}

/// The numbers of a payload in the order of their most significant bytes, and where the numbers
/// with each of these end. What is left to sort takes a few microseconds for each, as the numbers
/// are random.
fn by_first_byte(payload: &[u8]) -> (Vec<u32>, [usize; 256]) {
    let first_byte = |number: u32| (number >> 24) as usize;
    let mut counts = [0; 256];
    numbers(payload).for_each(|number| counts[first_byte(number)] += 1);
    let mut ends = [0; 256];
    let mut all = 0;
    for (end, count) in ends.iter_mut().zip(counts) {
        *end = all;
        all += count;
    }
    let mut placed = vec![0; all];
    for number in numbers(payload) {
        let at = &mut ends[first_byte(number)];
        placed[*at] = number;
        *at += 1;
    }
    (placed, ends)
}

/// The numbers in static data, a part, or the digested bytes.
pub fn numbers(bytes: &[u8]) -> impl ExactSizeIterator<Item = u32> {
    bytes.as_chunks::<BYTES>().0.iter().map(|bytes| u32::from_le_bytes(*bytes))
}

/// A tournament between sorted runs, as a tree of losers (Knuth, The Art of Computer
/// Programming 3, 5.4.1): who takes its winner plays again only on the way from that
/// winner's leaf to the root, which is as many comparisons as the tree is high.
struct Merging<'a> {
    /// What is left of each run.
    runs: Vec<&'a [[u8; BYTES]]>,
    /// At 0 the winner, at all others who lost there. The leaf of run r would be at
    /// `runs.len() + r`.
    tree: Vec<u64>,
    len: usize,
}

/// The entry of a run that is used up: it loses against every other.
const USED_UP: u64 = u64::MAX;

impl<'a> Merging<'a> {
    fn of(parts: &'a [Vec<u8>]) -> Self {
        let mut runs: Vec<_> = parts.iter().map(|part| part.as_chunks::<BYTES>().0).collect();
        let len = runs.iter().map(|run| run.len()).sum();
        let leaves = runs.len();
        let mut winners = vec![USED_UP; leaves * 2];
        for (run, winner) in winners[leaves..].iter_mut().enumerate() {
            *winner = take(&mut runs[run], run);
        }
        let mut tree = vec![USED_UP; leaves];
        for at in (1..leaves).rev() {
            let (left, right) = (winners[at * 2], winners[at * 2 + 1]);
            (winners[at], tree[at]) = (left.min(right), left.max(right));
        }
        tree[0] = winners[1];
        Self { runs, tree, len }
    }

    fn run(mut self) -> Result<Vec<u8>> {
        let mut merged = answer::reserve(self.len * BYTES)?;
        for _ in 0..self.len {
            let winner = self.tree[0];
            merged.extend_from_slice(&((winner >> 32) as u32).to_le_bytes());
            let run = winner as u32 as usize;
            let mut entry = take(&mut self.runs[run], run);
            let mut at = (self.tree.len() + run) / 2;
            while at > 0 {
                let other = self.tree[at];
                // No branch, which nobody could predict.
                (self.tree[at], entry) = (other.max(entry), other.min(entry));
                at /= 2;
            }
            self.tree[0] = entry;
        }
        Ok(merged)
    }
}

/// The next number of a run, and behind it which run that is.
fn take(left: &mut &[[u8; BYTES]], run: usize) -> u64 {
    match left.split_first() {
        Some((number, rest)) => {
            *left = rest;
            u64::from(u32::from_le_bytes(*number)) << 32 | run as u64
        }
        None => USED_UP,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes(numbers: &[u32]) -> Vec<u8> {
        numbers.iter().flat_map(|number| number.to_le_bytes()).collect()
    }

    proptest! {
        #[test]
        fn sorted_runs_of_any_lengths_merge_to_what_sorting_gives(
            mut runs in prop::collection::vec(
                prop::collection::vec(prop_oneof![any::<u32>(), 0..4u32, Just(u32::MAX)], 0..40),
                1..20,
            )
        ) {
            let mut all = runs.concat();
            all.sort();
            for run in &mut runs {
                run.sort();
            }
            let parts: Vec<_> = runs.iter().map(|run| bytes(run)).collect();
            let sort = Sort { n: all.len(), seed: 0 };
            prop_assert_eq!(sort.merge(parts), Ok(bytes(&all)));
        }
    }

    #[test]
    fn the_summary_is_of_the_sorted_numbers() {
        let sort = Sort { n: 4, seed: 0 };
        assert_eq!(
            sort.summary(&bytes(&[1, 20, 3000, 40_000])),
            Summary::Sorted { least: 1, median: 20, greatest: 40_000 }
        );
    }
}
