//! The blocks of a run, kept and thrown away.

use super::report::{Block, Disturbance, Measuring};

/// Most blocks that are taken again because something disturbed them. Each waits until
/// the reader goes on, so that only a clock that jumps again and again comes here.
pub const MOST_DISTURBED: usize = 20;

/// Notes the blocks of a run, and says which count. Only what disturbs a block from outside
/// has it taken again, and no more than [`MOST_DISTURBED`] times; from then on blocks are
/// kept as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlockLog {
    so_far: Measuring,
}

impl BlockLog {
    /// Whether a block is kept that `disturbed` was disturbed by, if by anything.
    pub fn keeps(&self, disturbed: Option<Disturbance>) -> bool {
        let lost = self.so_far.blocks.iter().filter(|block| block.disturbed.is_some()).count();
        disturbed.is_none() || lost >= MOST_DISTURBED
    }

    /// Notes a block.
    pub fn note(&mut self, block: Block) {
        self.so_far.blocks.push(block);
    }

    /// The blocks so far, in the order in which they were taken.
    pub fn so_far(&self) -> &Measuring {
        &self.so_far
    }

    /// How it was measured, where the comparisons were looked at so often.
    pub fn into_measuring(self, looks: u32) -> Measuring {
        let blocks = self.so_far.blocks;
        let calibrated = !blocks.is_empty() && blocks.iter().all(|block| block.cores.is_some());
        Measuring { calibrated, looks, blocks }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_disturbed_block_is_taken_again_within_bounds() {
        let mut log = BlockLog::default();
        let disturbed = Some(Disturbance::TabHidden);
        for _ in 0..MOST_DISTURBED {
            assert!(log.keeps(None) && !log.keeps(disturbed));
            log.note(Block { drift: 0.0, cores: None, disturbed, kept: false });
        }
        assert!(log.keeps(disturbed));
    }
}
