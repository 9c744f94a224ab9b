//! The ways in which the data of a sum gets to whoever adds it up.

use crate::measure::report::Capabilities;
use crate::models::{DataMode, Executor, ExecutorKind, StaticData};

/// Workers in each pool: few, as every process that gets all data beforehand has a copy
/// of its own, and one tab must hold them all.
pub const WORKERS: u32 = 2;

/// A way of sharing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Way {
    /// Nothing is shared: the main thread adds up where the data is.
    MainThread,
    /// Threads, which see one memory.
    Threads,
    /// Processes that are sent copies.
    Copy,
    /// Processes to which each share changes hands.
    Transfer,
    /// Processes that see one buffer.
    Shared,
    /// Processes that got everything before the clock started.
    Initializer,
}

impl Way {
    /// Every way, in the order in which the page lists them.
    pub const ALL: [Self; 6] = [
        Self::MainThread,
        Self::Threads,
        Self::Copy,
        Self::Transfer,
        Self::Shared,
        Self::Initializer,
    ];

    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::MainThread => "main-thread",
            Self::Threads => "threads",
            Self::Copy => "copy",
            Self::Transfer => "transfer",
            Self::Shared => "shared",
            Self::Initializer => "initializer",
        }
    }

    /// The name on the page.
    pub fn title(self) -> &'static str {
        match self {
            Self::MainThread => "Main thread",
            Self::Threads => "Threads",
            Self::Copy => "Copied",
            Self::Transfer => "Transferred",
            Self::Shared => "Shared buffer",
            Self::Initializer => "Preloaded",
        }
    }

    /// What moves, in a few words.
    pub fn what_moves(self) -> &'static str {
        match self {
            Self::MainThread => "nothing moves, and no other thread helps",
            Self::Threads => "nothing moves: all threads share one memory",
            Self::Copy => "the browser copies each task’s share to a process (structured clone)",
            Self::Transfer => {
                "each share’s buffer is transferred to a process, and back with the result"
            }
            Self::Shared => {
                "all processes share one buffer, and each copies its part into its own memory"
            }
            Self::Initializer => {
                "each process has all the data before the clock starts, so only messages are sent"
            }
        }
    }

    /// What costs, as the beginning of a sentence.
    pub fn subject(self) -> &'static str {
        match self {
            Self::MainThread => "The main thread",
            Self::Threads => "Using threads",
            Self::Copy => "Copying",
            Self::Transfer => "Transferring",
            Self::Shared => "A shared buffer",
            Self::Initializer => "Using preloaded processes",
        }
    }

    /// The model with its options.
    pub fn executor(self) -> Executor {
        let processes = |data_mode, static_data| {
            let mut executor = Executor::new(ExecutorKind::Processes, WORKERS);
            executor.options.data_mode = data_mode;
            executor.options.static_data = static_data;
            executor
        };
        match self {
            Self::MainThread => Executor::new(ExecutorKind::MainThread, 1),
            Self::Threads => Executor::new(ExecutorKind::Threads, WORKERS),
            Self::Copy => processes(DataMode::Copy, StaticData::Tasks),
            Self::Transfer => processes(DataMode::Transfer, StaticData::Tasks),
            Self::Shared => processes(DataMode::Shared, StaticData::Tasks),
            Self::Initializer => processes(DataMode::Copy, StaticData::Initializer),
        }
    }

    /// Why it cannot run in a browser that can do this, if so.
    pub fn reason(self, capabilities: &Capabilities) -> Option<String> {
        let of_model = capabilities.executor(&self.executor()).reason();
        of_model.or_else(|| match self {
            Self::Shared => capabilities.browser.shared_memory.reason(),
            _ => None,
        })
    }

    /// How often data of one size is in memory at once, at the most.
    pub(super) fn copies(self) -> u64 {
        match self {
            // The page's, and of every process what it was sent and what it keeps.
            Self::Initializer => 1 + 2 * u64::from(WORKERS),
            _ => 1,
        }
    }
}
