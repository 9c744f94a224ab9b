//! The blur itself: running sums, so that the radius costs nothing.

use crate::sync::safepoint::Safepoint;
use std::ops::Range;

/// Bytes of a pixel.
pub const PIXEL: usize = 4;

/// The greatest radius for which [`Mean`] is exact.
pub const MAX_RADIUS: usize = 64;

/// Some rows of a picture, being blurred.
pub struct Blurring {
    /// Bytes of a row.
    row: usize,
    radius: usize,
    mean: Mean,
    /// The rows as they are after the last pass.
    rows: Vec<u8>,
    /// Room for the rows of a pass between its two steps.
    across: Vec<u8>,
    /// Room for a row with its edges repeated.
    padded: Vec<u8>,
    /// Room for the sums of all columns: the widest is 129 * 255, and the narrower they
    /// are, the more of them fit a vector.
    sums: Vec<u16>,
}

impl Blurring {
    /// Rows of `width` pixels, RGBA, to be blurred by `radius`.
    pub fn new(width: usize, radius: usize, rows: &[u8]) -> Self {
        let row = width * PIXEL;
        Self {
            row,
            radius,
            mean: Mean::new(radius),
            rows: rows.to_vec(),
            across: vec![0; rows.len()],
            padded: Vec::with_capacity(row + (2 * radius + 1) * PIXEL),
            sums: vec![0; row],
        }
    }

    /// One pass: first every row, then every column. Only the rows `wanted` of those
    /// there are come out. What is beyond the first and the last row is taken to be as
    /// they are, so that only rows at the picture's edge may be wanted without their
    /// neighbours.
    pub fn pass(&mut self, wanted: Range<usize>, safepoint: Safepoint) {
        self.blur_rows(safepoint);
        self.blur_columns(wanted, safepoint);
    }

    /// The rows, row by row.
    pub fn into_rows(self) -> Vec<u8> {
        self.rows
    }

    fn blur_rows(&mut self, safepoint: Safepoint) {
        let from = self.rows.chunks_exact(self.row);
        for (from, into) in from.zip(self.across.chunks_exact_mut(self.row)) {
            safepoint.poll();
            pad(from, self.radius, &mut self.padded);
            blur_row(&self.padded, self.radius, self.mean, into);
        }
    }

    fn blur_columns(&mut self, wanted: Range<usize>, safepoint: Safepoint) {
        let (row, radius) = (self.row, self.radius);
        let last = self.rows.len() / row - 1;
        let across = &self.across;
        let at = |y: usize| &across[y.min(last) * row..][..row];
        self.sums.fill(0);
        for d in 0..=2 * radius {
            safepoint.poll();
            add(&mut self.sums, at((wanted.start + d).saturating_sub(radius)));
        }
        self.rows.truncate(wanted.len() * row);
        for (y, into) in wanted.zip(self.rows.chunks_exact_mut(row)) {
            safepoint.poll();
            let (enters, leaves) = (at(y + radius + 1), at(y.saturating_sub(radius)));
            let columns = self.sums.iter_mut().zip(into).zip(enters.iter().zip(leaves));
            for ((sum, into), (enters, leaves)) in columns {
                *into = self.mean.of(u32::from(*sum));
                *sum = *sum + u16::from(*enters) - u16::from(*leaves);
            }
        }
        self.across.truncate(self.rows.len());
    }
}

fn add(sums: &mut [u16], row: &[u8]) {
    for (sum, value) in sums.iter_mut().zip(row) {
        *sum += u16::from(*value);
    }
}

/// Writes `row` with its first pixel before it and its last behind it, so that no pixel
/// has to ask whether it is at an edge.
fn pad(row: &[u8], radius: usize, into: &mut Vec<u8>) {
    into.clear();
    let ends = row.first_chunk::<PIXEL>().zip(row.last_chunk::<PIXEL>());
    let Some((first, last)) = ends else { return };
    for _ in 0..radius {
        into.extend_from_slice(first);
    }
    into.extend_from_slice(row);
    for _ in 0..=radius {
        into.extend_from_slice(last);
    }
}

/// Blurs one row that [`pad`] has prepared.
fn blur_row(padded: &[u8], radius: usize, mean: Mean, into: &mut [u8]) {
    let pixels = padded.as_chunks::<PIXEL>().0;
    let side = 2 * radius + 1;
    let mut sums = [0; PIXEL];
    for pixel in &pixels[..side] {
        for (sum, value) in sums.iter_mut().zip(pixel) {
            *sum += u32::from(*value);
        }
    }
    let moving = pixels[side..].iter().zip(pixels);
    for (into, (enters, leaves)) in into.as_chunks_mut::<PIXEL>().0.iter_mut().zip(moving) {
        *into = sums.map(|sum| mean.of(sum));
        for channel in 0..PIXEL {
            let entered = sums[channel] + u32::from(enters[channel]);
            sums[channel] = entered - u32::from(leaves[channel]);
        }
    }
}

/// Division by 2r + 1, rounded. Vectors know no division of whole numbers, and a
/// multiplication is as exact: with m = ceil(2^24 / side), x * m / 2^24 is below
/// (x + 1) / side as long as x * side < 2^24, and x is at most 255.5 sides.
#[derive(Clone, Copy)]
struct Mean {
    half: u32,
    factor: u32,
}

impl Mean {
    fn new(radius: usize) -> Self {
        let side = 2 * radius as u32 + 1;
        Self { half: side / 2, factor: (1_u32 << 24).div_ceil(side) }
    }

    #[inline]
    fn of(self, sum: u32) -> u8 {
        (((sum + self.half) * self.factor) >> 24) as u8
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_is_the_division_for_every_sum_there_is() {
        for radius in 0..=MAX_RADIUS {
            let side = 2 * radius as u32 + 1;
            let mean = Mean::new(radius);
            for sum in 0..=255 * side {
                assert_eq!(u32::from(mean.of(sum)), (sum + side / 2) / side, "{radius} {sum}");
            }
        }
    }
}
