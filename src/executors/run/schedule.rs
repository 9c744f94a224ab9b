//! When a run has measured enough: after as many rounds as were asked for, or, where that
//! is left to the run, once the difference is clear or time is up.

use crate::experiment::{Experiment, Repeats};
use crate::measure::confidence::Confidence;
use crate::measure::report::{MAX_ROUNDS, Measuring};

/// All models together warm up for no longer than this, in ms, once each has had a turn.
pub const WARM_UP_MS: f64 = 1_200.0;
/// A run whose headline is not clear ends after about this time, in ms, from its start: as
/// long as most people watch something happen. A clear one ends at its first look.
pub const BUDGET_MS: f64 = 7_600.0;
/// The same where other programs take part of the machine: it takes more rounds to tell.
pub const BESIDE_OTHERS_MS: f64 = 10_800.0;
/// How long a run of a default experiment usually takes, in ms, from its start: its headline
/// is clear at the first look.
pub const USUAL_MS: f64 = 5_400.0;
/// The rounds before the first look at the comparisons: enough to find a difference of 10%
/// under noise of 5% more often than not (`tests/statistics`). The next looks come
/// after twice, four times... as many.
pub const FIRST_LOOK: usize = 10;

/// The schedule of one run.
#[derive(Clone, Debug)]
pub struct Schedule {
    repeats: Repeats,
    /// Most rounds, those before this run included.
    most: usize,
    /// Rounds, and looks, before this run.
    before: (usize, u32),
    /// The fewest rounds that can tell anything.
    fewest: usize,
    /// Looks in this run.
    looks: u32,
    next_look: usize,
    looked_at: usize,
    started_ms: f64,
    budget_ms: f64,
}

impl Schedule {
    /// The schedule of a run of `experiment` that started at `started_ms`, and that goes on
    /// from what was measured `before`.
    pub fn new(experiment: &Experiment, before: Option<&Measuring>, started_ms: f64) -> Self {
        let before = before.map_or((0, 0), |before| (before.kept(), before.looks));
        let confidence = Confidence::new(experiment.executors.len(), before.1 + 1);
        let fewest = FIRST_LOOK.max(confidence.fewest_rounds());
        Self {
            repeats: experiment.repeats,
            most: MAX_ROUNDS.min(before.0 + experiment.most_rounds() as usize),
            before,
            fewest,
            looks: 0,
            next_look: fewest.max(2 * before.0),
            looked_at: 0,
            started_ms,
            budget_ms: BUDGET_MS,
        }
    }

    /// Gives the run the time that it takes beside other programs.
    pub fn allow_for_others(&mut self) {
        self.budget_ms = BESIDE_OTHERS_MS;
    }

    /// Whether to go on after `rounds` rounds in all, of which the next takes about
    /// `round_ms`. `is_settled` tells whether more rounds would change anything, at the
    /// so-many-th look.
    pub fn goes_on(
        &mut self,
        rounds: usize,
        now_ms: f64,
        round_ms: f64,
        is_settled: impl FnOnce(u32) -> bool,
    ) -> bool {
        if rounds >= self.most {
            return false;
        }
        if let Repeats::Fixed(wanted) = self.repeats {
            return rounds < self.before.0 + wanted as usize;
        }
        if rounds >= self.next_look {
            self.look(rounds);
            self.next_look *= 2;
            if is_settled(self.before.1 + self.looks) {
                return false;
            }
        }
        rounds < self.fewest || now_ms + round_ms / 2.0 < self.deadline_ms()
    }

    /// How long the run will take yet at the most, in ms, as [`goes_on`](Self::goes_on).
    pub fn left_ms(&self, rounds: usize, now_ms: f64, round_ms: f64) -> f64 {
        let until = |rounds_in_all: usize| {
            round_ms * rounds_in_all.min(self.most).saturating_sub(rounds) as f64
        };
        match self.repeats {
            Repeats::Fixed(wanted) => until(self.before.0 + wanted as usize),
            Repeats::Automatic => {
                until(self.most).min((self.deadline_ms() - now_ms).max(until(self.fewest))).max(0.0)
            }
        }
    }

    /// How many rounds the run plans to have in all.
    pub fn planned(&self) -> usize {
        match self.repeats {
            Repeats::Fixed(wanted) => self.before.0 + wanted as usize,
            Repeats::Automatic => self.next_look,
        }
        .min(self.most)
    }

    /// Ends the run after `rounds` rounds in all, and says how often the comparisons were
    /// looked at in it, this last time included.
    pub fn end(mut self, rounds: usize) -> u32 {
        self.look(rounds);
        self.looks
    }

    fn deadline_ms(&self) -> f64 {
        self.started_ms + self.budget_ms
    }

    fn look(&mut self, rounds: usize) {
        if self.looks == 0 || self.looked_at != rounds {
            self.looks += 1;
            self.looked_at = rounds;
        }
    }
}

#[cfg(test)]
mod tests;
