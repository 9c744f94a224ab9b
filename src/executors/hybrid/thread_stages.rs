//! The stages that are threads of one pool.

use super::gathering::Gathering;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::executors::answers::{self, Answered};
use crate::executors::instruments::Instruments;
use crate::executors::post::Sent;
use crate::executors::started_pool::StartedPool;
use crate::executors::timeouts;
use crate::failure::Result;
use crate::measure::{Clock, Lane, Phase};
use crate::models::{DataMode, Executor, Memory};
use crate::protocol::stages::{Item, StagePlan, StageReply, StageRequest};
use crate::protocol::{Supply, ToWorker};
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use crate::workloads::task_order::TaskOrder;
use futures_util::lock::Mutex;

/// Threads that are one stage of a pipeline, or both.
pub struct ThreadStages {
    /// Its coordinator is asked one thing at a time.
    pool: Mutex<StartedPool>,
    plan: StagePlan,
    /// What is added to the coordinator's times, in ms.
    offset_ms: f64,
    startup_ms: f64,
    started_again: bool,
}

impl ThreadStages {
    /// Starts the threads that `executor` has, and a coordinator beside them.
    ///
    /// # Errors
    /// As [`StartedPool::start`].
    pub async fn start(
        executor: &Executor,
        queue_max: Option<u32>,
        workload: &Workload,
        module: &ComputeModule,
        instruments: &Instruments,
    ) -> Result<Self> {
        let io_threads = executor.io_threads();
        let computes = executor.memory() == Memory::Shared;
        let cpu_threads = if computes { executor.workers() } else { 0 };
        let threads = 1 + io_threads + cpu_threads;
        let pool = StartedPool::start(threads, module, instruments.clock).await?;
        let (startup_ms, started_again) = (pool.startup_ms, pool.started_again);
        let offset_ms = pool.clock.map_or(0.0, |clock| clock.offset_ms);
        let plan = StagePlan { io_threads, cpu_threads, queue_max };
        let this = Self { pool: Mutex::new(pool), plan, offset_ms, startup_ms, started_again };
        this.prepare(workload, instruments.spans).await?;
        Ok(this)
    }

    /// Gets the threads ready for a workload.
    ///
    /// # Errors
    /// As [`StartedPool::start`].
    pub async fn prepare(&self, workload: &Workload, spans: bool) -> Result<()> {
        let computes = self.plan.cpu_threads > 0;
        let prepare = |run| ToWorker::Prepare {
            run,
            workload: workload.clone(),
            data_mode: DataMode::Transfer,
            supply: if computes { Supply::Own } else { Supply::WithTasks },
            order: TaskOrder::straight(workload.work().task_count()),
            spans,
        };
        self.pool.lock().await.coordinator.ask(timeouts::POOL_MS, prepare).await.map(drop)
    }

    /// How long it took until they were there, in ms.
    pub fn startup_ms(&self) -> f64 {
        self.startup_ms
    }

    /// Whether their first start got stuck.
    pub fn started_again(&self) -> bool {
        self.started_again
    }

    /// Begins a computation.
    pub async fn begin(&self, gathering: &Gathering) -> Result<()> {
        match self.ask(StageRequest::Begin(self.plan), gathering).await?.0 {
            StageReply::Begun => Ok(()),
            _ => Err(answers::out_of_turn()),
        }
    }

    /// Puts an item into the queue, once there is room.
    pub async fn put(&self, item: Item, gathering: &Gathering) -> Result<()> {
        let (task, start_ms) = (item.task, BrowserClock.now_ms());
        let (reply, sent, received_ms) = self.ask(StageRequest::Put(item), gathering).await?;
        let StageReply::Put { received_ms: picked_up_ms, put_ms } = reply else {
            return Err(answers::out_of_turn());
        };
        gathering.sent.set(gathering.sent.get() + sent.bytes);
        let mut page = gathering.page.borrow_mut();
        // Until it was sent the coordinator was at the items of others.
        page.span(Phase::QueueWait, task, start_ms, sent.begun_ms);
        let [picked_up_ms, put_ms] = [picked_up_ms, put_ms].map(|ms| ms + self.offset_ms);
        page.span(Phase::Transfer, task, sent.posted_ms, picked_up_ms.max(sent.posted_ms));
        page.span(Phase::QueueWait, task, picked_up_ms, put_ms);
        page.span(Phase::Transfer, task, put_ms, received_ms.max(put_ms));
        Ok(())
    }

    /// Takes the next item, once there is one, `None` after the last; also when it was there, in ms by
    /// the page's clock.
    pub async fn take(&self, gathering: &Gathering) -> Result<(Option<Item>, f64)> {
        let (reply, _, received_ms) = self.ask(StageRequest::Take, gathering).await?;
        let StageReply::Taken { taken_ms, item } = reply else {
            return Err(answers::out_of_turn());
        };
        let task = item.as_ref().map(|item| item.task);
        gathering.page.borrow_mut().since(Phase::Deserialize, task, received_ms);
        let bytes = item.as_ref().map_or(0, |item| item.body.len()) as u64;
        gathering.received.set(gathering.received.get() + bytes);
        Ok((item, (taken_ms + self.offset_ms).min(received_ms)))
    }

    /// Waits until all threads are done; gives the moment at which the page heard of that, in ms.
    pub async fn end(&self, gathering: &Gathering) -> Result<f64> {
        match self.ask(StageRequest::End, gathering).await? {
            (StageReply::Ended, _, received_ms) => Ok(received_ms),
            _ => Err(answers::out_of_turn()),
        }
    }

    /// The lanes of coordinator and threads, by the page's clock, and the answer where they computed.
    pub async fn collect(&self) -> Result<(Vec<Lane>, Option<Answer>)> {
        let pool = self.pool.lock().await;
        let collect = |run| ToWorker::Collect { run, with_merged: false };
        let (_, heard) = pool.coordinator.ask(timeouts::POOL_MS, collect).await?;
        let Answered::Collected { answer, lanes, .. } = heard.answered else {
            return Err(answers::out_of_turn());
        };
        let corrected = |lane: Lane| match pool.clock {
            Some(clock) => lane.corrected(clock),
            None => lane,
        };
        Ok((lanes.into_iter().map(corrected).collect(), answer))
    }

    /// Asks the coordinator, one thing at a time, and notes what sending that cost the page. Gives what
    /// came of it, and when the page heard of that, in ms.
    async fn ask(
        &self,
        request: StageRequest,
        gathering: &Gathering,
    ) -> Result<(StageReply, Sent, f64)> {
        let task = match &request {
            StageRequest::Put(item) => Some(item.task),
            _ => None,
        };
        let pool = self.pool.lock().await;
        let message = |run| ToWorker::Stage { run, request };
        let (sent, heard) = pool.coordinator.ask(timeouts::POOL_MS, message).await?;
        sent.note(&mut gathering.page.borrow_mut(), task);
        match heard.answered {
            Answered::Stage(reply) => Ok((reply, sent, heard.received_ms)),
            _ => Err(answers::out_of_turn()),
        }
    }
}
