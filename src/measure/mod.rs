//! Measuring and what is made of it: clock and spans, where their time went, when models
//! are warm, how fast the machine is, statistics, scaling, predictions, the rules that explain,
//! and the report. Nothing here knows a browser; time comes in by the [`Clock`].

pub mod batch;
pub mod block_log;
pub mod calibration;
pub mod clock;
pub mod compare;
pub mod confidence;
pub mod estimate;
pub mod explain;
pub mod fault_outcome;
pub mod fit;
pub mod format;
pub mod gil_use;
pub mod handshake;
pub mod heartbeat;
pub mod latency;
pub mod lesson;
pub mod model_map;
pub mod prediction;
pub mod queue_depth;
pub mod recorder;
pub mod report;
pub mod scaling;
pub mod sharing;
pub mod signed_ranks;
pub mod span;
pub mod start_up;
pub mod stats;
pub mod study;
pub mod time_breakdown;
pub mod unpaired;
pub mod verdict;
pub mod warm_up;
pub mod warning;
pub mod waterfall;

pub use clock::Clock;
pub use span::{ClockCheck, Lane, LaneKind, Phase, Span};
