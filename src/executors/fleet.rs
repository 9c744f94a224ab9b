//! Starts the pools of a run: selects the executor for each model.

use super::calibrator::Calibrator;
use super::event_loop::EventLoop;
use super::faulty_processes::FaultyProcesses;
use super::hybrid::Hybrid;
use super::instruments::Instruments;
use super::main_thread::MainThread;
use super::obstacle;
use super::page_job;
use super::processes::Processes;
use super::request_fixtures::RequestFixtures;
use super::run::{Fleet, Pool, Progress};
use super::threads::Threads;
use super::watch::Watch;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::{ComputeModule, PageJob};
use crate::browser::heartbeat::Heartbeat;
use crate::browser::page;
use crate::browser::turn::{self, Turns};
use crate::experiment::Experiment;
use crate::failure::{Failure, Result, Unavailable};
use crate::measure::Clock;
use crate::measure::calibration::Calibration;
use crate::measure::report::{Capabilities, Disturbance, Environment};
use crate::models::{DataMode, Executor, ExecutorKind, MAX_WORKERS};
use crate::workloads::Workload;
use crate::workloads::own::OwnData;
use futures_util::future::{Either, select};
use std::cell::{Cell, RefCell};
use std::future::Future;
use std::pin::{Pin, pin};
use std::rc::Rc;

/// How long the page gets to paint progress before the next sample, in ms: a little more than one
/// frame.
const PAINT_MS: u32 = 24;

/// Receives the progress of a run.
pub type ProgressSink = Box<dyn Fn(Progress)>;

/// Asked after a disturbance: the run continues once the returned future completes.
pub type GoOn = Box<dyn Fn() -> Pin<Box<dyn Future<Output = ()>>>>;

/// The models of this browser, for one run.
pub struct BrowserFleet {
    capabilities: Capabilities,
    /// `None` where there is none, or it was lost.
    calibrator: RefCell<Option<Rc<Calibrator>>>,
    watch: Watch,
    instruments: Instruments,
    own: Option<OwnData>,
    module: Result<ComputeModule>,
    fixtures: RequestFixtures,
    /// The workload on the page's own thread, which two models share.
    page_job: RefCell<Option<Rc<PageJob>>>,
    started_at: String,
    progress_sink: ProgressSink,
    go_on: GoOn,
    enough: Rc<Cell<bool>>,
}

impl BrowserFleet {
    /// Gets ready for a run of `experiment`, on the asker's `own` data where there is
    /// any, with the page's heart where its freezes are to be seen.
    ///
    /// # Errors
    /// `Unavailable` where nothing can run at all, and as [`RequestFixtures::of`].
    pub async fn new(
        capabilities: Capabilities,
        own: Option<OwnData>,
        experiment: &Experiment,
        progress_sink: ProgressSink,
        go_on: GoOn,
        enough: Rc<Cell<bool>>,
        heartbeat: Option<Heartbeat>,
    ) -> Result<Self> {
        let turns = Turns::new().ok_or_else(|| Failure::from(Unavailable::NoMessageChannels))?;
        let watch = Watch::start();
        let fixtures = RequestFixtures::of(&experiment.workload, &capabilities).await?;
        let module = ComputeModule::load().await;
        let calibrator = match &module {
            Ok(module) => calibrator(module, &capabilities).await,
            Err(_) => None,
        };
        Ok(Self {
            capabilities,
            calibrator: RefCell::new(calibrator.map(Rc::new)),
            watch,
            instruments: Instruments {
                clock: BrowserClock,
                heartbeat: heartbeat.map(Rc::new),
                turns,
                spans: experiment.spans,
            },
            own,
            module,
            fixtures,
            page_job: RefCell::new(None),
            started_at: page::now_iso(),
            progress_sink,
            go_on,
            enough,
        })
    }

    /// `workload` on the page's own thread, ready to be computed.
    ///
    /// # Errors
    /// As the models of the page's own thread.
    pub(super) async fn job_for_page(&self, workload: &Workload) -> Result<Rc<PageJob>> {
        let page = Executor::new(ExecutorKind::MainThread, 1);
        self.capabilities.check_model(&page, workload.id())?;
        obstacle::check_fault(&page, workload)?;
        let module = self.module.as_ref().map_err(Clone::clone)?;
        self.page_job(module, &self.fixtures.for_page(workload)).await
    }

