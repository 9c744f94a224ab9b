//! The blocks of a run, kept and thrown away.

use super::report::{Block, Disturbance};

/// Most blocks that are taken again because something disturbed them. Each waits until
/// the reader goes on, so that only a clock that jumps again and again comes here.
pub const MOST_DISTURBED: usize = 20;

/// Notes the blocks of a run, and says which count. Only what disturbs a block from outside
/// has it taken again, and no more than [`MOST_DISTURBED`] times; from then on blocks are
/// kept as they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BlockLog {
    blocks: Vec<Block>,
}

impl BlockLog {
    /// Notes a block, and says whether it is kept.
    pub fn note(&mut self, drift: f64, cores: Option<f64>, disturbed: Option<Disturbance>) -> bool {
        let lost = self.blocks.iter().filter(|block| block.disturbed.is_some()).count();
        let kept = disturbed.is_none() || lost >= MOST_DISTURBED;
        self.blocks.push(Block { drift, cores, disturbed, kept });
        kept
    }

    /// How many blocks were kept.
    pub fn kept(&self) -> usize {
        self.blocks.iter().filter(|block| block.kept).count()
    }

    /// All blocks, in the order in which they were taken.
    pub fn into_blocks(self) -> Vec<Block> {
        self.blocks
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_is_kept_whatever_the_calibration_says() {
        let mut log = BlockLog::default();
        assert!(log.note(0.0, Some(2.0), None) && log.note(3.0, None, None));
        assert_eq!(log.kept(), 2);
    }

    #[test]
    fn a_disturbed_block_is_taken_again_within_bounds() {
        let mut log = BlockLog::default();
        let disturbed = |log: &mut BlockLog| log.note(0.0, None, Some(Disturbance::TabHidden));
        assert!((0..MOST_DISTURBED).all(|_| !disturbed(&mut log)));
        assert!(disturbed(&mut log));
        assert_eq!(log.kept(), 1);
        assert_eq!(log.into_blocks().len(), MOST_DISTURBED + 1);
    }
}
