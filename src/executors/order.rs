//! Who runs when: models take turns round by round, in a new random order each
//! round, so that a machine that speeds up or slows down treats all alike.

use crate::measure::stats::below;
use crate::workloads::splitmix;

/// For each of `rounds` rounds the order of `executors` models, as indices.
/// Fisher and Yates's shuffle, repeatable by its `seed`.
pub fn rounds(executors: usize, rounds: u32, seed: u64) -> Vec<Vec<usize>> {
    let mut draws = (0..).map(|i| splitmix::r(seed, i));
    (0..rounds)
        .map(|_| {
            let mut round: Vec<_> = (0..executors).collect();
            for last in (1..executors).rev() {
                round.swap(last, below(draws.next().unwrap_or_default(), last + 1));
            }
            round
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_model_runs_once_a_round(executors in 1usize..16, count in 0u32..40, seed: u64) {
            let rounds = rounds(executors, count, seed);
            prop_assert_eq!(rounds.len(), count as usize);
            for mut round in rounds {
                round.sort_unstable();
                prop_assert!(round.into_iter().eq(0..executors));
            }
        }
    }

    #[test]
    fn the_order_is_shuffled_and_repeatable() {
        let once = rounds(4, 24, 1);
        assert_eq!(once, rounds(4, 24, 1));
        assert_ne!(once, rounds(4, 24, 2));
        for first in 0..4 {
            assert!(once.iter().any(|round| round[0] == first), "{first} never goes first");
        }
    }
}
