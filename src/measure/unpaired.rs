//! Comparing two runs: their samples were taken at different times, so that nothing
//! pairs one with another.

use super::stats::{self, RESAMPLES, Ratio, TAIL};
use crate::workloads::splitmix;

/// How many times as long the samples `a` took as the samples `b`: the ratio of their
/// medians. Its interval is the percentile bootstrap's, either side resampled by
/// itself (Efron and Tibshirani, "An Introduction to the Bootstrap", 1993, chapter 8).
/// `None` where a side has fewer than two samples, or there is nothing to divide by.
pub fn ratio(a: &[f64], b: &[f64], seed: u64) -> Option<Ratio> {
    // One sample says nothing of how far the next might be from it.
    if a.len().min(b.len()) < 2 {
        return None;
    }
    let ratio = stats::median(a.iter().copied()) / stats::median(b.iter().copied());
    let draws = (a.len() + b.len()) as u64;
    let of_resample = |resample: u64| {
        let first = resample * draws;
        let pick = |side: &[f64], from: u64| {
            let places = from..from + side.len() as u64;
            stats::median(places.map(|i| side[stats::below(splitmix::r(seed, i), side.len())]))
        };
        pick(a, first) / pick(b, first + a.len() as u64)
    };
    let found = stats::sorted(&(0..RESAMPLES).map(of_resample).collect::<Vec<_>>());
    let ci95 = [TAIL, 1.0 - TAIL].map(|q| stats::quantile(&found, q));
    let sound = [ratio, ci95[0], ci95[1]].iter().all(|number| number.is_finite());
    sound.then_some(Ratio { ratio, ci95 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn twice_as_long_is_told_from_as_long() {
        let b = [100.0, 105.0, 95.0, 102.0, 98.0, 101.0];
        let a = b.map(|ms| ms * 2.0);
        let twice = ratio(&a, &b, 1).expect("there are samples");
        assert_eq!(twice.ratio, 2.0);
        assert!(!twice.is_even() && twice.ci95[0] > 1.8 && twice.ci95[1] < 2.2, "{twice:?}");
        assert!(ratio(&b, &b, 1).expect("there are samples").is_even());
    }

    /// The same rounds in another order pair differently, and mean the same.
    #[test]
    fn the_order_of_the_samples_says_nothing() {
        let (a, b) = ([1.0, 2.0, 3.0], [1.0, 2.0, 3.0]);
        let found = ratio(&a, &b, 1).expect("there are samples");
        assert!(found.ci95[0] < 0.6 && found.ci95[1] > 1.8, "{found:?}");
    }

    #[test]
    fn too_little_is_no_ratio() {
        assert_eq!(ratio(&[], &[], 1), None);
        assert_eq!(ratio(&[1.0, 2.0], &[2.0], 1), None);
        assert_eq!(ratio(&[1.0, 1.0], &[0.0, 0.0], 1), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_within_the_extremes(
            a in prop::collection::vec(1f64..1e3, 2..20), b in prop::collection::vec(1f64..1e3, 2..20),
        ) {
            let Ratio { ci95: [low, high], .. } = ratio(&a, &b, 7).expect("there are samples");
            let least = |side: &[f64]| side.iter().copied().fold(f64::INFINITY, f64::min);
            let most = |side: &[f64]| side.iter().copied().fold(0.0, f64::max);
            prop_assert!(low <= high);
            prop_assert!(low >= least(&a) / most(&b) * (1.0 - 1e-9));
            prop_assert!(high <= most(&a) / least(&b) * (1.0 + 1e-9));
        }
    }
}
