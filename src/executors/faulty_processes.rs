//! Processes whose tasks fail on purpose: the pool of [`super::pool`], which loses a task and not the others.

use super::instruments::Instruments;
use super::pool::{PoolNews, ProcessPool};
use super::run::{Pool, Preparing, Sampling};
use crate::failure::{Failure, PoolProblem, Problem, Result, TaskEnd, WorkerProblem};
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind};
use crate::models::Executor;
use crate::pool::{PoolOptions, PoolSpec, StartWhen, TaskId, TaskOptions};
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use crate::workloads::faults::Faults;
use crate::workloads::summary::Summary;
use futures_channel::mpsc::{UnboundedReceiver, unbounded};
use futures_util::StreamExt;
use std::collections::BTreeMap;

/// A pool for a workload with a fault.
pub struct FaultyProcesses {
    pool: ProcessPool,
    news: UnboundedReceiver<PoolNews>,
    workload: Workload,
    /// Tasks in a message, which fail together.
    chunk: usize,
    startup_ms: f64,
    instruments: Instruments,
}

impl FaultyProcesses {
    /// Starts all workers of the pool, and waits until they take tasks.
    ///
    /// # Errors
    /// `Unavailable` where the program that computes cannot be loaded, `WorkerLost` where no worker
    /// starts.
    pub async fn start(
        executor: &Executor,
        workload: &Workload,
        instruments: Instruments,
    ) -> Result<Self> {
        let started_ms = instruments.clock.now_ms();
        let workers = executor.workers() as usize;
        let options = PoolOptions {
            workers,
            start_when: StartWhen::AtOnce,
            max_tasks_per_child: None,
            has_initializer: false,
            initializer_timeout_ms: None,
        };
        let spec = PoolSpec { options, initializer: None, timeout_ms: None };
        let (send, news) = unbounded();
        let tell = move |news| {
            // Whoever listened may have gone, and the pool goes with it.
            let _ = send.unbounded_send(news);
        };
        let pool = ProcessPool::open(spec, tell).await?;
        let workload = workload.clone();
        let chunk = executor.chunk_size().max(1) as usize;
        let mut this = Self { pool, news, workload, chunk, startup_ms: 0.0, instruments };
        this.all_start(workers).await?;
        this.startup_ms = this.instruments.clock.now_ms() - started_ms;
        Ok(this)
    }

    async fn all_start(&mut self, workers: usize) -> Result<()> {
        while self.pool.state().ready < workers {
            match self.news.next().await {
                Some(PoolNews::Ready) => {}
                Some(PoolNews::Broken(why)) => return Err(why),
                Some(PoolNews::Limited { begun, wanted }) => {
                    let (begun, wanted) = (begun as u64, wanted as u64);
                    return Err(WorkerProblem::TooFewStarted { begun, wanted }.into());
                }
                _ => return Err(WorkerProblem::Gone.into()),
            }
        }
        Ok(())
    }

    fn faults(&self) -> Result<&Faults> {
        self.workload.faults().ok_or_else(|| WorkerProblem::NotPrepared.into())
    }

    /// Computes everything once: what each task came to, in their order.
    async fn compute(&mut self) -> Result<Vec<Result<u64>>> {
        let faults = self.faults()?.clone();
        let tasks = self.workload.work().task_count();
        let all: Vec<usize> = (0..tasks).collect();
        let mut came: Vec<Option<Result<u64>>> = vec![None; tasks];
        let mut waiting: BTreeMap<TaskId, &[usize]> = BTreeMap::new();
        for chunk in all.chunks(self.chunk) {
            // The limit is a task's, and these are sent as one.
            let timeout_ms = faults.timeout_ms().saturating_mul(chunk.len() as u32);
            let options =
                TaskOptions { timeout_ms: Some(timeout_ms), repeatable: faults.is_repeatable() };
            let alone = chunk.iter().map(|task| Workload::Faults(faults.alone(*task))).collect();
            waiting.insert(self.pool.submit(alone, options)?, chunk);
        }
        while !waiting.is_empty() {
            match self.news.next().await {
                Some(PoolNews::Settled(id, answers)) => {
                    for (at, task) in waiting.remove(&id).unwrap_or_default().iter().enumerate() {
                        came[*task] = Some(match &answers {
                            Ok(answers) => last_value(answers.get(at)),
                            Err(failure) => Err(failure.clone()),
                        });
                    }
                }
                // Also of a pool that breaks every task settles.
                Some(_) => {}
                None => return Err(WorkerProblem::Gone.into()),
            }
        }
        Ok(came.into_iter().flatten().collect())
    }
}

