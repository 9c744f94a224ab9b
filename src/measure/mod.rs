//! Measuring and what is made of it: the clock, spans, statistics, comparison
//! and the report. Nothing here knows a browser; time comes in by the [`Clock`].

pub mod clock;
pub mod compare;
pub mod format;
pub mod heartbeat;
pub mod report;
pub mod span;
pub mod stats;
pub mod verdict;
pub mod warning;

pub use clock::Clock;
pub use span::{Lane, LaneKind, Phase, Span};
