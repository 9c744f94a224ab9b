//! One model of a run.

use super::{Fleet, InterimModel, Pool};
use crate::failure::{Failure, Result, WorkProblem};
use crate::measure::batch;
use crate::measure::report::{ModelFacts, Sample, SampleLog, WarmedUp};
use crate::measure::warm_up::WarmUp;
use crate::models::Executor;

/// Most spans of a sample that computes several times, all its lanes together: enough
/// to look at, and few enough for reports to be kept.
const MOST_SPANS: usize = 4_000;

/// One model of a run.
pub struct Entry {
    executor: Executor,
    /// Its pool, or why there is none.
    pub pool: Result<Box<dyn Pool>, Failure>,
    /// How it warms up.
    pub warm_up: WarmUp,
    /// Computations in a sample.
    times: u32,
    /// What was measured of it before this run, where it goes on from another.
    before: Option<ModelFacts>,
    samples: SampleLog,
}

impl Entry {
    /// A model that warms up for at most `warmup` rounds.
    pub fn new(
        executor: Executor,
        pool: Result<Box<dyn Pool>, Failure>,
        warmup: u32,
        before: Option<ModelFacts>,
    ) -> Self {
        let warm_up = WarmUp::new(warmup);
        Self { executor, pool, warm_up, times: 1, before, samples: SampleLog::default() }
    }

    /// Whether it is still to warm up.
    pub fn is_cold(&self) -> bool {
        self.pool.is_ok() && !self.warm_up.is_over()
    }

    /// Takes a sample, each of whose computations may take `limit_ms`. A failure is kept in its place.
    pub async fn sample(&mut self, fleet: &impl Fleet, limit_ms: Option<u32>) -> Option<Sample> {
        let sampling = self.pool.as_mut().ok()?.sample(self.times);
        let sampled = match limit_ms {
            None => sampling.await,
            Some(limit_ms) => {
                let all_ms = limit_ms.saturating_mul(self.times);
                let came = fleet.in_time(all_ms, sampling).await.transpose();
                came.and_then(|sample| {
                    // A model that leaves the page no turn is late and comes all the same.
                    let in_time = sample.filter(|sample| sample.total_ms() <= limit_ms.into());
                    in_time.ok_or_else(|| {
                        WorkProblem::TookTooLong { limit_ms: limit_ms.into() }.into()
                    })
                })
            }
        };
        match sampled {
            Ok(sample) => Some(sample),
            Err(failure) => {
                self.pool = Err(failure);
                None
            }
        }
    }

    /// Notes a sample that warmed it up, and sizes the next ones by it.
    pub fn warmed_by(&mut self, sample: &Sample, resolution_us: f64) {
        self.warm_up.add(sample.total_ms());
        self.size_for_clock(sample, resolution_us);
    }

    /// Keeps a sample.
    pub fn keep(&mut self, sample: Sample) {
        self.samples.push(sample);
    }

    /// Whether its first sample turns out too short for the clock, as nothing had warmed up
    /// or the warm-up was held up; then the next ones are longer.
    pub fn grows_for_clock(&mut self, sample: &Sample, resolution_us: f64) -> bool {
        let total_ms = sample.total_ms() * f64::from(sample.computations);
        if !self.samples.is_empty() || !batch::is_too_short(total_ms, resolution_us) {
            return false;
        }
        let before = self.times;
        self.size_for_clock(sample, resolution_us);
        self.times = self.times.max(before);
        self.times > before
    }

    /// Sizes the next samples for the clock, but so that their timelines can be kept.
    fn size_for_clock(&mut self, sample: &Sample, resolution_us: f64) {
        let spans: usize = sample.lanes.iter().map(|lane| lane.spans.len()).sum();
        let most = MOST_SPANS * sample.computations as usize / spans.max(1);
        let needed = batch::batch(sample.total_ms(), resolution_us);
        self.times = needed.min(most as u32).max(1);
    }

    /// Its samples, those before this run included, in ms of one computation; none where
    /// it failed.
    pub fn totals_ms(&self) -> Vec<f64> {
        if self.pool.is_err() {
            return Vec::new();
        }
        let before = self.before.iter().flat_map(|before| &before.samples);
        let before = before.map(|sample| sample.total_ms);
        before.chain(self.samples.totals_ms()).collect()
    }

    /// How long a sample of it takes, all its computations together, in ms.
    pub fn lasts_ms(&self) -> f64 {
        if self.pool.is_err() {
            return 0.0;
        }
        let one_ms = self.samples.totals_ms().last();
        let one_ms = one_ms.or_else(|| self.warm_up.samples_ms().last().copied());
        one_ms.unwrap_or_default() * f64::from(self.times)
    }

    /// What there is to show of it.
    pub fn interim(&self) -> InterimModel {
        let before = self.before.iter().flat_map(|before| &before.samples);
        let frozen = before.map(|sample| sample.main_thread_blocked_ms);
        InterimModel {
            executor: self.executor.clone(),
            startup_ms: self.startup_ms(),
            warm_up_ms: self.warm_up.samples_ms().to_vec(),
            samples_ms: self.totals_ms(),
            frozen_ms: frozen.fold(self.samples.longest_freeze_ms(), f64::max),
            failure: self.pool.as_ref().err().cloned(),
        }
    }

    fn startup_ms(&self) -> f64 {
        self.pool.as_ref().map_or(0.0, |pool| pool.startup_ms())
    }

    /// The merged bytes of its last sample, where they are worth looking at.
    pub fn merged(&mut self) -> Option<Vec<u8>> {
        self.pool.as_mut().ok()?.merged()
    }

    /// What was measured of it in this run.
    pub fn facts(self) -> ModelFacts {
        let startup_ms = self.startup_ms();
        let started_again = self.pool.as_ref().is_ok_and(|pool| pool.started_again());
        let settled = self.warm_up.settled();
        let warm_up = WarmedUp { totals_ms: self.warm_up.into_samples_ms(), settled };
        let samples = self.pool.map(|_| self.samples.into_logged());
        ModelFacts::logged(self.executor, startup_ms, started_again, warm_up, samples)
    }
}
