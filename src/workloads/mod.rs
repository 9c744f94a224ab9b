//! What is computed: parameters, splitting into tasks, the kernel, merging, the
//! answer and its digest.
//!
//! Invariants: nothing here reads a clock or a global, and a workload's answer
//! does not depend on who computes it, on how many, or on how it was cut. The
//! formulas are fixed, so that anyone can recompute an answer elsewhere.

pub mod answer;
pub mod array_sum;
pub mod blur;
pub mod custom;
pub mod mandelbrot;
pub mod matmul;
pub mod monte_carlo_pi;
pub mod no_answer;
pub mod own;
pub mod params;
pub mod pipeline;
pub mod preset;
pub mod primes;
pub mod request;
pub mod requests;
pub mod sha256;
pub mod sort;
pub mod split;
pub mod splitmix;
pub mod task_order;
pub mod urls;
pub mod word_count;

use crate::failure::{Failure, Result};
use answer::{Answer, AnswerValue};
use array_sum::ArraySum;
use blur::Blur;
use custom::Custom;
use mandelbrot::Mandelbrot;
use matmul::Matmul;
use monte_carlo_pi::MonteCarloPi;
use own::{OwnData, OwnDataSpec};
use params::{Idle, ParamSpec, Params};
use pipeline::Pipeline;
use preset::Preset;
use primes::Primes;
use request::Request;
use requests::{Answered, Requests};
use serde::{Deserialize, Serialize};
use sha256::Sha256;
use sort::Sort;
use std::ops::Range;
use word_count::WordCount;

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

    /// The answer in a line for a person.
    fn summary(&self, merged: &[u8]) -> String;

    /// Whether the merged bytes are worth looking at: then they are handed to the page.
    fn is_shown(&self) -> bool {
        false
    }
}

/// What computes a task. Apart from [`Work`], since the page plans and merges but never
/// computes, and is smaller without the kernels.
pub trait Kernel: Work {
    /// Computes `task` from its payload (or its request's response).
    fn compute(&self, task: usize, payload: &[u8]) -> Vec<u8>;
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
    /// Why it is interesting and what to look for, in a sentence or two.
    const WHY: &'static str;
    /// The parameters it takes.
    const PARAMS: &'static [ParamSpec];
    /// Parameters that show something.
    const PRESETS: &'static [Preset];
    /// What readers can bring along for it.
    const OWN: Option<OwnDataSpec> = None;

    /// Which of the parameters mean nothing beside others, where no single list stands in
    /// for them.
    const IDLE: &'static [Idle] = &[];

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

/// Makes the two enums over all workloads, so that whoever adds one adds a line.
macro_rules! workloads {
    ($($name:ident),+ $(,)?) => {
        /// A workload by name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "kebab-case")]
        pub enum WorkloadId {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name,)+
        }

        impl WorkloadId {
            /// Every workload, in the order in which the page lists them.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// The id in links, scripts and reports.
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $name::ID,)+ }
            }

            /// The name on the page.
            pub fn title(self) -> &'static str {
                match self { $(Self::$name => $name::TITLE,)+ }
            }

            /// What it does with its time.
            pub fn kind(self) -> Kind {
                match self { $(Self::$name => $name::KIND,)+ }
            }

            /// Why it is interesting and what to look for, in a sentence or two.
            pub fn why(self) -> &'static str {
                match self { $(Self::$name => $name::WHY,)+ }
            }

            /// The parameters it takes.
            pub fn params(self) -> &'static [ParamSpec] {
                match self { $(Self::$name => $name::PARAMS,)+ }
            }

            /// Parameters that show something.
            pub fn presets(self) -> &'static [Preset] {
                match self { $(Self::$name => $name::PRESETS,)+ }
            }

            /// What readers can bring along for it.
            pub fn own(self) -> Option<OwnDataSpec> {
                match self { $(Self::$name => $name::OWN,)+ }
            }

            /// Which of its parameters mean nothing beside others.
            pub fn idle(self) -> &'static [Idle] {
                match self { $(Self::$name => $name::IDLE,)+ }
            }
        }

        /// A workload with its parameters, ready to be computed.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        pub enum Workload {
            $(#[doc = concat!("See [`", stringify!($name), "`].")] $name($name),)+
        }

        impl Workload {
            /// The workload `id` with `params`, each checked against its bounds and the
            /// missing ones at their defaults.
            ///
            /// # Errors
            /// `InvalidInput` that names the key.
            pub fn new(id: WorkloadId, params: &Params) -> Result<Self> {
                params::check_keys(params, id)?;
                Ok(match id {
                    $(WorkloadId::$name => Self::$name($name::from_params(params)?),)+
                })
            }

            /// The workload behind the enum.
            pub fn work(&self) -> &(dyn Work + Send + Sync) {
                match self { $(Self::$name(work) => work,)+ }
            }

            /// What computes its tasks.
            pub fn kernel(&self) -> &(dyn Kernel + Send + Sync) {
                match self { $(Self::$name(work) => work,)+ }
            }

            /// Which workload it is.
            pub fn id(&self) -> WorkloadId {
                match self { $(Self::$name(_) => WorkloadId::$name,)+ }
            }

            /// The parameters as they are, every default filled in.
            pub fn params(&self) -> Params {
                match self { $(Self::$name(work) => work.params(),)+ }
            }

            /// See [`Definition::cost`].
            fn cost(&self) -> Option<f64> {
                match self { $(Self::$name(work) => work.cost(),)+ }
            }
        }
    };
}

