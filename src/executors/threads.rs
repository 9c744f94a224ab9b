//! Threads, with a GIL or without: a rayon pool over one shared memory, whose first thread is a
//! coordinator worker, which may block where the page must not.

use super::answers::{self, Answered};
use super::attending::{Attending, JobSent};
use super::client::Client;
use super::instruments::Instruments;
use super::lanes;
use super::request_fixtures::PoolWork;
use super::run::{Pool, Preparing, Sampling};
use super::started_pool::StartedPool;
use super::timeouts;
use crate::browser::buffer::Buffer;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::ComputeModule;
use crate::browser::service_worker::PartOfRun;
use crate::browser::shared_words::SharedWords;
use crate::browser::turn;
use crate::failure::{PoolProblem, Result};
use crate::measure::recorder::Recorder;
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Phase, Span};
use crate::models::{DataMode, Executor, ExecutorKind};
use crate::protocol::{GilRules, JobTimes, Supply, ToWorker};
use crate::sync::task_words::TaskWatch;
use crate::workloads::Workload;
use crate::workloads::faults::Faults;
use crate::workloads::own::OwnData;
use crate::workloads::task_order::TaskOrder;
use futures_util::future::{Either, select};
use std::pin::pin;

/// How often to look for a task that takes too long, in ms.
const LOOK_MS: u32 = 25;

/// A thread pool, with a workload ready.
pub struct Threads {
    pool: StartedPool,
    _requests: Option<PartOfRun>,
    chunk_size: u32,
    gil: Option<GilRules>,
    /// How long a task may take, where one may take for ever, in ms.
    task_limit_ms: Option<u32>,
    /// What its threads say while they answer no message.
    words: Option<SharedWords>,
    instruments: Instruments,
    /// Whether the merged bytes are a picture to be shown.
    with_merged: bool,
    merged: Option<Vec<u8>>,
}

impl Threads {
    /// Starts the pool and has it make the workload's static data, or hands it the
    /// asker's `own`.
    ///
    /// # Errors
    /// `WorkerLost` where it does not start, `OutOfMemory` where the data does not
    /// fit, `TimedOut` where nothing is heard.
    pub async fn start(
        executor: &Executor,
        work: PoolWork,
        own: Option<&OwnData>,
        module: &ComputeModule,
        instruments: Instruments,
    ) -> Result<Self> {
        let PoolWork { workload, requests } = work;
        let chunk_size = executor.chunk_size();
        let gil = gil_rules(executor);
        let faults = workload.faults().filter(|faults| faults.fault().is_some());
        let pool = StartedPool::start(executor.workers(), module, instruments.clock).await?;
        let spans = instruments.spans;
        // Before it attends, while its words are here.
        let words = pool.coordinator.words();
        prepare(&pool.coordinator, &workload, own, spans).await?;
        Ok(Self {
            pool,
            _requests: requests,
            chunk_size,
            gil,
            words,
            task_limit_ms: faults.map(Faults::timeout_ms),
            instruments,
            with_merged: workload.work().is_shown(),
            merged: None,
        })
    }

    /// What a job comes to, unless one of its tasks takes too long.
    async fn within_limit<T>(&self, job: impl Future<Output = Result<T>>) -> Result<T> {
        let (Some(limit_ms), Some(words)) = (self.task_limit_ms, self.words.as_ref()) else {
            return job.await;
        };
        match select(pin!(job), pin!(late_task(words, limit_ms))).await {
            Either::Left((came, _)) => came,
            Either::Right(_) => Err(PoolProblem::TaskTimedOut { limit_ms: limit_ms.into() }.into()),
        }
    }

    /// The lanes of coordinator and threads, by the page's clock and without gaps
    /// where it is known what was in them.
    fn lanes(
        &self,
        lanes: Vec<Lane>,
        jobs: impl Iterator<Item = (JobSent, JobTimes)>,
        from_ms: f64,
        to_ms: f64,
    ) -> Vec<Lane> {
        let corrected = |lane: Lane| match self.pool.clock {
            Some(clock) => lane.corrected(clock),
            None => lane,
        };
        let offset_ms = self.pool.clock.map_or(0.0, |clock| clock.offset_ms);
        let mut lanes: Vec<_> = lanes.into_iter().map(corrected).collect();
        let Some((coordinator, threads)) = lanes.split_first_mut() else { return lanes };
        let at_work = |span: &&Span| span.phase == Phase::Idle;
        let pool: Vec<_> = coordinator.spans.iter().filter(at_work).copied().collect();
        for thread in threads {
            lanes::idle_outside(&mut thread.spans, &pool, from_ms, to_ms);
        }
        for (page, pool) in jobs {
            let mut note = |phase, start_ms, end_ms| {
                coordinator.spans.push(Span::new(phase, None, start_ms, end_ms));
            };
            note(Phase::Transfer, page.sent_ms, pool.received_ms + offset_ms);
            note(Phase::Transfer, pool.done_ms + offset_ms, page.heard_ms);
        }
        lanes
    }
}

