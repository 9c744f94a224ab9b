//! Models in links: `main-thread,threads:4,processes:4;dataMode=shared;chunkSize=8`.

use super::values::option_value;
use crate::experiment::MAX_EXECUTORS;
use crate::failure::{Failure, Result};
use crate::models::option::WORKERS;
use crate::models::{Executor, ExecutorKind};
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
        let said = format!("give at most {MAX_EXECUTORS}; the first {MAX_EXECUTORS} count.");
        refused.push(Failure::invalid("models", said));
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
            refused.push(Failure::invalid("models", failure.problem.message()));
            return None;
        }
    };
    let mut executor = Executor::new(kind, workers);
    let sized = size.map(|size| sized(&mut executor, size));
    refused.extend(sized.and_then(Result::err));
    for option in parts {
        refused.extend(set(&mut executor, option).err());
    }
    Some(executor)
}

fn sized(executor: &mut Executor, size: &str) -> Result<()> {
    let kind = executor.kind();
    if !kind.has_workers() {
        let said = format!("{} has no workers to count.", kind.id());
        return Err(Failure::invalid("models", said));
    }
    let workers = option_value(&WORKERS, size);
    workers.and_then(|workers| executor.set(&WORKERS, workers)).map_err(|failure| {
        Failure::invalid("models", format!("{}: {}", kind.id(), failure.problem.message()))
    })
}

fn set(executor: &mut Executor, option: &str) -> Result<()> {
    let kind = executor.kind();
    let (name, text) = option.split_once('=').unwrap_or((option, ""));
    let spec = kind.option(name).ok_or_else(|| no_such_option(kind, name))?;
    executor.set(spec, option_value(spec, text)?)
}

fn no_such_option(kind: ExecutorKind, name: &str) -> Failure {
    let known: Vec<_> = kind.options().iter().map(|spec| spec.name).collect();
    let (id, shown) = (kind.id(), params::shown(&name.into()));
    Failure::invalid(
        "models",
        match known.is_empty() {
            true => format!("{id} has no options, but is given {shown}."),
            false => format!("{id} has no option {shown}. It has {}.", known.join(", ")),
        },
    )
}
