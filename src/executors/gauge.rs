//! The gauge: as many idle workers as the machine has cores, which time a fixed kernel
//! before and after each block, and find out how many cores there really are.

use super::client::{Answered, Client, Heard};
use super::post::Sent;
use super::silence::{self, NotStarted};
use super::start_watch::Patience;
use crate::browser::compute_module::ComputeModule;
use crate::browser::places;
use crate::browser::worker::Boot;
use crate::failure::Result;
use crate::measure::stats;
use crate::measure::steady::{self, Calibration};
use crate::protocol::ToWorker;
use futures_util::future::join_all;

/// Bursts of a calibration: about as many milliseconds. A coarse clock needs more, so
/// that its steps are a hundredth of the whole.
const BURSTS: u32 = 8;
const STEPS: f64 = 100.0;
/// Bursts of the probe for effective cores, alone and then on all cores: 200 ms
/// together.
const PROBE_BURSTS: u32 = 100;
/// From this resolution on, in µs, a burst is too short to be timed alone.
const COARSE_US: f64 = 20.0;
/// A gauge that does not answer within this time, in ms, is lost.
const ANSWER_MS: u32 = 20_000;

/// The gauge of one run. Dropping it ends its workers.
pub struct Gauge {
    workers: Vec<Client>,
    /// Bursts of a calibration.
    bursts: u32,
    /// Whether the clock is too coarse to time a single burst.
    coarse: bool,
}

impl Gauge {
    /// Starts a gauge for so many cores.
    ///
    /// # Errors
    /// Where workers do not start.
    pub async fn start(module: &ComputeModule, cores: u32, resolution_us: f64) -> Result<Self> {
        places::are_free().await;
        // It shares no memory, so its panics would be nobody else's news.
        let boot = Boot { module: Some(module), threads: 0, panic_channel: "gauge" };
        let workers: Result<Vec<_>> =
            (0..cores).map(|_| Client::start(&boot, Patience::Short)).collect();
        let bursts = (STEPS * resolution_us / 1000.0).ceil() as u32;
        let bursts = bursts.clamp(BURSTS, PROBE_BURSTS);
        let gauge = Self { workers: workers?, bursts, coarse: resolution_us > COARSE_US };
        for worker in &gauge.workers {
            worker.ready().await.map_err(|why| match why {
                NotStarted::Failed(failure) => failure,
                NotStarted::Stuck(stuck) => stuck.failure(cores),
            })?;
        }
        // The first calls of a program are its slowest.
        gauge.burst_ms(gauge.workers.len(), BURSTS).await?;
        Ok(gauge)
    }

    /// How long a burst takes on one core alone, and on all at once.
    ///
    /// # Errors
    /// Where a worker is lost.
    pub async fn calibrate(&self) -> Result<Calibration> {
        let one = self.burst_ms(1, self.bursts).await?;
        let all = self.burst_ms(self.workers.len(), self.bursts).await?;
        Ok(Calibration { one_ms: one.first().copied().unwrap_or(0.0), all_ms: mean(&all) })
    }

    /// How many cores there really are.
    ///
    /// # Errors
    /// Where a worker is lost.
    pub async fn effective_cores(&self) -> Result<Option<f64>> {
        let one = self.bursts_ms(1, PROBE_BURSTS).await?;
        let all = self.bursts_ms(self.workers.len(), PROBE_BURSTS).await?;
        // The mean, not the typical burst: workers that share a core take turns of
        // several bursts each, and most bursts are of full speed.
        let rate = |bursts_ms: &Vec<f64>| 1.0 / mean(bursts_ms);
        let rates: Vec<_> = all.iter().map(rate).collect();
        Ok(one.first().and_then(|one| steady::effective_cores(rate(one), &rates)))
    }

    /// What a burst typically takes in each of the first `workers` at once, in ms.
    async fn burst_ms(&self, workers: usize, bursts: u32) -> Result<Vec<f64>> {
        let typical = |bursts_ms: Vec<f64>| {
            if self.coarse { mean(&bursts_ms) } else { stats::median(bursts_ms.into_iter()) }
        };
        Ok(self.bursts_ms(workers, bursts).await?.into_iter().map(typical).collect())
    }

    /// What each burst takes in each of the first `workers` at once, in ms.
    async fn bursts_ms(&self, workers: usize, bursts: u32) -> Result<Vec<Vec<f64>>> {
        let asked = self.workers.iter().take(workers);
        let asked =
            asked.map(|worker| worker.ask(ANSWER_MS, |run| ToWorker::Calibrate { run, bursts }));
        let answered = |(_, heard): (Sent, Heard)| match heard.answered {
            Answered::Calibrated(bursts_ms) if !bursts_ms.is_empty() => Ok(bursts_ms),
            _ => Err(silence::out_of_turn()),
        };
        join_all(asked).await.into_iter().map(|asked| asked.and_then(answered)).collect()
    }
}

fn mean(bursts_ms: &[f64]) -> f64 {
    bursts_ms.iter().sum::<f64>() / bursts_ms.len().max(1) as f64
}
