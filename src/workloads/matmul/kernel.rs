//! The product of two blocks of matrices, with a tile of sums kept in registers.
//!
//! After Goto and van de Geijn, "Anatomy of High-Performance Matrix Multiplication",
//! ACM TOMS 34, 2008: both blocks are packed into panels in the order in which they are
//! read, so that the innermost loop only loads what lies side by side.

use crate::sync::safepoint::Safepoint;
use std::simd::f32x8;

/// Rows of a tile. Its sums and what they are made of fit into sixteen registers of
/// four numbers each, which is what both WebAssembly's engines and SSE2 have.
const ROWS: usize = 4;
/// Columns of a tile.
const COLUMNS: usize = 8;
/// Products summed up at a time: a panel of so many is read from the fastest cache.
const DEPTH: usize = 256;

const BYTES: usize = size_of::<f32>();

/// What a tile's sums are.
type Tile = [f32x8; ROWS];

/// The bytes of `a`·`b`: f32 little-endian, row-major, as `a` and `b` are. `a` has
/// `depth` columns and `b` as many rows.
///
/// Exact, and so the same in any order, as long as every partial sum is a whole number
/// below 2^24.
pub fn product(a: &[u8], b: &[u8], depth: usize, safepoint: Safepoint) -> Vec<u8> {
    if a.is_empty() || b.is_empty() {
        return Vec::new();
    }
    let (rows, columns) = (a.len() / BYTES / depth, b.len() / BYTES / depth);
    let (a, b) = (packed_rows(a, depth, safepoint), packed_columns(b, depth, columns, safepoint));
    let across = columns.div_ceil(COLUMNS);
    let mut tiles = vec![Tile::default(); rows.div_ceil(ROWS) * across];
    for first in (0..depth).step_by(DEPTH) {
        let read = first..(first + DEPTH).min(depth);
        for (a, tiles) in a.chunks_exact(depth).zip(tiles.chunks_exact_mut(across)) {
            safepoint.poll();
            for (b, tile) in b.chunks_exact(depth).zip(tiles) {
                add_products(tile, &a[read.clone()], &b[read.clone()]);
            }
        }
    }
    unpacked(&tiles, rows, columns, safepoint)
}

/// Adds the product of two panels to a tile of sums.
#[inline]
fn add_products(tile: &mut Tile, a: &[[f32; ROWS]], b: &[[f32; COLUMNS]]) {
    let mut sums = *tile;
    for (a, b) in a.iter().zip(b) {
        let b = f32x8::from_array(*b);
        for (sum, a) in sums.iter_mut().zip(a) {
            *sum += f32x8::splat(*a) * b;
        }
    }
    *tile = sums;
}

/// Panels of [`ROWS`] rows, one after another, each column by column; what is missing in
/// the last is zero.
fn packed_rows(a: &[u8], depth: usize, safepoint: Safepoint) -> Vec<[f32; ROWS]> {
    let mut packed = Vec::new();
    for panel in a.chunks(ROWS * depth * BYTES) {
        safepoint.poll();
        let start = packed.len();
        packed.resize(start + depth, [0.0; ROWS]);
        for (i, row) in panel.chunks_exact(depth * BYTES).enumerate() {
            for (into, number) in packed[start..].iter_mut().zip(numbers(row)) {
                into[i] = number;
            }
        }
    }
    packed
}

/// Panels of [`COLUMNS`] columns, one after another, each row by row; what is missing in
/// the last is zero.
fn packed_columns(
    b: &[u8],
    depth: usize,
    columns: usize,
    safepoint: Safepoint,
) -> Vec<[f32; COLUMNS]> {
    let mut packed = vec![[0.0; COLUMNS]; columns.div_ceil(COLUMNS) * depth];
    for (k, row) in b.chunks_exact(columns * BYTES).enumerate() {
        safepoint.poll();
        for (panel, piece) in row.chunks(COLUMNS * BYTES).enumerate() {
            for (into, number) in packed[panel * depth + k].iter_mut().zip(numbers(piece)) {
                *into = number;
            }
        }
    }
    packed
}

/// The tiles' sums, row by row, without what was added to fill the last tiles.
fn unpacked(tiles: &[Tile], rows: usize, columns: usize, safepoint: Safepoint) -> Vec<u8> {
    let across = columns.div_ceil(COLUMNS);
    let mut bytes = vec![0; rows * columns * BYTES];
    for (row, line) in bytes.chunks_exact_mut(columns * BYTES).enumerate() {
        safepoint.poll();
        let tiles = &tiles[row / ROWS * across..][..across];
        for (tile, piece) in tiles.iter().zip(line.chunks_mut(COLUMNS * BYTES)) {
            let sums = tile[row % ROWS].to_array();
            for (into, sum) in piece.as_chunks_mut::<BYTES>().0.iter_mut().zip(sums) {
                *into = sum.to_le_bytes();
            }
        }
    }
    bytes
}

fn numbers(bytes: &[u8]) -> impl Iterator<Item = f32> {
    bytes.as_chunks::<BYTES>().0.iter().map(|bytes| f32::from_le_bytes(*bytes))
}
