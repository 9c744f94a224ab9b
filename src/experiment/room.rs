//! Whether an experiment can fit into a browser's tab, all of its models at once. What
//! certainly cannot is refused before anything starts: half-way it would take the tab with it.

use super::Experiment;
use crate::failure::{MemoryProblem, Result};
use crate::models::{DataMode, Executor, Memory, StaticData};
use crate::workloads::Work;

/// Most memories of WebAssembly in a tab: Chromium refuses the 125th.
pub const MOST_MEMORIES: u32 = 124;
/// What a tab may take where the browser does not say how large the machine is, and the most
/// where it does: beyond, browsers end tabs, whatever the machine has.
const USUAL_BYTES: u64 = 8 << 30;
const MOST_BYTES: u64 = 12 << 30;
const GIB: f64 = (1_u64 << 30) as f64;

/// What there is for a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Memories of WebAssembly.
    pub memories: u32,
    /// Bytes of static data, all copies together.
    pub bytes: u64,
}

impl Room {
    /// On a machine with so much memory, in GiB, where the browser says, when `taken` memories
    /// are in use beside the models'.
    pub fn on(machine_gib: Option<f64>, taken: u32) -> Self {
        let says = machine_gib.map(|gib| (gib * GIB) as u64);
        Self {
            memories: MOST_MEMORIES.saturating_sub(taken),
            bytes: says.map_or(USUAL_BYTES, |bytes| bytes.min(MOST_BYTES)),
        }
    }
}

impl Experiment {
    /// Whether it can fit into `room`.
    ///
    /// # Errors
    /// `OutOfMemory`, with what it needs and what there is.
    pub fn check_room(&self, room: Room) -> Result<()> {
        let has_page_job = self.executors.iter().any(|one| !one.kind().has_workers());
        let memories = self.executors.iter().map(memories).sum::<u32>() + u32::from(has_page_job);
        if memories > room.memories {
            let (needed, available) = (memories.into(), room.memories.into());
            return Err(MemoryProblem::TooManyMemories { needed, available }.into());
        }
        let work = self.workload.work();
        let of_page = if has_page_job { work.input_len() as u64 } else { 0 };
        let bytes = self.executors.iter().map(|one| bytes(one, work)).sum::<u64>() + of_page;
        if bytes > room.bytes {
            return Err(MemoryProblem::DataDoesNotFit { bytes, available: room.bytes }.into());
        }
        Ok(())
    }
}

/// Memories of its own that a model has.
fn memories(executor: &Executor) -> u32 {
    let of_threads = u32::from(executor.has_threads());
    match executor.memory() {
        Memory::Own => executor.workers() + of_threads,
        // The page's own thread shares the page's.
        Memory::Page | Memory::Shared => of_threads,
    }
}

/// Bytes of static data that a model holds, at the least.
fn bytes(executor: &Executor, work: &(dyn Work + Send + Sync)) -> u64 {
    let all = work.input_len() as u64;
    match (executor.memory(), executor.options.static_data) {
        (Memory::Page, _) => 0,
        (Memory::Own, StaticData::Initializer) => {
            // What is copied, the page forgets once all have it; what is shared stays.
            let kept = u64::from(executor.options.data_mode == DataMode::Shared);
            all * (u64::from(executor.workers()) + kept)
        }
        (Memory::Shared, _) | (Memory::Own, StaticData::Tasks) => all,
    }
}

#[cfg(test)]
mod tests;
