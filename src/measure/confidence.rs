//! How sure a run's intervals are: 95% for all of its comparisons together, however often
//! they are looked at.

/// How often, at most, a run says anything wrong about a ratio.
const MISSES: f64 = 0.05;

/// How often one interval of a run may miss.
///
/// A run compares every pair of its models, and looks at the comparisons several times: to
/// see whether it can end, at its end, and each time that it is measured on. Each look is
/// another chance to err, and so is each comparison. The first look may use up half of
/// `MISSES`, the next a quarter and so on, shared evenly by the comparisons
/// (Bonferroni's inequality). So the sum stays below `MISSES`, however many there are.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confidence {
    misses: f64,
}

impl Confidence {
    /// Of a run that compares so many `models` and looks for the `looks`-th time, counted
    /// from 1.
    pub fn new(models: usize, looks: u32) -> Self {
        let pairs = (models * models.saturating_sub(1) / 2).max(1);
        // Nobody looks so often that this underflows.
        Self { misses: MISSES / pairs as f64 / 2f64.powi(looks.clamp(1, 64) as i32) }
    }

    /// How often one of its intervals may miss: 0.05 is once in 20 times.
    pub fn misses(self) -> f64 {
        self.misses
    }

    /// With fewer rounds than this nothing can be told: if there were no difference, all
    /// rounds would still lie on one side once in 2^(n−1) times.
    pub fn fewest_rounds(self) -> usize {
        1 + (1.0 / self.misses).log2().ceil() as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_looks_at_all_pairs_miss_at_most_once_in_twenty_times() {
        for models in 2..=16 {
            let pairs = models * (models - 1) / 2;
            let looks = (1..=30).map(|looks| Confidence::new(models, looks).misses());
            let sum = looks.sum::<f64>() * pairs as f64;
            assert!(sum <= MISSES && sum > 0.99 * MISSES, "{models} models: {sum}");
        }
    }

    /// 2^-6 is the greatest power of two below 0.025, 2^-8 that below 0.05/12.
    #[test]
    fn more_comparisons_take_more_rounds() {
        assert_eq!(Confidence::new(2, 1).fewest_rounds(), 7);
        assert_eq!(Confidence::new(4, 1).fewest_rounds(), 9);
        assert_eq!(Confidence::new(16, 1).fewest_rounds(), 14);
        assert_eq!(Confidence::new(1, 1).fewest_rounds(), 7);
    }
}
