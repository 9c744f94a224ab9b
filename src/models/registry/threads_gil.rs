//! The same pool as `threads`, with one lock that only its holder may compute under.

use crate::models::definition::{Definition, Memory};
use crate::models::option::{CHUNK_SIZE, RELEASE_IN_NATIVE, SWITCH_INTERVAL, WORKERS};

/// What it is.
pub const DEFINITION: Definition = Definition {
    id: "threads-gil",
    title: "Threads with a GIL",
    in_text: "threads with a GIL",
    at_start: "Threads with a GIL",
    is_plural: true,
    python: "ThreadPoolExecutor",
    here: "The same pool as Threads, with one lock: only the thread that holds it computes.",
    memory: Memory::Shared,
    needs_stages: false,
    options: &[WORKERS, CHUNK_SIZE, SWITCH_INTERVAL, RELEASE_IN_NATIVE],
};
