//! Statistics of samples: medians, their intervals by resampling, outliers, and the
//! ratio of two models.

use super::signed_ranks::SignedRanks;
use crate::workloads::splitmix;
use serde::{Deserialize, Serialize};

/// Resamples for an interval: enough that its bounds hold to about a percent.
pub(super) const RESAMPLES: u64 = 2_000;
/// What a 95% interval leaves out on either side.
pub(super) const TAIL: f64 = 0.025;
/// Tukey's fences: an outlier is this many interquartile ranges beyond the
/// quartiles.
const FENCE: f64 = 1.5;
/// Fewer samples have no quartiles worth the name.
const FEWEST_FOR_OUTLIERS: usize = 4;
/// Differences below this factor count as no difference.
pub const LEAST_DIFFERENCE: f64 = 1.1;
/// What a bound of an interval may be off by for having been computed: clocks tick, so
/// that bounds of exactly 1 are common.
const ROUNDING: f64 = 1e-9;

/// Summary statistics of a list of samples, all in ms.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Summary {
    /// The median.
    pub median_ms: f64,
    /// The least.
    pub min_ms: f64,
    /// The greatest.
    pub max_ms: f64,
    /// The mean.
    pub mean_ms: f64,
    /// The 95% interval of the median.
    pub ci95_ms: [f64; 2],
    /// How many samples lie outside Tukey's fences, see [`outlier_marks`]. They are kept.
    pub outliers: usize,
}

/// Summarises samples in ms; `None` where there are none.
pub fn summarise(samples_ms: &[f64], seed: u64) -> Option<Summary> {
    let sorted = sorted(samples_ms);
    let (first, last) = (sorted.first()?, sorted.last()?);
    Some(Summary {
        median_ms: quantile(&sorted, 0.5),
        min_ms: *first,
        max_ms: *last,
        mean_ms: sorted.iter().sum::<f64>() / sorted.len() as f64,
        ci95_ms: interval(samples_ms.len(), seed, |picks| median(picks.map(|i| samples_ms[i]))),
        outliers: outlier_marks(samples_ms).iter().filter(|is_outlier| **is_outlier).count(),
    })
}

/// How many times as long one model took as another, with its 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Ratio {
    /// How many times as long the first took as the second: the estimate of
    /// [`SignedRanks`], which a disturbed round moves little.
    pub ratio: f64,
    /// Its interval: 95% for all comparisons of the run together, see
    /// [`Confidence`](super::confidence::Confidence). It holds the ratio.
    pub ci95: [f64; 2],
}

impl Ratio {
    /// Whether the interval contains 1: no significant difference.
    pub fn is_even(&self) -> bool {
        self.ci95[0] <= 1.0 + ROUNDING && 1.0 - ROUNDING <= self.ci95[1]
    }

    /// Whether the whole interval is within ±10% of 1: practically no difference.
    pub fn is_negligible(&self) -> bool {
        1.0 / LEAST_DIFFERENCE <= self.ci95[0] && self.ci95[1] <= LEAST_DIFFERENCE
    }

    /// Whether more rounds cannot change the verdict.
    pub fn is_clear(&self) -> bool {
        !self.is_even() || self.is_negligible()
    }
}

/// How many times as long `over` took as `of`: the speedup of `of` over `over`.
/// The samples are paired, the `i`-th of both from the same round, and only the rounds'
/// ratios count, so that a drift of the machine, which hits both alike, does not widen
/// the interval. `None` of fewer than two rounds or of others than the `test` is for, and
/// where there is nothing to divide.
pub fn paired_ratio(over: &[f64], of: &[f64], test: &SignedRanks) -> Option<Ratio> {
    let ratios: Vec<_> = over.iter().zip(of).map(|(over, of)| over / of).collect();
    // One round says nothing of how far the next might be from it.
    if ratios.len() < 2 {
        return None;
    }
    let (ratio, ci95) = test.estimate(&ratios)?;
    Some(Ratio { ratio, ci95 })
}

