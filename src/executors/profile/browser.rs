//! The probe of this browser.

use super::limit::{MOST_MS, late};
use super::probe::{PoolTimes, Probe, Series};
use super::{Profile, profile};
use crate::browser::compute_module::PageJob;
use crate::browser::requests;
use crate::executors::fleet::BrowserFleet;
use crate::executors::run::{Fleet, Pool};
use crate::executors::spread_out::spread_out;
use crate::failure::Result;
use crate::measure::report::Capabilities;
use crate::models::Executor;
use crate::workloads::Workload;
use crate::workloads::request::Request;
use futures_util::future::try_join_all;
use std::cell::RefCell;
use std::future::Future;
use std::rc::Rc;

/// How many times as many samples are taken where nothing pauses between them.
const TIMES_AT_ONCE: usize = 2;
/// For so long the page's thread is busy before each of them, in ms.
const PAGE_BUSY_MS: f64 = 5.0;
/// No more of a series that is needed are taken once they took this long together, in ms.
const SAMPLES_MS: f64 = 60.0;
/// What can be done without is not measured once it is so late, in ms from the beginning: of the first pool, and of
/// those after it.
const EXTRAS_UNTIL_MS: [f64; 2] = [900.0, 1_200.0];

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

    /// Whether it is too late for what can be done without.
    fn is_late(&self) -> bool {
        let is_first = self.pools.borrow().is_empty();
        self.now_ms() - self.began_ms > EXTRAS_UNTIL_MS[usize::from(!is_first)]
    }

    /// Has `pool` compute each series often enough, in turns, and notes how long it takes.
    async fn take_turns(
        &self,
        pool: &mut dyn Pool,
        mut turns: Vec<(&Series, &mut Vec<f64>)>,
    ) -> Result<()> {
        let at_once = !self.fleet.has_heart();
        let times = if at_once { TIMES_AT_ONCE } else { 1 };
        loop {
            turns.retain(|(one, samples_ms)| {
                let most_ms = if one.is_extra { f64::INFINITY } else { SAMPLES_MS };
                !is_enough(samples_ms, times * one.samples, most_ms)
                    && !(one.is_extra && self.is_late())
            });
            if turns.is_empty() {
                return Ok(());
            }
            for (one, samples_ms) in &mut turns {
                pool.prepare(&one.workload).await?;
                if at_once {
                    self.keep_busy();
                }
                samples_ms.push(pool.sample(1).await?.total_ms());
            }
        }
    }

    /// Keeps the page's thread busy: in a map's cells it computes in turns with the pools, and a system spreads
    /// their workers sooner where it sees the machine busy.
    fn keep_busy(&self) {
        let until_ms = self.now_ms() + PAGE_BUSY_MS;
        while self.now_ms() < until_ms {
            std::hint::spin_loop();
        }
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

    async fn pool(&self, executor: &Executor, series: &[Series]) -> Result<PoolTimes> {
        let [first, ..] = series else { return Ok(PoolTimes::default()) };
        let mut pool = self.fleet.start(executor, &first.workload).await?;
        let mut samples_ms = vec![Vec::new(); series.len()];
        if !self.fleet.has_heart() && !self.is_late() {
            spread_out(&mut *pool, executor).await?;
        }
        self.take_turns(&mut *pool, series.iter().zip(&mut samples_ms).collect()).await?;
        let start_ms = pool.startup_ms();
        self.pools.borrow_mut().push(pool);
        Ok(PoolTimes { start_ms, samples_ms })
    }
}

/// Whether a pool has computed a series often enough: `most` times, or twice where that took `most_ms`.
fn is_enough(samples_ms: &[f64], most: usize, most_ms: f64) -> bool {
    samples_ms.len() >= most || samples_ms.len() > 1 && samples_ms.iter().sum::<f64>() >= most_ms
}
