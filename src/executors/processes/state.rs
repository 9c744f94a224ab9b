//! What a pool of processes knows, and when its samples begin and end. Message handlers
//! drive it: awaiting each answer would cost more than a short task.

use super::data::Data;
use super::ongoing::{Gathered, Ongoing};
use crate::browser::clock::BrowserClock;
use crate::browser::worker::Worker;
use crate::executors::inbox::Inbox;
use crate::executors::timeouts;
use crate::failure::Result;
use crate::measure::handshake::Handshake;
use crate::measure::{Clock, ClockCheck};
use crate::models::{DataMode, StaticData};
use crate::workloads::Workload;
use crate::workloads::task_order::TaskOrder;
use futures_channel::oneshot;

/// What of a pool is chosen.
pub struct Options {
    /// Workers in it.
    pub workers: usize,
    /// Tasks in a message; 0 for as many as go well together.
    pub chunk_size: usize,
    /// How data reaches them.
    pub data_mode: DataMode,
    /// When static data reaches them.
    pub static_data: StaticData,
    /// Whether to note who does what when.
    pub spans: bool,
}

impl Options {
    fn order(&self, workload: &Workload) -> TaskOrder {
        let tasks = workload.work().task_count();
        match self.chunk_size {
            0 => TaskOrder::spread(tasks),
            // Whoever says how many go together, as with `map`'s `chunksize`, means
            // those that follow one another.
            _ => TaskOrder::straight(tasks),
        }
    }
}

/// What a pool knows.
pub struct State {
    pub(super) options: Options,
    pub(super) workers: Vec<Worker>,
    pub(super) workload: Workload,
    pub(super) data: Data,
    /// Which task is where among those that are handed out.
    pub(super) order: TaskOrder,
    pub(super) inbox: Inbox<f64>,
    /// Workers that have still to say that they are ready and prepared.
    pub(super) to_prepare: usize,
    /// How each worker's clock compares with the page's, and when it was last asked,
    /// in ms.
    pub(super) clocks: Vec<(Handshake, f64)>,
    pub(super) ongoing: Option<Ongoing>,
    /// Computations of the sample that have still to begin.
    pub(super) to_begin: u32,
    pub(super) gathered: Gathered,
    /// When anything was last heard, in ms.
    pub(super) heard_ms: f64,
}

/// Comes once something is done, with the moment at which it was, in ms.
pub type Done = oneshot::Receiver<Result<f64>>;

impl State {
    /// A pool that has no workers yet.
    pub fn new(workload: Workload, data: Data, options: Options) -> Self {
        let order = options.order(&workload);
        Self {
            workers: Vec::with_capacity(options.workers),
            workload,
            data,
            order,
            inbox: Inbox::default(),
            to_prepare: 0,
            clocks: Vec::new(),
            options,
            ongoing: None,
            to_begin: 0,
            gathered: Gathered::default(),
            heard_ms: BrowserClock.now_ms(),
        }
    }

    /// Adds a worker to the pool.
    pub fn add_worker(&mut self, worker: Worker) {
        self.workers.push(worker);
    }

    /// How many workers it is to have.
    pub fn workers(&self) -> usize {
        self.options.workers
    }

    /// Ends its workers. Others may be added.
    pub fn end_workers(&mut self) {
        self.workers.clear();
    }

    /// Resets the pool for new workers. It is prepared once `Done` settles.
    pub fn begin_anew(&mut self) -> Done {
        self.to_prepare = self.options.workers;
        self.clocks = vec![Default::default(); self.options.workers];
        self.inbox.wait()
    }

    /// Has the workers prepare another workload, whose static data is `data`.
    ///
    /// # Errors
    /// What a worker failed with meanwhile, or a message that is refused.
    pub fn begin_another(&mut self, workload: Workload, data: Data) -> Result<Done> {
        self.inbox.check()?;
        let is_prepared = self.inbox.wait();
        self.order = self.options.order(&workload);
        (self.workload, self.data) = (workload, data);
        self.heard_ms = BrowserClock.now_ms();
        self.to_prepare = self.options.workers;
        self.inbox.answers.next_run();
        for worker in 0..self.options.workers {
            self.prepare(worker)?;
        }
        Ok(is_prepared)
    }

    /// What is computed.
    pub fn workload(&self) -> &Workload {
        &self.workload
    }

    /// When anything was last heard, and for how long from then on nothing need be, in ms.
    pub fn last_heard(&self) -> (f64, u32) {
        let limit_ms = self.ongoing.as_ref().map_or(timeouts::PROCESS_MS, |ongoing| {
            ongoing.dispatcher.timeout_ms(timeouts::PROCESS_MS, timeouts::POOL_MS)
        });
        (self.heard_ms, limit_ms)
    }

    /// How a worker's clock compares with the page's.
    pub fn clock(&self, worker: usize) -> Option<ClockCheck> {
        self.clocks.get(worker).and_then(|(handshake, _)| handshake.check())
    }

    /// Begins a sample of `times` computations, one after the other, the first at
    /// `started_ms`.
    ///
    /// # Errors
    /// What a worker failed with meanwhile, or a message that is refused.
    pub fn begin(&mut self, times: u32, started_ms: f64) -> Result<Done> {
        self.inbox.check()?;
        let is_done = self.inbox.wait();
        self.heard_ms = started_ms;
        self.to_begin = times;
        self.compute(started_ms)?;
        Ok(is_done)
    }

    /// What the sample came to.
    pub fn gathered(&mut self) -> Gathered {
        std::mem::take(&mut self.gathered)
    }
}
