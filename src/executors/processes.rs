//! Processes: a pool of workers, each with a memory of its own. Tasks and results
//! are serialized, sent and received for real.
//!
//! A state machine drives the pool from the message handlers: awaiting each answer
//! would cost more than a short task.

use super::dispatch::{Assignment, Dispatcher};
use super::fleet::Instruments;
use super::lanes;
use super::post::{self, Sent};
use super::run::Pool;
use super::silence;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::browser::panic_channel::PanicChannel;
use crate::browser::worker::{Boot, Worker, WorkerEvent};
use crate::experiment::Executor;
use crate::experiment::executor::{DataMode, StartMethod};
use crate::failure::{Failure, Result};
use crate::measure::handshake::Handshake;
use crate::measure::recorder::Recorder;
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Phase, Span, span};
use crate::protocol::{self, FromWorker, RunId, TaskInput, ToWorker};
use crate::workloads::{FILL_BYTES, Workload};
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
    /// Whether to note who does what when.
    spans: bool,
    /// Workers that have still to say that they are ready and prepared.
    to_prepare: usize,
    /// How each worker's clock compares with the page's, and when it was last asked,
    /// in ms.
    clocks: Vec<(Handshake, f64)>,
    ongoing: Option<Ongoing>,
    done: Option<oneshot::Sender<Result<()>>>,
    /// A failure that came while nobody waited.
    lost: Option<Failure>,
    /// When anything was last heard, in ms.
    heard_ms: f64,
    /// Messages of earlier runs, which are dropped.
    stale: u32,
    merged: Option<Vec<u8>>,
}

