//! The table of the workloads: each by name, and each with its parameters.

use super::answer::{self, Answer};
use super::array_sum::ArraySum;
use super::blur::Blur;
use super::custom::Custom;
use super::faults::Faults;
use super::mandelbrot::Mandelbrot;
use super::matmul::Matmul;
use super::mixed_threads::MixedThreads;
use super::monte_carlo_pi::MonteCarloPi;
use super::own::{self, OwnData, OwnDataSpec};
use super::params::{self, IgnoredParams, ParamSpec, Params};
use super::pipeline::Pipeline;
use super::preset::Preset;
use super::primes::Primes;
use super::requests::{Answered, Requests};
use super::sha256::Sha256;
use super::sort::Sort;
use super::word_count::WordCount;
use super::work::{Definition, Kernel, Kind, Work};
use crate::failure::{Failure, NameProblem, Result, names};
use crate::sync::safepoint::Safepoint;
use serde::{Deserialize, Serialize};

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

            /// Why it is interesting and what to look for, in a sentence.
            pub fn why(self) -> &'static str {
                match self { $(Self::$name => $name::WHY,)+ }
            }

            /// What else to know of it; empty where there is no more.
            pub fn more(self) -> &'static str {
                match self { $(Self::$name => $name::MORE,)+ }
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

            /// Whether each task waits for something and then computes with it.
            pub fn has_stages(self) -> bool {
                match self { $(Self::$name => $name::HAS_STAGES,)+ }
            }

            /// Which of its parameters mean nothing beside others.
            pub fn idle(self) -> &'static [IgnoredParams] {
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
                params::check_keys(params, id.id(), id.params(), id.idle())?;
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
    MixedThreads,
    Custom,
    Faults,
);

impl WorkloadId {
    /// The workload with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|workload| workload.id() == id)
    }

    /// What keeps its parameter `spec` from meaning anything, if something does: see
    /// [`params::idle_beside`].
    pub fn idle_beside<'a>(
        self,
        spec: &ParamSpec,
        given: impl Fn(&str) -> Option<&'a str>,
    ) -> Option<String> {
        params::idle_beside(self.params(), self.idle(), spec, given)
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

    /// The faults that it has on purpose.
    pub fn faults(&self) -> Option<&Faults> {
        match self {
            Self::Faults(faults) => Some(faults),
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
    /// `OutOfMemory` if there is not enough memory, `InvalidInput` if the reader's own data is
    /// needed and missing.
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
    /// `OutOfMemory` if there is not enough memory.
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
            Some(request) => work.compute(task, &request.body(), Safepoint::never()),
            None => work.compute(task, &input[work.payload(task)], Safepoint::never()),
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
        let known = names(WorkloadId::ALL.iter().map(|workload| workload.id()));
        let got = params::shown(&id.into()).into();
        Failure::invalid("workload", NameProblem::UnknownWorkload { got, known })
    })
}
