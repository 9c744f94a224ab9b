//! The models of this browser: which one is started for which name, and what they
//! are all measured with.

use super::event_loop::EventLoop;
use super::main_thread::MainThread;
use super::processes::Processes;
use super::run::{Fleet, Pool, Progress};
use super::threads::Threads;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::{ComputeModule, PageJob};
use crate::browser::heartbeat::Heartbeat;
use crate::browser::page;
use crate::browser::turn::{self, Turns};
use crate::experiment::{Executor, ExecutorKind};
use crate::failure::{Failure, FailureKind, Result};
use crate::measure::Lane;
use crate::measure::heartbeat;
use crate::measure::report::{Capabilities, Environment, Sample};
use crate::workloads::Workload;
use crate::workloads::requests::RequestKind;
use gloo_events::EventListener;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

/// Between two samples the page may paint what it was told, in ms: one frame and
/// some.
const BREATH_MS: u32 = 24;

/// What every model is measured with.
#[derive(Clone)]
pub struct Instruments {
    /// The clock.
    pub clock: BrowserClock,
    /// The page's heart.
    pub heartbeat: Rc<Heartbeat>,
    /// Turns of the event loop.
    pub turns: Turns,
}

impl Instruments {
    /// Ends a measurement that lasted from `started_ms` to `ended_ms`: notes the
    /// page's beats in its lane, and says for how long it was frozen, in ms.
    pub async fn heart(&self, page: &mut Lane, started_ms: f64, ended_ms: f64) -> f64 {
        let mut beats_ms = self.heartbeat.end().await;
        let frozen_ms = heartbeat::longest_freeze_ms(&beats_ms, started_ms, ended_ms);
        beats_ms.retain(|beat| (started_ms..=ended_ms).contains(beat));
        page.beats_ms = beats_ms;
        frozen_ms
    }
}

/// Who is told how far a run is.
pub type Teller = Box<dyn Fn(Progress)>;

/// The models of this browser, for one run.
pub struct BrowserFleet {
    capabilities: Capabilities,
    instruments: Instruments,
    module: Result<ComputeModule>,
    /// The workload on the page's own thread, which two models share.
    page_job: RefCell<Option<Rc<PageJob>>>,
    started_at: String,
    was_hidden: Rc<Cell<bool>>,
    _on_hidden: Option<EventListener>,
    teller: Teller,
}

impl BrowserFleet {
    /// Gets ready for a run. `show_beat` is called while the page's heart beats.
    ///
    /// # Errors
    /// `Unavailable` where nothing can run at all.
    pub async fn new(
        capabilities: Capabilities,
        teller: Teller,
        show_beat: impl Fn(u32) + 'static,
    ) -> Result<Self> {
        let turns = Turns::new().ok_or_else(|| {
            Failure::new(FailureKind::Unavailable, "This browser has no message channels.")
        })?;
        let was_hidden = Rc::new(Cell::new(page::is_hidden()));
        let hidden = was_hidden.clone();
        Ok(Self {
            capabilities,
            instruments: Instruments {
                clock: BrowserClock,
                heartbeat: Rc::new(Heartbeat::start(show_beat)),
                turns,
            },
            module: ComputeModule::load().await,
            page_job: RefCell::new(None),
            started_at: page::now_iso(),
            was_hidden,
            _on_hidden: page::on_hidden(move || hidden.set(true)),
            teller,
        })
    }

    async fn page_job(&self, module: &ComputeModule, workload: &Workload) -> Result<Rc<PageJob>> {
        if let Some(job) = self.page_job.borrow().as_ref() {
            return Ok(job.clone());
        }
        let job = Rc::new(PageJob::new(module, workload).await?);
        while job.fill()? {
            self.instruments.turns.next().await;
        }
        *self.page_job.borrow_mut() = Some(job.clone());
        Ok(job)
    }
}

/// Whether `workload` can run here at all.
///
/// # Errors
/// `Unavailable`, with the reason and what to do.
pub fn check_workload(capabilities: &Capabilities, workload: &Workload) -> Result<()> {
    match (workload, &capabilities.service_worker.reason) {
        (Workload::Requests(requests), Some(reason)) if requests.kind() == RequestKind::Network => {
            Err(Failure::new(FailureKind::Unavailable, reason.clone()))
        }
        _ => Ok(()),
    }
}

impl Fleet for BrowserFleet {
    type Pool = BrowserPool;

    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<BrowserPool> {
        if let Some(reason) = &self.capabilities.executor(executor.kind()).reason {
            return Err(Failure::new(FailureKind::Unavailable, reason.clone()));
        }
        let module = self.module.as_ref().map_err(Clone::clone)?;
        let instruments = self.instruments.clone();
        Ok(match executor.kind() {
            ExecutorKind::MainThread => {
                let job = self.page_job(module, workload).await?;
                BrowserPool::MainThread(MainThread { job, instruments })
            }
            ExecutorKind::EventLoop => {
                let job = self.page_job(module, workload).await?;
                BrowserPool::EventLoop(EventLoop { job, instruments })
            }
            ExecutorKind::Threads => {
                BrowserPool::Threads(Threads::start(executor, workload, module, instruments).await?)
            }
            ExecutorKind::Processes => BrowserPool::Processes(
                Processes::start(executor, workload, module, instruments).await?,
            ),
        })
    }

    async fn tell(&self, progress: Progress) {
        (self.teller)(progress);
        turn::sleep(BREATH_MS).await;
    }

    fn environment(&self) -> Environment {
        Environment {
            capabilities: self.capabilities.clone(),
            user_agent: page::user_agent(),
            started_at: self.started_at.clone(),
            visibility: if self.was_hidden.get() { "hidden" } else { "visible" },
        }
    }
}

/// A pool of any model.
pub enum BrowserPool {
    /// See [`MainThread`].
    MainThread(MainThread),
    /// See [`EventLoop`].
    EventLoop(EventLoop),
    /// See [`Threads`].
    Threads(Threads),
    /// See [`Processes`].
    Processes(Processes),
}

impl Pool for BrowserPool {
    async fn sample(&mut self) -> Result<Sample> {
        match self {
            Self::MainThread(pool) => pool.sample().await,
            Self::EventLoop(pool) => pool.sample().await,
            Self::Threads(pool) => pool.sample().await,
            Self::Processes(pool) => pool.sample().await,
        }
    }

    fn startup_ms(&self) -> f64 {
        match self {
            Self::MainThread(pool) => pool.startup_ms(),
            Self::EventLoop(pool) => pool.startup_ms(),
            Self::Threads(pool) => pool.startup_ms(),
            Self::Processes(pool) => pool.startup_ms(),
        }
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        match self {
            Self::MainThread(pool) => pool.merged(),
            Self::EventLoop(pool) => pool.merged(),
            Self::Threads(pool) => pool.merged(),
            Self::Processes(pool) => pool.merged(),
        }
    }
}
