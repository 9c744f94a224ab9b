//! A pool whose threads are stages of a pipeline: it passes on what the page puts and takes, and
//! keeps what was noted until it is collected.

use super::stages::{Stages, StagesEnd};
use crate::browser::clock::BrowserClock;
use crate::failure::{Failure, Result, WorkerProblem};
use crate::measure::queue_depth::QueueDepth;
use crate::measure::recorder::Recorder;
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::protocol::stages::{Item, StageReply, StageRequest};
use crate::workloads::Workload;
use crate::workloads::answer::Answer;
use std::sync::Arc;
use std::sync::atomic::AtomicU32;

/// A pool whose threads are stages.
pub struct StagePool {
    workload: Arc<Workload>,
    input: Arc<Vec<u8>>,
    spans: bool,
    stop: &'static AtomicU32,
    /// What goes on.
    stages: Option<Stages>,
    /// What the last computation came to; `None` where its tasks were computed elsewhere.
    merged: Option<Vec<u8>>,
    /// What was noted since it was last collected: of the coordinator, of the threads, of the queue.
    own: Vec<Span>,
    threads: Vec<Lane>,
    queue: Option<QueueDepth>,
}

impl StagePool {
    /// A pool for `workload` with its static data, which `stop` stops.
    pub fn new(
        workload: Arc<Workload>,
        input: Arc<Vec<u8>>,
        spans: bool,
        stop: &'static AtomicU32,
    ) -> Self {
        Self {
            workload,
            input,
            spans,
            stop,
            stages: None,
            merged: None,
            own: Vec::new(),
            threads: Vec::new(),
            queue: None,
        }
    }

    /// Does what the page asks for, and then calls `reply`.
    ///
    /// # Errors
    /// What a task failed with; `Cancelled` where the run is cancelled.
    pub fn handle(
        &mut self,
        request: StageRequest,
        received_ms: f64,
        reply: impl FnOnce(StageReply),
    ) -> Result<()> {
        let mut own = Recorder::new(BrowserClock, self.spans, 3);
        match request {
            StageRequest::Begin(plan) => {
                let (workload, input) = (self.workload.clone(), self.input.clone());
                self.stages = Some(Stages::begin(plan, workload, input, self.spans, self.stop));
                reply(StageReply::Begun);
            }
            StageRequest::Put(item) => {
                let task = item.task;
                let read_ms = own.since(Phase::Deserialize, task, received_ms);
                self.stages()?.put(item)?;
                let put_ms = own.since(Phase::QueueWait, task, read_ms);
                reply(StageReply::Put { received_ms, put_ms });
            }
            StageRequest::Take => {
                let item = self.stages()?.take();
                let task = item.as_ref().map(|item: &Item| item.task);
                let taken_ms = own.since(Phase::QueueWait, task, received_ms);
                reply(StageReply::Taken { taken_ms, item });
                own.since(Phase::Serialize, task, taken_ms);
            }
            StageRequest::End => {
                let stages = self.stages.take().ok_or_else(not_ready)?;
                self.end(stages, &mut own)?;
                reply(StageReply::Ended);
            }
        }
        self.own.extend(own.into_spans());
        Ok(())
    }

    fn stages(&self) -> Result<&Stages> {
        self.stages.as_ref().ok_or_else(not_ready)
    }

    /// Waits for the stages, and merges what they computed, if they did.
    fn end(&mut self, stages: Stages, own: &mut Recorder<BrowserClock>) -> Result<()> {
        let computes = stages.plan().cpu_threads > 0;
        let StagesEnd { parts, lanes, mut queue } = stages.end()?;
        let gathered_ms = own.now_ms();
        // What was there before goes first: it may be as large.
        self.merged = None;
        if computes {
            self.merged = Some(self.workload.work().merge(parts)?);
            own.since(Phase::Merge, None, gathered_ms);
        }
        if self.threads.is_empty() {
            self.threads = lanes;
        } else {
            for (lane, more) in self.threads.iter_mut().zip(lanes) {
                lane.spans.extend(more.spans);
            }
        }
        if let Some(before) = self.queue.take() {
            queue.changes.splice(0..0, before.changes);
        }
        self.queue = Some(queue);
        Ok(())
    }

    /// The answer, where it was computed here, and who did what since this was last asked; the
    /// coordinator's lane, which is the first, owns the queue.
    pub fn collect(&mut self) -> (Option<Answer>, Vec<Lane>) {
        let mut own = Lane::new(LaneKind::Coordinator, 1, std::mem::take(&mut self.own));
        own.queue = self.queue.take();
        let lanes = std::iter::once(own).chain(std::mem::take(&mut self.threads));
        let answer = self.merged.as_ref().map(|merged| self.workload.answer(merged));
        (answer, lanes.collect())
    }
}

fn not_ready() -> Failure {
    WorkerProblem::NotPrepared.into()
}
