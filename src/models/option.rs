//! The options that models have: what each is called, what it accepts, and where its value is.

pub use super::choices::Word;

use super::choices::{DataMode, StartMethod, StaticData};
use super::options::Options;
use crate::failure::Result;
use crate::workloads::params;
use serde::{Serialize, Serializer};
use serde_json::Value;
use std::fmt;

/// Fewest workers a pool may have.
pub const MIN_WORKERS: u32 = 1;
/// Most workers a pool may have. Chromium refuses a tab its 125th
/// `WebAssembly.Memory`, and every process has one.
pub const MAX_WORKERS: u32 = 32;
/// Most tasks that may be handed over at a time.
pub const MAX_CHUNK_SIZE: u32 = 4096;

/// An option of a model.
#[derive(Clone, Copy, Debug)]
pub struct OptionSpec {
    /// The key in links, scripts and reports.
    pub name: &'static str,
    /// What it is called above its field.
    pub title: &'static str,
    /// What it accepts.
    pub accepts: OptionType,
    /// A sentence for a person.
    pub help: &'static str,
    /// The flag without which it means nothing.
    pub needs: Option<&'static OptionSpec>,
    /// How its value stands behind a model's name, in place of `{}`.
    pub(super) short: &'static str,
    pub(super) get: fn(&Options) -> OptionValue,
    pub(super) set: fn(&mut Options, OptionValue),
}

/// What an option accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionType {
    /// A whole number between two bounds.
    Integer {
        /// Least value.
        min: u32,
        /// Greatest value.
        max: u32,
    },
    /// A number between two bounds, to three decimals.
    Decimal {
        /// Least value, in thousandths.
        min: u32,
        /// Greatest value, in thousandths.
        max: u32,
    },
    /// One of these words, the first being the default.
    Choice(&'static [Word]),
    /// Yes or no, the default.
    Flag {
        /// What "no" is called on the page.
        off: &'static str,
        /// What "yes" is called on the page.
        on: &'static str,
    },
}

/// The value of an option, as it goes from a link, a form or a script to whoever runs the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A whole number.
    Number(u32),
    /// A number, in thousandths.
    Thousandths(u32),
    /// The id of one of the option's words.
    Word(&'static str),
    /// Yes or no.
    Flag(bool),
}

impl OptionValue {
    pub(super) fn number(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn thousandths(self) -> Option<u32> {
        match self {
            Self::Thousandths(number) => Some(number),
            _ => None,
        }
    }

    pub(super) fn word(self) -> Option<&'static str> {
        match self {
            Self::Word(id) => Some(id),
            _ => None,
        }
    }

    pub(super) fn flag(self) -> Option<bool> {
        match self {
            Self::Flag(flag) => Some(flag),
            _ => None,
        }
    }
}

impl fmt::Display for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Thousandths(number) => thousandths(*number).fmt(f),
            Self::Word(id) => id.fmt(f),
            Self::Flag(flag) => flag.fmt(f),
        }
    }
}

impl Serialize for OptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Thousandths(number) => serializer.serialize_f64(thousandths(*number)),
            Self::Word(id) => serializer.serialize_str(id),
            Self::Flag(flag) => serializer.serialize_bool(*flag),
        }
    }
}

/// The number that has so many thousandths.
pub fn thousandths(number: u32) -> f64 {
    f64::from(number) / 1_000.0
}

impl OptionSpec {
    /// Whether it is the size of the pool.
    pub fn is_workers(&self) -> bool {
        [WORKERS.name, CPU_WORKERS.name].contains(&self.name)
    }

    /// Reads a value that comes from outside.
    ///
    /// # Errors
    /// `InvalidInput` that names the option and what it accepts.
    pub fn read(&self, value: &Value) -> Result<OptionValue> {
        Ok(match self.accepts {
            OptionType::Integer { min, max } => {
                let number = params::integer(self.name, value, min.into(), max.into())?;
                OptionValue::Number(number as u32)
            }
            OptionType::Decimal { min, max } => {
                let number = params::number(self.name, value, thousandths(min), thousandths(max))?;
                OptionValue::Thousandths((number * 1_000.0).round() as u32)
            }
            OptionType::Choice(words) => {
                let ids: Vec<_> = words.iter().map(|word| word.id).collect();
                OptionValue::Word(params::choice(self.name, value, &ids)?)
            }
            OptionType::Flag { .. } => OptionValue::Flag(params::flag(self.name, value)?),
        })
    }

    /// Its value among `options`.
    pub fn get(&self, options: &Options) -> OptionValue {
        (self.get)(options)
    }

    /// Sets its value among `options`. A value of another type leaves it as it is.
    pub fn set(&self, options: &mut Options, value: OptionValue) {
        (self.set)(options, value);
    }

