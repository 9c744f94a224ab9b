//! What a script chooses of a pool, of a call and of a task: read from JSON, each value within its bounds.

use super::task::TaskOptions;
use crate::experiment::{read_object, read_timeout, read_workload};
use crate::failure::{Failure, InputProblem, PoolProblem, Result, names};
use crate::models::{MAX_WORKERS, MIN_WORKERS};
use crate::workloads::Workload;
use crate::workloads::params::{choice, flag, integer};
use serde_json::{Map, Value};

/// Most tasks that may wait in a pool.
pub const MAX_QUEUED: usize = 100_000;
/// Most tasks that a worker may be made to run before it is replaced.
const MAX_TASKS_PER_CHILD: u64 = 1_000_000;

/// When workers start.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StartWhen {
    /// When a task finds no worker without one, as CPython starts them.
    #[default]
    OnDemand,
    /// All with the pool.
    AtOnce,
}

impl StartWhen {
    /// The words for these, in scripts.
    const WORDS: [&str; 2] = ["on-demand", "at-once"];
}

/// What of a pool is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PoolOptions {
    /// Most workers.
    pub workers: usize,
    /// When they start.
    pub start_when: StartWhen,
    /// After so many tasks a worker is replaced.
    pub max_tasks_per_child: Option<u32>,
    /// Whether each worker runs an initializer before its first task.
    pub has_initializer: bool,
    /// How long the initializer may take, in ms. Then it has failed.
    pub initializer_timeout_ms: Option<u32>,
}

/// A pool as a script asks for it.
#[derive(Clone, Debug, PartialEq)]
pub struct PoolSpec {
    /// What the machine needs to know.
    pub options: PoolOptions,
    /// What each worker computes before its first task.
    pub initializer: Option<Workload>,
    /// How long a task may run that says nothing itself, and the initializer, in ms.
    pub timeout_ms: Option<u32>,
}

const POOL_KEYS: [&str; 6] =
    ["kind", "workers", "start", "maxTasksPerChild", "initializer", "timeoutMs"];
/// The models that a pool can be of.
const KINDS: [&str; 1] = ["processes"];

impl PoolSpec {
    /// Reads what a script wrote as JSON. A pool without a size has `workers`.
    ///
    /// # Errors
    /// `InvalidInput` that names the offending key.
    pub fn from_json(text: &str, workers: u32) -> Result<Self> {
        let given = read_object(text, "pool")?;
        known_keys(&given, &POOL_KEYS)?;
        if let Some(kind) = given.get("kind") {
            choice("kind", kind, &KINDS)?;
        }
        let whole =
            |key, min, max| given.get(key).map(|value| integer(key, value, min, max)).transpose();
        let start_when = match given.get("start") {
            Some(word) if choice("start", word, &StartWhen::WORDS)? == "at-once" => {
                StartWhen::AtOnce
            }
            _ => StartWhen::OnDemand,
        };
        let initializer = match given.get("initializer") {
            None => None,
            Some(Value::Object(of)) => {
                known_keys(of, &["workload", "params"])?;
                Some(computing(of)?)
            }
            Some(_) => return Err(Failure::invalid("initializer", InputProblem::NotObject)),
        };
        let wanted = whole("workers", MIN_WORKERS.into(), MAX_WORKERS.into())?;
        let timeout_ms = read_timeout(&given)?;
        Ok(Self {
            options: PoolOptions {
                workers: wanted.map_or(workers, |workers| workers as u32) as usize,
                start_when,
                max_tasks_per_child: whole("maxTasksPerChild", 1, MAX_TASKS_PER_CHILD)?
                    .map(|most| most as u32),
                has_initializer: initializer.is_some(),
                initializer_timeout_ms: timeout_ms,
            },
            initializer,
            timeout_ms,
        })
    }

    /// How many workers a pool may be resized to.
    ///
    /// # Errors
    /// `InvalidInput`.
    pub fn workers(wanted: &Value) -> Result<usize> {
        Ok(integer("workers", wanted, MIN_WORKERS.into(), MAX_WORKERS.into())? as usize)
    }
}

/// A call as a script asks for it: what a task computes, and what is special about it.
#[derive(Clone, Debug, PartialEq)]
pub struct CallSpec {
    /// What it computes; the calls of a chunk one after the other.
    pub workload: Workload,
    /// What is special about it.
    pub options: TaskOptions,
}

impl CallSpec {
    /// Reads what a script wrote as JSON: the call, and what goes with it, or nothing.
    ///
    /// # Errors
    /// `InvalidInput` that names the offending key.
    pub fn from_json(call: &str, options: Option<&str>, pool: &PoolSpec) -> Result<Self> {
        let given = read_object(call, "call")?;
        known_keys(&given, &["workload", "params"])?;
        let workload = computing(&given)?;
        let options = match options {
            None => Map::new(),
            Some(text) => read_object(text, "options")?,
        };
        known_keys(&options, &["timeoutMs", "repeatable"])?;
        let options = TaskOptions {
            timeout_ms: read_timeout(&options)?.or(pool.timeout_ms),
            repeatable: match options.get("repeatable") {
                None => false,
                Some(value) => flag("repeatable", value)?,
            },
        };
        Ok(Self { workload, options })
    }
}

fn known_keys(given: &Map<String, Value>, known: &[&str]) -> Result<()> {
    match given.keys().find(|key| !known.contains(&key.as_str())) {
        None => Ok(()),
        Some(key) => Err(Failure::invalid(key, PoolProblem::NoSuchKey { known: names(known) })),
    }
}

/// A workload that a worker can compute by itself.
fn computing(given: &Map<String, Value>) -> Result<Workload> {
    let workload = read_workload(given)?;
    let work = workload.work();
    if (0..work.task_count()).any(|task| work.request(task).is_some()) {
        return Err(Failure::invalid("workload", PoolProblem::MakesRequests));
    }
    if work.own_len().is_some() {
        return Err(Failure::invalid("params", PoolProblem::WantsOwnFile));
    }
    Ok(workload)
}
