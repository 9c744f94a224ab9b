//! Threads: a rayon pool over one shared memory, owned by a coordinator worker
//! that waits for it so that the page need not.

use super::fleet::Instruments;
use super::run::Pool;
use super::silence;
use crate::browser::compute_module::ComputeModule;
use crate::browser::panic_channel::PanicChannel;
use crate::browser::worker::{Boot, StopFlag, Worker, WorkerEvent};
use crate::experiment::Executor;
use crate::experiment::executor::DataMode;
use crate::failure::{Failure, Result};
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Phase, Span};
use crate::protocol::{self, FromWorker, RunId, ToWorker};
use crate::workloads::answer::Answer;
use crate::workloads::{Workload, WorkloadId};
use futures_channel::oneshot;
use std::cell::RefCell;
use std::rc::Rc;

/// What the coordinator answered.
enum Answered {
    Ready,
    Prepared,
    Finished { sent_ms: f64, received_ms: f64 },
    Collected { answer: Answer, merged: Vec<u8>, lanes: Vec<Lane> },
}

/// The page asks one thing at a time and waits for its answer here.
#[derive(Default)]
struct Mailbox {
    run: RunId,
    waiting: Option<oneshot::Sender<Result<Answered>>>,
    stop: Option<StopFlag>,
    /// A failure that came while nobody waited.
    lost: Option<Failure>,
    /// Messages of earlier runs, which are dropped.
    stale: u32,
}

impl Mailbox {
    fn settle(&mut self, answer: Result<Answered>) {
        if let Some(waiting) = self.waiting.take() {
            // Whoever waited may have been cancelled since.
            let _ = waiting.send(answer);
        } else if let Err(failure) = answer {
            self.lost = Some(failure);
        }
    }
}

/// A thread pool, with a workload ready.
pub struct Threads {
    coordinator: Worker,
    mailbox: Rc<RefCell<Mailbox>>,
    _panics: PanicChannel,
    chunk_size: u32,
    instruments: Instruments,
    startup_ms: f64,
    /// Whether the merged bytes are a picture to be shown.
    with_merged: bool,
    merged: Option<Vec<u8>>,
}

impl Threads {
    /// Starts the pool and has it make the workload's static data.
    ///
    /// # Errors
    /// `WorkerLost` where it does not start, `OutOfMemory` where the data does not
    /// fit, `TimedOut` where nothing is heard.
    pub async fn start(
        executor: &Executor,
        workload: &Workload,
        module: &ComputeModule,
        instruments: Instruments,
    ) -> Result<Self> {
        let started_ms = instruments.clock.now_ms();
        let chunk_size = match executor {
            Executor::Threads { chunk_size, .. } => *chunk_size,
            _ => 1,
        };
        let mailbox = Rc::new(RefCell::new(Mailbox::default()));
        let (ready, is_ready) = oneshot::channel();
        mailbox.borrow_mut().waiting = Some(ready);
        let panicked = mailbox.clone();
        let panics = PanicChannel::open(move |what| {
            panicked.borrow_mut().settle(Err(silence::panicked("A thread", &what)));
        });
        let boot = Boot {
            module: Some(module),
            threads: executor.workers(),
            panic_channel: panics.name(),
        };
        let (receiving, clock) = (mailbox.clone(), instruments.clock);
        let coordinator = Worker::start(&boot, move |event| {
            let received_ms = clock.now_ms();
            receive(&mut receiving.borrow_mut(), event, received_ms);
        })?;
        let mut pool = Self {
            coordinator,
            mailbox,
            _panics: panics,
            chunk_size,
            instruments,
            startup_ms: 0.0,
            with_merged: workload.id() == WorkloadId::Mandelbrot,
            merged: None,
        };
        silence::bounded(is_ready, silence::STARTUP_MS).await?;
        pool.startup_ms = pool.instruments.clock.now_ms() - started_ms;
        pool.ask(|run| ToWorker::Prepare {
            run,
            workload: workload.clone(),
            data_mode: DataMode::Transfer,
        })
        .await?;
        Ok(pool)
    }

