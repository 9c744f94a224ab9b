//! Isolated workers, each with a memory of its own.

use crate::models::definition::{Definition, Memory};
use crate::models::option::{CHUNK_SIZE, DATA_MODE, OptionSpec, START_METHOD, STATIC_DATA, WORKERS};

/// What it is.
pub const DEFINITION: Definition = Definition {
    id: "processes",
    title: "Processes",
    in_text: "processes",
    at_start: "Processes",
    is_plural: true,
    python: "ProcessPoolExecutor",
    here: "Workers, each with its own memory.",
    memory: Memory::Own,
    needs_stages: false,
    options: &[WORKERS, TASKS_PER_MESSAGE, START_METHOD, DATA_MODE, STATIC_DATA],
};

const TASKS_PER_MESSAGE: OptionSpec = OptionSpec {
    help: "How many consecutive tasks go into one message. 0, the default, chooses automatically \
           and mixes tasks from all parts of the work.",
    ..CHUNK_SIZE
};
