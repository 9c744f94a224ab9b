//! Who runs when: models take turns block by block, in a new random order each
//! block, so that a machine that speeds up or slows down treats all alike.

use crate::measure::stats::below;
use crate::workloads::splitmix;

/// The order of so many models, block by block: Fisher and Yates's shuffle,
/// repeatable by its seed.
#[derive(Clone, Debug)]
pub struct Order {
    models: usize,
    seed: u64,
    drawn: u64,
}

impl Order {
    /// An order of `models` models.
    pub fn new(models: usize, seed: u64) -> Self {
        Self { models, seed, drawn: 0 }
    }

    /// The models of the next block, as indices.
    pub fn next_block(&mut self) -> Vec<usize> {
        let mut block: Vec<_> = (0..self.models).collect();
        for last in (1..self.models).rev() {
            block.swap(last, below(splitmix::r(self.seed, self.drawn), last + 1));
            self.drawn += 1;
        }
        block
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_model_runs_once_a_block(executors in 1usize..16, count in 0u32..40, seed: u64) {
            let mut order = Order::new(executors, seed);
            for _ in 0..count {
                let mut block = order.next_block();
                block.sort_unstable();
                prop_assert!(block.into_iter().eq(0..executors));
            }
        }
    }

    #[test]
    fn the_order_is_shuffled_and_repeatable() {
        let blocks = |seed| {
            let mut order = Order::new(4, seed);
            (0..24).map(|_| order.next_block()).collect::<Vec<_>>()
        };
        let once = blocks(1);
        assert_eq!(once, blocks(1));
        assert_ne!(once, blocks(2));
        for first in 0..4 {
            assert!(once.iter().any(|block| block[0] == first), "{first} never goes first");
        }
    }
}
