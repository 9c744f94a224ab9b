//! What a pool of processes knows, and what it does with each message. Message handlers
//! drive it: awaiting each answer would cost more than a short task.

use super::data::Data;
use super::ongoing::{Chunk, Gathered, Ongoing};
use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::worker::{Worker, WorkerEvent};
use crate::executors::dispatch::{Assignment, Dispatcher};
use crate::executors::post::{self, Sent};
use crate::executors::timeouts;
use crate::failure::{Failure, Result};
use crate::measure::handshake::Handshake;
use crate::measure::{Clock, ClockCheck, Phase, Span, span};
use crate::models::DataMode;
use crate::protocol::{self, FromWorker, RunId, ToWorker};
use crate::workloads::Workload;
use crate::workloads::task_order::TaskOrder;
use futures_channel::oneshot;
use std::ops::Range;

/// What of a pool is chosen.
pub struct Options {
    /// Workers in it.
    pub workers: usize,
    /// Tasks in a message; 0 for as many as go well together.
    pub chunk_size: usize,
    /// How data reaches them.
    pub data_mode: DataMode,
    /// Whether to note who does what when.
    pub spans: bool,
}

/// What a pool knows.
pub struct State {
    options: Options,
    workers: Vec<Worker>,
    workload: Workload,
    data: Data,
    /// Which task is where among those that are handed out.
    order: TaskOrder,
    run: RunId,
    /// Workers that have still to say that they are ready and prepared.
    to_prepare: usize,
    /// How each worker's clock compares with the page's, and when it was last asked,
    /// in ms.
    clocks: Vec<(Handshake, f64)>,
    ongoing: Option<Ongoing>,
    /// Computations of the sample that have still to begin.
    to_begin: u32,
    gathered: Gathered,
    done: Option<oneshot::Sender<Result<f64>>>,
    /// A failure that came while nobody waited.
    lost: Option<Failure>,
    /// When anything was last heard, in ms.
    heard_ms: f64,
    /// Messages of earlier runs, which are dropped.
    stale: u32,
}

/// Comes once something is done, with the moment at which it was, in ms.
pub type Done = oneshot::Receiver<Result<f64>>;

/// A worker's answer, but for what its tasks came to.
struct Came {
    worker: usize,
    places: Range<usize>,
    /// When the worker picked the tasks up, in ms by its clock.
    picked_up_ms: f64,
    /// When it began to copy parts out of memory, in ms by its clock.
    copy_ms: f64,
    /// When it began to encode its answer, in ms by its clock.
    serialize_ms: f64,
    /// When that was on its way, in ms by its clock.
    answered_ms: f64,
    received_ms: f64,
}

impl State {
    /// A pool that has no workers yet.
    pub fn new(workload: Workload, data: Data, options: Options) -> Self {
        let tasks = workload.work().task_count();
        let order = match options.chunk_size {
            0 => TaskOrder::spread(tasks),
            // Whoever says how many go together, as with `map`'s `chunksize`, means
            // those that follow one another.
            _ => TaskOrder::straight(tasks),
        };
        Self {
            workers: Vec::with_capacity(options.workers),
            workload,
            data,
            order,
            run: 0,
            to_prepare: 0,
            clocks: Vec::new(),
            options,
            ongoing: None,
            to_begin: 0,
            gathered: Gathered::default(),
            done: None,
            lost: None,
            heard_ms: BrowserClock.now_ms(),
            stale: 0,
        }
    }

    /// Gives the pool its next worker.
    pub fn hire(&mut self, worker: Worker) {
        self.workers.push(worker);
    }

    /// How many workers it is to have.
    pub fn workers(&self) -> usize {
        self.options.workers
    }

    /// Ends its workers. Others may be hired.
    pub fn dismiss(&mut self) {
        self.workers.clear();
    }

    /// Begins with workers that are still to be hired. It is prepared once `Done` says so.
    pub fn begin_anew(&mut self) -> Done {
        let (done, prepared) = oneshot::channel();
        self.to_prepare = self.options.workers;
        self.clocks = vec![Default::default(); self.options.workers];
        self.done = Some(done);
        prepared
    }

    /// What is computed.
    pub fn workload(&self) -> &Workload {
        &self.workload
    }

    /// When anything was last heard, and for how long from then on nothing need be, in ms.
    pub fn last_heard(&self) -> (f64, u32) {
        let limit_ms = self.ongoing.as_ref().map_or(timeouts::PROCESS_MS, |ongoing| {
            ongoing.dispatcher.silence_ms(timeouts::PROCESS_MS, timeouts::POOL_MS)
        });
        (self.heard_ms, limit_ms)
    }

