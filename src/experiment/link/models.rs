//! Models in links: `main-thread,threads:4,processes:4;dataMode=shared;chunkSize=8`.

use super::values::option_value;
use crate::experiment::MAX_EXECUTORS;
use crate::failure::{Failure, InputProblem, NameProblem, Result, names};
use crate::models::{Executor, ExecutorKind, MAX_WORKERS, MIN_WORKERS};
use crate::workloads::params;

/// A model with the size of its pool, and what of its options is not the default.
pub(super) fn written(executor: &Executor) -> String {
    let kind = executor.kind();
    if !kind.has_workers() {
        return kind.id().to_owned();
    }
    let mut text = format!("{}:{}", kind.id(), executor.workers());
    for (spec, value) in executor.changed() {
        text.push_str(&format!(";{}={value}", spec.name));
    }
    text
}

/// Reads a list of models. What cannot be read of it is left out, or left at its default,
/// and noted in `refused`. Pools without a size are `workers` wide.
pub(super) fn read(text: &str, workers: u32, refused: &mut Vec<Failure>) -> Vec<Executor> {
    let entries: Vec<_> = text.split(',').map(str::trim).collect();
    if entries.len() > MAX_EXECUTORS {
        let most = MAX_EXECUTORS as u64;
        refused.push(Failure::invalid("models", NameProblem::TooManyModels { most }));
    }
    let entries = entries.into_iter().take(MAX_EXECUTORS);
    entries.filter_map(|entry| model(entry, workers, refused)).collect()
}

/// Reads a model, the size of its pool and its options: `processes:4;dataMode=shared`.
fn model(entry: &str, workers: u32, refused: &mut Vec<Failure>) -> Option<Executor> {
    let mut parts = entry.split(';').map(str::trim);
    let named = parts.next().unwrap_or_default();
    let (id, size) = named.split_once(':').map_or((named, None), |(id, size)| (id, Some(size)));
    let kind = match ExecutorKind::named(id.trim()) {
        Ok(kind) => kind,
        Err(failure) => {
            refused.push(Failure::invalid("models", failure));
            return None;
        }
    };
    let mut executor = Executor::new(kind, workers);
    let sized = size.map(|size| sized(&mut executor, size));
    refused.extend(sized.and_then(Result::err));
    // In the order of the model's own options: some apply only beside others.
    let mut options: Vec<_> = parts.collect();
    options.sort_by_key(|option| {
        let name = option.split_once('=').map_or(*option, |(name, _)| name);
        kind.options().iter().position(|spec| spec.name == name)
    });
    for option in options {
        refused.extend(set(&mut executor, option).err());
    }
    Some(executor)
}

fn sized(executor: &mut Executor, size: &str) -> Result<()> {
    let kind = executor.kind();
    let Some(spec) = kind.workers_option() else {
        let model = kind.id().into();
        return Err(Failure::invalid("models", NameProblem::NoWorkers { model }));
    };
    let workers = option_value(spec, size).map_err(|_| wrong_workers(kind, size))?;
    executor.set(spec, workers)
}

fn wrong_workers(kind: ExecutorKind, size: &str) -> Failure {
    let (model, got) = (kind.id().into(), size.into());
    let (min, max) = (MIN_WORKERS.into(), MAX_WORKERS.into());
    Failure::invalid("models", InputProblem::WrongWorkers { model, min, max, got })
}

fn set(executor: &mut Executor, option: &str) -> Result<()> {
    let kind = executor.kind();
    let (name, text) = option.split_once('=').unwrap_or((option, ""));
    let spec = kind.option(name).ok_or_else(|| no_such_option(kind, name))?;
    executor.set(spec, option_value(spec, text)?)
}

fn no_such_option(kind: ExecutorKind, name: &str) -> Failure {
    let known = names(kind.options().iter().map(|spec| spec.name));
    let (model, got) = (kind.id().into(), params::shown(&name.into()).into());
    Failure::invalid("models", NameProblem::NoSuchOption { model, got, known })
}
