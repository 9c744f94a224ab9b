//! What every workload is to the rest of the program: its work, its kernel and its definition.

use super::answer::AnswerValue;
use super::own::OwnDataSpec;
use super::params::{IgnoredParams, ParamSpec, Params};
use super::preset::Preset;
use super::request::Request;
use super::summary::Summary;
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// How every workload is cut and put together. A run cuts the work into tasks, computes each
/// in any order and anywhere (see [`Kernel`]), and merges the parts in task order.
pub trait Work {
    /// How many tasks the work is cut into; at least one.
    fn task_count(&self) -> usize;

    /// Bytes of static data that the tasks read; empty for most workloads.
    fn input_len(&self) -> usize {
        0
    }

    /// How many bytes the static data has, where it is the reader's own.
    fn own_len(&self) -> Option<usize> {
        None
    }

    /// Writes the bytes of the static data, unless that is the reader's own, from
    /// `offset` on into `into`. Offsets
    /// and lengths are multiples of [`INPUT_GRAIN`].
    fn fill_input(&self, offset: usize, into: &mut [u8]) {
        debug_assert!(into.is_empty() && offset == 0);
    }

    /// The part of the static data that `task` reads.
    fn payload(&self, task: usize) -> Range<usize> {
        debug_assert!(task < self.task_count());
        0..0
    }

    /// The request whose response `task` works on, for workloads that wait.
    fn request(&self, task: usize) -> Option<Request> {
        debug_assert!(task < self.task_count());
        None
    }

    /// Puts the parts, one per task in task order, together to the bytes that
    /// are digested.
    ///
    /// # Errors
    /// `OutOfMemory` where there is no room for them.
    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>>;

    /// The answer as a small value, where one is natural.
    fn value(&self, merged: &[u8]) -> Option<AnswerValue>;

    /// What the answer comes to, for a person.
    fn summary(&self, merged: &[u8]) -> Summary;

    /// Whether the merged bytes are worth looking at: then they are handed to the page.
    fn is_shown(&self) -> bool {
        false
    }
}

/// What computes a task. Apart from [`Work`], since the page plans and merges but never
/// computes, and is smaller without the kernels.
pub trait Kernel: Work {
    /// Computes `task` from its payload (or its request's response). Looks at `safepoint` again and
    /// again, about every 0.1 ms.
    fn compute(&self, task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8>;
}

/// Static data is made in pieces whose bounds are multiples of this many bytes.
pub const INPUT_GRAIN: usize = 8;

/// Static data made at a time where nothing else may be kept waiting: a few
/// milliseconds of work, so that a page that only gets ready does not freeze.
pub const FILL_BYTES: usize = 512 * 1024 * INPUT_GRAIN;

/// What a workload does with its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// It computes.
    Cpu,
    /// It moves memory.
    Memory,
    /// It waits.
    Io,
    /// It computes and waits.
    Mixed,
}

impl Kind {
    /// Every kind, in the order in which the page lists them.
    pub const ALL: [Self; 4] = [Self::Cpu, Self::Memory, Self::Io, Self::Mixed];

    /// The word in scripts and reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::Cpu => "cpu",
            Self::Memory => "memory",
            Self::Io => "io",
            Self::Mixed => "mixed",
        }
    }

    /// The word on the page.
    pub fn verb(self) -> &'static str {
        match self {
            Self::Cpu => "computes",
            Self::Memory => "moves memory",
            Self::Io => "waits",
            Self::Mixed => "computes and waits",
        }
    }
}

/// What a workload is called, what it takes and what it is good for. Its file is the
/// one home of all of it.
pub trait Definition: Kernel + Sized {
    /// The id in links, scripts and reports.
    const ID: &'static str;
    /// The name on the page.
    const TITLE: &'static str;
    /// What it does with its time.
    const KIND: Kind;
    /// Why it is interesting and what to look for, in a sentence.
    const WHY: &'static str;
    /// What else to know of it, where there is more.
    const MORE: &'static str = "";
    /// The parameters it takes.
    const PARAMS: &'static [ParamSpec];
    /// Parameters that show something.
    const PRESETS: &'static [Preset];
    /// What readers can bring along for it.
    const OWN: Option<OwnDataSpec> = None;

    /// Whether each task waits for something and then computes with it: what a model of two stages
    /// is for.
    const HAS_STAGES: bool = false;

    /// Which of the parameters mean nothing beside others, where no single list stands in
    /// for them.
    const IDLE: &'static [IgnoredParams] = &[];

    /// About how long computing all of it takes one thread, in a unit of its own: only to
    /// be compared with other parameters of the same workload. `None` where nobody knows.
    fn cost(&self) -> Option<f64>;

    /// Reads the parameters, each checked against its bounds.
    ///
    /// # Errors
    /// `InvalidInput` that names the key.
    fn from_params(params: &Params) -> Result<Self>;

    /// The parameters as they are, every default filled in.
    fn params(&self) -> Params;
}