    /// How a worker's clock compares with the page's.
    pub fn clock(&self, worker: usize) -> Option<ClockCheck> {
        self.clocks.get(worker).and_then(|(handshake, _)| handshake.check())
    }

    /// Something is done, or has failed.
    pub fn settle(&mut self, result: Result<f64>) {
        if let Some(done) = self.done.take() {
            // Whoever waited may have been cancelled since.
            let _ = done.send(result);
        } else if let Err(failure) = result {
            self.lost = Some(failure);
        }
    }

    /// Begins a sample of `times` computations, one after the other, the first at
    /// `started_ms`.
    ///
    /// # Errors
    /// What a worker failed with meanwhile, or a message that is refused.
    pub fn begin(&mut self, times: u32, started_ms: f64) -> Result<Done> {
        if let Some(failure) = self.lost.take() {
            return Err(failure);
        }
        let (done, is_done) = oneshot::channel();
        self.done = Some(done);
        self.heard_ms = started_ms;
        self.to_begin = times;
        self.compute(started_ms)?;
        Ok(is_done)
    }

    /// What the sample came to.
    pub fn gathered(&mut self) -> Gathered {
        std::mem::take(&mut self.gathered)
    }

    /// Begins a computation at `started_ms`.
    fn compute(&mut self, started_ms: f64) -> Result<()> {
        let Options { workers, chunk_size, spans, .. } = self.options;
        let tasks = self.workload.work().task_count();
        let dispatcher = Dispatcher::new(tasks, workers, chunk_size, self.data.most_together());
        let mut ongoing = Ongoing::new(tasks, self.order, dispatcher, spans, started_ms);
        let first = ongoing.dispatcher.begin();
        self.ongoing = Some(ongoing);
        self.run = self.run.wrapping_add(1);
        self.to_begin -= 1;
        self.hand_out(first)
    }

    /// Handles what came from a worker.
    pub fn receive(&mut self, worker: usize, event: WorkerEvent) {
        let handled = match event {
            WorkerEvent::Message { received_ms, bytes, buffers } => {
                self.heard_ms = received_ms;
                self.handle(worker, &bytes, buffers, received_ms)
            }
            WorkerEvent::Lost(failure) => Err(failure),
            WorkerEvent::Shared(_) | WorkerEvent::Begun | WorkerEvent::Loaded => {
                Err(timeouts::out_of_turn())
            }
        };
        if let Err(failure) = handled {
            self.settle(Err(failure));
        }
    }

    fn handle(
        &mut self,
        worker: usize,
        bytes: &[u8],
        buffers: Vec<Buffer>,
        received_ms: f64,
    ) -> Result<()> {
        let (message, answered_ms) = protocol::decode::<FromWorker>(bytes)?;
        match message {
            FromWorker::Ready { version } => {
                protocol::check_version(version)?;
                self.ask_time(worker)?;
            }
            FromWorker::Done { run, .. }
            | FromWorker::Prepared { run }
            | FromWorker::Time { run, .. }
            | FromWorker::Failed { run: Some(run), .. }
                if run != self.run =>
            {
                self.stale += 1;
            }
            FromWorker::Time { received_ms: picked_up_ms, .. } => {
                let Some((handshake, asked_ms)) = self.clocks.get_mut(worker) else {
                    return Err(timeouts::out_of_turn());
                };
                handshake.note(*asked_ms, picked_up_ms, answered_ms, received_ms);
                if handshake.is_done() { self.prepare(worker)? } else { self.ask_time(worker)? }
            }
            FromWorker::Prepared { .. } => {
                self.to_prepare = self.to_prepare.saturating_sub(1);
                if self.to_prepare == 0 {
                    self.data.is_handed_out();
                    self.settle(Ok(received_ms));
                }
            }
            FromWorker::Done {
                received_ms: picked_up_ms,
                places,
                lens,
                parts,
                spans,
                copy_ms,
                serialize_ms,
                ..
            } => {
                let places = places.start as usize..places.end as usize;
                self.keep(places.clone(), &lens, parts, buffers)?;
                if let Some(ongoing) = &mut self.ongoing {
                    ongoing.bytes_received += bytes.len() as u64;
                }
                let came = Came {
                    worker,
                    places,
                    picked_up_ms,
                    copy_ms,
                    serialize_ms,
                    answered_ms,
                    received_ms,
                };
                self.go_on(came, spans)?;
            }
            FromWorker::Failed { failure, .. } => return Err(failure),
            FromWorker::Finished { .. }
            | FromWorker::Collected { .. }
            | FromWorker::Calibrated { .. } => return Err(timeouts::out_of_turn()),
        }
        Ok(())
    }