/// The value that a task by itself came to.
fn last_value(came: Option<&Result<Answer>>) -> Result<u64> {
    match came {
        Some(Ok(Answer { summary: Summary::LastValues { value, .. }, .. })) => Ok(*value),
        Some(Err(failure)) => Err(failure.clone()),
        _ => Err(WorkerProblem::OutOfTurn.into()),
    }
}

impl Pool for FaultyProcesses {
    fn sample(&mut self, times: u32) -> Sampling<'_> {
        Box::pin(async move {
            let clock = self.instruments.clock;
            self.instruments.begin().await;
            let started_ms = clock.now_ms();
            let mut parts = Vec::new();
            for _ in 0..times {
                let came = self.compute().await?;
                let at = self.faults()?.at();
                parts = values(came, at, clock.now_ms() - started_ms)?;
            }
            let ended_ms = clock.now_ms();
            let merged = self.workload.work().merge(parts)?;
            let mut page = Lane::new(LaneKind::Page, 1, Vec::new());
            let blocked_ms = self.instruments.heart(&mut page, started_ms, ended_ms).await;
            Ok(Sample {
                started_ms,
                ended_ms,
                computations: times,
                lanes: vec![page],
                blocked_ms,
                bytes_sent: 0,
                bytes_received: 0,
                answer: self.workload.answer(&merged),
            })
        })
    }

    fn prepare<'a>(&'a mut self, workload: &'a Workload) -> Preparing<'a> {
        // Each task says by itself what it is.
        self.workload = workload.clone();
        Box::pin(std::future::ready(Ok(())))
    }

    fn startup_ms(&self) -> f64 {
        self.startup_ms
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        None
    }
}

impl Drop for FaultyProcesses {
    fn drop(&mut self) {
        self.pool.terminate_workers();
    }
}

/// The parts of all tasks, or which one failed: of those that were sent together, the one that fails on purpose, at `at`.
fn values(came: Vec<Result<u64>>, at: usize, took_ms: f64) -> Result<Vec<Vec<u8>>> {
    let first = || came.iter().position(Result::is_err);
    let failed = Some(at).filter(|at| came.get(*at).is_some_and(Result::is_err)).or_else(first);
    if let Some((task, Some(Err(failure)))) = failed.map(|task| (task, came.get(task))) {
        return Err(lost(task, failure, &came, took_ms));
    }
    Ok(came.into_iter().flatten().map(|value| value.to_le_bytes().to_vec()).collect())
}

fn lost(task: usize, failure: &Failure, came: &[Result<u64>], took_ms: f64) -> Failure {
    PoolProblem::TaskLost {
        task: task as u64,
        tasks: came.len() as u64,
        survived: came.iter().filter(|one| one.is_ok()).count() as u64,
        took_ms,
        why: end_of(failure),
    }
    .into()
}

/// Why a task failed.
fn end_of(failure: &Failure) -> TaskEnd {
    match &failure.problem {
        Problem::Pool(PoolProblem::TaskStopped { said }) => TaskEnd::Stopped { said: said.clone() },
        Problem::Pool(PoolProblem::WorkerDied) => TaskEnd::Died,
        Problem::Pool(PoolProblem::TaskTimedOut { limit_ms }) => {
            TaskEnd::TimedOut { limit_ms: *limit_ms }
        }
        Problem::Memory(_) => TaskEnd::OutOfMemory,
        other => TaskEnd::Other { said: other.message().as_str().into() },
    }
}
