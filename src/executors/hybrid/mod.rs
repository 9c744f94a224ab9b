//! A pipeline of two stages: one waits for requests, the other computes with their answers, and a
//! bounded queue is between them. Each stage is the page's event loop, threads, or processes; each
//! does its work as the model of that name does.
//!
//! | first stage | second stage | the queue is |
//! | --- | --- | --- |
//! | event loop | processes | on the page |
//! | event loop | threads | in the threads' memory; the coordinator puts what the page brings |
//! | threads | threads | in the threads' memory |
//! | threads | processes | in the threads' memory; the coordinator takes what the page sends on |

mod gathering;
mod process_stage;
mod stage_queue;
mod thread_stages;

use super::instruments::Instruments;
use super::lanes;
use super::request_fixtures::PoolWork;
use super::run::{Pool, Preparing, Sampling};
use crate::browser::compute_module::ComputeModule;
use crate::browser::requests;
use crate::browser::service_worker::PartOfRun;
use crate::failure::Result;
use crate::measure::recorder::Recorder;
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Phase};
use crate::models::{CpuStage, Executor, IoStage};
use crate::protocol::stages::Item;
use crate::workloads::Workload;
use crate::workloads::own::OwnData;
use crate::workloads::request::RequestKind;
use futures_util::future::{try_join, try_join_all};
use gathering::Gathering;
use process_stage::ProcessStage;
use stage_queue::StageQueue;
use std::cell::Cell;
use thread_stages::ThreadStages;

/// A pipeline, with a workload ready.
pub struct Hybrid {
    workload: Workload,
    /// Requests that wait at a time.
    io_workers: usize,
    io_stage: IoStage,
    /// Most items in the queue; `None` where computing begins after the last request.
    queue_max: Option<u32>,
    /// The stages that are threads, if any are.
    threads: Option<ThreadStages>,
    /// The second stage, where it is processes.
    processes: Option<ProcessStage>,
    _requests: Option<PartOfRun>,
    instruments: Instruments,
}

impl Hybrid {
    /// Starts the workers of both stages.
    ///
    /// # Errors
    /// As those of the models that the stages are.
    pub async fn start(
        executor: &Executor,
        work: PoolWork,
        own: Option<&OwnData>,
        module: &ComputeModule,
        instruments: Instruments,
    ) -> Result<Self> {
        let PoolWork { workload, requests } = work;
        let options = &executor.options;
        let queue_max = options.streaming.then_some(options.queue_max);
        let threads = match executor.has_threads() {
            true => Some(
                ThreadStages::start(executor, queue_max, &workload, module, &instruments).await?,
            ),
            false => None,
        };
        let processes = match options.cpu_stage {
            CpuStage::Processes => {
                let workers = executor.workers();
                Some(ProcessStage::start(workers, &workload, own, module, &instruments).await?)
            }
            CpuStage::Threads => None,
        };
        Ok(Self {
            workload,
            io_workers: options.io_workers as usize,
            io_stage: options.io_stage,
            queue_max,
            threads,
            processes,
            _requests: requests,
            instruments,
        })
    }

    /// Computes the workload once; gives the moment at which that was done, in ms.
    async fn compute(&self, gathering: &Gathering) -> Result<f64> {
        let queue = match &self.threads {
            Some(threads) => {
                threads.begin(gathering).await?;
                StageQueue::InPool(threads)
            }
            None => {
                let tasks = self.workload.work().task_count();
                StageQueue::on_page(self.queue_max, tasks, self.instruments.spans)
            }
        };
        let first = async {
            if self.io_stage == IoStage::EventLoop {
                self.wait_for_all(&queue, gathering).await?;
            }
            queue.close();
            Ok(())
        };
        let second = async {
            match &self.processes {
                Some(processes) => processes.compute_all(&queue, gathering).await.map(Some),
                None => Ok(None),
            }
        };
        let (_, parts) = try_join(first, second).await?;
        let ended_ms = match &self.threads {
            Some(threads) => threads.end(gathering).await?,
            None => self.instruments.clock.now_ms(),
        };
        queue.note_depth(&mut gathering.queue.borrow_mut());
        if let Some(failed) = gathering.failed.take() {
            return Err(failed);
        }
        let Some(parts) = parts else { return Ok(ended_ms) };
        let merge_ms = gathering.page.borrow().now_ms();
        // What was there before goes first: it may be as large.
        gathering.merged.take();
        *gathering.merged.borrow_mut() = Some(self.workload.work().merge(parts)?);
        gathering.page.borrow_mut().since(Phase::Merge, None, merge_ms);
        Ok(self.instruments.clock.now_ms())
    }

