//! How long a run will take, as far as that can be told beforehand.

use super::report::{Outcome, Report};
use crate::experiment::{Experiment, Repeats};
use crate::models::Executor;
use crate::workloads::Workload;

/// Work that costs between these many times as much as its default takes about as long:
/// rounds adapt to it. Beyond, nobody knows without having tried.
const LIKE_THE_DEFAULT: [f64; 2] = [0.25, 2.0];
/// More does not pass between two samples, in ms: the page paints.
const MOST_PAUSE_MS: f64 = 60.0;
/// The most models of which the same is true.
const MODELS_OF_THE_DEFAULT: usize = 6;

/// How long runs may take, as far as that is theirs to decide.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Budget {
    /// When a run with automatic rounds ends at the latest, in ms.
    pub ms: f64,
    /// How long it warms up at most, in ms, once each model has had a turn.
    pub warm_up_ms: f64,
    /// How many rounds it takes even so.
    pub fewest_rounds: u32,
}

/// What a run of this page took.
#[derive(Clone, Debug, PartialEq)]
pub struct Timing {
    workload: Workload,
    repeats: Repeats,
    /// How many rounds were measured.
    rounds: f64,
    /// How long each model took in a round, in ms.
    models: Vec<(Executor, f64)>,
    /// How long warming up took, in ms.
    warm_up_ms: f64,
    /// How long all else before the first sample took, in ms.
    startup_ms: f64,
    /// What passed between two samples, in ms.
    pause_ms: f64,
}

impl Timing {
    /// What a run took that lasted `took_ms` in all. `None` where a model failed: whoever
    /// fails takes any time.
    pub fn of(report: &Report, took_ms: f64) -> Option<Self> {
        let results = &report.results;
        let rounds = results.iter().map(|one| one.samples.len()).min().filter(|&n| n > 0)? as f64;
        let each_ms = |one: &Outcome| {
            let ms =
                one.samples.iter().map(|sample| sample.total_ms * f64::from(sample.computations));
            ms.sum::<f64>() / one.samples.len() as f64
        };
        let models: Vec<_> =
            results.iter().map(|one| (one.executor.clone(), each_ms(one))).collect();
        let measured_ms = models.iter().map(|(_, ms)| ms).sum::<f64>() * rounds;
        let warm_up_ms = results.iter().flat_map(|one| &one.warm_up.totals_ms).sum::<f64>();
        let startup_ms = results.iter().map(|one| one.startup_ms).sum::<f64>();
        let rest_ms = (took_ms - measured_ms - warm_up_ms - startup_ms).max(0.0);
        let samples = rounds * models.len() as f64;
        // What is more than that was done once, before the first sample.
        let pause_ms = (rest_ms / samples).min(MOST_PAUSE_MS);
        Some(Self {
            workload: report.experiment.workload.clone(),
            repeats: report.experiment.repeats,
            rounds,
            models,
            warm_up_ms,
            startup_ms: startup_ms + rest_ms - samples * pause_ms,
            pause_ms,
        })
    }

    /// How long `next` takes in ms, by what this run took. `None` where it has nothing to
    /// do with it.
    fn tells(&self, next: &Experiment, budget: Budget) -> Option<f64> {
        let cost = self.times_the_cost_of(&next.workload)?;
        let one_ms = |executor: &Executor| {
            let same = |one: &&(Executor, f64)| one.0 == *executor;
            let alike = |one: &&(Executor, f64)| one.0.kind() == executor.kind();
            let found = self.models.iter().find(same).or_else(|| self.models.iter().find(alike));
            found.map(|(_, ms)| ms * cost + self.pause_ms)
        };
        let round_ms = next.executors.iter().map(one_ms).sum::<Option<f64>>()?;
        let share = next.executors.len() as f64 / self.models.len() as f64;
        let warm_up_ms = match next.warmup {
            0 => 0.0,
            _ => (self.warm_up_ms * cost * share).min(budget.warm_up_ms.max(round_ms)),
        };
        let before_ms = self.startup_ms * share + warm_up_ms;
        let rounds = |rounds: f64| before_ms + rounds * round_ms;
        Some(match (next.repeats, self.repeats) {
            (Repeats::Fixed(n), _) => rounds(n.into()),
            // As many as last time, if there is time for them.
            (Repeats::Automatic, Repeats::Automatic) => {
                rounds(self.rounds).min(budget.ms).max(rounds(budget.fewest_rounds.into()))
            }
            (Repeats::Automatic, Repeats::Fixed(_)) => {
                budget.ms.max(rounds(budget.fewest_rounds.into()))
            }
        })
    }

    /// How many times as much `next` costs as what was run; `None` where nobody knows.
    fn times_the_cost_of(&self, next: &Workload) -> Option<f64> {
        match next.id() == self.workload.id() {
            _ if *next == self.workload => Some(1.0),
            true => Some(next.relative_cost()? / self.workload.relative_cost()?),
            false => None,
        }
    }
}

/// About how long `next` will take, in ms; `past` are the runs of this page, the latest
/// first. `None` where it cannot be told.
pub fn estimate(next: &Experiment, past: &[Timing], budget: Budget) -> Option<f64> {
    if let Some(ms) = past.iter().find_map(|one| one.tells(next, budget)) {
        return Some(ms);
    }
    let [least, most] = LIKE_THE_DEFAULT;
    let is_like_the_default = next.repeats == Repeats::Automatic
        && next.executors.len() <= MODELS_OF_THE_DEFAULT
        && next.workload.relative_cost().is_some_and(|cost| (least..=most).contains(&cost));
    is_like_the_default.then_some(budget.ms)
}

/// A time for somebody who is about to wait: "about 7 s".
pub fn about(ms: f64) -> String {
    match (ms / 1000.0).round() {
        ..=1.0 => "about 1 s".to_owned(),
        s if s < 90.0 => format!("about {s} s"),
        s => format!("about {:.0} min", s / 60.0),
    }
}
