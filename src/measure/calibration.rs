//! How fast the machine is, and how many of its cores are free: a fixed kernel is timed
//! before and after each block of samples.
//!
//! A machine that changes its speed makes no block wrong: the models of a block are
//! compared with one another, in an order shuffled anew, so that a change adds noise to
//! their ratios in either direction alike. It is told, with its figures.

/// A change of speed within a block above which the reader is told: more than the noise of bursts
/// of some milliseconds.
pub const NOTABLE_DRIFT: f64 = 0.1;

/// How long one burst of a fixed kernel took.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Calibration {
    /// On one core, with the others idle, in ms.
    pub one_ms: f64,
    /// On all cores at once, in ms.
    pub all_ms: f64,
    /// How many cores were free; `None` where that could not be told.
    pub cores: Option<f64>,
}

impl Calibration {
    /// How much faster or slower the machine has become since: 0.05 for 5%, in either
    /// direction, alone or on all cores, whichever is more.
    pub fn drift_until(self, after: Self) -> f64 {
        let of = |a: f64, b: f64| {
            let changed = (a / b).max(b / a) - 1.0;
            // A clock too coarse to see a burst tells nothing.
            if changed.is_finite() { changed } else { 0.0 }
        };
        of(self.one_ms, after.one_ms).max(of(self.all_ms, after.all_ms)).max(0.0)
    }
}

/// How many cores there are to compute on: the rates of all workers at once, in any
/// unit of work per time, over the rate of one alone; at least 1 and at most as
/// many as there were workers. `None` where nothing was measured.
pub fn effective_cores(one_rate: f64, all_rates: &[f64]) -> Option<f64> {
    let cores = all_rates.iter().sum::<f64>() / one_rate;
    let measured = one_rate > 0.0 && cores.is_finite() && !all_rates.is_empty();
    measured.then(|| cores.min(all_rates.len() as f64).max(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn calibration(one_ms: f64, all_ms: f64) -> Calibration {
        Calibration { one_ms, all_ms, cores: None }
    }

    #[test]
    fn drift_is_the_greater_of_both_and_knows_no_direction() {
        let before = calibration(10.0, 20.0);
        assert_eq!(before.drift_until(before), 0.0);
        assert!((before.drift_until(calibration(10.1, 22.0)) - 0.1).abs() < 1e-12);
        assert!((calibration(10.1, 22.0).drift_until(before) - 0.1).abs() < 1e-12);
        assert!((before.drift_until(calibration(8.0, 20.0)) - 0.25).abs() < 1e-12);
        // What the clock could not see.
        assert_eq!(before.drift_until(calibration(0.0, 0.0)), 0.0);
    }

    #[test]
    fn effective_cores_are_all_rates_over_one() {
        assert_eq!(effective_cores(10.0, &[10.0, 9.0, 5.0, 6.0]), Some(3.0));
        assert_eq!(effective_cores(10.0, &[11.0, 11.0]), Some(2.0));
        assert_eq!(effective_cores(10.0, &[2.0, 3.0]), Some(1.0));
        assert_eq!(effective_cores(10.0, &[]), None);
        assert_eq!(effective_cores(0.0, &[1.0]), None);
        assert_eq!(effective_cores(f64::NAN, &[1.0]), None);
    }

    proptest! {
        #[test]
        fn drift_is_symmetric(a in 0.1f64..100.0, b in 0.1f64..100.0, c in 0.1f64..100.0) {
            let (one, other) = (calibration(a, b), calibration(c, a));
            prop_assert_eq!(one.drift_until(other), other.drift_until(one));
            prop_assert!(one.drift_until(other) >= 0.0);
        }

        #[test]
        fn there_are_no_more_cores_than_workers(
            one in 0.1f64..100.0,
            all in prop::collection::vec(0.0f64..100.0, 1..32),
        ) {
            let cores = effective_cores(one, &all).expect("it was measured");
            prop_assert!(1.0 <= cores && cores <= all.len() as f64);
        }
    }
}
