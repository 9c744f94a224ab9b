//! What is to be run: a workload, the models to compare and how often.
//!
//! An experiment comes from a form, a link or a script, and is checked here
//! before anything starts.

pub mod link;
mod repeats;
pub mod room;
pub mod typed_number;

pub use repeats::{MAX_REPEATS, Repeats};

use crate::failure::{Failure, InputProblem, NameProblem, Result, names};
use crate::models::{Executor, ExecutorKind, MAX_WORKERS};
use crate::workloads::params::{self, MAX_SAFE_INTEGER, Params};
use crate::workloads::request::RequestKind;
use crate::workloads::{self, Workload, WorkloadId};
use serde_json::{Map, Value, json};

/// Most models in one experiment.
pub const MAX_EXECUTORS: usize = 16;
/// Most rounds that are run and thrown away.
pub const MAX_WARMUP: u32 = 20;
/// Most rounds to warm up where nobody says. They end as soon as times have settled:
/// a first call in wasm can be several times slower than the next.
pub const DEFAULT_WARMUP: u32 = 8;
/// Most requests of a run to addresses of the reader's own.
pub const MAX_ASKED: u64 = 100;
/// Longest time limit, in ms: a day.
pub const MAX_TIMEOUT_MS: u64 = 86_400_000;
/// The longest text that an experiment may be written in.
pub const MAX_TEXT_BYTES: usize = 1 << 20;

/// An experiment, every default filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// What is computed.
    pub workload: Workload,
    /// The models that compute it; at least one.
    pub executors: Vec<Executor>,
    /// Measured rounds; in each, every model takes one sample.
    pub repeats: Repeats,
    /// Most rounds before them, thrown away; fewer where times settle sooner.
    pub warmup: u32,
    /// Begins the random order of models within a round, and the resampling of
    /// intervals.
    pub seed: u64,
    /// Whether to note who does what when. Without, there is no timeline; what
    /// noting costs is measured this way.
    pub spans: bool,
    /// How long a model may take to compute everything once, in ms; then it fails, and its workers are ended.
    pub timeout_ms: Option<u32>,
}

const KEYS: [&str; 8] =
    ["workload", "params", "executors", "repeats", "warmup", "seed", "spans", "timeoutMs"];

impl Experiment {
    /// `workload` at its defaults, under every model, pools `workers` wide.
    ///
    /// # Errors
    /// Never, as long as the defaults are within their own bounds.
    pub fn default_for(workload: WorkloadId, workers: u32) -> Result<Self> {
        Ok(Self::of(Workload::new(workload, &Params::new())?, workers))
    }

    /// `workload` under every model, pools `workers` wide.
    pub fn of(workload: Workload, workers: u32) -> Self {
        Self {
            executors: models_for(workload.id(), workers),
            workload,
            repeats: Repeats::Automatic,
            warmup: DEFAULT_WARMUP,
            seed: 1,
            spans: true,
            timeout_ms: None,
        }
    }

    /// Whether it asks addresses of the reader's own, which are other people's as a rule.
    pub fn asks_others(&self) -> bool {
        let requests = self.workload.requests();
        requests.is_some_and(|requests| requests.kind() == RequestKind::Url)
    }

    /// Most rounds of a run: as many as addresses of the reader's own may be asked, where
    /// it asks any.
    pub fn most_rounds(&self) -> u32 {
        match self.asks_others() {
            true => {
                (MAX_ASKED / self.asked_in_a_round().max(1)).clamp(1, MAX_REPEATS.into()) as u32
            }
            false => u32::MAX,
        }
    }

    /// Whether it is of another program, whose models this page cannot run.
    pub fn has_foreign_models(&self) -> bool {
        self.executors.iter().any(|one| one.kind().is_foreign())
    }

    fn asked_in_a_round(&self) -> u64 {
        self.workload.work().task_count() as u64 * self.executors.len() as u64
    }

    /// Whether it asks others for no more than is decent.
    ///
    /// # Errors
    /// `InvalidInput` that names `repeats`, where it does.
    pub fn check_asked(&self) -> Result<()> {
        let rounds = u64::from(self.warmup) + u64::from(self.repeats.fewest());
        let each = self.asked_in_a_round();
        if !self.asks_others() || rounds * each <= MAX_ASKED {
            return Ok(());
        }
        let problem = InputProblem::AsksTooOften { times: rounds * each, most: MAX_ASKED };
        Err(Failure::invalid("repeats", problem))
    }

    /// The same work under `kind` at each of [`widths`], beside the main thread: how
    /// far its speed follows its workers.
    pub fn scaling(&self, kind: ExecutorKind, cores: u32) -> Self {
        let as_given = self.executors.iter().find(|one| one.kind() == kind);
        let pool = as_given.cloned().unwrap_or_else(|| Executor::new(kind, cores));
        let pools = widths(cores).into_iter().map(|workers| pool.clone().with_workers(workers));
        let executors =
            std::iter::once(Executor::new(ExecutorKind::MainThread, 1)).chain(pools).collect();
        Self { executors, ..self.clone() }
    }

