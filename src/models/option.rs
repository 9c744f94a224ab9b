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
    /// One of these words, the first being the default.
    Choice(&'static [Word]),
}

/// The value of an option, as it goes from a link, a form or a script to whoever runs the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OptionValue {
    /// A whole number.
    Number(u32),
    /// The id of one of the option's words.
    Word(&'static str),
}

impl OptionValue {
    fn number(self) -> Option<u32> {
        match self {
            Self::Number(number) => Some(number),
            Self::Word(_) => None,
        }
    }

    fn word(self) -> Option<&'static str> {
        match self {
            Self::Word(id) => Some(id),
            Self::Number(_) => None,
        }
    }
}

impl fmt::Display for OptionValue {
    fn fmt(&self, f: &mut fmt::Formatter) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Word(id) => id.fmt(f),
        }
    }
}

impl Serialize for OptionValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Number(number) => serializer.serialize_u32(*number),
            Self::Word(id) => serializer.serialize_str(id),
        }
    }
}

impl OptionSpec {
    /// Whether it is the size of the pool.
    pub fn is_workers(&self) -> bool {
        self.name == WORKERS.name
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
            OptionType::Choice(words) => {
                let ids: Vec<_> = words.iter().map(|word| word.id).collect();
                OptionValue::Word(params::choice(self.name, value, &ids)?)
            }
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
        let words = match self.accepts {
            OptionType::Choice(words) => words,
            OptionType::Integer { .. } => &[],
        };
        let word = words.iter().find(|word| value == OptionValue::Word(word.id));
        word.map_or_else(|| value.to_string(), |word| word.title.to_owned())
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
    short: "× {}",
    get: |options| OptionValue::Number(options.workers),
    set: |options, value| options.workers = value.number().unwrap_or(options.workers),
};

/// How many tasks a worker gets at a time.
pub const CHUNK_SIZE: OptionSpec = OptionSpec {
    name: "chunkSize",
    title: "Tasks at a time",
    accepts: OptionType::Integer { min: 0, max: MAX_CHUNK_SIZE },
    help: "How many tasks a worker gets at a time. 0, the default, chooses automatically.",
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
    short: "{}",
    get: |options| OptionValue::Word(options.data_mode.id()),
    set: |options, value| options.data_mode = options.data_mode.or(value.word()),
};

/// When a process is given the static data.
pub const STATIC_DATA: OptionSpec = OptionSpec {
    name: "staticData",
    title: "Static data",
    accepts: OptionType::Choice(StaticData::WORDS),
    help: "Whether each task is sent its static data, or each worker gets all of it before \
           anything is measured.",
    short: "{}",
    get: |options| OptionValue::Word(options.static_data.id()),
    set: |options, value| options.static_data = options.static_data.or(value.word()),
};