/// A computation while it goes on.
struct Ongoing {
    dispatcher: Dispatcher,
    parts: Vec<Vec<u8>>,
    page: Recorder<BrowserClock>,
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
            spans: instruments.spans,
            to_prepare: *workers as usize,
            clocks: vec![Default::default(); *workers as usize],
            ongoing: None,
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
        self.heard_ms = BrowserClock.now_ms();
        let handled = match event {
            WorkerEvent::Message { received_ms, bytes } => self.handle(worker, &bytes, received_ms),
            WorkerEvent::Lost(failure) => Err(failure),
            WorkerEvent::Shared(_) => Err(silence::out_of_turn()),
        };
        if let Err(failure) = handled {
            self.settle(Err(failure));
        }
    }

    fn handle(&mut self, worker: usize, bytes: &[u8], received_ms: f64) -> Result<()> {
        let (message, stamps) = protocol::decode::<FromWorker>(bytes)?;
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
                    return Err(silence::out_of_turn());
                };
                handshake.note(*asked_ms, picked_up_ms, stamps.copied_ms, received_ms);
                if handshake.is_done() {
                    let (workload, data_mode) = (self.workload.clone(), self.data_mode);
                    let (run, spans) = (self.run, self.spans);
                    self.post(worker, &ToWorker::Prepare { run, workload, data_mode, spans })?;
                } else {
                    self.ask_time(worker)?;
                }
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
                let offset_ms = self.offset_ms(worker);
                let Some(ongoing) = &mut self.ongoing else { return Ok(()) };
                let first = parts.first().map_or(0, |output| output.task);
                if self.spans {
                    let noted = Chunk {
                        first,
                        picked_up_ms: worker_received_ms + offset_ms,
                        serialize_ms: serialize_ms + offset_ms,
                        encoded_ms: stamps.encoded_ms + offset_ms,
                        copied_ms: stamps.copied_ms + offset_ms,
                        received_ms,
                    };
                    let mut spans = spans;
                    span::shift(&mut spans, offset_ms);
                    ongoing.note(worker, &noted, spans);
                }
                ongoing.bytes_received += bytes.len() as u64;
                for output in &parts {
                    if let Some(part) = ongoing.parts.get_mut(output.task as usize) {
                        *part = output.part.to_vec();
                    }
                }
                // From picked up to sent back: what the chunk itself took.
                let took_ms = stamps.encoded_ms - worker_received_ms;
                let next = ongoing.dispatcher.answered(worker, parts.len(), took_ms);
                ongoing.page.since(Phase::Deserialize, first, received_ms);
                let finished = ongoing.dispatcher.is_finished();
                for Assignment { worker, tasks } in next {
                    self.send(worker, tasks)?;
                }
                if finished {
                    self.settle(Ok(()));
                }
            }
            FromWorker::Failed { failure, .. } => return Err(failure),
            FromWorker::Finished { .. }
            | FromWorker::Collected { .. }
            | FromWorker::Calibrated { .. } => return Err(silence::out_of_turn()),
        }
        Ok(())
    }

    /// What to add to a worker's times, in ms.
    fn offset_ms(&self, worker: usize) -> f64 {
        let check = self.clocks.get(worker).and_then(|(handshake, _)| handshake.check());
        check.map_or(0.0, |check| check.offset_ms)
    }

    fn ask_time(&mut self, worker: usize) -> Result<()> {
        let sent = self.post(worker, &ToWorker::AskTime { run: self.run })?;
        if let Some((_, asked_ms)) = self.clocks.get_mut(worker) {
            *asked_ms = sent.copied_ms;
        }
        Ok(())
    }

    /// Sends tasks to a worker.
    fn send(&mut self, worker: usize, tasks: Range<usize>) -> Result<()> {
        let work = self.workload.work();
        let inputs = tasks
            .clone()
            .map(|task| TaskInput { task: task as u32, payload: &self.input[work.payload(task)] });
        let inputs: Vec<_> = inputs.collect();
        let sent = self.post(worker, &ToWorker::Tasks { run: self.run, tasks: inputs })?;
        if let Some(ongoing) = &mut self.ongoing {
            sent.note(&mut ongoing.page, Some(tasks.start as u32));
            ongoing.bytes_sent += sent.bytes;
            for task in tasks {
                ongoing.sent_ms[task] = sent.copied_ms;
            }
        }
        Ok(())
    }

    fn post(&self, worker: usize, message: &ToWorker) -> Result<Sent> {
        match self.workers.get(worker) {
            Some(worker) => post::post(worker, message, self.data_mode),
            None => Err(silence::out_of_turn()),
        }
    }

    /// Begins a computation; its end comes by the channel.
    fn begin(&mut self) -> Result<oneshot::Receiver<Result<()>>> {
        if let Some(failure) = self.lost.take() {
            return Err(failure);
        }
        let (tasks, workers) = (self.workload.work().task_count(), self.workers.len());
        let mut dispatcher = Dispatcher::new(tasks, workers, self.chunk_size);
        let first = dispatcher.begin();
        self.run = self.run.wrapping_add(1);
        self.merged = None;
        self.ongoing = Some(Ongoing {
            dispatcher,
            parts: vec![Vec::new(); tasks],
            page: Recorder::new(BrowserClock, self.spans, 5 * tasks + 1),
            workers: vec![Vec::with_capacity(8 * tasks / workers.max(1)); workers],
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

/// A chunk of tasks, from picked up to sent back, in ms by the page's clock.
struct Chunk {
    /// Its first task.
    first: u32,
    picked_up_ms: f64,
    serialize_ms: f64,
    encoded_ms: f64,
    copied_ms: f64,
    received_ms: f64,
}

impl Ongoing {
    /// Notes in its worker's lane what became of a chunk.
    fn note(&mut self, worker: usize, chunk: &Chunk, spans: Vec<Span>) {
        let sent_ms = self.sent_ms.get(chunk.first as usize).copied();
        // A chunk that was sent in advance waits until the worker is done with the one
        // before; only then does its way count.
        let free_ms = self.free_ms[worker];
        let way_ms = sent_ms.map_or(free_ms, |sent_ms| sent_ms.max(free_ms));
        self.free_ms[worker] = chunk.copied_ms;
        let lane = &mut self.workers[worker];
        let mut note = |phase, start_ms, end_ms| {
            lane.push(Span::new(phase, chunk.first, start_ms, end_ms));
        };
        note(Phase::Transfer, way_ms.min(chunk.picked_up_ms), chunk.picked_up_ms);
        note(Phase::Serialize, chunk.serialize_ms, chunk.encoded_ms);
        note(Phase::Copy, chunk.encoded_ms, chunk.copied_ms);
        note(Phase::Transfer, chunk.copied_ms, chunk.received_ms);
        lane.extend(spans);
    }
}

/// What the computations of a sample came to.
#[derive(Default)]
struct Gathered {
    page: Vec<Span>,
    workers: Vec<Vec<Span>>,
    merged: Vec<u8>,
    bytes_sent: u64,
    bytes_received: u64,
}

impl Processes {
    /// Computes the workload once, which ends at the time that is given back, in ms.
    async fn compute(&self, gathered: &mut Gathered, started_ms: f64) -> Result<f64> {
        let done = self.state.borrow_mut().begin()?;
        self.settled(done).await?;
        let mut state = self.state.borrow_mut();
        let mut ongoing = state.ongoing.take().ok_or_else(silence::out_of_turn)?;
        let merge_ms = ongoing.page.now_ms();
        gathered.merged = state.workload.work().merge(ongoing.parts);
        let ended_ms = self.instruments.clock.now_ms();
        gathered.bytes_sent += ongoing.bytes_sent;
        gathered.bytes_received += ongoing.bytes_received;
        if state.spans {
            ongoing.page.span(Phase::Merge, None, merge_ms, ended_ms);
            gathered.page.append(&mut ongoing.page.into_spans());
            gathered.workers.resize(ongoing.workers.len(), Vec::new());
            for (lane, spans) in gathered.workers.iter_mut().zip(ongoing.workers) {
                lane.append(&mut lanes::of_process(spans, started_ms, ended_ms));
            }
        }
        Ok(ended_ms)
    }

    /// The lanes of a sample; the page's is the first.
    fn lanes(
        &self,
        mut page: Lane,
        workers: Vec<Vec<Span>>,
        from_ms: f64,
        to_ms: f64,
    ) -> Vec<Lane> {
        page.spans.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
        // Between two messages the page waits for its workers.
        let busy = page.spans.clone();
        lanes::idle_outside(&mut page.spans, &busy, from_ms, to_ms);
        let state = self.state.borrow();
        let process = |(at, spans): (usize, Vec<Span>)| Lane {
            clock: state.clocks.get(at).and_then(|(handshake, _)| handshake.check()),
            ..Lane::new(LaneKind::Process, at + 1, spans)
        };
        std::iter::once(page).chain(workers.into_iter().enumerate().map(process)).collect()
    }

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
    async fn sample(&mut self, times: u32) -> Result<Sample> {
        let clock = self.instruments.clock;
        self.instruments.heartbeat.begin().await;
        let mut gathered = Gathered::default();
        let started_ms = clock.now_ms();
        let mut ended_ms = started_ms;
        for _ in 0..times {
            ended_ms = self.compute(&mut gathered, ended_ms).await?;
        }
        let Gathered { page, workers, merged, bytes_sent, bytes_received } = gathered;
        let mut page = Lane::new(LaneKind::Page, 1, page);
        let blocked_ms = self.instruments.heart(&mut page, started_ms, ended_ms).await;
        let lanes = if self.instruments.spans {
            self.lanes(page, workers, started_ms, ended_ms)
        } else {
            vec![page]
        };
        let mut state = self.state.borrow_mut();
        let answer = state.workload.answer(&merged);
        state.merged = state.workload.work().is_shown().then_some(merged);
        let computations = times;
        Ok(Sample {
            started_ms,
            ended_ms,
            computations,
            lanes,
            blocked_ms,
            bytes_sent,
            bytes_received,
            answer,
        })
    }

    fn startup_ms(&self) -> f64 {
        self.startup_ms
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.state.borrow_mut().merged.take()
    }
}
