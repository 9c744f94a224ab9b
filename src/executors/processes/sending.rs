//! What a pool of processes sends to its workers.

use super::ongoing::Ongoing;
use super::state::{Options, State};
use crate::browser::buffer::Buffer;
use crate::executors::answers;
use crate::executors::dispatch::{Assignment, Dispatcher};
use crate::executors::post::{self, Sent};
use crate::failure::Result;
use crate::models::DataMode;
use crate::protocol::ToWorker;

impl State {
    /// Begins a computation at `started_ms`.
    pub(super) fn compute(&mut self, started_ms: f64) -> Result<()> {
        let Options { workers, chunk_size, spans, .. } = self.options;
        let tasks = self.workload.work().task_count();
        let dispatcher = Dispatcher::new(tasks, workers, chunk_size, self.data.most_together());
        let mut ongoing = Ongoing::new(tasks, self.order, dispatcher, spans, started_ms);
        let first = ongoing.dispatcher.begin();
        self.ongoing = Some(ongoing);
        self.inbox.answers.next_run();
        self.to_begin -= 1;
        self.hand_out(first)
    }

    pub(super) fn prepare(&mut self, worker: usize) -> Result<()> {
        let Options { data_mode, spans, .. } = self.options;
        let prepare = ToWorker::Prepare {
            run: self.inbox.answers.run(),
            workload: self.workload.clone(),
            data_mode,
            supply: self.data.supply(),
            order: self.order,
            spans,
        };
        // What several workers are to have cannot change hands.
        self.post(worker, &prepare, self.data.for_initializer(), DataMode::Copy).map(drop)
    }

    pub(super) fn ask_time(&mut self, worker: usize) -> Result<()> {
        let asked = ToWorker::AskTime { run: self.inbox.answers.run() };
        let sent = self.post(worker, &asked, &[], self.options.data_mode)?;
        if let Some((_, asked_ms)) = self.clocks.get_mut(worker) {
            *asked_ms = sent.sent_ms;
        }
        Ok(())
    }

    pub(super) fn hand_out(&mut self, assignments: Vec<Assignment>) -> Result<()> {
        for Assignment { worker, places } in assignments {
            let payloads = self.data.for_tasks(self.order.tasks(places.clone()));
            let message = ToWorker::Tasks {
                run: self.inbox.answers.run(),
                places: places.start as u32..places.end as u32,
            };
            let sent = self.post(worker, &message, &payloads, self.options.data_mode)?;
            if let Some(ongoing) = &mut self.ongoing {
                ongoing.sent(places, &sent);
            }
        }
        Ok(())
    }

    fn post(
        &self,
        worker: usize,
        message: &ToWorker,
        buffers: &[Buffer],
        data_mode: DataMode,
    ) -> Result<Sent> {
        let worker = self.workers.get(worker).ok_or_else(answers::out_of_turn)?;
        post::post(worker, message, buffers, data_mode)
    }
}
