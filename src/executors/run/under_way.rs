//! A run, step by step: starting, warming up, measuring block by block.

use super::entry::Entry;
use super::schedule::{self, Schedule};
use super::{Finished, Fleet, Interim, Progress, Stage};
use crate::executors::order::Order;
use crate::experiment::Experiment;
use crate::measure::block_log::{BlockLog, MOST_DISTURBED};
use crate::measure::calibration::Calibration;
use crate::measure::compare;
use crate::measure::report::{Block, Disturbance, Facts, Producer, Report, Sample};
use crate::measure::warm_up::WarmUp;
use crate::models::ExecutorKind;
use std::cell::Cell;
use std::rc::Rc;

/// A page that did not answer for so long, in ms, while others computed was asleep.
const ASLEEP_MS: f64 = 5_000.0;
/// What a sample takes beside itself, in ms: it waits for a beat before and after it.
const BESIDE_SAMPLE_MS: f64 = 15.0;
/// What a block takes beside its samples, in ms: the page paints, and the machine's speed is
/// measured.
const BESIDE_BLOCK_MS: f64 = 75.0;
/// Within a block, the run tells how far it is no more often than this, in ms: the page has
/// to paint each time, and nothing is measured meanwhile.
const TELL_EVERY_MS: f64 = 400.0;

/// A run under way.
pub struct UnderWay<'a, F: Fleet> {
    fleet: &'a F,
    experiment: &'a Experiment,
    /// What was measured before, where this run goes on from another.
    before: Option<Facts>,
    order: Order,
    /// The order of the models in each block of this run so far, warming up included.
    taken: Vec<Vec<usize>>,
    entries: Vec<Entry>,
    schedule: Schedule,
    log: BlockLog,
    /// The least step of the clock, in µs.
    resolution_us: f64,
    /// The machine's cores.
    cores: u32,
    /// Steps done.
    done: u32,
    /// Steps done before the block that is under way.
    done_before: u32,
    /// What was told last, and when, in ms.
    told: Cell<Option<(Stage, f64)>>,
}

impl<'a, F: Fleet> UnderWay<'a, F> {
    /// A run that has not begun, and that goes on from what was measured `before`.
    pub fn new(fleet: &'a F, experiment: &'a Experiment, before: Option<Facts>) -> Self {
        let mut order = Order::new(experiment.executors.len(), experiment.seed);
        for _ in before.iter().flat_map(|before| &before.order) {
            order.next_block();
        }
        let measured = before.as_ref().map(|before| &before.measuring);
        let machine = fleet.environment().machine;
        Self {
            fleet,
            experiment,
            order,
            taken: Vec::new(),
            entries: Vec::with_capacity(experiment.executors.len()),
            schedule: Schedule::new(experiment, measured, fleet.now_ms()),
            before,
            log: BlockLog::default(),
            resolution_us: machine.clock_resolution_us,
            cores: machine.hardware_concurrency,
            done: 0,
            done_before: 0,
            told: Cell::new(None),
        }
    }

    /// Starts every model's pool. One that does not start keeps its failure.
    pub async fn start(&mut self) {
        for (at, executor) in self.experiment.executors.iter().enumerate() {
            self.tell_now(Stage::Starting, at).await;
            let pool = self.fleet.start(executor, &self.experiment.workload).await;
            let before = self.before.as_ref().and_then(|before| before.results.get(at)).cloned();
            let warmup = self.experiment.warmup;
            self.entries.push(Entry::new(executor.clone(), pool, warmup, before));
            self.done += 1;
        }
    }

