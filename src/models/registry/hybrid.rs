//! Two stages with a bounded queue between them: one that waits, and one that computes.

use crate::models::definition::{Definition, Memory};
use crate::models::option::CPU_WORKERS;
use crate::models::stage_options::{CPU_STAGE, IO_STAGE, IO_WORKERS, QUEUE_MAX, STREAMING};

/// What it is.
pub const DEFINITION: Definition = Definition {
    id: "hybrid",
    title: "Hybrid",
    in_text: "the hybrid pipeline",
    at_start: "The hybrid pipeline",
    is_plural: false,
    python: "asyncio and a ProcessPoolExecutor",
    here: "Two stages with a bounded queue between them: one waits for the requests, the other \
           computes with their answers.",
    memory: Memory::Own,
    needs_stages: true,
    options: &[CPU_WORKERS, CPU_STAGE, IO_WORKERS, IO_STAGE, STREAMING, QUEUE_MAX],
};
