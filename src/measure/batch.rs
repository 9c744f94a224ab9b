//! How often a sample computes the workload: once, unless that is too short for the clock.

use super::warning::FEWEST_TICKS;

/// The most computations in one sample: work that needs more lasts for a few ticks of the
/// clock or less.
pub const MOST_BATCHED: u32 = 1_000;

/// A sample is planned to last at least this long, in ms, as far as [`MOST_BATCHED`] and the
/// size of its timeline let it: what comes first in it, after a pause in which caches and clock
/// speeds went elsewhere, is then a small part of it.
const LEAST_MS: f64 = 5.0;

/// A sample is planned to last so many times what it has to: one that takes less time
/// than the last ones is still long enough.
const MARGIN: f64 = 1.5;

/// How many computations of `median_ms` one sample needs to last `LEAST_MS` and
/// `FEWEST_TICKS` of a clock that ticks every `resolution_us`: 1 to [`MOST_BATCHED`].
pub fn batch(median_ms: f64, resolution_us: f64) -> u32 {
    let least_ms = least_ms(resolution_us);
    if median_ms >= least_ms {
        return 1;
    }
    // What the clock did not see lasted for less than a tick.
    let seen_ms = median_ms.max(resolution_us / 1000.0);
    // A conversion from what is too large gives the largest number, from NaN gives 0.
    ((MARGIN * least_ms / seen_ms).ceil() as u32).clamp(1, MOST_BATCHED)
}

/// Whether a sample that lasted `total_ms` in all is too short for a clock that ticks every
/// `resolution_us`.
pub fn is_too_short(total_ms: f64, resolution_us: f64) -> bool {
    total_ms < least_ms(resolution_us)
}

fn least_ms(resolution_us: f64) -> f64 {
    LEAST_MS.max(FEWEST_TICKS * resolution_us / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_sample_lasts_long_enough_for_the_clock() {
        assert_eq!(batch(5.0, 5.0), 1);
        assert_eq!(batch(1.0, 5.0), 8);
        assert_eq!(batch(0.3, 5.0), 25);
        assert_eq!(batch(0.5, 100.0), 60);
        assert_eq!(batch(0.05, 5.0), 150);
        assert_eq!(batch(0.0, 5.0), MOST_BATCHED);
        assert_eq!(batch(0.0, 0.0), MOST_BATCHED);
    }

    proptest! {
        #[test]
        fn a_batch_is_the_least_that_lasts(median_ms in 0.01f64..100.0, resolution_us in 0.1f64..100.0) {
            let n = batch(median_ms, resolution_us);
            let least_ms = LEAST_MS.max(FEWEST_TICKS * resolution_us / 1000.0);
            // What the clock did not see is taken to have lasted for a tick.
            let seen_ms = median_ms.max(resolution_us / 1000.0);
            let lasts = |n: u32, ms: f64| f64::from(n) * seen_ms >= ms * (1.0 - 1e-9);
            prop_assert!(n == MOST_BATCHED || lasts(n, least_ms));
            prop_assert!(n == 1 || !lasts(n - 1, MARGIN * least_ms * (1.0 + 1e-6)));
        }
    }
}
