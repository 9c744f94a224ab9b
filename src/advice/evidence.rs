//! What is known of a piece of work and of the machine that is to do it.

use super::uncertain::Uncertain;
use serde::Serialize;

/// By which part a time differs from one run to the next on a quiet machine, however many
/// tasks were timed.
const RUN_NOISE: f64 = 0.03;

/// How long a part of a task takes, over all tasks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Spread {
    /// The mean.
    pub mean: f64,
    /// The standard deviation between tasks.
    pub sd: f64,
    /// The standard uncertainty of the mean.
    pub mean_sd: f64,
}

impl Spread {
    /// The same for every task, and known to within `part` of it.
    pub fn even(mean: f64, part: f64) -> Self {
        Self { mean, sd: 0.0, mean_sd: part * mean }
    }

    /// The spread of `samples` of `all` tasks: what was not timed may differ from what was.
    pub fn of(samples: &[f64], all: u64) -> Self {
        let n = samples.len() as f64;
        if samples.is_empty() {
            return Self::default();
        }
        let mean = samples.iter().sum::<f64>() / n;
        let squares = samples.iter().map(|one| (one - mean).powi(2)).sum::<f64>();
        let sd = if samples.len() > 1 { (squares / (n - 1.0)).sqrt() } else { 0.0 };
        // The finite population correction: of all tasks the mean is what it is.
        let untimed = (1.0 - n / all.max(1) as f64).max(0.0);
        Self { mean, sd, mean_sd: (sd * (untimed / n).sqrt()).hypot(RUN_NOISE * mean) }
    }

    /// The mean with its uncertainty.
    pub fn typical(&self) -> Uncertain {
        Uncertain::new(self.mean, self.mean_sd)
    }

    /// How far the shortest and the longest are from the mean, where all between them are
    /// equally frequent (a uniform distribution): √3 standard deviations, but no more than the mean.
    fn half_range(&self) -> f64 {
        (3.0_f64.sqrt() * self.sd).min(self.mean)
    }

    /// The longest of `n`: for a uniform distribution, (n - 1)/(n + 1) of the half range above
    /// the mean.
    pub fn longest(&self, n: f64) -> f64 {
        self.mean + self.half_range() * (n - 1.0) / (n + 1.0)
    }

    /// The shortest of `n`, as far below.
    pub fn shortest(&self, n: f64) -> f64 {
        self.mean - self.half_range() * (n - 1.0) / (n + 1.0)
    }

    /// The same with another mean.
    pub(super) fn around(self, mean: f64) -> Self {
        let scale = if self.mean > 0.0 { mean / self.mean } else { 1.0 };
        Self { mean, sd: self.sd * scale, ..self }
    }
}

/// A piece of work, as far as the cost model is concerned.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkProfile {
    /// How many tasks it has.
    pub tasks: u64,
    /// How long a task computes, in ms.
    pub compute_ms: Spread,
    /// How long a task waits for something else, in ms.
    pub wait_ms: Spread,
    /// Bytes that a task is sent where it does not share the memory, on average.
    pub bytes_in: f64,
    /// Bytes that come back, on average.
    pub bytes_out: f64,
    /// Bytes that a task's request brings, on average: a worker that makes the request itself is
    /// not sent them.
    pub body_bytes: f64,
    /// Bytes of data that all tasks together read.
    pub shared_bytes: f64,
    /// How long putting the results together takes, in ms; `None` where that is not known.
    pub merge_ms: Option<f64>,
    /// Whether a task computes only while it holds the GIL, in Python.
    pub holds_gil: bool,
    /// Whether a task waits first and then computes, so that a pipeline of two stages can run it.
    pub has_stages: bool,
}

impl WorkProfile {
    /// How long all tasks take one after another, in ms.
    pub fn sequential_ms(&self) -> f64 {
        self.tasks as f64 * (self.compute_ms.mean + self.wait_ms.mean)
    }

    /// The part of a task's time in which it waits, 0 to 1.
    pub fn share_of_waiting(&self) -> f64 {
        let both = self.compute_ms.mean + self.wait_ms.mean;
        if both > 0.0 { self.wait_ms.mean / both } else { 0.0 }
    }

    /// Whether tasks wait at all.
    pub fn waits(&self) -> bool {
        self.wait_ms.mean > 0.0
    }

    /// Bytes that move for a task between memories, both ways.
    pub fn bytes_moved(&self) -> f64 {
        self.bytes_in + self.bytes_out
    }
}

/// Where the evidence comes from.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Source {
    /// Tasks that were run on this machine.
    Profiled {
        /// How many.
        tasks: u64,
    },
    /// What a reader said.
    Stated,
}

/// What the work must keep to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// Memory that each worker needs, in bytes.
    pub memory_per_worker: Option<f64>,
    /// The machine's memory, in bytes.
    pub memory: Option<f64>,
    /// Within which time all must be done, in ms.
    pub target_ms: Option<f64>,
}

impl Limits {
    /// How many workers fit into the memory; `None` where nothing limits them.
    pub fn most_workers(&self) -> Option<u32> {
        let (each, all) = (self.memory_per_worker?, self.memory?);
        (each > 0.0).then(|| (all / each).floor().min(f64::from(u32::MAX)) as u32)
    }
}

/// All that the advice rests on.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Evidence {
    /// Where it comes from.
    pub source: Source,
    /// The work.
    pub work: WorkProfile,
    /// Cores that are free for it.
    pub cores: Uncertain,
    /// What it must keep to.
    pub limits: Limits,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spread_of_all_tasks_is_off_by_the_noise_of_a_run_only() {
        let all = Spread::of(&[10.0, 20.0, 30.0], 3);
        assert_eq!((all.mean, all.sd), (20.0, 10.0));
        assert!((all.mean_sd - 0.6).abs() < 1e-12, "{all:?}");
        let some = Spread::of(&[10.0, 20.0, 30.0], 3_000);
        assert!(some.mean_sd > 5.0, "{some:?}");
        assert_eq!(Spread::of(&[], 3), Spread::default());
        assert_eq!(Spread::of(&[4.0], 1).sd, 0.0);
    }

    #[test]
    fn longest_and_shortest_are_within_the_range() {
        let spread = Spread { mean: 10.0, sd: 3.0, mean_sd: 0.0 };
        assert_eq!((spread.longest(1.0), spread.shortest(1.0)), (10.0, 10.0));
        assert!((spread.longest(1e9) - (10.0 + 3.0 * 3.0_f64.sqrt())).abs() < 1e-6);
        // No task takes less than nothing.
        let wide = Spread { mean: 1.0, sd: 9.0, mean_sd: 0.0 };
        assert!(wide.shortest(1e9) >= 0.0);
    }

    #[test]
    fn memory_limits_workers_where_both_figures_are_known() {
        let limits = Limits { memory_per_worker: Some(3e9), memory: Some(16e9), target_ms: None };
        assert_eq!(limits.most_workers(), Some(5));
        assert_eq!(Limits { memory: None, ..limits }.most_workers(), None);
        assert_eq!(Limits { memory_per_worker: Some(0.0), ..limits }.most_workers(), None);
    }
}
