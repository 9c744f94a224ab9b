//! A rayon pool over one shared memory.

use crate::models::definition::{Definition, Memory};
use crate::models::option::{CHUNK_SIZE, WORKERS};

/// What it is.
pub const DEFINITION: Definition = Definition {
    id: "threads",
    title: "Threads",
    in_text: "threads",
    at_start: "Threads",
    is_plural: true,
    python: "ThreadPoolExecutor, free-threaded (PEP 703)",
    here: "A rayon pool over one shared memory.",
    memory: Memory::Shared,
    needs_stages: false,
    options: &[WORKERS, CHUNK_SIZE],
};
