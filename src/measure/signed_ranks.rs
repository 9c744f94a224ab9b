//! An estimate of a ratio, and an interval for it, from the ratios of single rounds.
//!
//! The interval holds every ratio θ that Wilcoxon's signed-rank test ("Individual
//! Comparisons by Ranking Methods", 1945) does not refuse; the estimate is the θ at
//! which both sides weigh the same (Hodges and Lehmann, "Estimates of Location Based
//! on Rank Tests", 1963). All is done on the scale of logarithms, without taking any:
//! a mean there is the root of a product here.
//!
//! Why not a bootstrap: it promises its coverage for many rounds, and a run has few.
//! That of a signed-rank test is exact at any number of rounds, wherever a round
//! is as likely to err by a factor as by its inverse. Two equal models in random order
//! do so by construction, whatever the noise. `tests/statistics` has the figures.
//!
//! Ranks are bounded, as Huber's estimators bound residuals ("Robust Estimation of a
//! Location Parameter", 1964), so that one round that something disturbed does not
//! outweigh several that agree. This makes the test find more where samples are
//! disturbed, and costs next to nothing where none are; it stays exact.

/// The greatest rank, as a share of the rounds. A higher bound finds less where samples are
/// disturbed, a lower one less where none is (the figures are in ARCHITECTURE.md).
const BOUND: [usize; 2] = [1, 3];

/// The test for so many rounds, which misses as often as it may.
#[derive(Clone, Debug)]
pub struct SignedRanks {
    /// What the rounds weigh, from the one that is closest to θ on.
    scores: Vec<usize>,
    /// The greatest weight of one side at which θ is refused; `None` of so few rounds that
    /// it never is.
    refused: Option<usize>,
}

impl SignedRanks {
    /// The test for `rounds` rounds, whose intervals miss with a probability of `misses`
    /// at most.
    pub fn new(rounds: usize, misses: f64) -> Self {
        let scores = scores(rounds);
        let refused = refused(&scores, misses);
        Self { scores, refused }
    }

    /// The estimate, and the least and the greatest ratio that the rounds allow. Of so few
    /// that nothing can be told, the interval holds all rounds' ratios, and 1. `None` of
    /// no rounds or another number of them, and where a ratio is not a positive number.
    pub fn estimate(&self, ratios: &[f64]) -> Option<(f64, [f64; 2])> {
        let sound = |ratio: &f64| *ratio > 0.0 && ratio.is_finite();
        if ratios.is_empty() || ratios.len() != self.scores.len() || !ratios.iter().all(sound) {
            return None;
        }
        let means = means_of_pairs(ratios);
        let total: usize = self.scores.iter().sum();
        let where_at_least = |weight| step(&means, ratios, &self.scores, weight);
        // Between these two both sides weigh the same.
        let middle = [total / 2 + 1, total.div_ceil(2)].map(where_at_least);
        let estimate = (middle[0] * middle[1]).sqrt();
        let [low, high] = match self.refused {
            Some(refused) => [total - refused, refused + 1].map(where_at_least),
            None => [
                ratios.iter().copied().fold(1.0, f64::min),
                ratios.iter().copied().fold(1.0, f64::max),
            ],
        };
        Some((estimate, [low.min(estimate), high.max(estimate)]))
    }
}

fn scores(rounds: usize) -> Vec<usize> {
    let bound = (rounds * BOUND[0] / BOUND[1]).max(1);
    (1..=rounds).map(|rank| rank.min(bound)).collect()
}

/// Where both sides are equally likely for every round, all 2^n ways to choose a side's
/// rounds are.
fn refused(scores: &[usize], misses: f64) -> Option<usize> {
    // How likely each weight of a side is, with one more round at every turn.
    let mut likely = vec![0.0; scores.iter().sum::<usize>() + 1];
    likely[0] = 1.0;
    let mut reached = 0;
    for score in scores {
        reached += score;
        for weight in (0..=reached).rev() {
            let without = weight.checked_sub(*score).map_or(0.0, |weight| likely[weight]);
            likely[weight] = (likely[weight] + without) / 2.0;
        }
    }
    let mut up_to = 0.0;
    let allowed = likely.iter().take_while(|likely| {
        up_to += **likely;
        2.0 * up_to <= misses
    });
    allowed.count().checked_sub(1)
}

/// The means of all pairs of rounds and of each round with itself, in order: the only
/// places where the weight of a side changes (known as Walsh averages).
fn means_of_pairs(ratios: &[f64]) -> Vec<f64> {
    let from = |at: usize| ratios[at..].iter().map(move |other| (ratios[at] * other).sqrt());
    let mut means: Vec<f64> = (0..ratios.len()).flat_map(from).collect();
    means.sort_by(f64::total_cmp);
    means.dedup();
    means
}

/// The greatest of the `means` just below which the rounds above θ weigh at least
/// `weight`. Their weight falls from all to nothing as θ grows.
fn step(means: &[f64], ratios: &[f64], scores: &[usize], weight: usize) -> f64 {
    let (mut enough, mut too_little) = (0, means.len());
    while too_little - enough > 1 {
        let at = (enough + too_little) / 2;
        let between = (means[at - 1] * means[at]).sqrt();
        if weight_above(between, ratios, scores) >= weight {
            enough = at;
        } else {
            too_little = at;
        }
    }
    means[enough]
}