    /// Runs each model until its times have settled or all have had their time, and sizes
    /// its samples for the clock. Begins anew where something disturbed it.
    pub async fn warm_up(&mut self) {
        // Whatever happened until here touched nothing.
        let _ = self.fleet.disturbed();
        let mut disturbed = 0;
        let mut since_ms = self.fleet.now_ms();
        while self.entries.iter().any(|entry| self.is_to_warm_up(entry, since_ms)) {
            for at in self.next_block() {
                if self.is_to_warm_up(&self.entries[at], since_ms) {
                    self.tell(Stage::WarmingUp, at).await;
                    let entry = &mut self.entries[at];
                    if let Some(sample) = entry.sample(self.fleet, self.experiment.timeout_ms).await
                    {
                        entry.warmed_by(&sample, self.resolution_us);
                    }
                    self.done += 1;
                }
            }
            if let Some(disturbance) = self.fleet.disturbed().filter(|_| disturbed < MOST_DISTURBED)
            {
                disturbed += 1;
                self.pause(disturbance).await;
                let limit = self.experiment.warmup;
                self.entries.iter_mut().for_each(|entry| entry.warm_up = WarmUp::new(limit));
                since_ms = self.fleet.now_ms();
            }
        }
    }

    fn is_to_warm_up(&self, entry: &Entry, since_ms: f64) -> bool {
        let time_is_up = self.fleet.now_ms() - since_ms > schedule::WARM_UP_MS;
        entry.is_cold() && !(time_is_up && entry.warm_up.taken() > 0)
    }

    /// Measures block by block; a block that something disturbed is thrown away and
    /// measured again.
    pub async fn measure(&mut self) {
        self.done_before = self.done;
        let mut before = self.calibrate().await;
        while self.entries.iter().any(|entry| entry.pool.is_ok()) {
            let samples = self.take_block().await;
            let disturbed = self.disturbed(&samples);
            if self.grows_for_clock(&samples) {
                self.done = self.done_before;
                continue;
            }
            let kept = self.log.keeps(disturbed);
            if kept {
                for (at, sample) in samples {
                    self.entries[at].keep(sample);
                }
            } else {
                self.done = self.done_before;
            }
            let after = self.calibrate().await;
            let cores = after.and_then(|after| after.cores);
            self.log.note(Block { drift: drift(before, after), cores, disturbed, kept });
            before = after;
            if self.is_over() {
                break;
            }
            if let Some(disturbance) = disturbed {
                self.pause(disturbance).await;
                before = self.calibrate().await;
            }
        }
    }

    /// Measures how fast the machine is, once the page has painted what came out so far.
    async fn calibrate(&self) -> Option<Calibration> {
        self.tell_now(Stage::Measuring, 0).await;
        self.fleet.calibrate().await
    }

    /// Whether enough was measured, or the reader says so.
    fn is_over(&mut self) -> bool {
        let rounds = self.rounds();
        if rounds == 0 {
            return false;
        }
        let totals = self.totals_ms();
        let is_settled = |looks| {
            let totals: Vec<_> = totals.iter().map(Vec::as_slice).collect();
            compare::is_settled(&totals, looks)
        };
        let now_ms = self.fleet.now_ms();
        let round_ms = self.round_ms();
        if self.is_beside_others() {
            self.schedule.allow_for_others();
        }
        self.fleet.is_enough() || !self.schedule.goes_on(rounds, now_ms, round_ms, is_settled)
    }

    /// Whether other programs have the run take longer until it is clear.
    fn is_beside_others(&self) -> bool {
        let so_far = self.log.so_far();
        so_far.is_unsteady() || so_far.cores_beside_others(self.cores).is_some()
    }

    /// Rounds that count, those before this run included.
    fn rounds(&self) -> usize {
        let before = self.before.as_ref().map_or(0, |before| before.measuring.kept());
        before + self.log.so_far().kept()
    }

    /// The times of all models that have some, those of the main thread first.
    fn totals_ms(&self) -> Vec<Vec<f64>> {
        let executors = &self.experiment.executors;
        let mut models: Vec<_> = executors.iter().zip(&self.entries).collect();
        models.sort_by_key(|(executor, _)| executor.kind() != ExecutorKind::MainThread);
        let totals = models.into_iter().map(|(_, entry)| entry.totals_ms());
        totals.filter(|totals| !totals.is_empty()).collect()
    }

    async fn pause(&mut self, disturbance: Disturbance) {
        self.tell_now(Stage::Paused(disturbance), 0).await;
        self.fleet.go_on().await;
        let _ = self.fleet.disturbed();
    }

