//! Decides when a model has warmed up: once its samples have settled.

use super::stats;

/// How many samples a median is of, and how many medians must agree: the least that a
/// single odd sample does not upset.
pub const WINDOW: usize = 3;
/// Medians this close to one another have settled: within the least difference that a run
/// is planned to find, and far below what a cold first run costs.
pub const SETTLED_WITHIN: f64 = 0.1;

/// The warm-up of one model: takes one sample at a time until it is over.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmUp {
    limit: u32,
    samples_ms: Vec<f64>,
    /// Of the last samples at each, up to [`WINDOW`].
    medians_ms: Vec<f64>,
}

impl WarmUp {
    /// A warming up of at most `limit` samples; of none, if that is 0.
    pub fn new(limit: u32) -> Self {
        Self { limit, samples_ms: Vec::new(), medians_ms: Vec::new() }
    }

    /// Notes a sample in ms, of one computation.
    pub fn add(&mut self, sample_ms: f64) {
        self.samples_ms.push(sample_ms);
        let last = self.samples_ms.iter().rev().take(WINDOW);
        self.medians_ms.push(stats::median(last.copied()));
    }

    /// The samples, in ms.
    pub fn into_samples_ms(self) -> Vec<f64> {
        self.samples_ms
    }

    /// Whether samples like these, in ms, have settled.
    pub fn has_settled(samples_ms: &[f64]) -> bool {
        let mut warm_up = Self::new(u32::MAX);
        for sample_ms in samples_ms {
            warm_up.add(*sample_ms);
        }
        warm_up.settled()
    }

    /// How many samples it has taken.
    pub fn taken(&self) -> usize {
        self.samples_ms.len()
    }

    /// Whether the last three medians lie within [`SETTLED_WITHIN`] of one another.
    pub fn settled(&self) -> bool {
        let last = || self.medians_ms.iter().rev().take(WINDOW).copied();
        let (least, greatest) = (last().fold(f64::INFINITY, f64::min), last().fold(0.0, f64::max));
        self.medians_ms.len() >= WINDOW && greatest <= least * (1.0 + SETTLED_WITHIN)
    }

    /// The samples so far, in ms.
    pub fn samples_ms(&self) -> &[f64] {
        &self.samples_ms
    }

    /// Whether to go on to measuring: settled, or at the limit.
    pub fn is_over(&self) -> bool {
        self.settled() || self.taken() >= self.limit as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MANY: u32 = 100;

    /// How many samples it takes to be over.
    fn needed(limit: u32, samples_ms: impl IntoIterator<Item = f64>) -> (usize, WarmUp) {
        let mut warm_up = WarmUp::new(limit);
        for sample in samples_ms {
            if warm_up.is_over() {
                break;
            }
            warm_up.add(sample);
        }
        (warm_up.taken(), warm_up)
    }

    #[test]
    fn three_equal_samples_settle() {
        let (taken, warm_up) = needed(MANY, [5.0; 10]);
        assert_eq!((taken, warm_up.settled()), (3, true));
    }

    /// As the first call of a WebAssembly function, which is compiled for speed only
    /// once it is known to be called often.
    #[test]
    fn a_first_call_four_times_as_slow_takes_five() {
        let (taken, warm_up) = needed(MANY, [40.0, 10.0, 10.0, 10.0, 10.0, 10.0]);
        assert_eq!((taken, warm_up.settled()), (5, true));
    }

    /// Two slow calls, and a spike afterwards, which the medians pass over.
    #[test]
    fn a_slow_beginning_takes_longer() {
        let samples = [40.0, 30.0, 10.0, 10.1, 25.0, 10.0, 10.1, 10.0, 10.0];
        let (taken, warm_up) = needed(MANY, samples);
        assert_eq!((taken, warm_up.settled()), (6, true));
    }

    #[test]
    fn a_climb_of_twenty_percent_a_sample_does_not_settle() {
        let (taken, warm_up) = needed(30, (0..).map(|at| 10.0 * 1.2_f64.powi(at)));
        assert_eq!((taken, warm_up.settled()), (30, false));
    }

    #[test]
    fn limit_of_zero_takes_no_sample() {
        assert_eq!(needed(0, [1.0]).0, 0);
        assert_eq!(needed(1, [1.0; 3]).0, 1);
    }

    #[test]
    fn samples_without_a_tick_of_the_clock_settle() {
        assert_eq!(needed(MANY, [0.0; 10]).0, 3);
    }

    proptest! {
        #[test]
        fn warm_up_ends_within_its_limit(
            limit in 0u32..50,
            samples in prop::collection::vec(0.0f64..3_000.0, 50),
        ) {
            let (taken, warm_up) = needed(limit, samples);
            prop_assert!(warm_up.is_over());
            prop_assert!(taken <= limit as usize && (limit == 0 || taken > 0));
        }

        #[test]
        fn noise_of_a_percent_settles_at_once(
            samples in prop::collection::vec(10.0f64..10.1, 3),
        ) {
            prop_assert!(needed(MANY, samples).1.settled());
        }
    }
}
