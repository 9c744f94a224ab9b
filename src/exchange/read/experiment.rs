//! What was run, as a report has it: an experiment with nothing left out.

use super::environment::{MAX_CORES, MAX_NAME};
use crate::exchange::reader::Reader;
use crate::experiment::{self, Experiment, MAX_EXECUTORS, MAX_REPEATS, MAX_WARMUP, Repeats};
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
        "order",
    ])?;
    let workload = given.get("workload")?.one_of(WorkloadId::ALL, WorkloadId::id)?;
    let params = given.get("params")?;
    let workload =
        Workload::new(workload, params.object()?).map_err(|inside| params.wrong_inside(&inside))?;
    let executors = given.get("executors")?;
    let executors: Vec<_> =
        executors.list(MAX_EXECUTORS)?.map(|one| executor(&one)).collect::<Result<_>>()?;
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
    };
    Ok((experiment, order))
}

fn repeats(given: &Reader) -> Result<Repeats> {
    Repeats::from_json(given.value()).map_err(|_| {
        Failure::invalid(&given.path(), InputProblem::NotRounds { most: MAX_REPEATS.into() })
    })
}

/// Reads a model that has all its options. One of another program has a title and says where its
/// data is.
pub fn executor(given: &Reader) -> Result<Executor> {
    given.object()?;
    let id = given.get("id")?;
    if given.optional("title").is_some()
        && id.value().as_str().and_then(ExecutorKind::from_id).is_none()
    {
        return foreign(given);
    }
    let executor = experiment::read_executor(given.value(), MIN_WORKERS)
        .map_err(|inside| given.wrong_inside(&inside))?;
    for option in executor.kind().options() {
        given.get(option.name)?;
    }
    Ok(executor)
}

fn foreign(given: &Reader) -> Result<Executor> {
    given.only(&["id", "title", "memory", "workers"])?;
    let (id, title) = (given.get("id")?, given.get("title")?.plain(MAX_NAME)?);
    let memory = given.get("memory")?.one_of(&Memory::ALL, Memory::id)?;
    let kind = ForeignModel::named(id.plain(MAX_NAME)?, title, memory)
        .map(ExecutorKind::Foreign)
        .ok_or_else(|| id.wrong(ReportProblem::TooManyForeignModels))?;
    let workers = match kind.has_workers() {
        true => given.get("workers")?.integer(MIN_WORKERS.into(), MAX_CORES.into())? as u32,
        false => 1,
    };
    Ok(Executor::new(kind, workers))
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
