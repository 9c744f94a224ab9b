//! Words and how often each occurs as lines, in the order of the words' bytes: a word, a
//! tab, the count, and a line feed. It is what is digested, and what the counts of many
//! different words are put together in, as it takes no more room than the text.

use crate::failure::Result;
use crate::workloads::answer;
use std::cmp::Ordering;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// One line.
#[derive(Clone, Copy)]
struct Line<'a> {
    word: &'a [u8],
    count: u64,
    /// All of it, with the line feed.
    whole: &'a [u8],
}

/// The next line of `left`; `None` at the end, or where there is no line.
fn next<'a>(left: &mut &'a [u8]) -> Option<Line<'a>> {
    let tab = left.iter().position(|byte| *byte == b'\t')?;
    let (word, rest) = left.split_at(tab);
    let mut count = 0;
    for (at, byte) in rest.iter().enumerate().skip(1) {
        match byte {
            b'0'..=b'9' => count = count * 10 + u64::from(byte - b'0'),
            _ => {
                let whole = &left[..=tab + at];
                *left = &left[whole.len()..];
                return Some(Line { word, count, whole });
            }
        }
    }
    None
}

/// The words and counts of some lines.
pub fn words(mut lines: &[u8]) -> impl Iterator<Item = (&str, u64)> {
    std::iter::from_fn(move || next(&mut lines)).filter_map(|line| {
        let word = std::str::from_utf8(line.word).ok()?;
        Some((word, line.count))
    })
}

/// Adds a line.
pub fn push(lines: &mut Vec<u8>, word: &[u8], count: u64) {
    lines.extend_from_slice(word);
    lines.push(b'\t');
    lines.extend_from_slice(count.to_string().as_bytes());
    lines.push(b'\n');
}

/// Several lists of lines as one, in which no word occurs twice.
///
/// # Errors
/// `OutOfMemory` where there is no room for it beside them.
pub fn merge(mut lists: Vec<Vec<u8>>) -> Result<Vec<u8>> {
    lists.retain(|list| !list.is_empty());
    if lists.len() < 2 {
        return Ok(lists.pop().unwrap_or_default());
    }
    // A sum has no more digits than all of its parts together.
    let mut merged = answer::reserve(lists.iter().map(Vec::len).sum())?;
    let mut left: BinaryHeap<_> = lists.iter().filter_map(|list| Left::of(list)).collect();
    // The last line, and how often its word occurs in all lists so far.
    let mut last: Option<(Line, u64)> = None;
    while let Some(mut least) = left.peek_mut() {
        let line = least.line;
        if !least.advance() {
            PeekMut::pop(least);
        }
        match &mut last {
            Some((same, count)) if same.word == line.word => *count += line.count,
            _ => {
                write(&mut merged, last);
                last = Some((line, line.count));
            }
        }
    }
    write(&mut merged, last);
    if merged.len() < merged.capacity() / 4 * 3 {
        merged.shrink_to_fit();
    }
    Ok(merged)
}

fn write(merged: &mut Vec<u8>, line: Option<(Line, u64)>) {
    match line {
        Some((line, count)) if count == line.count => merged.extend_from_slice(line.whole),
        Some((line, count)) => push(merged, line.word, count),
        None => {}
    }
}

/// What is left of a list. The greatest is the one whose next word comes first.
struct Left<'a> {
    /// How its next word begins: most words differ in that.
    key: u64,
    /// Its next line.
    line: Line<'a>,
    /// What is behind it.
    rest: &'a [u8],
}

impl<'a> Left<'a> {
    fn of(list: &'a [u8]) -> Option<Self> {
        let mut rest = list;
        let line = next(&mut rest)?;
        Some(Self { key: key(line.word), line, rest })
    }

    /// Goes on to the next line, if there is one.
    fn advance(&mut self) -> bool {
        let line = next(&mut self.rest);
        if let Some(line) = line {
            (self.key, self.line) = (key(line.word), line);
        }
        line.is_some()
    }
}

/// The first bytes of a word, in their order; no word has a zero.
fn key(word: &[u8]) -> u64 {
    let mut first = [0; 8];
    let len = word.len().min(first.len());
    first[..len].copy_from_slice(&word[..len]);
    u64::from_be_bytes(first)
}

impl Ord for Left<'_> {
    fn cmp(&self, other: &Self) -> Ordering {
        other.key.cmp(&self.key).then_with(|| other.line.word.cmp(self.line.word))
    }
}

impl PartialOrd for Left<'_> {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Left<'_> {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Left<'_> {}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::BTreeMap;

    fn of(counts: &BTreeMap<String, u64>) -> Vec<u8> {
        let mut lines = Vec::new();
        counts.iter().for_each(|(word, count)| push(&mut lines, word.as_bytes(), *count));
        lines
    }

    proptest! {
        #[test]
        fn merged_lists_have_the_sums(
            lists in prop::collection::vec(
                prop::collection::btree_map("([a-cé]{1,3}|longword[ab]{0,2})", 1u64..2_000, 0..12), 0..9,
            ),
        ) {
            let mut sums = BTreeMap::<String, u64>::new();
            for (word, count) in lists.iter().flatten() {
                *sums.entry(word.clone()).or_default() += count;
            }
            let merged = merge(lists.iter().map(of).collect()).expect("fits");
            prop_assert_eq!(&merged, &of(&sums));
            let again: Vec<_> = words(&merged).map(|(word, n)| (word.to_owned(), n)).collect();
            prop_assert_eq!(again, sums.into_iter().collect::<Vec<_>>());
        }
    }
}