/// The percentile bootstrap (Efron, "Bootstrap Methods: Another Look at the
/// Jackknife", 1979) of a statistic over `n` things, given as picks of them.
fn interval(
    n: usize,
    seed: u64,
    statistic: impl Fn(&mut dyn Iterator<Item = usize>) -> f64,
) -> [f64; 2] {
    let of_resample = |resample: u64| {
        let first = resample * n as u64;
        statistic(&mut (first..first + n as u64).map(|i| below(splitmix::r(seed, i), n)))
    };
    let found = sorted(&(0..RESAMPLES).map(of_resample).collect::<Vec<_>>());
    [quantile(&found, TAIL), quantile(&found, 1.0 - TAIL)]
}

/// A random number below `n` out of 64 random bits (Lemire's multiplication,
/// whose bias is beyond notice here).
pub fn below(bits: u64, n: usize) -> usize {
    ((u128::from(bits) * n as u128) >> 64) as usize
}

pub(super) fn sorted(samples: &[f64]) -> Vec<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

/// The median; NaN of nothing.
pub fn median(samples: impl Iterator<Item = f64>) -> f64 {
    quantile(&sorted(&samples.collect::<Vec<_>>()), 0.5)
}

/// A quantile of sorted samples, interpolated between neighbours (Hyndman and
/// Fan's type 7); NaN of nothing.
pub(super) fn quantile(sorted: &[f64], q: f64) -> f64 {
    let Some(last) = sorted.len().checked_sub(1) else { return f64::NAN };
    let at = q * last as f64;
    let (below, above) = (at.floor() as usize, at.ceil() as usize);
    sorted[below] + (sorted[above] - sorted[below]) * at.fract()
}