    /// Keeps what the tasks at `places` came to, which is in `parts` or in the first of `buffers`, and
    /// takes back the payloads that changed hands.
    fn keep(
        &mut self,
        places: Range<usize>,
        lens: &[u32],
        parts: &[u8],
        buffers: Vec<Buffer>,
    ) -> Result<()> {
        let Some(ongoing) = &mut self.ongoing else { return Ok(()) };
        let mut buffers = buffers.into_iter();
        let is_beside = parts.is_empty() && lens.iter().any(|len| *len > 0);
        let beside = if is_beside { buffers.next() } else { None };
        match beside {
            Some(buffer) => {
                ongoing.bytes_received += buffer.len() as u64;
                let len = buffer.len();
                ongoing.keep(places.clone(), lens, |range| match range.end {
                    end if end <= len => buffer.part(range),
                    _ => Err(timeouts::out_of_turn()),
                })?;
            }
            None => ongoing.keep(places.clone(), lens, |range| {
                parts.get(range).ok_or_else(timeouts::out_of_turn)
            })?,
        }
        let returned = buffers.as_slice().iter().map(|payload| payload.len() as u64);
        ongoing.bytes_received += returned.sum::<u64>();
        self.data.take_back(self.order.tasks(places), buffers);
        Ok(())
    }

    /// Goes on after an answer: hands out what is next, or ends the computation.
    fn go_on(&mut self, came: Came, mut spans: Vec<Span>) -> Result<()> {
        let Came { worker, places, picked_up_ms, copy_ms, serialize_ms, answered_ms, received_ms } =
            came;
        let offset_ms = self.clock(worker).map_or(0.0, |check| check.offset_ms);
        let Some(ongoing) = &mut self.ongoing else { return Ok(()) };
        let first = self.order.task(places.start) as u32;
        if self.options.spans {
            let noted = Chunk {
                first_place: places.start,
                picked_up_ms: picked_up_ms + offset_ms,
                copy_ms: copy_ms + offset_ms,
                serialize_ms: serialize_ms + offset_ms,
                answered_ms: answered_ms + offset_ms,
                received_ms,
            };
            span::shift(&mut spans, offset_ms);
            ongoing.note(worker, &noted, spans);
        }
        // From picked up to sent back: what the chunk itself took.
        let took_ms = answered_ms - picked_up_ms;
        let next = ongoing.dispatcher.answered(worker, places.len(), took_ms);
        ongoing.page.since(Phase::Deserialize, first, received_ms);
        if ongoing.dispatcher.is_finished() { self.finish() } else { self.hand_out(next) }
    }

    /// Ends a computation; the next one of the sample begins at once.
    fn finish(&mut self) -> Result<()> {
        let ongoing = self.ongoing.take().ok_or_else(timeouts::out_of_turn)?;
        let ended_ms = self.gathered.add(ongoing, self.workload.work())?;
        if self.to_begin > 0 {
            return self.compute(ended_ms);
        }
        self.settle(Ok(ended_ms));
        Ok(())
    }

    fn prepare(&mut self, worker: usize) -> Result<()> {
        let Options { data_mode, spans, .. } = self.options;
        let prepare = ToWorker::Prepare {
            run: self.run,
            workload: self.workload.clone(),
            data_mode,
            supply: self.data.supply(),
            order: self.order,
            spans,
        };
        // What several workers are to have cannot change hands.
        self.post(worker, &prepare, self.data.for_initializer(), DataMode::Copy).map(drop)
    }

    fn ask_time(&mut self, worker: usize) -> Result<()> {
        let asked = ToWorker::AskTime { run: self.run };
        let sent = self.post(worker, &asked, &[], self.options.data_mode)?;
        if let Some((_, asked_ms)) = self.clocks.get_mut(worker) {
            *asked_ms = sent.sent_ms;
        }
        Ok(())
    }

    fn hand_out(&mut self, assignments: Vec<Assignment>) -> Result<()> {
        for Assignment { worker, places } in assignments {
            let payloads = self.data.for_tasks(self.order.tasks(places.clone()));
            let message =
                ToWorker::Tasks { run: self.run, places: places.start as u32..places.end as u32 };
            let sent = self.post(worker, &message, &payloads, self.options.data_mode)?;
            if let Some(ongoing) = &mut self.ongoing {
                ongoing.sent(places, &sent);
            }
        }
        Ok(())
    }

    fn post(
        &self,
        worker: usize,
        message: &ToWorker,
        buffers: &[Buffer],
        data_mode: DataMode,
    ) -> Result<Sent> {
        let worker = self.workers.get(worker).ok_or_else(timeouts::out_of_turn)?;
        post::post(worker, message, buffers, data_mode)
    }
}
