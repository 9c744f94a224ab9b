//! A model together with its options.

use super::choices::{CpuStage, DataMode, IoStage, StartMethod, StaticData};
use super::definition::Memory;
use super::option::{OptionSpec, OptionValue};
use super::options::Options;
use super::registry::ExecutorKind;
use crate::failure::{Failure, NameProblem, Result};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The switch interval unless the reader says: CPython's (`sys.getswitchinterval()`).
const DEFAULT_SWITCH_INTERVAL_US: u32 = 5_000;
/// How many requests a first stage waits for at a time, unless the reader says.
const DEFAULT_IO_WORKERS: u32 = 8;
/// Most items between two stages, unless the reader says.
const DEFAULT_QUEUE_MAX: u32 = 8;

/// A model together with its options, every default filled in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Executor {
    kind: ExecutorKind,
    /// Its options. Those that the model does not have are at their defaults.
    pub options: Options,
}

impl Executor {
    /// The model with its defaults, `workers` wide where it has a pool.
    pub fn new(kind: ExecutorKind, workers: u32) -> Self {
        let (workers, chunk_size) = if kind.has_workers() { (workers, 0) } else { (1, 1) };
        let options = Options {
            workers,
            chunk_size,
            start_method: StartMethod::DEFAULT,
            data_mode: DataMode::DEFAULT,
            static_data: StaticData::DEFAULT,
            switch_interval_us: DEFAULT_SWITCH_INTERVAL_US,
            release_in_native: false,
            io_stage: IoStage::DEFAULT,
            io_workers: DEFAULT_IO_WORKERS,
            cpu_stage: CpuStage::DEFAULT,
            streaming: true,
            queue_max: DEFAULT_QUEUE_MAX,
        };
        Self { kind, options }
    }

    /// Which model it is.
    pub fn kind(&self) -> ExecutorKind {
        self.kind
    }

    /// How many workers compute: 1 where the page's own thread does.
    pub fn workers(&self) -> u32 {
        self.options.workers
    }

    /// Whether its threads compute only while they hold a GIL.
    pub fn computes_under_gil(&self) -> bool {
        self.kind == ExecutorKind::ThreadsGil && !self.options.release_in_native
    }

    /// How many tasks are handed over at a time: 1 where nothing is handed over, 0 for
    /// as many as go well together.
    pub fn chunk_size(&self) -> u32 {
        self.options.chunk_size
    }

    /// The same model, its pool `workers` wide where it has one.
    pub fn with_workers(mut self, workers: u32) -> Self {
        if self.kind.has_workers() {
            self.options.workers = workers;
        }
        self
    }

    /// Where its tasks find their data.
    pub fn memory(&self) -> Memory {
        match (self.kind, self.options.cpu_stage) {
            (ExecutorKind::Hybrid, CpuStage::Threads) => Memory::Shared,
            _ => self.kind.memory(),
        }
    }

    /// How many threads wait for requests, and do nothing else.
    pub fn io_threads(&self) -> u32 {
        match (self.kind, self.options.io_stage) {
            (ExecutorKind::Hybrid, IoStage::Threads) => self.options.io_workers,
            _ => 0,
        }
    }

    /// Whether it has a coordinator, and threads that share a memory with it.
    pub fn has_threads(&self) -> bool {
        self.memory() == Memory::Shared || self.io_threads() > 0
    }

    /// How many lanes its timeline has.
    pub fn lanes(&self) -> usize {
        if self.memory() == Memory::Page {
            return 1;
        }
        // The page, its workers, and the coordinator where there is one.
        1 + usize::from(self.has_threads()) + (self.io_threads() + self.workers()) as usize
    }

    /// The name, and for a pool its size and the options that differ from the defaults:
    /// "Threads × 4", "Processes × 2 (shared buffer)".
    pub fn label(&self) -> String {
        if !self.kind.has_workers() {
            return self.kind.title().to_owned();
        }
        let pool = format!("{} × {}", self.kind.title(), self.workers());
        match self.changes() {
            changes if changes.is_empty() => pool,
            changes => format!("{pool} ({})", changes.join(", ")),
        }
    }

    /// The value of the option that `spec` describes; `None` where the model does not have
    /// it, or it means nothing beside the others.
    pub fn value_of(&self, spec: &OptionSpec) -> Option<OptionValue> {
        self.kind
            .option(spec.name)
            .filter(|own| self.option_applies(own))
            .map(|own| own.get(&self.options))
    }

    /// Sets the option that `spec` describes.
    ///
    /// # Errors
    /// `InvalidInput` that names the option, where the model does not have it, or it means
    /// nothing beside the others.
    pub fn set(&mut self, spec: &OptionSpec, value: OptionValue) -> Result<()> {
        let own = self.kind.option(spec.name);
        let own = own.ok_or_else(|| Failure::invalid(spec.name, NameProblem::NotAnOption))?;
        if let Some(flag) = own.needs.filter(|_| !self.option_applies(own)) {
            let problem = NameProblem::MeansNothingWithout { flag: flag.name.into() };
            return Err(Failure::invalid(spec.name, problem));
        }
        own.set(&mut self.options, value);
        // What does not apply any more is at its default, so that equal models are equal.
        let default = Self::new(self.kind, self.workers()).options;
        for spec in self.kind.options() {
            if !self.option_applies(spec) {
                spec.set(&mut self.options, spec.get(&default));
            }
        }
        Ok(())
    }

    /// Whether an option of its applies: the flag that it needs, if any, is on.
    pub fn option_applies(&self, spec: &OptionSpec) -> bool {
        spec.needs.is_none_or(|flag| flag.get(&self.options) == OptionValue::Flag(true))
    }

    /// The options that mean something beside the others.
    fn options_in_use(&self) -> impl Iterator<Item = &'static OptionSpec> {
        self.kind.options().iter().filter(|spec| self.option_applies(spec))
    }

    /// The options that are more than the pool's size, which stands beside the model anyway.
    pub fn beyond_workers(&self) -> impl Iterator<Item = &'static OptionSpec> {
        self.options_in_use().filter(|spec| !spec.is_workers())
    }

    /// The options that are not the defaults, each with its value.
    pub fn changed(&self) -> Vec<(&'static OptionSpec, OptionValue)> {
        let default = Self::new(self.kind, self.workers()).options;
        let values = self.beyond_workers().map(|spec| (spec, spec.get(&self.options)));
        values.filter(|(spec, value)| spec.get(&default) != *value).collect()
    }

    /// The options that differ from the defaults, in short: "shared buffer", "chunks of 8".
    pub fn changes(&self) -> Vec<String> {
        self.changed().into_iter().map(|(spec, value)| spec.in_short(value)).collect()
    }
}

impl Serialize for Executor {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("id", &self.kind)?;
        if self.kind.is_foreign() {
            map.serialize_entry("title", self.kind.title())?;
            map.serialize_entry("memory", self.kind.memory().id())?;
        }
        for spec in self.options_in_use() {
            map.serialize_entry(spec.name, &spec.get(&self.options))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests;
