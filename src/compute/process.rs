//! A process: a worker with a memory of its own, which computes the tasks that it
//! is sent.

use super::reply::{reply, reply_with, run_of};
use super::{calibration, call, process_state, wait};
use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::worker_scope::Received;
use crate::failure::{Failure, Result, WorkerProblem};
use crate::measure::Phase;
use crate::measure::recorder::Recorder;
use crate::models::DataMode;
use crate::protocol::stages::Item;
use crate::protocol::{self, FromWorker, MOST_ENCODED, RunId, Supply, ToWorker};
use crate::sync::safepoint::Safepoint;
use crate::workloads::Workload;
use crate::workloads::task_order::TaskOrder;
use std::ops::Range;

/// What a process knows between messages.
#[derive(Default)]
pub struct Process {
    prepared: Option<PreparedProcess>,
}

struct PreparedProcess {
    workload: Workload,
    data_mode: DataMode,
    data: Data,
    order: TaskOrder,
    spans: bool,
}

/// Where tasks find their payload.
enum Data {
    /// Beside the message that names them, or there is none. It is copied to `here`.
    WithTasks { here: Vec<u8> },
    /// In this memory.
    Kept(Vec<u8>),
    /// In a buffer that all workers see. It is copied to `here`.
    Shared { buffer: Buffer, here: Vec<u8> },
}

impl Process {
    /// Handles one message and answers it. `named` becomes the run it names.
    ///
    /// # Errors
    /// Whatever keeps the message from being answered as it wants to be.
    pub fn handle(&mut self, received: &Received, named: &mut Option<RunId>) -> Result<()> {
        let received_ms = received.at_ms;
        let (message, _) = protocol::decode::<ToWorker>(&received.bytes)?;
        let run = run_of(&message);
        *named = Some(run);
        match message {
            ToWorker::Prepare { workload, data_mode, supply, order, spans, .. } => {
                // What was there before goes first: it may be as large.
                self.prepared = None;
                let data = Data::new(supply, &received.buffers)?;
                self.prepared = Some(PreparedProcess { workload, data_mode, data, order, spans });
                reply(&FromWorker::Prepared { run });
            }
            ToWorker::AskTime { .. } => {
                reply(&FromWorker::Time { run, received_ms });
            }
            ToWorker::Calibrate { bursts, .. } => {
                let bursts_ms = calibration::bursts_ms(bursts);
                reply(&FromWorker::Calibrated { run, bursts_ms });
            }
            ToWorker::Tasks { places, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_mine)?;
                prepared.compute(run, places, received)?;
            }
            ToWorker::Call { workloads, is_first, .. } => call::answer(run, &workloads, is_first),
            ToWorker::Item { item, .. } => {
                let prepared = self.prepared.as_mut().ok_or_else(not_mine)?;
                prepared.compute_item(run, &item, received)?;
            }
            ToWorker::State { request, .. } => {
                let (reply, beside) = process_state::handle(request, &received.buffers)?;
                reply_with(&FromWorker::State { run, reply }, &beside, DataMode::Transfer);
            }
            ToWorker::Attend { .. }
            | ToWorker::Stage { .. }
            | ToWorker::Collect { .. }
            | ToWorker::Pitfall { .. } => return Err(not_mine()),
        }
        Ok(())
    }
}

impl Data {
    fn new(supply: Supply, buffers: &[Buffer]) -> Result<Self> {
        Ok(match (supply, buffers) {
            (Supply::Own | Supply::WithTasks, _) => Self::WithTasks { here: Vec::new() },
            (Supply::Kept, [all]) => Self::Kept(all.to_vec()?),
            (Supply::Shared, [all]) => Self::Shared { buffer: all.clone(), here: Vec::new() },
            _ => return Err(not_mine()),
        })
    }

    /// The payload of a task at `range` of the static data, which may have come as
    /// `beside`.
    fn payload(&mut self, range: Range<usize>, beside: Option<&Buffer>) -> Result<&[u8]> {
        match (self, beside) {
            (Self::Kept(all), _) => all.get(range).ok_or_else(not_mine),
            (Self::Shared { buffer, here }, _) => buffer.read(range, here),
            (Self::WithTasks { here }, Some(beside)) => beside.read(0..beside.len(), here),
            (Self::WithTasks { .. }, None) => Ok(&[]),
        }
    }
}

impl PreparedProcess {
    /// Computes a task whose request was waited for elsewhere, and sends its part back.
    fn compute_item(&mut self, run: RunId, item: &Item, received: &Received) -> Result<()> {
        let (kernel, number) = (self.workload.kernel(), item.task);
        let task = number as usize;
        let mut recorder = Recorder::new(BrowserClock, self.spans, 2);
        let payload = self.data.payload(kernel.payload(task), received.buffers.first())?;
        let payload = if kernel.request(task).is_some() { &item.body } else { payload };
        let read_ms = recorder.since(Phase::Deserialize, number, received.at_ms);
        let part = kernel.compute(task, payload, Safepoint::never());
        let serialize_ms = recorder.since(Phase::Compute, number, read_ms);
        let (received_ms, spans) = (received.at_ms, recorder.into_spans());
        reply(&FromWorker::Computed { run, received_ms, part: &part, spans, serialize_ms });
        Ok(())
    }

    /// Computes the tasks at `places` and sends their parts back.
    fn compute(&mut self, run: RunId, places: Range<u32>, received: &Received) -> Result<()> {
        let work = self.workload.kernel();
        let first = self.order.task(places.start as usize) as u32;
        let mut recorder = Recorder::new(BrowserClock, self.spans, 3 * places.len() + 1);
        let mut last_ms = recorder.since(Phase::Deserialize, first, received.at_ms);
        let mut parts = Vec::with_capacity(places.len());
        let mut beside = received.buffers.iter().peekable();
        for task in self.order.tasks(places.start as usize..places.end as usize) {
            let number = task as u32;
            let range = work.payload(task);
            let moves = !range.is_empty() && !matches!(self.data, Data::Kept(_));
            let payload = self.data.payload(range, beside.next_if(|_| moves))?;
            if moves {
                last_ms = recorder.since(Phase::Deserialize, number, last_ms);
            }
            let part = match work.request(task) {
                Some(request) => {
                    let body = wait::wait(&request)?;
                    last_ms = recorder.since(Phase::IoWait, number, last_ms);
                    work.compute(task, &body, Safepoint::never())
                }
                None => work.compute(task, payload, Safepoint::never()),
            };
            last_ms = recorder.since(Phase::Compute, number, last_ms);
            parts.push(part);
        }
        let lens: Vec<_> = parts.iter().map(|part| part.len() as u32).collect();
        let is_small = parts.iter().map(Vec::len).sum::<usize>() <= MOST_ENCODED;
        let mut buffers = Vec::new();
        if !is_small {
            buffers.push(Buffer::of(&parts)?);
        }
        if self.data_mode == DataMode::Transfer {
            // Their owner wants them back.
            buffers.extend_from_slice(&received.buffers);
        }
        let serialize_ms = if is_small { last_ms } else { recorder.now_ms() };
        let done = FromWorker::Done {
            run,
            received_ms: received.at_ms,
            places,
            lens,
            parts: if is_small { &parts.concat() } else { &[] },
            spans: recorder.into_spans(),
            copy_ms: last_ms,
            serialize_ms,
        };
        reply_with(&done, &buffers, self.data_mode);
        Ok(())
    }
}

fn not_mine() -> Failure {
    WorkerProblem::NotForIt.into()
}
