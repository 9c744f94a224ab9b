//! Processes: a pool of workers, each with a memory of its own. Tasks and results
//! are serialized, sent and received for real.
//!
//! A state machine drives the pool from the message handlers: awaiting each answer
//! would cost more than a short task.

use super::dispatch::{Assignment, Dispatcher};
use super::fleet::Instruments;
use super::run::Pool;
use super::silence;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::browser::panic_channel::PanicChannel;
use crate::browser::worker::{Boot, Worker, WorkerEvent};
use crate::experiment::Executor;
use crate::experiment::executor::{DataMode, StartMethod};
use crate::failure::{Failure, Result};
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Phase, Span, span};
use crate::protocol::{self, FromWorker, RunId, TaskInput, ToWorker};
use crate::workloads::{FILL_BYTES, Workload, WorkloadId};
use futures_channel::oneshot;
use futures_util::future::{Either, select};
use std::cell::RefCell;
use std::ops::Range;
use std::pin::pin;
use std::rc::{Rc, Weak};

/// A pool of processes, with a workload ready.
pub struct Processes {
    state: Rc<RefCell<State>>,
    instruments: Instruments,
    startup_ms: f64,
}

struct State {
    workers: Vec<Worker>,
    _panics: Option<PanicChannel>,
    workload: Workload,
    /// The parent's copy of the static data, of which each task is sent its share.
    input: Vec<u8>,
    chunk_size: usize,
    data_mode: DataMode,
    run: RunId,
    /// Workers that have still to say that they are ready and prepared.
    to_prepare: usize,
    sample: Option<Ongoing>,
    done: Option<oneshot::Sender<Result<()>>>,
    /// A failure that came while nobody waited.
    lost: Option<Failure>,
    /// When anything was last heard, in ms.
    heard_ms: f64,
    /// Messages of earlier runs, which are dropped.
    stale: u32,
    merged: Option<Vec<u8>>,
}

/// A sample while it is taken.
struct Ongoing {
    dispatcher: Dispatcher,
    parts: Vec<Vec<u8>>,
    page: Vec<Span>,
    workers: Vec<Vec<Span>>,
    /// When each task was sent, in ms.
    sent_ms: Vec<f64>,
    /// When each worker last sent something, in ms.
    free_ms: Vec<f64>,
    bytes_sent: u64,
    bytes_received: u64,
}

impl Processes {
    /// Starts the workers and makes the workload's static data.
    ///
    /// # Errors
    /// `WorkerLost` where one does not start, `OutOfMemory` where the data does
    /// not fit, `TimedOut` where nothing is heard.
    pub async fn start(
        executor: &Executor,
        workload: &Workload,
        module: &ComputeModule,
        instruments: Instruments,
    ) -> Result<Self> {
        let Executor::Processes { workers, chunk_size, start_method, data_mode } = executor else {
            return Err(silence::out_of_turn());
        };
        let mut input = workload.reserve_input()?;
        for (piece, chunk) in input.chunks_mut(FILL_BYTES).enumerate() {
            workload.work().fill_input(piece * FILL_BYTES, chunk);
            instruments.turns.next().await;
        }
        let started_ms = instruments.clock.now_ms();
        let (done, prepared) = oneshot::channel();
        let state = Rc::new(RefCell::new(State {
            workers: Vec::new(),
            _panics: None,
            workload: workload.clone(),
            input,
            chunk_size: *chunk_size as usize,
            data_mode: *data_mode,
            run: 0,
            to_prepare: *workers as usize,
            sample: None,
            done: Some(done),
            lost: None,
            heard_ms: started_ms,
            stale: 0,
            merged: None,
        }));
        // The handlers know the state only weakly: it owns the workers that own
        // the handlers.
        let weak = Rc::downgrade(&state);
        let panics = PanicChannel::open(with_state(&weak, |state, what: String| {
            state.settle(Err(silence::panicked("A process", &what)));
        }));
        let module = (*start_method == StartMethod::Forkserver).then_some(module);
        let boot = Boot { module, threads: 0, panic_channel: panics.name() };
        for worker in 0..*workers as usize {
            let handle = with_state(&weak, move |state, event| state.receive(worker, event));
            let worker = Worker::start(&boot, handle)?;
            state.borrow_mut().workers.push(worker);
        }
        state.borrow_mut()._panics = Some(panics);
        let mut pool = Self { state, instruments, startup_ms: 0.0 };
        silence::bounded(prepared, silence::STARTUP_MS).await?;
        pool.startup_ms = pool.instruments.clock.now_ms() - started_ms;
        Ok(pool)
    }
}

