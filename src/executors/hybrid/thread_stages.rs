//! The stages that are threads of one pool.

use super::Gathering;
use super::stage_queue::Item;
use crate::browser::compute_module::ComputeModule;
use crate::executors::answers::{self, Answered};
use crate::executors::client::Reply;
use crate::executors::instruments::Instruments;
use crate::executors::started_pool::StartedPool;
use crate::executors::timeouts;
use crate::failure::Result;
use crate::measure::Lane;
use crate::models::{DataMode, Executor, Memory};
use crate::protocol::{StagePlan, Supply, ToWorker};
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use crate::workloads::task_order::TaskOrder;
use futures_util::lock::Mutex;

/// Threads that are one stage of a pipeline, or both.
pub struct ThreadStages {
    /// Its coordinator is asked one thing at a time.
    pool: Mutex<StartedPool>,
    plan: StagePlan,
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
        let prepare = |run| ToWorker::Prepare {
            run,
            workload: workload.clone(),
            data_mode: DataMode::Transfer,
            supply: Supply::Own,
            order: TaskOrder::straight(workload.work().task_count()),
            spans: instruments.spans,
        };
        pool.coordinator.ask(timeouts::POOL_MS, prepare).await?;
        let (startup_ms, started_again) = (pool.startup_ms, pool.started_again);
        let plan = StagePlan { io_threads, cpu_threads, queue_max };
        Ok(Self { pool: Mutex::new(pool), plan, startup_ms, started_again })
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
        let plan = self.plan;
        let heard = self.ask(Some((None, gathering)), |run| ToWorker::BeginStages { run, plan });
        match heard.await?.answered {
            Answered::StagesBegun => Ok(()),
            _ => Err(answers::out_of_turn()),
        }
    }

    /// Puts an item into the queue, once there is room.
    pub async fn put(&self, (task, body): Item, gathering: &Gathering) -> Result<()> {
        let message = |run| ToWorker::PutItem { run, task: task as u32, body };
        match self.ask(Some((Some(task as u32), gathering)), message).await?.answered {
            Answered::ItemPut => Ok(()),
            _ => Err(answers::out_of_turn()),
        }
    }

    /// Takes the next item, once there is one.
    pub async fn take(&self) -> Result<Option<Item>> {
        match self.ask(None, |run| ToWorker::TakeItem { run }).await?.answered {
            Answered::ItemTaken(item) => Ok(item),
            _ => Err(answers::out_of_turn()),
        }
    }

    /// Waits until all threads are done; gives the moment at which the page heard of that, in ms.
    pub async fn end(&self, gathering: &Gathering) -> Result<f64> {
        let heard = self.ask(Some((None, gathering)), |run| ToWorker::EndStages { run }).await?;
        match heard.answered {
            Answered::Finished(_) => Ok(heard.received_ms),
            _ => Err(answers::out_of_turn()),
        }
    }

    /// The lanes of coordinator and threads, by the page's clock, and the answer where they computed.
    pub async fn collect(&self) -> Result<(Vec<Lane>, Option<Answer>)> {
        let collect = |run| ToWorker::Collect { run, with_merged: false };
        let Answered::Collected { answer, lanes, .. } = self.ask(None, collect).await?.answered
        else {
            return Err(answers::out_of_turn());
        };
        let clock = self.pool.lock().await.clock;
        let corrected = |lane: Lane| match clock {
            Some(clock) => lane.corrected(clock),
            None => lane,
        };
        Ok((lanes.into_iter().map(corrected).collect(), answer))
    }

    /// Asks the coordinator, and notes what that cost the page where it is measured: for which task,
    /// and in which sample.
    async fn ask(
        &self,
        noted: Option<(Option<u32>, &Gathering)>,
        message: impl FnOnce(u32) -> ToWorker,
    ) -> Result<Reply> {
        let pool = self.pool.lock().await;
        let (sent, heard) = pool.coordinator.ask(timeouts::POOL_MS, message).await?;
        if let Some((task, gathering)) = noted {
            sent.note(&mut gathering.page.borrow_mut(), task);
        }
        Ok(heard)
    }
}
