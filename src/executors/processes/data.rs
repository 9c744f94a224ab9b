//! The static data of a pool of processes, on the page's side: in buffers outside of
//! the page's memory, made before anything is measured.

use crate::browser::buffer::Buffer;
use crate::browser::turn::Turns;
use crate::failure::Result;
use crate::models::{DataMode, StaticData};
use crate::protocol::Supply;
use crate::workloads::own::OwnData;
use crate::workloads::{FILL_BYTES, Workload};
use std::ops::Range;

/// Payloads of so many bytes go together at the most, where nobody says how many: copying
/// them takes a few ms.
const MOST_BYTES: usize = 4 << 20;

/// The parent's copy of the static data, as its workers are to get it.
pub enum Data {
    /// Nothing, or nothing any more: every worker has it.
    Nowhere,
    /// A payload per task, on its own, as an object of its own would be. One that
    /// changed hands is away until its result is here.
    PerTask(Vec<Payload>),
    /// All of it in one, to be copied to every worker.
    Whole(Buffer),
    /// All of it in one that everybody shares.
    Shared(Buffer),
}

/// The payload of a task.
pub struct Payload {
    /// Where it is in the static data.
    range: Range<usize>,
    /// Its bytes; none while they are away.
    buffer: Buffer,
}

impl Data {
    /// Makes the static data of `workload`, giving others their turn meanwhile.
    ///
    /// # Errors
    /// `OutOfMemory` where it does not fit, `InvalidInput` where the reader's own data
    /// is wanted and not there.
    pub async fn make(
        workload: &Workload,
        own: Option<&OwnData>,
        (data_mode, static_data): (DataMode, StaticData),
        turns: &Turns,
    ) -> Result<Self> {
        let work = workload.work();
        let len = work.input_len();
        let data = match (data_mode, static_data) {
            _ if len == 0 => Self::Nowhere,
            (DataMode::Shared, StaticData::Tasks) => Self::Shared(Buffer::shared(len)?),
            (DataMode::Shared, StaticData::Initializer) => Self::Whole(Buffer::shared(len)?),
            (_, StaticData::Initializer) => Self::Whole(Buffer::new(len)?),
            (_, StaticData::Tasks) => {
                let ranges = (0..work.task_count()).map(|task| work.payload(task));
                let buffers = Buffer::each(ranges.clone().map(|range| range.len()))?;
                let payload = |(range, buffer)| Payload { range, buffer };
                Self::PerTask(ranges.zip(buffers).map(payload).collect())
            }
        };
        let mut piece = vec![0; FILL_BYTES.min(len)];
        for start in (0..len).step_by(FILL_BYTES) {
            let piece = &mut piece[..FILL_BYTES.min(len - start)];
            workload.fill(own, start, piece)?;
            data.write(start, piece);
            turns.next().await;
        }
        Ok(data)
    }

    /// Writes a piece of the static data that begins at `start` wherever it belongs.
    fn write(&self, start: usize, piece: &[u8]) {
        match self {
            Self::Nowhere => {}
            Self::Whole(buffer) | Self::Shared(buffer) => buffer.write(start, piece),
            Self::PerTask(payloads) => {
                for Payload { range, buffer } in payloads {
                    let both = common(range, &(start..start + piece.len()));
                    if !both.is_empty() {
                        let from = both.start - start;
                        buffer.write(both.start - range.start, &piece[from..from + both.len()]);
                    }
                }
            }
        }
    }

    /// How tasks come by it.
    pub fn supply(&self) -> Supply {
        match self {
            Self::Nowhere => Supply::Own,
            Self::PerTask(_) => Supply::WithTasks,
            Self::Whole(_) => Supply::Kept,
            Self::Shared(_) => Supply::Shared,
        }
    }

    /// What every worker is sent before anything is measured.
    pub fn for_initializer(&self) -> &[Buffer] {
        match self {
            Self::Nowhere | Self::PerTask(_) => &[],
            Self::Whole(buffer) | Self::Shared(buffer) => std::slice::from_ref(buffer),
        }
    }

    /// Forgets what every worker has a copy of.
    pub fn is_handed_out(&mut self) {
        if let Self::Whole(_) = self {
            *self = Self::Nowhere;
        }
    }

    /// What goes with `tasks`.
    pub fn for_tasks(&self, tasks: impl Iterator<Item = usize>) -> Vec<Buffer> {
        match self {
            Self::PerTask(payloads) => {
                let of = tasks.filter_map(|task| payloads.get(task));
                let of = of.filter(|payload| !payload.range.is_empty());
                of.map(|payload| payload.buffer.clone()).collect()
            }
            Self::Nowhere | Self::Whole(_) | Self::Shared(_) => Vec::new(),
        }
    }

    /// How many tasks may go into a message, so that sending it does not hold up the page,
    /// nor what others wait for.
    pub fn most_together(&self) -> usize {
        match self {
            Self::PerTask(payloads) => {
                let largest = payloads.iter().map(|payload| payload.range.len()).max();
                (MOST_BYTES / largest.unwrap_or_default().max(1)).max(1)
            }
            Self::Nowhere | Self::Whole(_) | Self::Shared(_) => usize::MAX,
        }
    }

    /// Takes back the payloads of `tasks`, which had changed hands.
    pub fn take_back(
        &mut self,
        tasks: impl Iterator<Item = usize>,
        returned: impl IntoIterator<Item = Buffer>,
    ) {
        let Self::PerTask(payloads) = self else { return };
        let mut returned = returned.into_iter();
        for task in tasks {
            let payload = payloads.get_mut(task).filter(|payload| !payload.range.is_empty());
            let Some(payload) = payload else { continue };
            let Some(buffer) = returned.next() else { return };
            payload.buffer = buffer;
        }
    }
}

/// What is in both of two ranges.
fn common(one: &Range<usize>, other: &Range<usize>) -> Range<usize> {
    one.start.max(other.start)..one.end.min(other.end)
}