fn with_state<E: 'static>(
    state: &Weak<RefCell<State>>,
    handle: impl Fn(&mut State, E) + 'static,
) -> impl Fn(E) + 'static {
    let state = state.clone();
    move |event| {
        if let Some(state) = state.upgrade() {
            handle(&mut state.borrow_mut(), event);
        }
    }
}

impl State {
    fn settle(&mut self, result: Result<()>) {
        if let Some(done) = self.done.take() {
            // Whoever waited may have been cancelled since.
            let _ = done.send(result);
        } else if let Err(failure) = result {
            self.lost = Some(failure);
        }
    }

    fn receive(&mut self, worker: usize, event: WorkerEvent) {
        let received_ms = BrowserClock.now_ms();
        self.heard_ms = received_ms;
        let handled = match event {
            WorkerEvent::Message(bytes) => self.handle(worker, &bytes, received_ms),
            WorkerEvent::Lost(failure) => Err(failure),
            WorkerEvent::Shared(_) => Err(silence::out_of_turn()),
        };
        if let Err(failure) = handled {
            self.settle(Err(failure));
        }
    }

    fn handle(&mut self, worker: usize, bytes: &[u8], received_ms: f64) -> Result<()> {
        let (message, sent_ms) = protocol::decode::<FromWorker>(bytes)?;
        match message {
            FromWorker::Ready { version } => {
                protocol::check_version(version)?;
                let (workload, data_mode) = (self.workload.clone(), self.data_mode);
                self.post(worker, &ToWorker::Prepare { run: self.run, workload, data_mode })?;
            }
            FromWorker::Done { run, .. }
            | FromWorker::Prepared { run }
            | FromWorker::Failed { run: Some(run), .. }
                if run != self.run =>
            {
                self.stale += 1;
            }
            FromWorker::Prepared { .. } => {
                self.to_prepare = self.to_prepare.saturating_sub(1);
                if self.to_prepare == 0 {
                    self.settle(Ok(()));
                }
            }
            FromWorker::Done {
                received_ms: worker_received_ms,
                parts,
                spans,
                serialize_ms,
                ..
            } => {
                let Some(sample) = &mut self.sample else { return Ok(()) };
                let first = parts.first().map_or(0, |output| output.task);
                // A chunk that was sent in advance waits until the worker is done with
                // the one before; only then does its way count.
                let sent_out_ms = sample.sent_ms.get(first as usize).copied().unwrap_or(sent_ms);
                let way_out_ms = sent_out_ms.max(sample.free_ms[worker]).min(worker_received_ms);
                sample.free_ms[worker] = sent_ms;
                let lane = &mut sample.workers[worker];
                lane.push(Span::new(Phase::Transfer, first, way_out_ms, worker_received_ms));
                lane.extend(spans);
                lane.push(Span::new(Phase::Serialize, first, serialize_ms, sent_ms));
                lane.push(Span::new(Phase::Transfer, first, sent_ms, received_ms));
                sample.bytes_received += bytes.len() as u64;
                for output in &parts {
                    if let Some(part) = sample.parts.get_mut(output.task as usize) {
                        *part = output.part.to_vec();
                    }
                }
                // From picked up to sent back: what the chunk itself took.
                let took_ms = sent_ms - worker_received_ms;
                let next = sample.dispatcher.answered(worker, parts.len(), took_ms);
                let now_ms = BrowserClock.now_ms();
                sample.page.push(Span::new(Phase::Deserialize, first, received_ms, now_ms));
                let finished = sample.dispatcher.is_finished();
                for Assignment { worker, tasks } in next {
                    self.send(worker, tasks)?;
                }
                if finished {
                    self.settle(Ok(()));
                }
            }
            FromWorker::Failed { failure, .. } => return Err(failure),
            FromWorker::Finished { .. } | FromWorker::Collected { .. } => {
                return Err(silence::out_of_turn());
            }
        }
        Ok(())
    }

