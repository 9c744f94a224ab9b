//! What the two models on the page's own thread share.

use super::fleet::Instruments;
use crate::browser::compute_module::PageJob;
use crate::failure::Result;
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Phase, Span};
use crate::workloads::requests::RequestKind;
use std::rc::Rc;

/// One sample on the page's own thread, while it is taken.
pub struct PageSample<'a> {
    job: &'a PageJob,
    instruments: &'a Instruments,
    spans: Vec<Span>,
    started_ms: f64,
}

impl<'a> PageSample<'a> {
    /// Begins a sample.
    pub async fn begin(job: &'a Rc<PageJob>, instruments: &'a Instruments) -> Self {
        instruments.heartbeat.begin().await;
        let tasks = job.workload().work().task_count();
        let spans = Vec::with_capacity(2 * tasks + 1);
        Self { job, instruments, spans, started_ms: instruments.clock.now_ms() }
    }

    /// Notes how long a request was waited for.
    pub fn waited(&mut self, task: usize, start_ms: f64) {
        let end_ms = self.instruments.clock.now_ms();
        self.spans.push(Span::new(Phase::IoWait, task as u32, start_ms, end_ms));
    }

    /// Computes a task; when it was done, in ms.
    ///
    /// # Errors
    /// `TaskFailed` where the kernel traps.
    pub fn compute(&mut self, task: usize, body: Option<Vec<u8>>) -> Result<f64> {
        let start_ms = self.instruments.clock.now_ms();
        self.job.compute(task, body)?;
        let end_ms = self.instruments.clock.now_ms();
        self.spans.push(Span::new(Phase::Compute, task as u32, start_ms, end_ms));
        Ok(end_ms)
    }

    /// Merges the parts, which ends the sample.
    ///
    /// # Errors
    /// `TaskFailed` where the program traps.
    pub async fn finish(mut self) -> Result<Sample> {
        let clock = self.instruments.clock;
        let merge_ms = clock.now_ms();
        self.job.merge()?;
        let ended_ms = clock.now_ms();
        self.spans.push(Span::new(Phase::Merge, None, merge_ms, ended_ms));
        let mut page = Lane::new(LaneKind::Page, 1, self.spans);
        let blocked_ms = self.instruments.heart(&mut page, self.started_ms, ended_ms).await;
        let received = match self.job.workload().work().request(0) {
            Some(request) if request.kind == RequestKind::Network => {
                request.bytes * self.job.workload().work().task_count()
            }
            _ => 0,
        };
        Ok(Sample {
            started_ms: self.started_ms,
            ended_ms,
            lanes: vec![page],
            blocked_ms,
            bytes_sent: 0,
            bytes_received: received as u64,
            answer: self.job.answer()?,
        })
    }
}
