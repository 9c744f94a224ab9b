//! Cutting a range into tasks of nearly equal length.

use std::ops::Range;

/// The `part`-th of `parts` consecutive pieces of `0..len`; lengths differ by at
/// most one, and together the pieces are the whole.
pub fn even(len: usize, parts: usize, part: usize) -> Range<usize> {
    let bound = |i: usize| (len as u128 * i as u128 / parts.max(1) as u128) as usize;
    bound(part)..bound(part + 1)
}

/// How many pieces of `size` it takes to cover `len`.
pub fn pieces(len: usize, size: usize) -> usize {
    len.div_ceil(size)
}

/// The `part`-th piece when `0..len` is cut every `size`.
pub fn every(len: usize, size: usize, part: usize) -> Range<usize> {
    (part * size).min(len)..((part + 1) * size).min(len)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn even_pieces_cover_the_whole(len in 0usize..100_000, parts in 1usize..300) {
            let mut next = 0;
            for part in 0..parts {
                let piece = even(len, parts, part);
                prop_assert_eq!(piece.start, next);
                prop_assert!(piece.len().abs_diff(len / parts) <= 1);
                next = piece.end;
            }
            prop_assert_eq!(next, len);
        }

        #[test]
        fn pieces_of_a_size_cover_the_whole(len in 0usize..100_000, size in 1usize..5_000) {
            let covered: usize = (0..pieces(len, size)).map(|part| every(len, size, part).len()).sum();
            prop_assert_eq!(covered, len);
        }
    }
}