    /// Sends tasks to a worker.
    fn send(&mut self, worker: usize, tasks: Range<usize>) -> Result<()> {
        let start_ms = BrowserClock.now_ms();
        let work = self.workload.work();
        let inputs = tasks
            .clone()
            .map(|task| TaskInput { task: task as u32, payload: &self.input[work.payload(task)] });
        let inputs: Vec<_> = inputs.collect();
        let message = ToWorker::Tasks { run: self.run, tasks: inputs };
        let bytes = protocol::encode(&message, &BrowserClock)?;
        self.workers[worker].post(&bytes, self.data_mode)?;
        let sent_ms = BrowserClock.now_ms();
        if let Some(sample) = &mut self.sample {
            sample.page.push(Span::new(Phase::Serialize, tasks.start as u32, start_ms, sent_ms));
            sample.bytes_sent += bytes.len() as u64;
            for task in tasks {
                sample.sent_ms[task] = sent_ms;
            }
        }
        Ok(())
    }

    fn post(&self, worker: usize, message: &ToWorker) -> Result<()> {
        let bytes = protocol::encode(message, &BrowserClock)?;
        match self.workers.get(worker) {
            Some(worker) => worker.post(&bytes, self.data_mode),
            None => Err(silence::out_of_turn()),
        }
    }

    /// Begins a sample; the answer comes by the channel.
    fn begin(&mut self) -> Result<oneshot::Receiver<Result<()>>> {
        if let Some(failure) = self.lost.take() {
            return Err(failure);
        }
        let (tasks, workers) = (self.workload.work().task_count(), self.workers.len());
        let mut dispatcher = Dispatcher::new(tasks, workers, self.chunk_size);
        let first = dispatcher.begin();
        self.run = self.run.wrapping_add(1);
        self.merged = None;
        self.sample = Some(Ongoing {
            dispatcher,
            parts: vec![Vec::new(); tasks],
            page: Vec::with_capacity(2 * tasks + 1),
            workers: vec![Vec::with_capacity(6 * tasks / workers.max(1)); workers],
            sent_ms: vec![0.0; tasks],
            free_ms: vec![0.0; workers],
            bytes_sent: 0,
            bytes_received: 0,
        });
        let (done, is_done) = oneshot::channel();
        self.done = Some(done);
        self.heard_ms = BrowserClock.now_ms();
        for Assignment { worker, tasks } in first {
            self.send(worker, tasks)?;
        }
        Ok(is_done)
    }
}

impl Processes {
    /// Waits for the sample's end, as long as anything is heard now and then.
    async fn settled(&self, done: oneshot::Receiver<Result<()>>) -> Result<()> {
        let mut done = done;
        loop {
            match select(done, pin!(crate::browser::turn::sleep(silence::PROCESS_MS))).await {
                Either::Left((Ok(result), _)) => return result,
                Either::Left((Err(_), _)) => return Err(silence::nobody_left()),
                Either::Right(((), still)) => {
                    let silent_ms = self.instruments.clock.now_ms() - self.state.borrow().heard_ms;
                    if silent_ms >= f64::from(silence::PROCESS_MS) {
                        return Err(silence::timed_out(silence::PROCESS_MS));
                    }
                    done = still;
                }
            }
        }
    }
}

impl Pool for Processes {
    async fn sample(&mut self) -> Result<Sample> {
        let clock = self.instruments.clock;
        self.instruments.heartbeat.begin().await;
        let started_ms = clock.now_ms();
        let done = self.state.borrow_mut().begin()?;
        self.settled(done).await?;
        let (merged, mut page, workers, bytes_sent, bytes_received, ended_ms) = {
            let mut state = self.state.borrow_mut();
            let sample = state.sample.take().ok_or_else(silence::out_of_turn)?;
            let merge_ms = clock.now_ms();
            let merged = state.workload.work().merge(sample.parts);
            let ended_ms = clock.now_ms();
            let mut page = Lane::new(LaneKind::Page, 1, sample.page);
            page.spans.push(Span::new(Phase::Merge, None, merge_ms, ended_ms));
            (merged, page, sample.workers, sample.bytes_sent, sample.bytes_received, ended_ms)
        };
        let blocked_ms = self.instruments.heart(&mut page, started_ms, ended_ms).await;
        let mut lanes = vec![page];
        for (number, mut spans) in (1..).zip(workers) {
            span::end_before_next(&mut spans);
            lanes.push(Lane::new(LaneKind::Process, number, spans));
        }
        let mut state = self.state.borrow_mut();
        let answer = state.workload.answer(&merged);
        state.merged = (state.workload.id() == WorkloadId::Mandelbrot).then_some(merged);
        Ok(Sample { started_ms, ended_ms, lanes, blocked_ms, bytes_sent, bytes_received, answer })
    }

    fn startup_ms(&self) -> f64 {
        self.startup_ms
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.state.borrow_mut().merged.take()
    }
}
