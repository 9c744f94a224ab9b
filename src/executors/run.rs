//! An experiment from start to report.
//!
//! The page and scripts come through here alike. Cancelling is dropping: whoever
//! drops this future drops the pools with it, and a dropped pool ends its workers.

use super::order;
use crate::experiment::{Executor, Experiment};
use crate::failure::{Failure, Result};
use crate::measure::report::{
    App, Disturbance, Environment, Facts, Measured, Measuring, ModelFacts, Report, Sample, WarmedUp,
};
use crate::measure::settle::WarmUp;
use crate::measure::steady::{self, Calibration, Ledger, Ruling};
use crate::workloads::Workload;

/// A page that did not answer for so long, in ms, while others computed was asleep.
const ASLEEP_MS: f64 = 5_000.0;
/// Most spans of a sample that computes several times, all its lanes together: enough
/// to look at, and few enough for reports to be kept.
const MOST_SPANS: usize = 4_000;

/// The workers of one model, ready to compute one workload again and again.
/// Dropping it ends them.
#[allow(async_fn_in_trait, reason = "everything here runs on the page's one thread")]
pub trait Pool {
    /// Computes the workload so many times, one after the other.
    async fn sample(&mut self, times: u32) -> Result<Sample>;

    /// How long the workers took to be ready, in ms.
    fn startup_ms(&self) -> f64;

    /// The merged bytes of the last sample, where they are worth looking at.
    fn merged(&mut self) -> Option<Vec<u8>>;
}

/// Where pools come from, and who is told how far things are.
#[allow(async_fn_in_trait, reason = "everything here runs on the page's one thread")]
pub trait Fleet {
    /// Its pools.
    type Pool: Pool;

    /// Starts the workers of `executor` and gets them ready for `workload`.
    async fn start(&self, executor: &Executor, workload: &Workload) -> Result<Self::Pool>;

    /// Tells how far the run is, outside of anything measured, and lets whoever
    /// is told show it.
    async fn tell(&self, progress: Progress);

    /// Times a fixed kernel, on one core alone and on all at once; `None` where that
    /// cannot be done.
    async fn calibrate(&self) -> Option<Calibration>;

    /// What disturbed the machine since this was last asked.
    fn disturbed(&self) -> Option<Disturbance>;

    /// Comes once the run may go on after a disturbance.
    async fn go_on(&self);

    /// What the run takes place in; asked for at its end.
    fn environment(&self) -> Environment;
}

/// How far a run is.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// What is about to happen.
    pub stage: Stage,
    /// The model it happens to, as an index into the experiment's list.
    pub executor: usize,
    /// Steps done. Fewer than before where a block is measured again.
    pub done: u32,
    /// Steps in all.
    pub total: u32,
}

/// What a run is at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Workers are started.
    Starting,
    /// A sample is taken and thrown away.
    WarmingUp,
    /// A sample is taken.
    Measuring,
    /// Nothing, until the reader wants to go on.
    Paused(Disturbance),
}

impl Stage {
    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::WarmingUp => "warming-up",
            Self::Measuring => "measuring",
            Self::Paused(_) => "paused",
        }
    }
}

/// What a run leaves behind.
#[derive(Clone, Debug)]
pub struct Finished {
    /// The report.
    pub report: Report,
    /// Per model, the merged bytes of its last sample, where they are worth
    /// looking at.
    pub merged: Vec<Option<Vec<u8>>>,
}

/// Runs `experiment`. A model that fails keeps its failure and leaves the others
/// running.
pub async fn run<F: Fleet>(fleet: &F, experiment: &Experiment) -> Finished {
    let mut run = Run {
        fleet,
        experiment,
        order: order::Order::new(experiment.executors.len(), experiment.seed),
        taken: Vec::new(),
        entries: Vec::with_capacity(experiment.executors.len()),
        resolution_us: fleet.environment().capabilities.clock_resolution_us,
        done: 0,
    };
    run.start().await;
    run.warm_up().await;
    let measuring = run.measure().await;
    run.finish(measuring)
}

/// A run under way.
struct Run<'a, F: Fleet> {
    fleet: &'a F,
    experiment: &'a Experiment,
    order: order::Order,
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

impl<F: Fleet> Run<'_, F> {
    async fn start(&mut self) {
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
    async fn warm_up(&mut self) {
        let limit = self.experiment.warmup;
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
            }
        }
        let models = self.experiment.executors.len() as u32;
        self.done = models * (1 + limit);
    }

    /// Measures block by block; a block in which the machine changed its speed or
    /// something disturbed it is thrown away and measured again.
    async fn measure(&mut self) -> Measuring {
        let mut ledger = Ledger::new(self.experiment.repeats);
        let mut before = self.fleet.calibrate().await;
        let mut calibrated = before.is_some();
        while !ledger.is_done() && self.entries.iter().any(|entry| entry.pool.is_ok()) {
            let done = self.done;
            let block = self.next_block();
            let samples = self.take_block(block).await;
            let after = self.fleet.calibrate().await;
            calibrated &= after.is_some();
            let asleep = || samples.iter().any(|(at, sample)| self.slept(*at, sample));
            let disturbed =
                self.fleet.disturbed().or_else(|| asleep().then_some(Disturbance::ClockJumped));
            let drift = before.zip(after).map_or(0.0, |(a, b)| steady::drift(a, b));
            before = after;
            if self.grows_for_clock(&samples) {
                self.done = done;
                continue;
            }
            match ledger.note(drift, disturbed) {
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
        if self.experiment.warmup > 0 {
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

    fn finish(mut self, measuring: Measuring) -> Finished {
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
        Measured { executor, startup_ms, warm_up, samples: self.pool.map(|_| self.samples) }
    }
}
