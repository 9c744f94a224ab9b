//! The models by name: the ids, what each is called elsewhere, and its options.

pub use super::choices::{DataMode, StartMethod, StaticData};

use super::words;
use crate::failure::{Failure, Result};
use crate::workloads::params;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Fewest workers a pool may have.
pub const MIN_WORKERS: u32 = 1;
/// Most workers a pool may have. Chromium refuses a tab its 125th
/// `WebAssembly.Memory`, and every process has one.
pub const MAX_WORKERS: u32 = 32;
/// Most tasks that may be handed over at a time.
pub const MAX_CHUNK_SIZE: u32 = 4096;

/// A concurrency model that can run a workload.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ExecutorKind {
    /// Everything on the page's own thread, one task after another.
    MainThread,
    /// Futures joined on the page's own thread.
    EventLoop,
    /// A rayon pool over one shared memory.
    Threads,
    /// Isolated workers, each with a memory of its own.
    Processes,
}

impl ExecutorKind {
    /// Every model, in the order in which the page lists them.
    pub const ALL: [Self; 4] = [Self::MainThread, Self::EventLoop, Self::Threads, Self::Processes];

    /// The id in links, scripts and reports.
    pub fn id(self) -> &'static str {
        match self {
            Self::MainThread => "main-thread",
            Self::EventLoop => "event-loop",
            Self::Threads => "threads",
            Self::Processes => "processes",
        }
    }

    /// The model with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The name on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::MainThread => "Main thread",
            Self::EventLoop => "Event loop",
            Self::Threads => "Threads",
            Self::Processes => "Processes",
        }
    }

    /// The name in running text, in the plural where the model is one of many.
    pub fn in_text(self) -> &'static str {
        match self {
            Self::MainThread => "the main thread",
            Self::EventLoop => "the event loop",
            Self::Threads => "threads",
            Self::Processes => "processes",
        }
    }

    /// What Python calls it.
    pub fn python(self) -> &'static str {
        match self {
            Self::MainThread => "one thread, a plain loop",
            Self::EventLoop => "asyncio",
            Self::Threads => "ThreadPoolExecutor, free-threaded (PEP 703)",
            Self::Processes => "ProcessPoolExecutor",
        }
    }

    /// What stands in for it in the browser, in a few words.
    pub fn here(self) -> &'static str {
        match self {
            Self::MainThread => "one after another",
            Self::EventLoop => "futures on one thread",
            Self::Threads => "rayon, shared memory",
            Self::Processes => "workers, own memory",
        }
    }

    /// Whether the model has a pool whose size can be chosen.
    pub fn has_workers(self) -> bool {
        matches!(self, Self::Threads | Self::Processes)
    }
}

/// The model named `id`, for ids from outside.
///
/// # Errors
/// `InvalidInput` that lists the ids there are.
pub fn named(id: &str) -> Result<ExecutorKind> {
    ExecutorKind::from_id(id).ok_or_else(|| {
        let known: Vec<_> = ExecutorKind::ALL.iter().map(|kind| kind.id()).collect();
        let shown = params::shown(&id.into());
        Failure::invalid("id", format!("{shown} is not a known model. Use {}.", known.join(", ")))
    })
}

/// The option `workers`, for forms.
pub fn workers_option() -> &'static OptionSpec {
    &WORKERS
}

/// A model together with its options, every default filled in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "id", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Executor {
    /// See [`ExecutorKind::MainThread`].
    MainThread,
    /// See [`ExecutorKind::EventLoop`].
    EventLoop,
    /// See [`ExecutorKind::Threads`].
    Threads {
        /// Threads in the pool.
        workers: u32,
        /// Tasks that a thread takes at a time; 0 for as many as go well together.
        chunk_size: u32,
    },
    /// See [`ExecutorKind::Processes`].
    Processes {
        /// Workers in the pool.
        workers: u32,
        /// Tasks in one message; 0 for as many as go well together.
        chunk_size: u32,
        /// How a worker comes by the program.
        start_method: StartMethod,
        /// How data reaches the other memory.
        data_mode: DataMode,
        /// When it does.
        static_data: StaticData,
    },
}

impl Executor {
    /// The model with its defaults, `workers` wide where it has a pool.
    pub fn new(kind: ExecutorKind, workers: u32) -> Self {
        match kind {
            ExecutorKind::MainThread => Self::MainThread,
            ExecutorKind::EventLoop => Self::EventLoop,
            ExecutorKind::Threads => Self::Threads { workers, chunk_size: 0 },
            ExecutorKind::Processes => Self::Processes {
                workers,
                chunk_size: 0,
                start_method: StartMethod::Forkserver,
                data_mode: DataMode::Copy,
                static_data: StaticData::Tasks,
            },
        }
    }

    /// Which model it is.
    pub fn kind(&self) -> ExecutorKind {
        match self {
            Self::MainThread => ExecutorKind::MainThread,
            Self::EventLoop => ExecutorKind::EventLoop,
            Self::Threads { .. } => ExecutorKind::Threads,
            Self::Processes { .. } => ExecutorKind::Processes,
        }
    }

