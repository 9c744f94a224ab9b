//! How often each word occurs.

use super::lines;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// How often each word occurs.
#[derive(Default)]
pub struct Counts {
    words: HashMap<String, u64, BuildHasherDefault<WordHasher>>,
    /// How many bytes the words have, each counted once.
    bytes: usize,
}

impl Counts {
    /// `times` more of `word`.
    pub fn add(&mut self, word: &str, times: u64) {
        match self.words.get_mut(word) {
            Some(count) => *count += times,
            None => {
                self.bytes += word.len();
                self.words.insert(word.to_owned(), times);
            }
        }
    }

    /// All words of `text`.
    pub fn add_all(&mut self, text: &str) {
        let mut lower = String::new();
        let mut left = text;
        while let Some(start) = left.bytes().position(may_be_of_a_word) {
            left = &left[start..];
            let end = left.bytes().position(|byte| !may_be_of_a_word(byte)).unwrap_or(left.len());
            let (run, rest) = left.split_at(end);
            left = rest;
            if run.is_ascii() {
                lower.clear();
                lower.push_str(run);
                lower.make_ascii_lowercase();
                self.add(&lower, 1);
            } else {
                // Some of what is not ASCII is no part of a word.
                let words = run.split(|c: char| !c.is_alphanumeric());
                for word in words.filter(|word| !word.is_empty()) {
                    self.add(&word.to_lowercase(), 1);
                }
            }
        }
    }

    /// Every word and how often it occurs, in no order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u64)> {
        self.words.iter().map(|(word, count)| (word.as_str(), *count))
    }

    /// How many different words there are.
    pub fn len(&self) -> usize {
        self.words.len()
    }

    /// How many bytes they have.
    pub fn bytes(&self) -> usize {
        self.bytes
    }

    /// A line for each word, see [`lines`].
    pub fn to_lines(&self) -> Vec<u8> {
        let mut all: Vec<_> = self.iter().collect();
        all.sort_unstable();
        let mut lines = Vec::with_capacity(self.bytes + 4 * all.len());
        all.into_iter().for_each(|(word, count)| lines::push(&mut lines, word.as_bytes(), count));
        lines
    }
}

fn may_be_of_a_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || !byte.is_ascii()
}

/// Words are short and nobody plants them: eight bytes at a time, mixed by
/// multiplication, as in Firefox and rustc.
#[derive(Default)]
pub struct WordHasher(u64);

impl WordHasher {
    fn mix(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x517c_c1b7_2722_0a95);
    }
}

impl Hasher for WordHasher {
    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.mix(u64::from_le_bytes(*word));
        }
        let mut last = [0; 8];
        last[..rest.len()].copy_from_slice(rest);
        self.mix(u64::from_le_bytes(last));
    }

    fn write_u8(&mut self, _end: u8) {
        // What ends a text tells two of them apart only inside of a larger key.
    }

    fn finish(&self) -> u64 {
        // The map looks at the highest and the lowest bits, and a product's lowest are
        // the weakest.
        self.0.rotate_left(26)
    }
}