    /// Reads an experiment that a script wrote as JSON. Pools without a size are
    /// `workers` wide.
    ///
    /// # Errors
    /// `InvalidInput` that names the offending key.
    pub fn from_json(text: &str, workers: u32) -> Result<Self> {
        let given = read_object(text, "experiment")?;
        known_keys(&given, &KEYS, None)?;
        let workload = read_workload(&given)?;
        let executors = match given.get("executors") {
            None => models_for(workload.id(), workers),
            Some(Value::Array(list)) if (1..=MAX_EXECUTORS).contains(&list.len()) => {
                list.iter().map(|one| read_executor(one, workers)).collect::<Result<_>>()?
            }
            Some(_) => {
                let most = MAX_EXECUTORS as u64;
                return Err(Failure::invalid("executors", InputProblem::NotModels { most }));
            }
        };
        let whole = |key, min, max, default| match given.get(key) {
            None => Ok(default),
            Some(value) => params::integer(key, value, min, max),
        };
        let read = Self {
            workload,
            executors,
            repeats: given.get("repeats").map_or(Ok(Repeats::Automatic), Repeats::from_json)?,
            warmup: whole("warmup", 0, MAX_WARMUP.into(), DEFAULT_WARMUP.into())? as u32,
            seed: whole("seed", 0, MAX_SAFE_INTEGER, 1)?,
            spans: match given.get("spans") {
                None => true,
                Some(Value::Bool(spans)) => *spans,
                Some(_) => return Err(Failure::invalid("spans", InputProblem::NotFlag)),
            },
            timeout_ms: read_timeout(&given)?,
        };
        Ok(Self { warmup: if read.asks_others() { 0 } else { read.warmup }, ..read })
    }

    /// The experiment as reports and scripts write it.
    pub fn to_json(&self) -> Value {
        let mut written = json!({
            "workload": self.workload.id().id(),
            "params": self.workload.params(),
            "executors": self.executors,
            "repeats": self.repeats.to_json(),
            "warmup": self.warmup,
            "seed": self.seed,
            "spans": self.spans,
        });
        if let Some(timeout_ms) = self.timeout_ms {
            written["timeoutMs"] = timeout_ms.into();
        }
        written
    }
}

/// Every model that makes sense for a workload, pools `workers` wide: those that run where nobody
/// says which.
pub fn models_for(workload: WorkloadId, workers: u32) -> Vec<Executor> {
    let kinds = ExecutorKind::ALL.into_iter().filter(|kind| kind.suits(workload));
    kinds.map(|kind| Executor::new(kind, workers)).collect()
}

/// The widths of the pools that show how a model scales on so many cores: from 1 to
/// twice as many, so that what comes of too many is seen. Few, as all pools of a run are
/// there at once: a browser gives a tab some 120 memories.
pub fn widths(cores: u32) -> Vec<u32> {
    let widest = (2 * cores).clamp(4, MAX_WORKERS);
    // The cores themselves, unless that is nearly the widest.
    let is_cores = |workers: u32| workers == cores && 4 * cores <= 3 * widest;
    let shown = |workers: &u32| {
        *workers <= 4 || workers.is_power_of_two() || is_cores(*workers) || *workers == widest
    };
    (1..=widest).filter(shown).collect()
}

fn known_keys(given: &Map<String, Value>, known: &[&str], model: Option<&str>) -> Result<()> {
    match given.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => {
            let (model, known) = (model.map(Into::into), names(known));
            Err(Failure::invalid(key, NameProblem::NoSuchKey { model, known }))
        }
    }
}

/// Reads the JSON object that a script wrote, which is called `key`.
///
/// # Errors
/// `InvalidInput` that names it.
pub fn read_object(text: &str, key: &str) -> Result<Map<String, Value>> {
    if text.len() > MAX_TEXT_BYTES {
        let most_mb = MAX_TEXT_BYTES as u64 >> 20;
        return Err(Failure::invalid(key, InputProblem::TooLarge { most_mb }));
    }
    match serde_json::from_str(text) {
        Ok(Value::Object(given)) => Ok(given),
        Ok(_) => Err(Failure::invalid(key, InputProblem::NotObject)),
        Err(_) => Err(Failure::invalid(key, InputProblem::NotJson)),
    }
}

/// Reads a time limit, in ms: the key `timeoutMs`.
///
/// # Errors
/// `InvalidInput` that names it.
pub fn read_timeout(given: &Map<String, Value>) -> Result<Option<u32>> {
    let value = given.get("timeoutMs");
    let limit_ms = value.map(|value| params::integer("timeoutMs", value, 1, MAX_TIMEOUT_MS));
    Ok(limit_ms.transpose()?.map(|limit_ms| limit_ms as u32))
}

/// Reads what is computed: the keys `workload` and `params`.
///
/// # Errors
/// `InvalidInput` that names the offending key.
pub fn read_workload(given: &Map<String, Value>) -> Result<Workload> {
    let id = match given.get("workload") {
        Some(Value::String(id)) => workloads::named(id)?,
        Some(_) => return Err(Failure::invalid("workload", InputProblem::NotId)),
        None => return Err(Failure::invalid("workload", InputProblem::Missing)),
    };
    let params = match given.get("params") {
        None => &Params::new(),
        Some(Value::Object(params)) => params,
        Some(_) => return Err(Failure::invalid("params", InputProblem::NotObject)),
    };
    Workload::new(id, params)
}

/// Reads a model and its options. A pool without a size is `workers` wide.
///
/// # Errors
/// `InvalidInput` that names the offending key.
pub fn read_executor(value: &Value, workers: u32) -> Result<Executor> {
    let given = match value {
        Value::Object(given) => given,
        _ => return Err(Failure::invalid("executors", InputProblem::NotModel)),
    };
    let Some(Value::String(id)) = given.get("id") else {
        return Err(Failure::invalid("id", InputProblem::ModelWithoutId));
    };
    let kind = ExecutorKind::named(id)?;
    let specs = kind.options();
    let keys: Vec<_> = std::iter::once("id").chain(specs.iter().map(|spec| spec.name)).collect();
    known_keys(given, &keys, Some(id))?;
    let mut executor = Executor::new(kind, workers);
    for spec in specs {
        if let Some(value) = given.get(spec.name) {
            executor.set(spec, spec.read(value)?)?;
        }
    }
    Ok(executor)
}

#[cfg(test)]
mod tests;
