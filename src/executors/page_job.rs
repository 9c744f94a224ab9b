//! What the two models on the page's own thread share.

use super::instruments::Instruments;
use crate::browser::clock::BrowserClock;
use crate::browser::compute_module::PageJob;
use crate::browser::turn::Turns;
use crate::failure::Result;
use crate::measure::recorder::Recorder;
use crate::measure::report::Sample;
use crate::measure::{Clock, Lane, LaneKind, Phase};
use crate::workloads::Workload;
use crate::workloads::request::{Request, RequestKind};
use std::rc::Rc;

/// Makes the static data of `job`, giving everything else on the page its turn meanwhile.
///
/// # Errors
/// `OutOfMemory`, or `TaskFailed` where the program stops.
pub async fn fill(job: &PageJob, turns: &Turns) -> Result<()> {
    while job.fill()? {
        turns.next().await;
    }
    Ok(())
}

/// Another workload, in the memory of `job`.
///
/// # Errors
/// As [`fill`].
pub async fn another(job: &PageJob, workload: &Workload, turns: &Turns) -> Result<Rc<PageJob>> {
    let job = job.another(workload)?;
    fill(&job, turns).await?;
    Ok(Rc::new(job))
}

/// One sample on the page's own thread, while it is taken.
pub struct PageSample<'a> {
    job: &'a PageJob,
    instruments: &'a Instruments,
    recorder: Recorder<BrowserClock>,
    started_ms: f64,
    ended_ms: f64,
    computations: u32,
    received: u64,
}

impl<'a> PageSample<'a> {
    /// Begins a sample of so many computations.
    pub async fn begin(job: &'a Rc<PageJob>, instruments: &'a Instruments, times: u32) -> Self {
        instruments.begin().await;
        let each = 3 * job.workload().work().task_count() + 1;
        let room = each.saturating_mul(times as usize);
        let recorder = Recorder::new(instruments.clock, instruments.spans, room);
        let started_ms = instruments.clock.now_ms();
        let ended_ms = started_ms;
        Self { job, instruments, recorder, started_ms, ended_ms, computations: 0, received: 0 }
    }

    /// Notes how long a request was waited for, and what it brought.
    pub fn waited(&mut self, request: &Request, body: &[u8], start_ms: f64) {
        self.recorder.since(Phase::IoWait, request.index as u32, start_ms);
        if request.kind != RequestKind::Timer {
            self.received += body.len() as u64;
        }
    }

    /// Computes a task; when it was done, in ms.
    ///
    /// # Errors
    /// `TaskFailed` where the kernel traps.
    pub fn compute(&mut self, task: usize, body: Option<Vec<u8>>) -> Result<f64> {
        let start_ms = self.recorder.now_ms();
        self.job.compute(task, body)?;
        let end_ms = self.instruments.clock.now_ms();
        self.recorder.span(Phase::Compute, task as u32, start_ms, end_ms);
        Ok(end_ms)
    }

    /// Gives everything else on the page its turn, and notes how long that took: the
    /// next task waited for it.
    pub async fn yield_now(&mut self) -> f64 {
        let start_ms = self.recorder.now_ms();
        self.instruments.turns.next().await;
        self.recorder.since(Phase::Queue, None, start_ms)
    }

    /// Merges the parts, which ends a computation.
    ///
    /// # Errors
    /// `TaskFailed` where the program traps.
    pub fn merge(&mut self) -> Result<()> {
        let start_ms = self.recorder.now_ms();
        self.job.merge()?;
        self.ended_ms = self.instruments.clock.now_ms();
        self.recorder.span(Phase::Merge, None, start_ms, self.ended_ms);
        self.computations += 1;
        Ok(())
    }

    /// Ends the sample.
    ///
    /// # Errors
    /// `TaskFailed` where the answer cannot be read.
    pub async fn finish(self) -> Result<Sample> {
        let ended_ms = self.ended_ms;
        let mut page = Lane::new(LaneKind::Page, 1, self.recorder.into_spans());
        let blocked_ms = self.instruments.heart(&mut page, self.started_ms, ended_ms).await;
        Ok(Sample {
            started_ms: self.started_ms,
            ended_ms,
            computations: self.computations,
            lanes: vec![page],
            blocked_ms,
            bytes_sent: 0,
            bytes_received: self.received,
            answer: self.job.answer()?,
        })
    }
}
