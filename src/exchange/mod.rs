//! Reports out of the page and back into it: as JSON, as a table, as a trace, and as
//! the history of what was run here; and what other programs write of time that was spent.
//!
//! | file | subject |
//! | --- | --- |
//! | `json` | a report as JSON text |
//! | `read` | a report from JSON text, believed as far as it was measured |
//! | `reader` | foreign values, each refused by its path |
//! | `place` | the path of a place in JSON text |
//! | `csv` | a row per sample |
//! | `trace` | the timelines, for Perfetto |
//! | `format` | which of these there are |
//! | `profiles` | what a profiler or `time` tells of a program |
//! | `history` | the last runs |
//! | `store` | where the history is kept |
//! | `memory_store` | the same without a browser |

pub mod csv;
pub mod format;
pub mod history;
pub mod json;
pub mod memory_store;
mod place;
pub mod profiles;
pub mod read;
mod reader;
pub mod store;
pub mod trace;

pub use format::{Format, write};

#[cfg(test)]
mod example;
#[cfg(test)]
mod schema;