    /// What a value is called on the page.
    pub fn shown(&self, value: OptionValue) -> String {
        match (self.accepts, value) {
            (OptionType::Choice(words), OptionValue::Word(id)) => {
                let word = words.iter().find(|word| word.id == id);
                word.map_or(id, |word| word.title).to_owned()
            }
            (OptionType::Flag { off, on }, OptionValue::Flag(flag)) => {
                if flag { on } else { off }.to_owned()
            }
            _ => value.to_string(),
        }
    }

    /// The value in short, as in a model's label: "chunks of 8".
    pub fn in_short(&self, value: OptionValue) -> String {
        self.short.replace("{}", &self.shown(value))
    }
}

impl PartialEq for OptionSpec {
    fn eq(&self, other: &Self) -> bool {
        (self.name, self.help) == (other.name, other.help)
    }
}

/// The size of the pool.
pub const WORKERS: OptionSpec = OptionSpec {
    name: "workers",
    title: "Workers",
    accepts: OptionType::Integer { min: MIN_WORKERS, max: MAX_WORKERS },
    help: "How many workers the pool has. By default, as many as your machine has cores.",
    needs: None,
    short: "× {}",
    get: |options| OptionValue::Number(options.workers),
    set: |options, value| options.workers = value.number().unwrap_or(options.workers),
};

/// How many workers the second stage of a pipeline has: the size of its pool.
pub const CPU_WORKERS: OptionSpec = OptionSpec {
    name: "cpuWorkers",
    help: "How many workers compute. By default, as many as your machine has cores.",
    ..WORKERS
};

/// How many tasks a worker gets at a time.
pub const CHUNK_SIZE: OptionSpec = OptionSpec {
    name: "chunkSize",
    title: "Tasks at a time",
    accepts: OptionType::Integer { min: 0, max: MAX_CHUNK_SIZE },
    help: "How many tasks a worker gets at a time. 0, the default, chooses automatically.",
    needs: None,
    short: "chunks of {}",
    get: |options| OptionValue::Number(options.chunk_size),
    set: |options, value| options.chunk_size = value.number().unwrap_or(options.chunk_size),
};

/// How a process gets the program.
pub const START_METHOD: OptionSpec = OptionSpec {
    name: "startMethod",
    title: "Start",
    accepts: OptionType::Choice(StartMethod::WORDS),
    help: "forkserver: each worker gets the compiled program. spawn: each worker fetches and \
           compiles its own.",
    needs: None,
    short: "{}",
    get: |options| OptionValue::Word(options.start_method.id()),
    set: |options, value| options.start_method = options.start_method.or(value.word()),
};

/// How data reaches the other memory.
pub const DATA_MODE: OptionSpec = OptionSpec {
    name: "dataMode",
    title: "Data",
    accepts: OptionType::Choice(DataMode::WORDS),
    help: "Whether the browser copies the data, transfers its buffer, or shares one buffer among \
           all workers.",
    needs: None,
    short: "{}",
    get: |options| OptionValue::Word(options.data_mode.id()),
    set: |options, value| options.data_mode = options.data_mode.or(value.word()),
};

/// When a process is given the static data.
pub const STATIC_DATA: OptionSpec = OptionSpec {
    name: "staticData",
    title: "Static data",
    accepts: OptionType::Choice(StaticData::WORDS),
    help: "Whether static data is sent with each task, or to every worker before measuring begins.",
    needs: None,
    short: "{}",
    get: |options| OptionValue::Word(options.static_data.id()),
    set: |options, value| options.static_data = options.static_data.or(value.word()),
};

/// After how long a thread that waits for the GIL requests that it be dropped.
pub const SWITCH_INTERVAL: OptionSpec = OptionSpec {
    name: "switchIntervalMs",
    title: "Switch interval (ms)",
    accepts: OptionType::Decimal { min: 100, max: 1_000_000 },
    help: "How long a thread waits for the GIL before it asks the holder to release it. In Python: \
           sys.setswitchinterval(), also 5 ms by default.",
    needs: None,
    short: "switch interval {} ms",
    get: |options| OptionValue::Thousandths(options.switch_interval_us),
    set: |options, value| {
        options.switch_interval_us = value.thousandths().unwrap_or(options.switch_interval_us);
    },
};

/// Whether the GIL is released for as long as a kernel computes.
pub const RELEASE_IN_NATIVE: OptionSpec = OptionSpec {
    name: "releaseInNative",
    title: "In native code",
    accepts: OptionType::Flag { off: "GIL held", on: "GIL released" },
    help: "Whether threads release the GIL while a kernel computes, as NumPy does for most of its \
           work.",
    needs: None,
    short: "{} in native code",
    get: |options| OptionValue::Flag(options.release_in_native),
    set: |options, value| {
        options.release_in_native = value.flag().unwrap_or(options.release_in_native);
    },
};
