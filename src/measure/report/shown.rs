//! Which sample's timeline a report shows: the one nearest to the median, of those whose
//! timelines are still there.

use crate::measure::stats;

/// Chooses the sample to show, and those whose timelines may be given up meanwhile.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    totals_ms: Vec<f64>,
    /// Samples whose timelines are kept.
    kept: Vec<usize>,
}

impl Shown {
    /// Adds a sample. Its timeline is kept.
    pub fn add(&mut self, total_ms: f64) {
        self.kept.push(self.totals_ms.len());
        self.totals_ms.push(total_ms);
    }

    /// The sample to show: of those that are kept the one nearest to the median of all,
    /// the earliest where several are as near.
    pub fn nearest(&self) -> Option<usize> {
        let median_ms = stats::median(self.totals_ms.iter().copied());
        let distance = |at: &usize| (self.totals_ms[*at] - median_ms).abs();
        let kept = self.kept.iter().copied();
        kept.min_by(|a, b| distance(a).total_cmp(&distance(b)).then(a.cmp(b)))
    }

    /// Gives up a timeline, and says whose it was; `None` where only one is left.
    ///
    /// In the order of the times, those that are kept have holes between them. It is the
    /// one that leaves the smallest hole, as seen from the middle: the closer to it, the
    /// less wide a hole may be. So most are close to the median, and some are further off
    /// in case the times drift.
    pub fn give_one_up(&mut self) -> Option<usize> {
        if self.kept.len() <= 1 {
            return None;
        }
        let count = self.totals_ms.len();
        let mut places: Vec<_> = self.kept.iter().map(|at| (self.place(*at), *at)).collect();
        places.sort_unstable();
        let middle = (count as f64 - 1.0) / 2.0;
        let hole = |index: &usize| {
            let below = index.checked_sub(1).map_or(-1.0, |before| places[before].0 as f64);
            let above = places.get(index + 1).map_or(count as f64, |(place, _)| *place as f64);
            (above - below) / (1.0 + (places[*index].0 as f64 - middle).abs())
        };
        let least = (0..places.len()).min_by(|a, b| hole(a).total_cmp(&hole(b)))?;
        let given_up = places[least].1;
        self.kept.retain(|at| *at != given_up);
        Some(given_up)
    }

    /// How many samples are quicker than this one, or as quick and earlier.
    fn place(&self, at: usize) -> usize {
        let is_before = |other: &usize| {
            let (other_ms, this_ms) = (self.totals_ms[*other], self.totals_ms[at]);
            other_ms.total_cmp(&this_ms).then(other.cmp(&at)).is_lt()
        };
        (0..self.totals_ms.len()).filter(is_before).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The choice where only so many timelines can be kept.
    fn of(totals_ms: &[f64], most: usize) -> Shown {
        let mut shown = Shown::default();
        for total_ms in totals_ms {
            shown.add(*total_ms);
            if shown.kept.len() > most {
                shown.give_one_up();
            }
        }
        shown
    }

    /// How far the shown sample is from the middle, in places, by the fewest where times
    /// are equal.
    fn off_by(totals_ms: &[f64], most: usize) -> f64 {
        let shown = totals_ms[of(totals_ms, most).nearest().expect("there are samples")];
        let less = totals_ms.iter().filter(|ms| **ms < shown).count() as f64;
        let more = totals_ms.iter().filter(|ms| **ms > shown).count() as f64;
        ((less - more).abs() - (totals_ms.len() as f64 - less - more)).max(0.0) / 2.0
    }

    proptest! {
        #[test]
        fn all_kept_show_the_nearest_to_the_median(
            totals_ms in prop::collection::vec(0.0f64..100.0, 1..40),
        ) {
            let median_ms = stats::median(totals_ms.iter().copied());
            let nearest = totals_ms.iter().map(|ms| (ms - median_ms).abs()).fold(1e9, f64::min);
            let shown = of(&totals_ms, usize::MAX).nearest().expect("there are some");
            prop_assert_eq!((totals_ms[shown] - median_ms).abs(), nearest);
        }

        #[test]
        fn few_kept_show_one_from_the_middle(
            noise in prop::collection::vec(-1.0f64..1.0, 1..=100),
            spikes in prop::collection::vec(0.0f64..1.0, 100),
            drift in -30.0f64..30.0,
            step in -30.0f64..30.0,
        ) {
            let all = noise.len() as f64;
            for kind in 0..4 {
                let total = |(at, noise): (usize, &f64)| match kind {
                    0 => 100.0 + noise,
                    1 => 100.0 + noise + drift * at as f64 / all,
                    2 => 100.0 + noise + if at as f64 > all * 0.6 { step } else { 0.0 },
                    _ => 100.0 + noise + if spikes[at] < 0.1 { 200.0 } else { 0.0 },
                };
                let totals_ms: Vec<_> = noise.iter().enumerate().map(total).collect();
                for (most, part) in [(3, 0.3), (8, 0.15), (20, 0.08)] {
                    let off = off_by(&totals_ms, most);
                    prop_assert!(off <= 1.0 + part * all, "{kind}, {most}: {off} of {all}");
                }
            }
        }
    }

    #[test]
    fn equal_samples_show_the_first() {
        assert_eq!(of(&[5.0; 3], 3).nearest(), Some(0));
        assert_eq!(of(&[], 3).nearest(), None);
        assert_eq!(of(&[1.0], 3).give_one_up(), None);
    }
}
