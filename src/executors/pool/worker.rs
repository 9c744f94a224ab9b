//! A worker of a script's pool.

use crate::browser::compute_module::ComputeModule;
use crate::browser::worker::{Boot, Watch, Worker, WorkerEvent};
use crate::executors::answers::{self, Answered, WorkerMessage};
use crate::executors::post;
use crate::failure::{Failure, PoolProblem, Problem, Result, WorkerProblem};
use crate::models::DataMode;
use crate::protocol::ToWorker;
use crate::workloads::Workload;
use crate::workloads::answer::Answer;

/// A worker; dropping it ends it.
pub struct PoolWorker {
    worker: Worker,
    answers: answers::Answers,
}

/// What a worker says.
pub enum Said {
    /// Nothing that matters.
    Nothing,
    /// It has begun.
    Begun,
    /// It takes calls.
    Ready,
    /// What the workloads of its call came to.
    Called(Vec<Result<Answer>>),
    /// It is gone, or no use any more.
    Lost(Failure),
}

impl PoolWorker {
    /// Starts one.
    ///
    /// # Errors
    /// `Unavailable` where the browser refuses.
    pub fn start(module: &ComputeModule, hear: impl Fn(WorkerEvent) + 'static) -> Result<Self> {
        let boot = Boot { module: Some(module), memory: None, threads: 0, watch: Watch::AtStart };
        Ok(Self { worker: Worker::start(&boot, hear)?, answers: answers::Answers::default() })
    }

    /// Has it compute these workloads.
    ///
    /// # Errors
    /// As [`Worker::post`].
    pub fn call(&mut self, workloads: Vec<Workload>, is_first: bool) -> Result<()> {
        let run = self.answers.next_run();
        let call = ToWorker::Call { run, workloads, is_first };
        post::post(&self.worker, &call, &[], DataMode::Copy).map(drop)
    }

    /// What an event of it says.
    pub fn hear(&mut self, event: WorkerEvent) -> Said {
        match event {
            WorkerEvent::Begun => Said::Begun,
            WorkerEvent::Message { bytes, .. } => match self.answers.read(&bytes) {
                Ok(None) => Said::Nothing,
                Ok(Some((WorkerMessage::Answered(Answered::Ready), _))) => Said::Ready,
                Ok(Some((WorkerMessage::Answered(Answered::Called(came)), _))) => {
                    Said::Called(came)
                }
                Ok(Some(_)) => Said::Lost(answers::out_of_turn()),
                Err(failure) => Said::Lost(failure),
            },
            WorkerEvent::Lost(failure) => Said::Lost(failure),
            WorkerEvent::Shared(_) | WorkerEvent::Loaded => Said::Nothing,
        }
    }
}

/// What a task fails with whose worker fails with `failure`.
pub fn of_its_task(failure: Failure) -> Failure {
    match failure.problem {
        Problem::Workers(WorkerProblem::Lost { said }) => PoolProblem::TaskStopped { said }.into(),
        Problem::Workers(WorkerProblem::Gone) => PoolProblem::WorkerDied.into(),
        _ => failure,
    }
}
