//! A run, step by step: starting, warming up, measuring block by block.

use super::{Finished, Fleet, Pool, Progress, Stage};
use crate::executors::order::Order;
use crate::experiment::{Executor, Experiment};
use crate::failure::{Failure, Result};
use crate::measure::report::{
    App, Disturbance, Facts, Measured, Measuring, ModelFacts, Report, Sample, WarmedUp,
};
use crate::measure::settle::WarmUp;
use crate::measure::steady::{self, Calibration, Ledger, Ruling};

/// A page that did not answer for so long, in ms, while others computed was asleep.
const ASLEEP_MS: f64 = 5_000.0;
/// Most spans of a sample that computes several times, all its lanes together: enough
/// to look at, and few enough for reports to be kept.
const MOST_SPANS: usize = 4_000;

/// A run under way.
pub struct UnderWay<'a, F: Fleet> {
    fleet: &'a F,
    experiment: &'a Experiment,
    order: Order,
    /// The order of the models in each block so far, warming up included.
    taken: Vec<Vec<usize>>,
    entries: Vec<Entry<F::Pool>>,
    /// The least step of the clock, in µs.
    resolution_us: f64,
    /// Steps done.
    done: u32,
}

/// One model of a run.
struct Entry<P> {
    pool: Result<P, Failure>,
    warm_up: WarmUp,
    /// Computations in a sample.
    times: u32,
    samples: Vec<Sample>,
}

impl<'a, F: Fleet> UnderWay<'a, F> {
    /// A run that has not begun.
    pub fn new(fleet: &'a F, experiment: &'a Experiment) -> Self {
        Self {
            fleet,
            experiment,
            order: Order::new(experiment.executors.len(), experiment.seed),
            taken: Vec::new(),
            entries: Vec::with_capacity(experiment.executors.len()),
            resolution_us: fleet.environment().capabilities.clock_resolution_us,
            done: 0,
        }
    }

    /// Starts every model's pool. One that does not start keeps its failure.
    pub async fn start(&mut self) {
        for (at, executor) in self.experiment.executors.iter().enumerate() {
            self.tell(Stage::Starting, at).await;
            let pool = self.fleet.start(executor, &self.experiment.workload).await;
            let warm_up = WarmUp::new(self.experiment.warmup);
            self.entries.push(Entry { pool, warm_up, times: 1, samples: Vec::new() });
            self.done += 1;
        }
    }

    /// Runs each model until its times have settled, and sizes its samples for the
    /// clock. Begins anew where something disturbed it.
    pub async fn warm_up(&mut self) {
        let limit = self.experiment.warmup;
        let models = self.experiment.executors.len() as u32;
        // Whatever happened until here touched nothing.
        let _ = self.fleet.disturbed();
        while self.entries.iter().any(Entry::is_cold) {
            let block = self.next_block();
            for at in block {
                if self.entries[at].is_cold() {
                    self.tell(Stage::WarmingUp, at).await;
                    if let Some(sample) = self.sample(at).await {
                        let entry = &mut self.entries[at];
                        entry.warm_up.add(sample.total_ms(), sample.lasted_ms());
                        entry.size_for_clock(&sample, self.resolution_us);
                    }
                    self.done += 1;
                }
            }
            if let Some(disturbance) = self.fleet.disturbed() {
                self.pause(disturbance).await;
                self.entries.iter_mut().for_each(|entry| entry.warm_up = WarmUp::new(limit));
                self.done = models;
            }
        }
        self.done = models * (1 + limit);
    }

    /// Measures block by block; a block in which the machine changed its speed or
    /// something disturbed it is thrown away and measured again.
    pub async fn measure(&mut self) -> Measuring {
        let mut ledger = Ledger::new(self.experiment.repeats);
        let mut before = self.fleet.calibrate().await;
        let mut calibrated = before.is_some();
        while !ledger.is_done() && self.entries.iter().any(|entry| entry.pool.is_ok()) {
            let done = self.done;
            let block = self.next_block();
            let samples = self.take_block(block).await;
            let mut after = self.fleet.calibrate().await;
            // What others answer is not asked for again because this machine was disturbed.
            let asks_others = self.experiment.asks_others();
            let mut changed = if asks_others { 0.0 } else { drift(before, after) };
            if changed > steady::MOST_DRIFT {
                // A hiccup of the calibration is gone at the second look; another speed of
                // the machine is not.
                after = self.fleet.calibrate().await;
                if after.is_some() {
                    changed = changed.min(drift(before, after));
                }
            }
            calibrated &= after.is_some();
            before = after;
            let asleep = || samples.iter().any(|(at, sample)| self.slept(*at, sample));
            let disturbed =
                self.fleet.disturbed().or_else(|| asleep().then_some(Disturbance::ClockJumped));
            let disturbed = disturbed.filter(|_| !asks_others);
            if self.grows_for_clock(&samples) {
                self.done = done;
                continue;
            }
            match ledger.note(changed, disturbed) {
                Ruling::Keep => {
                    for (at, sample) in samples {
                        self.entries[at].samples.push(sample);
                    }
                }
                Ruling::Repeat => self.done = done,
            }
            if let Some(disturbance) = disturbed.filter(|_| !ledger.is_done()) {
                self.pause(disturbance).await;
                before = self.fleet.calibrate().await;
            }
        }
        let blocks = ledger.into_blocks();
        Measuring { calibrated, conclusive: steady::is_conclusive(&blocks), blocks }
    }

