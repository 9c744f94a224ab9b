//! The probe of this browser.

use super::limit::{MOST_MS, late};
use super::probe::{PoolTimes, Probe};
use super::{Profile, profile};
use crate::browser::compute_module::PageJob;
use crate::browser::requests;
use crate::executors::fleet::BrowserFleet;
use crate::executors::run::{Fleet, Pool};
use crate::failure::Result;
use crate::measure::report::Capabilities;
use crate::models::Executor;
use crate::workloads::Workload;
use crate::workloads::request::Request;
use futures_util::future::try_join_all;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

/// How often a pool computes each mix at the most.
const SAMPLES: usize = 4;
/// The same where nothing pauses between samples.
const SAMPLES_AT_ONCE: usize = 9;
/// No more are taken once they took this long together, in ms.
const SAMPLES_MS: f64 = 60.0;
/// What can be done without is not measured once it is so late, in ms from the beginning.
const EXTRAS_UNTIL_MS: f64 = 900.0;

/// A fleet with one workload ready on the page.
struct BrowserProbe<'a> {
    fleet: &'a BrowserFleet,
    job: Rc<PageJob>,
    capabilities: Capabilities,
    /// When profiling began, in ms.
    began_ms: f64,
    /// Those that were started. They are ended together: no worker is started within 0.3 s after one
    /// has ended.
    pools: RefCell<Vec<Box<dyn Pool>>>,
}

/// Profiles `workload` with the pools of `fleet`, getting ready for which began at `began_ms`.
///
/// # Errors
/// As [`profile`].
pub async fn profile_on(
    fleet: &BrowserFleet,
    workload: &Workload,
    capabilities: Capabilities,
    began_ms: f64,
) -> Result<Profile> {
    let job = fleet.job_for_page(workload).await?;
    if fleet.now_ms() - began_ms > MOST_MS {
        return Err(late());
    }
    let probe = BrowserProbe { fleet, job, capabilities, began_ms, pools: RefCell::default() };
    profile(&probe, workload, began_ms).await
}

impl BrowserProbe<'_> {
    /// What comes of `work`, unless it takes until `until_ms`.
    async fn until<T>(
        &self,
        until_ms: f64,
        work: impl Future<Output = Result<T>>,
    ) -> Result<Option<T>> {
        let left_ms = (until_ms - self.now_ms()).max(0.0) as u32;
        self.fleet.in_time(left_ms, work).await.transpose()
    }
}

impl Probe for BrowserProbe<'_> {
    fn now_ms(&self) -> f64 {
        self.fleet.now_ms()
    }

    fn resolution_us(&self) -> f64 {
        self.capabilities.machine.clock_resolution_us
    }

    async fn cores(&self) -> Option<f64> {
        self.fleet.calibrate().await?.cores
    }

    fn reported_cores(&self) -> u32 {
        self.capabilities.machine.hardware_concurrency
    }

    fn request(&self, task: usize) -> Option<Request> {
        self.job.workload().work().request(task)
    }

    async fn wait(&self, request: &Request, until_ms: f64) -> Result<Option<Vec<u8>>> {
        self.until(until_ms, requests::wait(request)).await
    }

    async fn wait_for_all(&self, requests: Vec<Request>, until_ms: f64) -> Result<bool> {
        let all = try_join_all(requests.iter().map(requests::wait));
        Ok(self.until(until_ms, all).await?.is_some())
    }

    fn compute(&self, task: usize, body: Option<Vec<u8>>) -> Result<()> {
        self.job.compute(task, body)
    }

    fn result_bytes(&self, task: usize) -> Result<u32> {
        self.job.part_length(task)
    }

    fn merge(&self) -> Result<()> {
        self.job.merge()
    }

    async fn turn(&self) {
        self.fleet.turn().await;
    }

    async fn pool(
        &self,
        executor: &Executor,
        workloads: &[Workload],
        needed: usize,
    ) -> Result<PoolTimes> {
        let [first, ..] = workloads else { return Ok(PoolTimes::default()) };
        let mut pool = self.fleet.start(executor, first).await?;
        let most = if self.fleet.has_heart() { SAMPLES } else { SAMPLES_AT_ONCE };
        let mut samples_ms = vec![Vec::new(); workloads.len()];
        loop {
            let before: usize = samples_ms.iter().map(Vec::len).sum();
            for (at, (workload, of_this)) in workloads.iter().zip(&mut samples_ms).enumerate() {
                let is_late = self.now_ms() - self.began_ms > EXTRAS_UNTIL_MS;
                if is_enough(of_this, most) || at >= needed && is_late {
                    continue;
                }
                pool.prepare(workload).await?;
                of_this.push(pool.sample(1).await?.total_ms());
            }
            if samples_ms.iter().map(Vec::len).sum::<usize>() == before {
                break;
            }
        }
        let start_ms = pool.startup_ms();
        self.pools.borrow_mut().push(pool);
        Ok(PoolTimes { start_ms, samples_ms })
    }
}

/// Whether a pool has computed a mix often enough, which is so often at the most.
fn is_enough(samples_ms: &[f64], most: usize) -> bool {
    samples_ms.len() >= most || samples_ms.len() > 1 && samples_ms.iter().sum::<f64>() >= SAMPLES_MS
}
