//! What was run, as a report has it: an experiment with nothing left out.

use super::environment::{MAX_CORES, MAX_NAME};
use crate::exchange::reader::Reader;
use crate::experiment::{
    self, Experiment, MAX_EXECUTORS, MAX_REPEATS, MAX_TIMEOUT_MS, MAX_WARMUP, Repeats,
};
use crate::failure::{Failure, InputProblem, ReportProblem, Result};
use crate::measure::report::MAX_ROUNDS;
use crate::models::{Executor, ExecutorKind, ForeignModel, MIN_WORKERS, Memory};
use crate::workloads::params::MAX_SAFE_INTEGER;
use crate::workloads::{Workload, WorkloadId};

/// Most blocks of a run, those thrown away included.
pub const MAX_BLOCKS: usize = 2 * MAX_ROUNDS;
/// Most times that a model warms up.
pub const MAX_WARM_UPS: usize = 200;

/// Reads the experiment, and the order of the models in each block.
pub fn read(given: &Reader) -> Result<(Experiment, Vec<Vec<usize>>)> {
    given.only(&[
        "workload",
        "params",
        "executors",
        "repeats",
        "warmup",
        "seed",
        "spans",
        "timeoutMs",
        "order",
    ])?;
    let workload = given.get("workload")?.one_of(WorkloadId::ALL, WorkloadId::id)?;
    let params = given.get("params")?;
    let workload =
        Workload::new(workload, params.object()?).map_err(|inside| params.wrong_inside(&inside))?;
    let listed = given.get("executors")?;
    let mut executors = Vec::new();
    for one in listed.list(MAX_EXECUTORS)? {
        executors.push(executor(&one, &executors)?);
    }
    if executors.is_empty() {
        return Err(given.get("executors")?.wrong(ReportProblem::NoModels));
    }
    let order = order(&given.get("order")?, executors.len())?;
    let experiment = Experiment {
        workload,
        executors,
        repeats: repeats(&given.get("repeats")?)?,
        warmup: given.get("warmup")?.integer(0, MAX_WARMUP.into())? as u32,
        seed: given.get("seed")?.integer(0, MAX_SAFE_INTEGER)?,
        spans: given.get("spans")?.boolean()?,
        timeout_ms: match given.optional("timeoutMs") {
            Some(limit) => Some(limit.integer(1, MAX_TIMEOUT_MS)? as u32),
            None => None,
        },
    };
    Ok((experiment, order))
}

fn repeats(given: &Reader) -> Result<Repeats> {
    Repeats::from_json(given.value()).map_err(|_| {
        Failure::invalid(&given.path(), InputProblem::NotRounds { most: MAX_REPEATS.into() })
    })
}

/// Reads a model that has all its options, the next one after `before`. One of another program has
/// a title and says where its data is.
pub fn executor(given: &Reader, before: &[Executor]) -> Result<Executor> {
    given.object()?;
    let id = given.get("id")?;
    let is_known = id.value().as_str().and_then(ExecutorKind::from_id).is_some();
    if !is_known && given.optional("title").is_some() {
        return foreign(given, before);
    }
    let executor = experiment::read_executor(given.value(), MIN_WORKERS)
        .map_err(|inside| given.wrong_inside(&inside))?;
    for option in executor.kind().options().iter().filter(|one| executor.option_applies(one)) {
        given.get(option.name)?;
    }
    Ok(executor)
}

fn foreign(given: &Reader, before: &[Executor]) -> Result<Executor> {
    given.only(&["id", "title", "memory", "workers"])?;
    let (id, title) = (given.get("id")?, given.get("title")?.plain(MAX_NAME)?);
    let name = id.plain(MAX_NAME)?;
    let memory = given.get("memory")?.one_of(&Memory::ALL, Memory::id)?;
    let workers = match memory {
        Memory::Page => {
            given.only(&["id", "title", "memory"])?;
            1
        }
        _ => given.get("workers")?.integer(MIN_WORKERS.into(), MAX_CORES.into())? as u32,
    };
    let mut others: Vec<ExecutorKind> = Vec::new();
    for kind in before.iter().map(Executor::kind) {
        if kind.is_foreign() && !others.contains(&kind) {
            others.push(kind);
        }
    }
    let place = others.iter().position(|other| other.id() == name).unwrap_or(others.len());
    let kind = ForeignModel::named(name, title, memory, place)
        .map(ExecutorKind::Foreign)
        .ok_or_else(|| id.wrong(ReportProblem::TooManyForeignModels))?;
    // Rankings and ratios name models by their ids alone.
    match others.iter().find(|other| other.id() == name) {
        Some(other) if *other != kind => Err(id.wrong(ReportProblem::IdTwice)),
        _ => Ok(Executor::new(kind, workers)),
    }
}

/// The order of the models in each block, as indices below `models`.
fn order(order: &Reader, models: usize) -> Result<Vec<Vec<usize>>> {
    let last = models.saturating_sub(1).min(MAX_EXECUTORS) as u64;
    let block = |block: Reader| {
        let places = block.list(models)?;
        places.map(|at| at.integer(0, last).map(|at| at as usize)).collect()
    };
    order.list(MAX_BLOCKS + MAX_WARM_UPS)?.map(block).collect()
}