    async fn pause(&mut self, disturbance: Disturbance) {
        self.tell(Stage::Paused(disturbance), 0).await;
        self.fleet.go_on().await;
        let _ = self.fleet.disturbed();
    }

    /// Whether samples that nobody could warm up turn out too short for the clock; then
    /// the next ones are longer.
    fn grows_for_clock(&mut self, samples: &[(usize, Sample)]) -> bool {
        if self.experiment.warmup > 0 || self.experiment.asks_others() {
            return false;
        }
        let mut grows = false;
        for (at, sample) in samples {
            let entry = &mut self.entries[*at];
            if entry.samples.is_empty() {
                let before = entry.times;
                entry.size_for_clock(sample, self.resolution_us);
                entry.times = entry.times.max(before);
                grows |= entry.times > before;
            }
        }
        grows
    }

    /// Whether the machine slept during a sample, as far as its heartbeat tells: the
    /// page's own thread stands still for no pool.
    fn slept(&self, at: usize, sample: &Sample) -> bool {
        let executor = self.experiment.executors.get(at);
        executor.is_some_and(|executor| executor.kind().has_workers())
            && sample.blocked_ms > ASLEEP_MS
    }

    /// One sample of each model that still runs.
    async fn take_block(&mut self, block: Vec<usize>) -> Vec<(usize, Sample)> {
        let mut samples = Vec::with_capacity(block.len());
        for at in block {
            if self.entries[at].pool.is_ok() {
                self.tell(Stage::Measuring, at).await;
                let sample = self.sample(at).await;
                samples.extend(sample.map(|sample| (at, sample)));
            }
            self.done += 1;
        }
        samples
    }

    /// A sample of one model; a failure is kept in its place.
    async fn sample(&mut self, at: usize) -> Option<Sample> {
        let Entry { pool, times, .. } = &mut self.entries[at];
        let taken = pool.as_mut().ok()?.sample(*times).await;
        match taken {
            Ok(sample) => Some(sample),
            Err(failure) => {
                *pool = Err(failure);
                None
            }
        }
    }

    fn next_block(&mut self) -> Vec<usize> {
        let block = self.order.next_block();
        self.taken.push(block.clone());
        block
    }

    async fn tell(&self, stage: Stage, executor: usize) {
        let rounds = 1 + self.experiment.warmup + self.experiment.repeats;
        let total = self.experiment.executors.len() as u32 * rounds;
        self.fleet.tell(Progress { stage, executor, done: self.done, total }).await;
    }

    /// Makes the report.
    pub fn finish(mut self, measuring: Measuring) -> Finished {
        let merged = self.entries.iter_mut().map(Entry::merged).collect();
        let executors = self.experiment.executors.iter().cloned();
        let measured = executors.zip(self.entries).map(|(executor, entry)| {
            let measured = entry.measured(executor);
            ModelFacts::of(&measured)
        });
        let report = Report::of(Facts {
            app: App::this(),
            environment: self.fleet.environment(),
            experiment: self.experiment.clone(),
            order: self.taken,
            measuring,
            results: measured.collect(),
        });
        Finished { report, merged }
    }
}

impl<P: Pool> Entry<P> {
    fn is_cold(&self) -> bool {
        self.pool.is_ok() && !self.warm_up.is_over()
    }

    /// Sizes the next samples for the clock, of this one, but so that their timelines
    /// can still be kept.
    fn size_for_clock(&mut self, sample: &Sample, resolution_us: f64) {
        let spans: usize = sample.lanes.iter().map(|lane| lane.spans.len()).sum();
        let most = MOST_SPANS * sample.computations as usize / spans.max(1);
        let needed = steady::batch(sample.total_ms(), resolution_us);
        self.times = needed.min(most as u32).max(1);
    }

    fn merged(&mut self) -> Option<Vec<u8>> {
        self.pool.as_mut().ok()?.merged()
    }

    fn measured(self, executor: Executor) -> Measured {
        let startup_ms = self.pool.as_ref().map_or(0.0, Pool::startup_ms);
        let settled = self.warm_up.settled();
        let warm_up = WarmedUp { totals_ms: self.warm_up.into_samples_ms(), settled };
        let started_again = self.pool.as_ref().is_ok_and(Pool::started_again);
        let samples = self.pool.map(|_| self.samples);
        Measured { executor, startup_ms, started_again, warm_up, samples }
    }
}

/// By how much the machine's speed changed; 0 where nobody could see.
fn drift(before: Option<Calibration>, after: Option<Calibration>) -> f64 {
    before.zip(after).map_or(0.0, |(before, after)| steady::drift(before, after))
}