    /// Whether each measurement waits for a beat of the page's heart before and after.
    pub(super) fn has_heart(&self) -> bool {
        self.instruments.heartbeat.is_some()
    }

    /// Gives everything else on the page its turn.
    pub(super) async fn turn(&self) {
        self.instruments.turns.next().await;
    }

    async fn page_job(&self, module: &ComputeModule, workload: &Workload) -> Result<Rc<PageJob>> {
        if let Some(job) = self.page_job.borrow().as_ref() {
            return Ok(job.clone());
        }
        let job = Rc::new(PageJob::new(module, workload, self.own.clone()).await?);
        page_job::fill(&job, &self.instruments.turns).await?;
        *self.page_job.borrow_mut() = Some(job.clone());
        Ok(job)
    }
}

/// A calibrator for the machine's cores. Where there is none, the run goes on uncalibrated, and
/// its report says so.
async fn calibrator(module: &ComputeModule, capabilities: &Capabilities) -> Option<Calibrator> {
    if !capabilities.browser.workers.is_available() {
        return None;
    }
    let cores = capabilities.machine.hardware_concurrency.clamp(1, MAX_WORKERS);
    Calibrator::start(module, cores, capabilities.machine.clock_resolution_us).await.ok()
}

impl Fleet for BrowserFleet {
    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<Box<dyn Pool>> {
        self.capabilities.check_model(executor, workload.id())?;
        obstacle::check_fault(executor, workload)?;
        if executor.options.data_mode == DataMode::Shared {
            self.capabilities.browser.shared_memory.check()?;
        }
        let module = self.module.as_ref().map_err(Clone::clone)?;
        let (instruments, own) = (self.instruments.clone(), self.own.as_ref());
        Ok(match executor.kind() {
            ExecutorKind::MainThread => {
                let job = self.page_job(module, &self.fixtures.for_page(workload)).await?;
                Box::new(MainThread { job, instruments, has_run: false })
            }
            ExecutorKind::EventLoop => {
                let job = self.page_job(module, &self.fixtures.for_page(workload)).await?;
                Box::new(EventLoop { job, instruments })
            }
            ExecutorKind::Threads | ExecutorKind::ThreadsGil => {
                let work = self.fixtures.for_pool(workload);
                Box::new(Threads::start(executor, work, own, module, instruments).await?)
            }
            ExecutorKind::Processes if workload.faults().is_some_and(|it| it.fault().is_some()) => {
                Box::new(FaultyProcesses::start(executor, workload, instruments).await?)
            }
            ExecutorKind::Processes => {
                let work = self.fixtures.for_pool(workload);
                Box::new(Processes::start(executor, work, own, module, instruments).await?)
            }
            ExecutorKind::Hybrid => {
                let work = self.fixtures.for_stages(executor, workload);
                Box::new(Hybrid::start(executor, work, own, module, instruments).await?)
            }
            ExecutorKind::Foreign(model) => {
                let title = model.definition().title.into();
                return Err(Unavailable::ForeignModel { title }.into());
            }
        })
    }

    async fn tell(&self, progress: Progress) {
        (self.progress_sink)(progress);
        turn::sleep(PAINT_MS).await;
    }

    async fn calibrate(&self) -> Option<Calibration> {
        let calibrator = self.calibrator.borrow().clone()?;
        let found = calibrator.calibrate().await.ok();
        if found.is_none() {
            // What is lost is not waited for again.
            self.calibrator.take();
        }
        found
    }

    fn disturbed(&self) -> Option<Disturbance> {
        self.watch.disturbed()
    }

    async fn go_on(&self) {
        (self.go_on)().await;
        page::in_view().await;
    }

    fn is_enough(&self) -> bool {
        self.enough.get()
    }

    async fn in_time<T>(&self, ms: u32, work: impl Future<Output = T>) -> Option<T> {
        match select(pin!(work), turn::sleep(ms)).await {
            Either::Left((came, _)) => Some(came),
            Either::Right(_) => None,
        }
    }

    fn now_ms(&self) -> f64 {
        self.instruments.clock.now_ms()
    }

    fn environment(&self) -> Environment {
        Environment {
            machine: self.capabilities.machine.clone(),
            browser: Some(self.capabilities.browser.clone()),
            user_agent: Some(page::user_agent()),
            started_at: self.started_at.clone(),
            visibility: Some(self.watch.visibility()),
        }
    }
}
