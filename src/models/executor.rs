//! A model together with its options.

use super::choices::{DataMode, StartMethod, StaticData};
use super::definition::Memory;
use super::option::{OptionSpec, OptionValue};
use super::options::Options;
use super::registry::ExecutorKind;
use crate::failure::{Failure, NameProblem, Result};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// The switch interval unless the reader says: CPython's (`sys.getswitchinterval()`).
const DEFAULT_SWITCH_INTERVAL_US: u32 = 5_000;

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

    /// How many lanes its timeline has.
    pub fn lanes(&self) -> usize {
        let workers = self.workers() as usize;
        match self.kind.memory() {
            Memory::Page => 1,
            // The page, and its workers.
            Memory::Own => 1 + workers,
            // The page, the coordinator, and its threads.
            Memory::Shared => 2 + workers,
        }
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
    /// it.
    pub fn value_of(&self, spec: &OptionSpec) -> Option<OptionValue> {
        self.kind.option(spec.name).map(|own| own.get(&self.options))
    }

    /// Sets the option that `spec` describes.
    ///
    /// # Errors
    /// `InvalidInput` that names the option, where the model does not have it.
    pub fn set(&mut self, spec: &OptionSpec, value: OptionValue) -> Result<()> {
        let own = self.kind.option(spec.name);
        let own = own.ok_or_else(|| Failure::invalid(spec.name, NameProblem::NotAnOption))?;
        own.set(&mut self.options, value);
        Ok(())
    }

    /// The options that are more than the pool's size, which stands beside the model anyway.
    pub fn beyond_workers(&self) -> impl Iterator<Item = &'static OptionSpec> + use<> {
        self.kind.options().iter().filter(|spec| !spec.is_workers())
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
        for spec in self.kind.options() {
            map.serialize_entry(spec.name, &spec.get(&self.options))?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests;