    /// Asks the coordinator for something and waits for its answer.
    async fn ask<'a>(&self, message: impl FnOnce(RunId) -> ToWorker<'a>) -> Result<Answered> {
        let (answer, answered) = oneshot::channel();
        let run = {
            let mut mailbox = self.mailbox.borrow_mut();
            if let Some(failure) = mailbox.lost.take() {
                return Err(failure);
            }
            mailbox.run = mailbox.run.wrapping_add(1);
            mailbox.waiting = Some(answer);
            mailbox.run
        };
        let bytes = protocol::encode(&message(run), &self.instruments.clock)?;
        self.coordinator.post(&bytes, DataMode::Transfer)?;
        silence::bounded(answered, silence::POOL_MS).await
    }
}

fn receive(mailbox: &mut Mailbox, event: WorkerEvent, received_ms: f64) {
    let bytes = match event {
        WorkerEvent::Message(bytes) => bytes,
        WorkerEvent::Shared(stop) => {
            mailbox.stop = Some(stop);
            return;
        }
        WorkerEvent::Lost(failure) => return mailbox.settle(Err(failure)),
    };
    let (message, sent_ms) = match protocol::decode::<FromWorker>(&bytes) {
        Ok(decoded) => decoded,
        Err(failure) => return mailbox.settle(Err(failure)),
    };
    let (run, answered) = match message {
        FromWorker::Ready { version } => {
            (mailbox.run, protocol::check_version(version).map(|()| Answered::Ready))
        }
        FromWorker::Prepared { run } => (run, Ok(Answered::Prepared)),
        FromWorker::Finished { run } => (run, Ok(Answered::Finished { sent_ms, received_ms })),
        FromWorker::Collected { run, answer, merged, lanes } => {
            (run, Ok(Answered::Collected { answer, merged: merged.to_vec(), lanes }))
        }
        FromWorker::Failed { run, failure } => (run.unwrap_or(mailbox.run), Err(failure)),
        FromWorker::Done { run, .. } => (run, Err(silence::out_of_turn())),
    };
    if run == mailbox.run {
        mailbox.settle(answered);
    } else {
        mailbox.stale += 1;
    }
}

impl Pool for Threads {
    async fn sample(&mut self) -> Result<Sample> {
        let clock = self.instruments.clock;
        self.instruments.heartbeat.begin().await;
        let started_ms = clock.now_ms();
        let chunk_size = self.chunk_size;
        let finished = self.ask(|run| ToWorker::All { run, chunk_size }).await?;
        let Answered::Finished { sent_ms, received_ms: ended_ms } = finished else {
            return Err(silence::out_of_turn());
        };
        let mut page = Lane::new(LaneKind::Page, 1, Vec::new());
        let blocked_ms = self.instruments.heart(&mut page, started_ms, ended_ms).await;
        let with_merged = self.with_merged;
        let collected = self.ask(|run| ToWorker::Collect { run, with_merged }).await?;
        let Answered::Collected { answer, merged, lanes: mut workers } = collected else {
            return Err(silence::out_of_turn());
        };
        self.merged = with_merged.then_some(merged);
        if let Some(coordinator) = workers.first_mut() {
            coordinator.spans.push(Span::new(Phase::Transfer, None, sent_ms, ended_ms));
        }
        let mut lanes = vec![page];
        lanes.append(&mut workers);
        // Nothing of the workload moves between memories.
        Ok(Sample {
            started_ms,
            ended_ms,
            lanes,
            blocked_ms,
            bytes_sent: 0,
            bytes_received: 0,
            answer,
        })
    }

    fn startup_ms(&self) -> f64 {
        self.startup_ms
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.merged.take()
    }
}

impl Drop for Threads {
    fn drop(&mut self) {
        let mut mailbox = self.mailbox.borrow_mut();
        // Nobody is waiting any more, and what still comes is nobody's.
        mailbox.waiting = None;
        if let Some(stop) = &mailbox.stop {
            stop.raise();
        }
    }
}