/// Has a coordinator make the static data of `workload`, or hands it the asker's `own`.
async fn prepare(
    coordinator: &Client,
    workload: &Workload,
    own: Option<&OwnData>,
    spans: bool,
) -> Result<()> {
    let (supply, brought) = match own.filter(|_| workload.work().own_len().is_some()) {
        Some(own) => (Supply::Kept, vec![Buffer::holding(&own.bytes)?]),
        None => (Supply::Own, Vec::new()),
    };
    let prepare = |run| ToWorker::Prepare {
        run,
        workload: workload.clone(),
        data_mode: DataMode::Transfer,
        supply,
        order: TaskOrder::straight(workload.work().task_count()),
        spans,
    };
    coordinator.ask_about(&brought, timeouts::POOL_MS, prepare).await.map(drop)
}

/// Comes once a task of the threads that write to `words` has taken longer than this.
async fn late_task(words: &SharedWords, limit_ms: u32) {
    let mut watch = TaskWatch::new(limit_ms.into(), BrowserClock.now_ms());
    while watch.look(words.tasks(), BrowserClock.now_ms()).is_none() {
        turn::sleep(LOOK_MS).await;
    }
}

/// How the pool's threads share a GIL, if they do.
fn gil_rules(executor: &Executor) -> Option<GilRules> {
    let options = &executor.options;
    (executor.kind() == ExecutorKind::ThreadsGil).then_some(GilRules {
        switch_interval_us: options.switch_interval_us,
        release_in_native: options.release_in_native,
    })
}

impl Pool for Threads {
    fn sample(&mut self, times: u32) -> Sampling<'_> {
        Box::pin(async move {
            let clock = self.instruments.clock;
            let mut attending =
                Attending::begin(&self.pool.coordinator, self.chunk_size, self.gil).await?;
            self.instruments.begin().await;
            let mut page = Recorder::new(clock, self.instruments.spans, 2 * times as usize);
            let mut sent = Vec::with_capacity(times as usize);
            let started_ms = clock.now_ms();
            for _ in 0..times {
                let job = self.within_limit(attending.compute()).await?;
                page.span(Phase::Transfer, None, job.sent_ms, job.posted_ms);
                page.span(Phase::Idle, None, job.posted_ms, job.heard_ms);
                sent.push(job);
            }
            drop(attending);
            let ended_ms = sent.last().map_or(started_ms, |last| last.heard_ms);
            let mut page = Lane::new(LaneKind::Page, 1, page.into_spans());
            let blocked_ms = self.instruments.heart(&mut page, started_ms, ended_ms).await;
            let with_merged = self.with_merged;
            let collect = |run| ToWorker::Collect { run, with_merged };
            let (_, heard) = self.pool.coordinator.ask(timeouts::POOL_MS, collect).await?;
            let Answered::Collected { answer: Some(answer), merged, lanes: workers, jobs } =
                heard.answered
            else {
                return Err(answers::out_of_turn());
            };
            self.merged = with_merged.then_some(merged);
            let mut lanes = vec![page];
            if self.instruments.spans {
                lanes.append(&mut self.lanes(
                    workers,
                    sent.into_iter().zip(jobs),
                    started_ms,
                    ended_ms,
                ));
            }
            // Nothing of the workload moves between memories.
            Ok(Sample {
                started_ms,
                ended_ms,
                computations: times,
                lanes,
                blocked_ms,
                bytes_sent: 0,
                bytes_received: 0,
                answer,
            })
        })
    }

    fn prepare<'a>(&'a mut self, workload: &'a Workload) -> Preparing<'a> {
        Box::pin(async move {
            self.with_merged = workload.work().is_shown();
            prepare(&self.pool.coordinator, workload, None, self.instruments.spans).await
        })
    }

    fn startup_ms(&self) -> f64 {
        self.pool.startup_ms
    }

    fn started_again(&self) -> bool {
        self.pool.started_again
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.merged.take()
    }
}
