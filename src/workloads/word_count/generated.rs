//! A text made of random numbers, of which any piece can be made by itself.
//!
//! Word i stands at byte 16 * i, and all is made of v = r(seed, i):
//!
//! - Its rank is 2^b + (v >> 8) mod 2^b, with b = v mod 12: the words of rank 1 to 4,095.
//!   Rank k comes about as often as 1 / k says, as George Zipf found it in languages.
//! - It is spelled with a syllable for each hexadecimal digit of its rank, the first
//!   digit first: 0 is "ba", 1 "de", and so on, see `SYLLABLES`.
//! - Where (v >> 40) mod 8 is 0, its first letter is upper case.
//! - Behind it comes "," where (v >> 48) mod 16 is 0, "." where it is 1, "—" where it is
//!   2; then spaces up to the next word.

use crate::workloads::splitmix;

/// Bytes from one word to the next.
pub const CELL: usize = 16;

/// How the digits of a rank are spelled: letters, figures, and letters beyond ASCII.
const SYLLABLES: [&str; 16] = [
    "ba", "de", "fi", "go", "ku", "la", "me", "ni", "po", "ru", "sa", "te", "vi", "x7", "zü", "éo",
];
/// The same where a word begins in upper case.
const CAPITALS: [&str; 16] = [
    "Ba", "De", "Fi", "Go", "Ku", "La", "Me", "Ni", "Po", "Ru", "Sa", "Te", "Vi", "X7", "Zü", "Éo",
];

/// Writes the text of `seed` from byte `offset` on.
pub fn fill(seed: u64, offset: usize, into: &mut [u8]) {
    let (mut i, mut skipped) = ((offset / CELL) as u64, offset % CELL);
    let mut left = into;
    while !left.is_empty() {
        let cell = cell(splitmix::r(seed, i));
        let len = left.len().min(CELL - skipped);
        let (now, later) = left.split_at_mut(len);
        now.copy_from_slice(&cell[skipped..skipped + len]);
        (left, i, skipped) = (later, i + 1, 0);
    }
}

/// A word and what is behind it.
fn cell(v: u64) -> [u8; CELL] {
    let mut cell = [b' '; CELL];
    let mut len = 0;
    let mut write = |text: &str| {
        cell[len..len + text.len()].copy_from_slice(text.as_bytes());
        len += text.len();
    };
    let rank = rank(v);
    let digits = (rank.ilog2() / 4 + 1) as usize;
    for at in (0..digits).rev() {
        let is_capital = at + 1 == digits && (v >> 40).is_multiple_of(8);
        let syllables = if is_capital { CAPITALS } else { SYLLABLES };
        write(syllables[(rank >> (4 * at)) as usize % 16]);
    }
    match (v >> 48) % 16 {
        0 => write(","),
        1 => write("."),
        2 => write("—"),
        _ => {}
    }
    cell
}

/// From 1 to 4,095.
fn rank(v: u64) -> u64 {
    let first = 1 << (v % 12);
    first + (v >> 8) % first
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_piece_is_a_piece_of_the_whole() {
        let mut whole = [0; 40 * CELL];
        fill(7, 0, &mut whole);
        for offset in 0..60 {
            let mut piece = [0; 90];
            fill(7, offset, &mut piece);
            assert_eq!(piece, whole[offset..offset + 90]);
        }
        assert!(std::str::from_utf8(&whole).is_ok_and(|text| text.contains(' ')));
    }

    #[test]
    fn few_words_are_frequent_and_most_are_rare() {
        let mut ranks = [0_u32; 4096];
        for i in 0..120_000 {
            ranks[rank(splitmix::r(1, i)) as usize] += 1;
        }
        assert_eq!(ranks[0], 0);
        assert!(ranks[1].abs_diff(10_000) < 400, "{}", ranks[1]);
        assert!(ranks[2].abs_diff(5_000) < 300, "{}", ranks[2]);
        assert!(ranks[4095] < 30, "{}", ranks[4095]);
    }
}
