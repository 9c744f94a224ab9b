//! The event loop: one thread, the page's own, on which everything that waits
//! waits together, and everything that computes gives others a turn in between.

use super::instruments::Instruments;
use super::page_job::{self, PageSample};
use super::run::{Pool, Preparing, Sampling};
use crate::browser::compute_module::PageJob;
use crate::browser::requests;
use crate::failure::Result;
use crate::measure::Clock;
use crate::workloads::Workload;
use futures_util::future::FutureExt;
use futures_util::stream::{FuturesUnordered, StreamExt};
use std::rc::Rc;

/// The page's event loop, with a workload ready.
pub struct EventLoop {
    /// The workload.
    pub job: Rc<PageJob>,
    /// What it is measured with.
    pub instruments: Instruments,
}

impl Pool for EventLoop {
    fn sample(&mut self, times: u32) -> Sampling<'_> {
        Box::pin(async move {
            let mut sample = PageSample::begin(&self.job, &self.instruments, times).await;
            for _ in 0..times {
                self.compute(&mut sample).await?;
            }
            sample.finish().await
        })
    }

    fn prepare<'a>(&'a mut self, workload: &'a Workload) -> Preparing<'a> {
        Box::pin(async move {
            self.job = page_job::another(&self.job, workload, &self.instruments.turns).await?;
            Ok(())
        })
    }

    fn startup_ms(&self) -> f64 {
        0.0
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.job.merged()
    }
}

impl EventLoop {
    /// Computes the workload once.
    async fn compute(&self, sample: &mut PageSample<'_>) -> Result<()> {
        let clock = self.instruments.clock;
        let work = self.job.workload().work();
        let mut waiting = FuturesUnordered::new();
        for request in (0..work.task_count()).filter_map(|task| work.request(task)) {
            let start_ms = clock.now_ms();
            waiting.push(async move {
                let body = requests::wait(&request).await;
                (request, start_ms, body)
            });
        }
        // A future begins when it is first asked, and all are to wait while others compute.
        let mut first = waiting.next().now_or_never().flatten();
        for task in (0..work.task_count()).filter(|task| work.request(*task).is_none()) {
            sample.compute(task, None)?;
            sample.yield_now().await;
        }
        loop {
            let next = match first.take() {
                Some(first) => Some(first),
                None => waiting.next().await,
            };
            let Some((request, start_ms, body)) = next else { break };
            let body = body?;
            sample.waited(&request, &body, start_ms);
            sample.compute(request.index, Some(body))?;
        }
        // What is done with futures is dropped before the merge, as it would be
        // at the end of `asyncio.gather`.
        drop(waiting);
        sample.merge()
    }
}
