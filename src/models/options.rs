//! The values of the options.

use super::choices::{CpuStage, DataMode, IoStage, StartMethod, StaticData};

/// The options of all models.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// Workers in the pool; 1 where the page's own thread computes.
    pub workers: u32,
    /// Tasks that are handed over at a time: 0 for as many as go well together, 1 where
    /// nothing is handed over.
    pub chunk_size: u32,
    /// How a worker comes by the program.
    pub start_method: StartMethod,
    /// How data reaches the other memory.
    pub data_mode: DataMode,
    /// When it does.
    pub static_data: StaticData,
    /// After how long a thread that waits for the GIL requests that it be dropped, in µs.
    pub switch_interval_us: u32,
    /// Whether threads release the GIL while a kernel computes.
    pub release_in_native: bool,
    /// Who waits in the first stage.
    pub io_stage: IoStage,
    /// How many of its requests wait at a time.
    pub io_workers: u32,
    /// Who computes in the second stage.
    pub cpu_stage: CpuStage,
    /// Whether the second stage begins with the first item, and not after the last.
    pub streaming: bool,
    /// Most items between the two stages.
    pub queue_max: u32,
}
