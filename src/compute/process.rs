//! A process: a worker with a memory of its own, which computes the tasks that it
//! is sent.

use super::{calibration, reply, run_of, wait};
use crate::browser::clock::BrowserClock;
use crate::browser::worker_scope::Received;
use crate::experiment::executor::DataMode;
use crate::failure::{Failure, FailureKind, Result};
use crate::measure::Phase;
use crate::measure::recorder::Recorder;
use crate::protocol::{self, FromWorker, RunId, TaskInput, TaskOutput, ToWorker};
use crate::workloads::Workload;

/// What a process knows between messages.
#[derive(Default)]
pub struct Process {
    prepared: Option<Prepared>,
}

struct Prepared {
    workload: Workload,
    data_mode: DataMode,
    spans: bool,
}

impl Process {
    /// Handles one message and answers it. `named` becomes the run it names.
    ///
    /// # Errors
    /// Whatever keeps the message from being answered as it wants to be.
    pub fn handle(&mut self, received: &Received, named: &mut Option<RunId>) -> Result<()> {
        let received_ms = received.at_ms;
        let (message, _) = protocol::decode::<ToWorker>(&received.bytes)?;
        let run = run_of(&message);
        *named = Some(run);
        match message {
            ToWorker::Prepare { workload, data_mode, spans, .. } => {
                self.prepared = Some(Prepared { workload, data_mode, spans });
                reply(&FromWorker::Prepared { run }, data_mode);
            }
            ToWorker::AskTime { .. } => {
                reply(&FromWorker::Time { run, received_ms }, DataMode::Copy);
            }
            ToWorker::Calibrate { bursts, .. } => {
                let bursts_ms = calibration::bursts_ms(bursts);
                reply(&FromWorker::Calibrated { run, bursts_ms }, DataMode::Copy);
            }
            ToWorker::Tasks { tasks, .. } => {
                let prepared = self.prepared.as_ref().ok_or_else(not_mine)?;
                prepared.compute(run, received_ms, &tasks)?;
            }
            ToWorker::All { .. } | ToWorker::Collect { .. } => return Err(not_mine()),
        }
        Ok(())
    }
}

impl Prepared {
    /// Computes tasks and sends their parts back.
    fn compute(&self, run: RunId, received_ms: f64, tasks: &[TaskInput]) -> Result<()> {
        let work = self.workload.work();
        let first = tasks.first().map(|input| input.task);
        let mut recorder = Recorder::new(BrowserClock, self.spans, 2 * tasks.len() + 1);
        let mut last_ms = recorder.since(Phase::Deserialize, first, received_ms);
        let mut parts = Vec::with_capacity(tasks.len());
        for input in tasks {
            let task = input.task as usize;
            let part = match work.request(task) {
                Some(request) => {
                    let body = wait::wait(&request)?;
                    last_ms = recorder.since(Phase::IoWait, input.task, last_ms);
                    work.compute(task, &body)
                }
                None => work.compute(task, input.payload),
            };
            last_ms = recorder.since(Phase::Compute, input.task, last_ms);
            parts.push(part);
        }
        let parts = tasks.iter().zip(&parts);
        let parts = parts.map(|(input, part)| TaskOutput { task: input.task, part }).collect();
        let spans = recorder.into_spans();
        let done = FromWorker::Done { run, received_ms, parts, spans, serialize_ms: last_ms };
        reply(&done, self.data_mode);
        Ok(())
    }
}

fn not_mine() -> Failure {
    let message = "A worker was sent a message that is not for it. Reload the page.";
    Failure::new(FailureKind::WorkerLost, message)
}