/// What the rounds above `theta` weigh.
fn weight_above(theta: f64, ratios: &[f64], scores: &[usize]) -> usize {
    let mut by_distance: Vec<_> =
        ratios.iter().map(|ratio| ((ratio / theta).max(theta / ratio), *ratio > theta)).collect();
    by_distance.sort_by(|(a, _), (b, _)| a.total_cmp(b));
    by_distance.iter().zip(scores).map(|((_, above), score)| usize::from(*above) * score).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MISSES: f64 = 1.0 / 32.0;

    fn estimate(ratios: &[f64]) -> Option<(f64, [f64; 2])> {
        SignedRanks::new(ratios.len(), MISSES).estimate(ratios)
    }

    /// The weights of plain ranks, by hand: of 6 rounds only 0 is as rare as 2 in 64, of 7
    /// 0 and 1 are 4 in 128. For 8 to 10 Wilcoxon's tables have 3, 5 and 8 at 5%, and 1, 3
    /// and 5 at 2%.
    #[test]
    fn the_weights_that_are_refused_are_those_of_the_tables() {
        let of = |rounds: usize| refused(&(1..=rounds).collect::<Vec<_>>(), MISSES);
        assert_eq!([6, 7, 8, 9, 10].map(of), [0, 1, 2, 4, 6].map(Some));
        assert_eq!(of(5), None);
    }

    /// All ways to choose a side, counted one by one.
    #[test]
    fn an_interval_misses_as_rarely_as_it_says() {
        for rounds in 6..=14 {
            let scores = scores(rounds);
            let refused = refused(&scores, MISSES).expect("there are rounds enough");
            let weight = |side: &u32| -> usize {
                let chosen = |at: &usize| side >> at & 1 == 1;
                (0..rounds).filter(chosen).map(|at| scores[at]).sum()
            };
            let missed = (0..1u32 << rounds).filter(|side| weight(side) <= refused).count();
            let share = 2.0 * missed as f64 / f64::from(1u32 << rounds);
            assert!(share <= MISSES && share > MISSES / 3.0, "{rounds} rounds: {share}");
        }
    }

    #[test]
    fn few_rounds_tell_nothing() {
        assert_eq!(estimate(&[8.0, 2.0]), Some((4.0, [1.0, 8.0])));
        let (_, interval) = estimate(&[0.5, 0.6, 0.7, 0.8, 0.9]).expect("there are rounds");
        assert_eq!(interval, [0.5, 1.0]);
    }

    /// Nine rounds agree to 2%; the tenth took five times as long.
    #[test]
    fn one_disturbed_round_moves_little() {
        let mut ratios = [0.98, 0.99, 1.0, 1.01, 1.02, 0.985, 0.995, 1.005, 1.015, 1.0];
        let (calm, _) = estimate(&ratios).expect("there are rounds");
        ratios[9] = 5.0;
        let (disturbed, [low, _]) = estimate(&ratios).expect("there are rounds");
        assert!((disturbed / calm - 1.0).abs() < 0.01, "{calm} {disturbed}");
        assert!((0.98..1.0).contains(&low), "{low}");
    }

    #[test]
    fn what_is_no_ratio_has_no_estimate() {
        for bad in [0.0, -1.0, f64::NAN, f64::INFINITY] {
            assert_eq!(estimate(&[1.0, bad, 1.0]), None);
        }
        assert_eq!(estimate(&[]), None);
    }

    proptest! {
        #[test]
        fn the_estimate_lies_within_and_the_interval_among_the_rounds(
            ratios in prop::collection::vec(0.01f64..100.0, 1..30),
        ) {
            let (estimate, [low, high]) = estimate(&ratios).expect("there are rounds");
            prop_assert!(low <= estimate && estimate <= high);
            let least = ratios.iter().copied().fold(f64::INFINITY, f64::min);
            let greatest = ratios.iter().copied().fold(0.0, f64::max);
            let (least, greatest) = match ratios.len() {
                ..6 => (least.min(1.0), greatest.max(1.0)),
                _ => (least, greatest),
            };
            prop_assert!(least * (1.0 - 1e-9) <= low && high <= greatest * (1.0 + 1e-9));
        }

        /// Who is compared with whom does not matter.
        #[test]
        fn inverse_rounds_give_the_inverse(
            ratios in prop::collection::vec(0.1f64..10.0, 2..20),
        ) {
            let inverse: Vec<_> = ratios.iter().map(|ratio| 1.0 / ratio).collect();
            let (one, [low, high]) = estimate(&ratios).expect("there are rounds");
            let (other, bounds) = estimate(&inverse).expect("there are rounds");
            for (a, b) in [(one, other), (low, bounds[1]), (high, bounds[0])] {
                prop_assert!((a * b - 1.0).abs() < 1e-9, "{} {}", a, b);
            }
        }

        #[test]
        fn equal_rounds_leave_no_doubt(ratio in 0.01f64..100.0, rounds in 6usize..100) {
            let (estimate, interval) = estimate(&vec![ratio; rounds]).expect("there are rounds");
            prop_assert_eq!((estimate, interval), (ratio, [ratio, ratio]));
        }
    }
}