workloads!(
    Mandelbrot,
    Primes,
    Matmul,
    MonteCarloPi,
    Sha256,
    ArraySum,
    Sort,
    Blur,
    WordCount,
    Requests,
    Pipeline,
    Custom,
);

impl WorkloadId {
    /// The workload with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|workload| workload.id() == id)
    }
}

impl Workload {
    /// About how many times as long it takes one thread as the same workload at its
    /// defaults. `None` where nobody knows.
    pub fn relative_cost(&self) -> Option<f64> {
        let default = Self::new(self.id(), &Params::new()).ok()?.cost()?;
        self.cost().map(|cost| cost / default)
    }

    /// The requests that it makes, for workloads whose requests are the reader's to choose.
    pub fn requests(&self) -> Option<&Requests> {
        match self {
            Self::Requests(requests) => Some(requests),
            Self::Pipeline(pipeline) => Some(pipeline.requests()),
            _ => None,
        }
    }

    /// The same workload with its requests `answered` there, which only the page knows. It is
    /// no part of its parameters, and others have none.
    pub fn answered(self, answered: Answered) -> Self {
        match self {
            Self::Requests(requests) => Self::Requests(requests.answered(answered)),
            Self::Pipeline(pipeline) => Self::Pipeline(pipeline.answered(answered)),
            other => other,
        }
    }

    /// The whole static data, made in one go, or copied from the reader's `own`.
    ///
    /// # Errors
    /// `OutOfMemory` where so much is not to be had, `InvalidInput` where the reader's
    /// own data is wanted and not there.
    pub fn input(&self, own: Option<&OwnData>) -> Result<Vec<u8>> {
        let mut input = self.reserve_input()?;
        self.fill(own, 0, &mut input)?;
        Ok(input)
    }

    /// Writes the bytes of the static data from `offset` on into `into`.
    ///
    /// # Errors
    /// `InvalidInput` where the reader's own data is wanted and not there.
    pub fn fill(&self, own: Option<&OwnData>, offset: usize, into: &mut [u8]) -> Result<()> {
        let wanted = self.work().own_len();
        own::check(wanted, own)?;
        match own.filter(|_| wanted.is_some()) {
            Some(own) => into.copy_from_slice(&own.bytes[offset..offset + into.len()]),
            None => self.work().fill_input(offset, into),
        }
        Ok(())
    }

    /// Room for the static data, all zero. [`Work::fill_input`] fills it, in
    /// pieces where nothing else may be kept waiting.
    ///
    /// # Errors
    /// `OutOfMemory` where so much is not to be had.
    pub fn reserve_input(&self) -> Result<Vec<u8>> {
        let mut input = Vec::new();
        answer::grow(&mut input, self.work().input_len())?;
        Ok(input)
    }

    /// Computes everything here and now: the reference that executors are held
    /// to. Requests answer at once, with the bytes that they would bring.
    ///
    /// # Errors
    /// As [`Workload::input`].
    pub fn solve(&self, own: Option<&OwnData>) -> Result<Vec<u8>> {
        let work = self.kernel();
        let input = self.input(own)?;
        let parts = (0..work.task_count()).map(|task| match work.request(task) {
            Some(request) => work.compute(task, &request.body()),
            None => work.compute(task, &input[work.payload(task)]),
        });
        work.merge(parts.collect())
    }

    /// The answer that `merged` is.
    pub fn answer(&self, merged: &[u8]) -> Answer {
        Answer {
            digest: answer::digest(merged),
            value: self.work().value(merged),
            summary: self.work().summary(merged),
        }
    }
}

/// The workload named `id`, for ids from outside.
///
/// # Errors
/// `InvalidInput` that lists the ids there are.
pub fn named(id: &str) -> Result<WorkloadId> {
    WorkloadId::from_id(id).ok_or_else(|| {
        let known: Vec<_> = WorkloadId::ALL.iter().map(|workload| workload.id()).collect();
        Failure::invalid(
            "workload",
            format!("{} is not known. Use {}.", params::shown(&id.into()), known.join(", ")),
        )
    })
}
