//! The calibrator: as many idle workers as the machine has cores, which time a fixed kernel
//! before and after each block, and so find out how many cores are free.

use super::answers::{self, Answered};
use super::client::{Client, Reply};
use super::post::Sent;
use super::start_watch::Patience;
use super::timeouts::NotStarted;
use crate::browser::compute_module::ComputeModule;
use crate::browser::places;
use crate::browser::worker::{Boot, Watch};
use crate::failure::Result;
use crate::measure::calibration::{self, Calibration};
use crate::measure::stats;
use crate::protocol::ToWorker;
use futures_util::future::join_all;

/// Bursts of a calibration: about as many milliseconds. A coarse clock needs more, so
/// that its steps are a hundredth of the whole.
const BURSTS: u32 = 8;
const STEPS: f64 = 100.0;
/// The most bursts of a calibration.
const MOST_BURSTS: u32 = 100;
/// How often all workers compute at once, at the most, until nearly all cores are seen: what takes a core
/// for some ms, or a system that has two workers share one, is not what all of a run will have. The best of
/// several looks is too high by a little where other programs come and go.
const ROUNDS: u32 = 5;
/// The part of the workers that is nearly all of them.
const NEARLY_ALL: f64 = 0.9;
/// From this resolution on, in µs, a burst is too short to be timed alone.
const COARSE_US: f64 = 20.0;
/// A calibrator that does not answer within this time, in ms, is lost.
const ANSWER_MS: u32 = 20_000;

/// The calibrator of one run. Dropping it ends its workers.
pub struct Calibrator {
    workers: Vec<Client>,
    /// Bursts of a calibration.
    bursts: u32,
    /// Whether the clock is too coarse to time a single burst.
    coarse: bool,
}

impl Calibrator {
    /// Starts a calibrator for so many cores.
    ///
    /// # Errors
    /// Where workers do not start.
    pub async fn start(module: &ComputeModule, cores: u32, resolution_us: f64) -> Result<Self> {
        let reserved = places::reserved().await;
        // It shares no memory, so its panics would be nobody else's news.
        let boot = Boot { module: Some(module), memory: None, threads: 0, watch: Watch::Never };
        let workers: Result<Vec<_>> =
            (0..cores).map(|_| Client::start(&boot, Patience::Short)).collect();
        drop(reserved);
        let bursts = (STEPS * resolution_us / 1000.0).ceil() as u32;
        let bursts = bursts.clamp(BURSTS, MOST_BURSTS);
        let calibrator = Self { workers: workers?, bursts, coarse: resolution_us > COARSE_US };
        for worker in &calibrator.workers {
            worker.ready().await.map_err(|why| match why {
                NotStarted::Failed(failure) => failure,
                NotStarted::Stuck(stuck) => stuck.failure(cores),
            })?;
        }
        // The first calls of a program are its slowest.
        calibrator.bursts_ms(calibrator.workers.len(), BURSTS).await?;
        Ok(calibrator)
    }

    /// How long a burst takes on one core alone, and on all at once.
    ///
    /// # Errors
    /// Where a worker is lost.
    pub async fn calibrate(&self) -> Result<Calibration> {
        let one = self.bursts_ms(1, self.bursts).await?;
        let one = one.first();
        let mut best = self.all_beside(one).await?;
        let enough = NEARLY_ALL * self.workers.len() as f64;
        for _ in 1..ROUNDS {
            if best.cores.is_none_or(|cores| cores >= enough) {
                break;
            }
            let next = self.all_beside(one).await?;
            if next.cores > best.cores {
                best = next;
            }
        }
        Ok(best)
    }

    /// How long a burst takes on all cores at once, beside those of `one` alone.
    async fn all_beside(&self, one: Option<&Vec<f64>>) -> Result<Calibration> {
        let all = self.bursts_ms(self.workers.len(), self.bursts).await?;
        let typical: Vec<_> = all.iter().map(|bursts_ms| self.typical(bursts_ms)).collect();
        // The mean, not the typical burst: workers that share a core take turns of
        // several bursts each, and most bursts are of full speed.
        let rate = |bursts_ms: &Vec<f64>| 1.0 / mean(bursts_ms);
        let rates: Vec<_> = all.iter().map(rate).collect();
        Ok(Calibration {
            one_ms: one.map_or(0.0, |one| self.typical(one)),
            all_ms: mean(&typical),
            cores: one.and_then(|one| calibration::effective_cores(rate(one), &rates)),
        })
    }

    /// What a burst typically takes, in ms.
    fn typical(&self, bursts_ms: &[f64]) -> f64 {
        if self.coarse { mean(bursts_ms) } else { stats::median(bursts_ms.iter().copied()) }
    }

    /// What each burst takes in each of the first `workers` at once, in ms.
    async fn bursts_ms(&self, workers: usize, bursts: u32) -> Result<Vec<Vec<f64>>> {
        let asked = self.workers.iter().take(workers);
        let asked =
            asked.map(|worker| worker.ask(ANSWER_MS, |run| ToWorker::Calibrate { run, bursts }));
        let answered = |(_, heard): (Sent, Reply)| match heard.answered {
            Answered::Calibrated(bursts_ms) if !bursts_ms.is_empty() => Ok(bursts_ms),
            _ => Err(answers::out_of_turn()),
        };
        join_all(asked).await.into_iter().map(|asked| asked.and_then(answered)).collect()
    }
}

fn mean(bursts_ms: &[f64]) -> f64 {
    bursts_ms.iter().sum::<f64>() / bursts_ms.len().max(1) as f64
}