    /// What disturbed the machine during the block of these samples. What others answer is
    /// not asked for again because this machine was disturbed.
    fn disturbed(&self, samples: &[(usize, Sample)]) -> Option<Disturbance> {
        let asleep = || samples.iter().any(|(at, sample)| self.slept(*at, sample));
        let disturbed =
            self.fleet.disturbed().or_else(|| asleep().then_some(Disturbance::ClockJumped));
        disturbed.filter(|_| !self.experiment.asks_others())
    }

    /// Whether the machine slept during a sample, as far as its heartbeat tells: the
    /// page's own thread stands still for no pool.
    fn slept(&self, at: usize, sample: &Sample) -> bool {
        let executor = self.experiment.executors.get(at);
        executor.is_some_and(|executor| executor.kind().has_workers())
            && sample.blocked_ms > ASLEEP_MS
    }

    /// Whether first samples turn out too short for the clock; then the next ones are longer.
    fn grows_for_clock(&mut self, samples: &[(usize, Sample)]) -> bool {
        if self.experiment.asks_others() {
            return false;
        }
        let resolution_us = self.resolution_us;
        let mut grows = false;
        for (at, sample) in samples {
            grows |= self.entries[*at].grows_for_clock(sample, resolution_us);
        }
        grows
    }

    /// One sample of each model that still runs.
    async fn take_block(&mut self) -> Vec<(usize, Sample)> {
        let block = self.next_block();
        let mut samples = Vec::with_capacity(block.len());
        for at in block {
            if self.entries[at].pool.is_ok() {
                self.tell(Stage::Measuring, at).await;
                let limit_ms = self.experiment.timeout_ms;
                let sample = self.entries[at].sample(self.fleet, limit_ms).await;
                samples.extend(sample.map(|sample| (at, sample)));
            }
            self.done += 1;
        }
        samples
    }

    fn next_block(&mut self) -> Vec<usize> {
        let block = self.order.next_block();
        self.taken.push(block.clone());
        self.done_before = self.done;
        block
    }

    /// How long a round takes, in ms.
    fn round_ms(&self) -> f64 {
        let samples = self.entries.iter().filter(|entry| entry.pool.is_ok());
        BESIDE_BLOCK_MS + samples.map(|entry| entry.lasts_ms() + BESIDE_SAMPLE_MS).sum::<f64>()
    }

    /// Tells how far the run is, unless that was told just now.
    async fn tell(&self, stage: Stage, executor: usize) {
        let is_told = self.told.get().is_some_and(|(told, at_ms)| {
            told == stage && self.fleet.now_ms() - at_ms < TELL_EVERY_MS
        });
        if !is_told {
            self.tell_now(stage, executor).await;
        }
    }

    async fn tell_now(&self, stage: Stage, executor: usize) {
        let models = self.experiment.executors.len();
        let rounds = self.rounds();
        let planned = self.schedule.planned().saturating_sub(rounds) as u32 * models as u32;
        let left_ms = (stage == Stage::Measuring)
            .then(|| self.schedule.left_ms(rounds, self.fleet.now_ms(), self.round_ms()));
        let interim =
            Rc::new(Interim { models: self.entries.iter().map(Entry::interim).collect() });
        let total = self.done_before.max(models as u32) + planned;
        let progress =
            Progress { left_ms, interim, ..Progress::new(stage, executor, self.done, total) };
        self.fleet.tell(progress).await;
        self.told.set(Some((stage, self.fleet.now_ms())));
    }

    /// Makes the report.
    pub fn finish(mut self) -> Finished {
        let merged = self.entries.iter_mut().map(Entry::merged).collect();
        let rounds = self.rounds();
        let facts = Facts {
            producer: Producer::this(),
            environment: self.fleet.environment(),
            experiment: self.experiment.clone(),
            order: self.taken,
            measuring: self.log.into_measuring(self.schedule.end(rounds)),
            results: self.entries.into_iter().map(Entry::facts).collect(),
        };
        let facts = match self.before {
            Some(before) => before.and(facts),
            None => facts,
        };
        Finished { report: Report::of(facts), merged }
    }
}

/// By how much the machine's speed changed; 0 where nobody could see.
fn drift(before: Option<Calibration>, after: Option<Calibration>) -> f64 {
    before.zip(after).map_or(0.0, |(before, after)| before.drift_until(after))
}