    /// The first stage on the event loop: as many coroutines as there are to be requests at a time.
    async fn wait_for_all(&self, queue: &StageQueue<'_>, gathering: &Gathering) -> Result<()> {
        let next = Cell::new(0);
        let coroutine = |_| self.wait_in_turn(&next, queue, gathering);
        try_join_all((0..self.io_workers).map(coroutine)).await.map(drop)
    }

    /// Waits for one request after another, and hands on each answer.
    async fn wait_in_turn(
        &self,
        next: &Cell<usize>,
        queue: &StageQueue<'_>,
        gathering: &Gathering,
    ) -> Result<()> {
        let (work, clock) = (self.workload.work(), self.instruments.clock);
        loop {
            let task = next.replace(next.get() + 1);
            if task >= work.task_count() {
                return Ok(());
            }
            let start_ms = clock.now_ms();
            let body = match work.request(task) {
                None => Vec::new(),
                Some(request) => match requests::wait(&request).await {
                    Err(failure) => {
                        gathering.failed.borrow_mut().get_or_insert(failure);
                        continue;
                    }
                    Ok(body) => {
                        let mut page = gathering.page.borrow_mut();
                        page.since(Phase::IoWait, task as u32, start_ms);
                        if request.kind != RequestKind::Timer {
                            gathering.received.set(gathering.received.get() + body.len() as u64);
                        }
                        body
                    }
                },
            };
            queue.put(Item { task: task as u32, body }, gathering).await?;
        }
    }
}

impl Pool for Hybrid {
    fn sample(&mut self, times: u32) -> Sampling<'_> {
        Box::pin(async move {
            let Instruments { clock, spans, .. } = self.instruments;
            self.instruments.begin().await;
            let room = 6 * self.workload.work().task_count() * times as usize;
            let gathering = Gathering::new(Recorder::new(clock, spans, room));
            let started_ms = clock.now_ms();
            let mut ended_ms = started_ms;
            for _ in 0..times {
                ended_ms = self.compute(&gathering).await?;
            }
            let Gathering { page, received, sent, queue, merged, .. } = gathering;
            let mut page = Lane::new(LaneKind::Page, 1, page.into_inner().into_spans());
            let blocked_ms = self.instruments.heart(&mut page, started_ms, ended_ms).await;
            page.queue = queue.into_inner().filter(|_| spans);
            let mut all = vec![page];
            let mut answer = merged.into_inner().map(|merged| self.workload.answer(&merged));
            if let Some(threads) = &self.threads {
                let (of_threads, answered) = threads.collect().await?;
                all.extend(of_threads);
                answer = answer.or(answered);
            }
            if let Some(processes) = &self.processes {
                all.extend(processes.lanes());
            }
            for lane in &mut all {
                lanes::fill(&mut lane.spans, started_ms, ended_ms);
            }
            all.truncate(if spans { all.len() } else { 1 });
            Ok(Sample {
                started_ms,
                ended_ms,
                computations: times,
                lanes: all,
                blocked_ms,
                bytes_sent: sent.get(),
                bytes_received: received.get(),
                answer: answer.ok_or_else(super::answers::out_of_turn)?,
            })
        })
    }

    fn prepare<'a>(&'a mut self, workload: &'a Workload) -> Preparing<'a> {
        Box::pin(async move {
            let Instruments { turns, spans, .. } = &self.instruments;
            if let Some(threads) = &self.threads {
                threads.prepare(workload, *spans).await?;
            }
            if let Some(processes) = &mut self.processes {
                processes.prepare(workload, turns).await?;
            }
            self.workload = workload.clone();
            Ok(())
        })
    }

    fn startup_ms(&self) -> f64 {
        let threads_ms = self.threads.as_ref().map_or(0.0, ThreadStages::startup_ms);
        threads_ms + self.processes.as_ref().map_or(0.0, |processes| processes.startup_ms)
    }

    fn started_again(&self) -> bool {
        self.threads.as_ref().is_some_and(ThreadStages::started_again)
            || self.processes.as_ref().is_some_and(|processes| processes.started_again)
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        None
    }
}
