//! Everything on the page's own thread, one task after another.

use crate::models::definition::{Definition, Memory};

/// What it is.
pub const DEFINITION: Definition = Definition {
    id: "main-thread",
    title: "Main thread",
    in_text: "the main thread",
    at_start: "The main thread",
    is_plural: false,
    python: "one thread, a plain loop",
    here: "One task after another.",
    memory: Memory::Page,
    needs_stages: false,
    options: &[],
};
