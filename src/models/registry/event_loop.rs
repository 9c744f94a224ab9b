//! Futures joined on the page's own thread.

use crate::models::definition::{Definition, Memory};

/// What it is.
pub const DEFINITION: Definition = Definition {
    id: "event-loop",
    title: "Event loop",
    in_text: "the event loop",
    at_start: "The event loop",
    is_plural: false,
    python: "asyncio",
    here: "Futures on one thread.",
    memory: Memory::Page,
    needs_stages: false,
    options: &[],
};
