//! How the two factors lie in memory, so that each task reads a single piece of it and
//! nothing beside what it needs.
//!
//! The product is cut into [`GRID`] by [`GRID`] blocks, a task each, which needs a band
//! of rows of A and a band of columns of B. Bands of A and of B take turns, in an order
//! in which every pair is side by side once: a closed Eulerian trail of the complete
//! bipartite graph, whose edges are the tasks. So each band lies there `GRID / 2` times
//! (the first once more), instead of the whole of B for every band of A.

use super::super::split;
use std::ops::Range;

/// Bands of each factor; even, or there is no such trail. With 6 there are tasks enough
/// that the last ones leave no worker idle for long.
const GRID: usize = 6;
/// Tasks, one for each pair of bands.
pub const TASKS: usize = GRID * GRID;

/// The factors of a product of n by n entries, band after band.
#[derive(Clone, Copy, Debug)]
pub struct Layout(pub usize);

/// A band, and what lies there.
#[derive(Clone, Debug)]
pub enum Band {
    /// Whole rows of A, row-major.
    Rows(Range<usize>),
    /// Whole columns of B, row-major as well: the columns' piece of each row.
    Columns(Range<usize>),
}

impl Layout {
    /// The rows of A and the columns of B that `task` multiplies.
    ///
    /// The trail goes from band i of A to band i + d of B and on to band i + 1 of A,
    /// until it is back at the first, for each odd d.
    pub fn block(self, task: usize) -> (Range<usize>, Range<usize>) {
        let (around, round) = (task / 2 % GRID, task / 2 / GRID);
        let rows = (around + task % 2) % GRID;
        let columns = (around + 2 * round + 1) % GRID;
        (split::even(self.0, GRID, rows), split::even(self.0, GRID, columns))
    }

    /// The bands, each with the entries of the static data that it fills.
    pub fn bands(self) -> impl Iterator<Item = (Range<usize>, Band)> {
        let mut end = 0;
        (0..=TASKS).map(move |place| {
            let (rows, columns) = self.block(place);
            let (lines, band) = match place % 2 {
                0 => (rows.len(), Band::Rows(rows)),
                _ => (columns.len(), Band::Columns(columns)),
            };
            let start = end;
            end += lines * self.0;
            (start..end, band)
        })
    }

    /// The entries that `task` reads: two bands, that of A first where the task is even.
    pub fn pair(self, task: usize) -> Range<usize> {
        let mut pair = self.bands().skip(task).take(2).map(|(entries, _)| entries);
        let first = pair.next().unwrap_or_default();
        first.start..pair.next().unwrap_or(first).end
    }

    /// How many entries there are in all.
    pub fn len(self) -> usize {
        self.bands().last().map_or(0, |(entries, _)| entries.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_pair_of_bands_is_a_task_once() {
        let layout = Layout(10);
        let blocks = (0..TASKS).map(|task| layout.block(task));
        let corners = blocks.map(|(rows, columns)| (rows.start, columns.start));
        assert_eq!(corners.collect::<BTreeSet<_>>().len(), TASKS);
    }

    #[test]
    fn a_task_reads_its_two_bands() {
        for n in [1, 3, 10, 64] {
            let layout = Layout(n);
            for task in 0..TASKS {
                let (rows, columns) = layout.block(task);
                assert_eq!(layout.pair(task).len(), (rows.len() + columns.len()) * n);
            }
            assert_eq!(layout.pair(TASKS - 1).end, layout.len());
        }
    }
}
