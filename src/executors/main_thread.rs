//! One thread: the page's own. Each task after the other, and nobody else gets a
//! turn meanwhile; each request waited for before the next is made.
//!
//! Requests do not freeze the page here: a synchronous request of a window passes
//! the service worker by (Chromium), and a window may not sleep.

use super::instruments::Instruments;
use super::page_job::{self, PageSample};
use super::run::{Pool, Preparing, Sampling};
use crate::browser::compute_module::PageJob;
use crate::browser::{requests, turn};
use crate::measure::Clock;
use crate::workloads::Workload;
use std::rc::Rc;

/// For how long the page is frozen at a time, in ms, if the work lasts longer.
/// Between two tasks it then gets one turn, so that Cancel can be heard and the
/// browser does not offer to kill the page.
const LONGEST_FREEZE_MS: f64 = 1_000.0;
/// The same in the first sample, when many press Cancel after all, where the browser does not
/// say that somebody did (Firefox, Safari).
const LONGEST_AT_FIRST_MS: f64 = 200.0;

/// The page's own thread, with a workload ready.
pub struct MainThread {
    /// The workload.
    pub job: Rc<PageJob>,
    /// What it is measured with.
    pub instruments: Instruments,
    /// Whether it has taken a sample.
    pub has_run: bool,
}

impl Pool for MainThread {
    fn sample(&mut self, times: u32) -> Sampling<'_> {
        Box::pin(async move {
            let clock = self.instruments.clock;
            let work = self.job.workload().work();
            let mut sample = PageSample::begin(&self.job, &self.instruments, times).await;
            let is_first = !std::mem::replace(&mut self.has_run, true);
            let longest_ms = match is_first && !turn::tells_input() {
                true => LONGEST_AT_FIRST_MS,
                false => LONGEST_FREEZE_MS,
            };
            let mut frozen_since_ms = clock.now_ms();
            for _ in 0..times {
                for task in 0..work.task_count() {
                    let start_ms = clock.now_ms();
                    let body = match work.request(task) {
                        Some(request) => {
                            let body = requests::wait(&request).await?;
                            sample.waited(&request, &body, start_ms);
                            Some(body)
                        }
                        None => None,
                    };
                    let done_ms = sample.compute(task, body)?;
                    if done_ms - frozen_since_ms > longest_ms || turn::input_is_pending() {
                        sample.yield_now().await;
                        frozen_since_ms = clock.now_ms();
                    }
                }
                sample.merge()?;
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
