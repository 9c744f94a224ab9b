//! A process: a worker with a memory of its own, which computes the tasks that it
//! is sent.

use super::{reply, run_of, wait};
use crate::browser::clock::BrowserClock;
use crate::experiment::executor::DataMode;
use crate::failure::{Failure, FailureKind, Result};
use crate::measure::{Clock, Phase, Span};
use crate::protocol::{self, FromWorker, RunId, TaskOutput, ToWorker};
use crate::workloads::Workload;

/// What a process knows between messages.
#[derive(Default)]
pub struct Process {
    prepared: Option<(Workload, DataMode)>,
}

impl Process {
    /// Handles one message and answers it. `named` becomes the run it names.
    ///
    /// # Errors
    /// Whatever keeps the message from being answered as it wants to be.
    pub fn handle(&mut self, bytes: &[u8], named: &mut Option<RunId>) -> Result<()> {
        let received_ms = BrowserClock.now_ms();
        let (message, _) = protocol::decode::<ToWorker>(bytes)?;
        let decoded_ms = BrowserClock.now_ms();
        let run = run_of(&message);
        *named = Some(run);
        let tasks = match message {
            ToWorker::Prepare { workload, data_mode, .. } => {
                self.prepared = Some((workload, data_mode));
                reply(&FromWorker::Prepared { run }, data_mode);
                return Ok(());
            }
            ToWorker::Tasks { tasks, .. } => tasks,
            ToWorker::All { .. } | ToWorker::Collect { .. } => return Err(not_mine()),
        };
        let (workload, data_mode) = self.prepared.as_ref().ok_or_else(not_mine)?;
        let work = workload.work();
        let first = tasks.first().map(|input| input.task);
        let mut spans = Vec::with_capacity(2 * tasks.len() + 1);
        spans.push(Span::new(Phase::Deserialize, first, received_ms, decoded_ms));
        let mut parts = Vec::with_capacity(tasks.len());
        let mut last_ms = decoded_ms;
        let mut lap = |phase, task| {
            let now_ms = BrowserClock.now_ms();
            spans.push(Span::new(phase, task, last_ms, now_ms));
            last_ms = now_ms;
        };
        for input in &tasks {
            let task = input.task as usize;
            let part = match work.request(task) {
                Some(request) => {
                    let body = wait::wait(&request)?;
                    lap(Phase::IoWait, input.task);
                    work.compute(task, &body)
                }
                None => work.compute(task, input.payload),
            };
            lap(Phase::Compute, input.task);
            parts.push(part);
        }
        let parts = tasks.iter().zip(&parts);
        let parts = parts.map(|(input, part)| TaskOutput { task: input.task, part }).collect();
        let done = FromWorker::Done { run, received_ms, parts, spans, serialize_ms: last_ms };
        reply(&done, *data_mode);
        Ok(())
    }
}

fn not_mine() -> Failure {
    let message = "A worker was sent a message that is not for it. Reload the page.";
    Failure::new(FailureKind::WorkerLost, message)
}