    /// How many workers compute: 1 where the page's own thread does.
    pub fn workers(&self) -> u32 {
        match self {
            Self::MainThread | Self::EventLoop => 1,
            Self::Threads { workers, .. } | Self::Processes { workers, .. } => *workers,
        }
    }

    /// How many tasks are handed over at a time: 1 where nothing is handed over, 0 for
    /// as many as go well together.
    pub fn chunk_size(&self) -> u32 {
        match self {
            Self::MainThread | Self::EventLoop => 1,
            Self::Threads { chunk_size, .. } | Self::Processes { chunk_size, .. } => *chunk_size,
        }
    }

    /// The same model, its pool `workers` wide where it has one.
    pub fn with_workers(mut self, workers: u32) -> Self {
        if let Self::Threads { workers: w, .. } | Self::Processes { workers: w, .. } = &mut self {
            *w = workers;
        }
        self
    }

    /// The name and, where there is a pool, its size and what of its options is not the
    /// default: "Threads × 4", "Processes × 2, shared buffer".
    pub fn label(&self) -> String {
        if !self.kind().has_workers() {
            return self.kind().title().to_owned();
        }
        let pool = format!("{} × {}", self.kind().title(), self.workers());
        let options = words::differences(self).into_iter();
        std::iter::once(pool).chain(options).collect::<Vec<_>>().join(", ")
    }

    /// The value of the option that `spec` describes, as reports write it; `None` where
    /// the model does not have it.
    pub fn value_of(&self, spec: &OptionSpec) -> Option<Value> {
        serde_json::to_value(self).ok()?.get(spec.name).cloned()
    }

    /// Sets the option that `spec` describes.
    ///
    /// # Errors
    /// `InvalidInput` that names the option, where `value` is not one it accepts
    /// or the model does not have it.
    pub fn set(&mut self, spec: &OptionSpec, value: &Value) -> Result<()> {
        let set = match spec.accepts {
            OptionType::Integer { min, max } => {
                let number = params::integer(spec.name, value, min.into(), max.into())? as u32;
                match (self, spec.name) {
                    (
                        Self::Threads { workers: it, .. } | Self::Processes { workers: it, .. },
                        "workers",
                    )
                    | (
                        Self::Threads { chunk_size: it, .. }
                        | Self::Processes { chunk_size: it, .. },
                        "chunkSize",
                    ) => {
                        *it = number;
                        Some(())
                    }
                    _ => None,
                }
            }
            OptionType::Choice(words) => {
                let word = params::choice(spec.name, value, words)?;
                match (self, spec.name) {
                    (Self::Processes { start_method, .. }, "startMethod") => {
                        StartMethod::from_id(word).map(|chosen| *start_method = chosen)
                    }
                    (Self::Processes { data_mode, .. }, "dataMode") => {
                        DataMode::from_id(word).map(|chosen| *data_mode = chosen)
                    }
                    (Self::Processes { static_data, .. }, "staticData") => {
                        StaticData::from_id(word).map(|chosen| *static_data = chosen)
                    }
                    _ => None,
                }
            }
        };
        set.ok_or_else(|| Failure::invalid(spec.name, "is not an option of this model."))
    }

    /// The options the model takes, as documented to scripts.
    pub fn options(kind: ExecutorKind) -> &'static [OptionSpec] {
        match kind {
            ExecutorKind::MainThread | ExecutorKind::EventLoop => &[],
            ExecutorKind::Threads => &[WORKERS, CHUNK_SIZE],
            ExecutorKind::Processes => {
                &[WORKERS, MESSAGE_SIZE, START_METHOD, DATA_MODE, STATIC_DATA]
            }
        }
    }
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
    Choice(&'static [&'static str]),
}

/// An option of a model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OptionSpec {
    /// The key in scripts and reports.
    pub name: &'static str,
    /// What it accepts.
    pub accepts: OptionType,
    /// A sentence for a person.
    pub help: &'static str,
}

const WORKERS: OptionSpec = OptionSpec {
    name: "workers",
    accepts: OptionType::Integer { min: MIN_WORKERS, max: MAX_WORKERS },
    help: "How many workers the pool has; your machine's cores unless you say.",
};
const CHUNK_SIZE: OptionSpec = OptionSpec {
    name: "chunkSize",
    accepts: OptionType::Integer { min: 0, max: MAX_CHUNK_SIZE },
    help: "How many tasks are handed over at a time; 0, the default, is as many as go well together.",
};
const MESSAGE_SIZE: OptionSpec = OptionSpec {
    help: "How many tasks that follow one another go into a message; 0, the default, is as many as \
           go well together, from all over the work.",
    ..CHUNK_SIZE
};
const START_METHOD: OptionSpec = OptionSpec {
    name: "startMethod",
    accepts: OptionType::Choice(StartMethod::IDS),
    help: "Whether a worker is handed the compiled program or fetches and compiles it.",
};
const DATA_MODE: OptionSpec = OptionSpec {
    name: "dataMode",
    accepts: OptionType::Choice(DataMode::IDS),
    help: "Whether data is copied, changes hands, or is in a buffer that all see.",
};
const STATIC_DATA: OptionSpec = OptionSpec {
    name: "staticData",
    accepts: OptionType::Choice(StaticData::IDS),
    help: "Whether static data comes with each task, or once, before anything is measured.",
};
