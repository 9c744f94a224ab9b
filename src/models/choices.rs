//! The options of which one word is chosen: each value, its word in links, scripts and
//! reports, and its name on the page.

use serde::{Deserialize, Serialize};

/// One of the words that an option accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// In links, scripts and reports.
    pub id: &'static str,
    /// On the page.
    pub title: &'static str,
}

/// An option's values, the default first, each with its word and its name.
macro_rules! choices {
    ($(
        $(#[$doc:meta])*
        $name:ident { $($(#[$about:meta])* $value:ident = $id:literal, $title:literal;)* }
    )*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
        pub enum $name {
            $($(#[$about])* #[serde(rename = $id)] $value,)*
        }

        impl $name {
            /// Every value, the default first.
            pub const ALL: &[Self] = &[$(Self::$value),*];
            /// The default.
            pub const DEFAULT: Self = Self::ALL[0];
            /// Their words, in the same order.
            pub const WORDS: &[Word] = &[$(Word { id: $id, title: $title }),*];

            /// The word in links, scripts and reports.
            pub fn id(self) -> &'static str {
                match self { $(Self::$value => $id,)* }
            }

            /// The value with this word.
            pub fn from_id(id: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.id() == id)
            }

            /// The value with this word, where there is one, else this one.
            pub(super) fn or(self, id: Option<&str>) -> Self {
                id.and_then(Self::from_id).unwrap_or(self)
            }
        }
    )*};
}

choices! {
    /// How a process gets the program.
    StartMethod {
        /// Each worker gets the compiled module.
        Forkserver = "forkserver", "forkserver";
        /// Each worker fetches and compiles it.
        Spawn = "spawn", "spawn";
    }

    /// How data reaches the other memory.
    DataMode {
        /// The browser copies it (structured clone).
        Copy = "copy", "copied";
        /// Its buffer is transferred to the worker, and back with the result.
        Transfer = "transfer", "transferred";
        /// All workers see one buffer, of which each copies what it needs.
        Shared = "shared", "shared buffer";
    }

    /// Who waits in the first stage of a pipeline.
    IoStage {
        /// The page's event loop, for all requests at once.
        EventLoop = "event-loop", "event loop";
        /// Threads, each for one request at a time.
        Threads = "threads", "threads";
    }

    /// Who computes in the second stage of a pipeline.
    CpuStage {
        /// Workers, each with its own memory.
        Processes = "processes", "processes";
        /// Threads that share a memory.
        Threads = "threads", "threads";
    }

    /// When a process is given the static data.
    StaticData {
        /// With each task its share, measured.
        Tasks = "tasks", "with each task";
        /// All of it before anything is measured, as by the initializer of a pool.
        Initializer = "initializer", "preloaded";
    }
}
