//! What does starting workers cost, and handing each an empty task? The same number of workers, again
//! and again, in every way in which a browser starts some.

use super::report::Report;
use super::stats;
use crate::experiment::{Experiment, Repeats};
use crate::failure::{Failure, Result};
use crate::measure::report::Capabilities;
use crate::models::{Executor, ExecutorKind, StartMethod};
use crate::workloads::params::Params;
use crate::workloads::{Workload, WorkloadId};
use serde_json::json;

/// Workers that are started: as many as in the measurement of CPython that is beside it.
pub const WORKERS: u32 = 8;
/// How often they are started.
const ROUNDS: usize = 5;
/// Measured rounds of empty tasks each time.
const REPEATS: u32 = 3;
/// Rounds of them thrown away at the most.
const WARMUP: u32 = 2;

/// A way in which workers are started.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Threads of one pool, which share the program and the memory.
    Threads,
    /// Workers that are handed the compiled program.
    Forkserver,
    /// Workers that fetch and compile it.
    Spawn,
}

impl Way {
    /// Every way, the cheapest first.
    pub const ALL: [Self; 3] = [Self::Threads, Self::Forkserver, Self::Spawn];

    /// The word in ids of elements.
    pub fn id(self) -> &'static str {
        match self {
            Self::Threads => "threads",
            Self::Forkserver => "forkserver",
            Self::Spawn => "spawn",
        }
    }

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            Self::Threads => "Threads of a pool",
            Self::Forkserver => "Processes (forkserver)",
            Self::Spawn => "Processes (spawn)",
        }
    }

    /// How long the like of it takes CPython for as many workers, in ms: created, run and joined, in
    /// 3.14 on Linux (<https://github.com/REASY/python-free-threading-vs-multiprocessing-benchmarks>).
    pub fn cpython_ms(self) -> f64 {
        match self {
            Self::Threads => 1.8,
            Self::Forkserver => 4.5,
            Self::Spawn => 32.9,
        }
    }

    /// The model that starts them so.
    pub fn executor(self) -> Executor {
        let of = |kind| Executor::new(kind, WORKERS);
        match self {
            Self::Threads => of(ExecutorKind::Threads),
            Self::Forkserver => of(ExecutorKind::Processes),
            Self::Spawn => {
                let mut executor = of(ExecutorKind::Processes);
                executor.options.start_method = StartMethod::Spawn;
                executor
            }
        }
    }

    /// Why it cannot run in a browser that can do this, if so.
    pub fn reason(self, capabilities: &Capabilities) -> Option<String> {
        capabilities.executor(&self.executor()).reason()
    }
}

/// What one way costs.
#[derive(Clone, Debug, PartialEq)]
pub struct WayCosts {
    /// The way.
    pub way: Way,
    /// How long all workers took to be ready, each time, in ms.
    start_ms: Vec<f64>,
    /// How long an empty task for each of them took, there and back, each time, in ms.
    tasks_ms: Vec<f64>,
    /// Why there is no result of some time.
    pub failure: Option<Failure>,
}

impl WayCosts {
    /// How long all workers took to be ready, in ms: the median.
    pub fn start_ms(&self) -> Option<f64> {
        median(&self.start_ms)
    }

    /// How long an empty task for each of them took, there and back, in ms: the median.
    pub fn tasks_ms(&self) -> Option<f64> {
        median(&self.tasks_ms)
    }
}

fn median(of: &[f64]) -> Option<f64> {
    (!of.is_empty()).then(|| stats::median(of.iter().copied()))
}

/// What starting costs, as far as that was measured.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StartUpCosts {
    ways: Vec<WayCosts>,
    rounds: usize,
}

impl StartUpCosts {
    /// Nothing yet, of these ways.
    pub fn of(ways: &[Way]) -> Self {
        let none = |way: &Way| WayCosts {
            way: *way,
            start_ms: Vec::new(),
            tasks_ms: Vec::new(),
            failure: None,
        };
        Self { ways: ways.iter().map(none).collect(), rounds: 0 }
    }

    /// What each way costs.
    pub fn ways(&self) -> &[WayCosts] {
        &self.ways
    }

    /// How often all were started.
    pub fn rounds(&self) -> usize {
        self.rounds
    }

    /// Notes what a round came to.
    pub fn note(&mut self, outcome: Result<&Report, &Failure>) {
        self.rounds += 1;
        for (at, way) in self.ways.iter_mut().enumerate() {
            let result = outcome.map(|report| report.results.get(at));
            let failed = match result {
                Ok(Some(result)) => match (&result.summary, &result.error) {
                    (Some(summary), _) => {
                        way.start_ms.push(result.startup_ms);
                        way.tasks_ms.push(summary.median_ms);
                        None
                    }
                    (None, error) => error.clone(),
                },
                Ok(None) => None,
                Err(failure) => Some(failure.clone()),
            };
            way.failure = failed.or(way.failure.take());
        }
    }

    /// How many times as long as threads each other way takes to start, where both are known.
    pub fn over_threads(&self, way: Way) -> Option<f64> {
        let start_ms = |way| self.ways.iter().find(|one| one.way == way)?.start_ms();
        Some(start_ms(way)? / start_ms(Way::Threads)?)
    }
}

/// The experiments: the same one again and again, as workers are started once in each.
///
/// # Errors
/// Never, as long as the work is within the workload's bounds.
pub fn steps(ways: &[Way]) -> Result<Vec<Experiment>> {
    let params = json!({ "tasks": WORKERS, "computeUnits": 0, "waitMs": 0, "payloadBytes": 0 });
    let params: Params = params.as_object().cloned().unwrap_or_default();
    let experiment = Experiment {
        workload: Workload::new(WorkloadId::Custom, &params)?,
        executors: ways.iter().map(|way| way.executor()).collect(),
        repeats: Repeats::Fixed(REPEATS),
        warmup: WARMUP,
        seed: 1,
        spans: false,
        timeout_ms: None,
    };
    Ok(vec![experiment; ROUNDS])
}