/// Which samples lie outside Tukey's fences, in the order of the samples: more than
/// 1.5 interquartile ranges beyond the quartiles. None of fewer than four.
pub fn outlier_marks(samples_ms: &[f64]) -> Vec<bool> {
    let sorted = sorted(samples_ms);
    let (low, high) = (quantile(&sorted, 0.25), quantile(&sorted, 0.75));
    let reach = FENCE * (high - low);
    let is_outside = |sample: &f64| *sample < low - reach || *sample > high + reach;
    let enough = sorted.len() >= FEWEST_FOR_OUTLIERS;
    samples_ms.iter().map(|sample| enough && is_outside(sample)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn paired_ratio(over: &[f64], of: &[f64]) -> Option<Ratio> {
        super::paired_ratio(over, of, &SignedRanks::new(over.len(), 1.0 / 16.0))
    }

    /// By hand: R's `quantile(c(1,2,3,4,100))` gives 2, 3 and 4 for the quartiles.
    #[test]
    fn a_summary_by_hand() {
        let summary = summarise(&[4.0, 100.0, 1.0, 3.0, 2.0], 1).expect("there are samples");
        assert_eq!(summary.median_ms, 3.0);
        assert_eq!((summary.min_ms, summary.max_ms, summary.mean_ms), (1.0, 100.0, 22.0));
        assert_eq!(summary.outliers, 1);
        assert_eq!(summarise(&[], 1), None);
    }

    /// R's `quantile` gives 1.25 and 4.75 for the quartiles: the fences are at -4 and 10.
    #[test]
    fn outliers_are_marked_where_they_are() {
        let marks = outlier_marks(&[3.0, 100.0, 1.0, 4.0, 1.0, 5.0, 2.0, -9.0]);
        assert_eq!(marks, [false, true, false, false, false, false, false, true]);
        assert_eq!(outlier_marks(&[1.0, 1.0, 100.0]), [false; 3]);
        assert_eq!(outlier_marks(&[]), [] as [bool; 0]);
    }

    /// Nothing but whole ticks of a clock: bounds of exactly 1 still hold 1.
    #[test]
    fn a_bound_of_one_is_even_however_it_was_rounded() {
        for (over, of) in [(10.1, 10.0), (10.3, 10.0), (0.7, 0.3)] {
            let ratio = paired_ratio(&[over, of], &[of, over]).expect("there are rounds");
            assert!(ratio.is_even() && (ratio.ratio - 1.0).abs() < 1e-12, "{ratio:?}");
        }
        let just = Ratio { ratio: 1.1, ci95: [1.0 + f64::EPSILON, 1.2] };
        assert!(just.is_even());
    }

    #[test]
    fn equal_samples_leave_no_doubt() {
        let summary = summarise(&[5.0; 8], 1).expect("there are samples");
        assert_eq!(summary.ci95_ms, [5.0, 5.0]);
    }

    #[test]
    fn a_ratio_has_an_interval_around_it() {
        let over = [200.0, 210.0, 190.0, 205.0, 195.0];
        let of = [100.0, 105.0, 95.0, 102.0, 98.0];
        let ratio = paired_ratio(&over, &of).expect("there are rounds");
        assert!((ratio.ratio - 2.0).abs() < 0.02, "{ratio:?}");
        assert!(ratio.ci95[0] <= ratio.ratio && ratio.ratio <= ratio.ci95[1], "{ratio:?}");
        assert!(!ratio.is_even());
    }

    /// The machine slows down to half its speed in mid-run: each round still
    /// tells the same ratio, and the interval stays narrow.
    #[test]
    fn a_drift_that_hits_both_alike_does_not_widen_the_interval() {
        let over = [100.0, 100.0, 100.0, 200.0, 200.0, 200.0];
        let of = over.map(|ms| ms / 2.0);
        let ratio = paired_ratio(&over, &of).expect("there are rounds");
        assert_eq!((ratio.ratio, ratio.ci95), (2.0, [2.0, 2.0]));
    }

    #[test]
    fn nothing_is_no_ratio() {
        assert_eq!(paired_ratio(&[], &[]), None);
        assert_eq!(paired_ratio(&[1.0], &[2.0]), None);
        assert_eq!(paired_ratio(&[1.0, 1.0], &[0.0, 0.0]), None);
    }

    proptest! {
        #[test]
        fn the_interval_holds_within_the_samples(samples in prop::collection::vec(0.1f64..1e4, 1..40)) {
            let summary = summarise(&samples, 7).expect("there are samples");
            prop_assert!(summary.min_ms <= summary.ci95_ms[0]);
            prop_assert!(summary.ci95_ms[0] <= summary.ci95_ms[1]);
            prop_assert!(summary.ci95_ms[1] <= summary.max_ms);
            let marked = outlier_marks(&samples).iter().filter(|mark| **mark).count();
            prop_assert_eq!(summary.outliers, marked);
            // Half of the samples lie between the quartiles, and none of those outside.
            prop_assert!(2 * marked <= samples.len());
        }

        /// The machine's speed in each round is nobody's merit.
        #[test]
        fn a_common_drift_changes_nothing(
            rounds in prop::collection::vec((1.0f64..100.0, 1.0f64..100.0, 0.5f64..2.0), 2..30),
        ) {
            let still = rounds.iter().map(|(over, of, _)| (*over, *of));
            let drifting = rounds.iter().map(|(over, of, drift)| (over * drift, of * drift));
            let ratio = |samples: (Vec<_>, Vec<_>)| paired_ratio(&samples.0, &samples.1);
            let one = ratio(still.unzip()).expect("there are rounds");
            let other = ratio(drifting.unzip()).expect("there are rounds");
            for (a, b) in [(one.ratio, other.ratio), (one.ci95[0], other.ci95[0]), (one.ci95[1], other.ci95[1])] {
                prop_assert!((a / b - 1.0).abs() < 1e-9, "{:?} {:?}", one, other);
            }
        }

        #[test]
        fn picks_are_below_their_bound(bits: u64, n in 1usize..1_000) {
            prop_assert!(below(bits, n) < n);
        }
    }
}
