//! Words and how often each occurs as lines, in the order of the words' bytes: a word, a
//! tab, the count, and a line feed. It is what is digested, and what the counts of many
//! different words are put together in, as it takes no more room than the text.

use crate::failure::Result;
use crate::workloads::answer;
use std::cmp::Ordering;

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

/// Several lists of lines as one, in which no word occurs twice. What was merged is given up at
/// once, so that no more than twice the room of all is taken.
///
/// # Errors
/// `OutOfMemory` where there is no room for it.
pub fn merge(mut lists: Vec<Vec<u8>>) -> Result<Vec<u8>> {
    lists.retain(|list| !list.is_empty());
    while lists.len() > 1 {
        // Short ones go together, so that what is long is not copied again and again.
        lists.sort_by_key(Vec::len);
        let mut fewer = Vec::with_capacity(lists.len().div_ceil(2));
        let mut left = lists.into_iter();
        while let Some(one) = left.next() {
            fewer.push(match left.next() {
                Some(other) => merge_two(&one, &other)?,
                None => one,
            });
        }
        lists = fewer;
    }
    Ok(lists.pop().unwrap_or_default())
}

fn merge_two(mut one: &[u8], mut other: &[u8]) -> Result<Vec<u8>> {
    // A sum has no more digits than both of its parts together.
    let mut merged = answer::reserve(one.len() + other.len())?;
    let mut lines = (next(&mut one), next(&mut other));
    while let (Some(a), Some(b)) = lines {
        match a.word.cmp(b.word) {
            Ordering::Less => {
                merged.extend_from_slice(a.whole);
                lines.0 = next(&mut one);
            }
            Ordering::Greater => {
                merged.extend_from_slice(b.whole);
                lines.1 = next(&mut other);
            }
            Ordering::Equal => {
                push(&mut merged, a.word, a.count + b.count);
                lines = (next(&mut one), next(&mut other));
            }
        }
    }
    for (line, rest) in [(lines.0, one), (lines.1, other)] {
        merged.extend_from_slice(line.map_or(&[], |line| line.whole));
        merged.extend_from_slice(rest);
    }
    if merged.len() < merged.capacity() / 4 * 3 {
        merged.shrink_to_fit();
    }
    Ok(merged)
}

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
                prop::collection::btree_map("[a-cé]{1,3}", 1u64..2_000, 0..12), 0..9,
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
