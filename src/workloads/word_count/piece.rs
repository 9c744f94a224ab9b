//! A piece of a text, cut wherever it may be: its whole words are counted, and what may
//! be part of a word, or of a character, that goes on in the next piece is kept as it is.
//!
//! A UTF-8 character goes on over continuation bytes only, so that wherever another byte
//! stands, a character begins, whatever was before it. Bytes that are no character, and
//! all that is not alphanumeric, separate words.

use super::counts::Counts;
use super::lines;
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use crate::workloads::answer;
use serde::{Deserialize, Serialize};
use std::mem;
use std::ops::Range;

/// A piece with more different words than this has them in order: to merge lists in order
/// takes less time and room than one large table. Few enough that most texts have fewer.
/// (As few in tests as their texts are short.)
const MANY_WORDS: usize = if cfg!(test) { 4 } else { 1 << 14 };
/// When the words of a table have more bytes than this, another one is begun.
const TABLE_BYTES: usize = if cfg!(test) { 16 } else { 8 << 20 };
/// Bytes of text that are counted between two looks at the safepoint: some 50 µs.
const BLOCK: usize = if cfg!(test) { 8 } else { 1 << 13 };
/// What may be a word of more bytes than this is not copied more often than need be.
const LONG_BYTES: usize = if cfg!(test) { 8 } else { 1 << 16 };

/// What is known of a piece by itself.
#[derive(Serialize, Deserialize)]
pub struct Piece<'a> {
    /// What may belong to the last word of the piece before.
    #[serde(with = "serde_bytes")]
    head: &'a [u8],
    /// What is behind the first separator; none in a piece without any.
    #[serde(borrow)]
    rest: Option<Rest<'a>>,
}

#[derive(Serialize, Deserialize)]
struct Rest<'a> {
    /// The words between the first separator and the last, and how often each occurs.
    #[serde(borrow)]
    inner: Inner<'a>,
    /// What may belong to the first word of the piece behind.
    #[serde(with = "serde_bytes")]
    tail: &'a [u8],
}

#[derive(Serialize, Deserialize)]
enum Inner<'a> {
    /// Few different words, in no order.
    Few(#[serde(borrow)] Vec<(&'a str, u64)>),
    /// Many, as [`lines`].
    Many(#[serde(with = "serde_bytes")] &'a [u8]),
}

impl Piece<'_> {
    /// The bytes of what is known of `text`, cut anywhere.
    pub fn bytes_of(text: &[u8], safepoint: Safepoint) -> Vec<u8> {
        let (counted, in_order);
        let piece = match separators(text) {
            None => Piece { head: text, rest: None },
            Some((first, last)) => {
                safepoint.poll();
                counted = count(&text[first.end..last.start.max(first.end)], safepoint);
                let inner = if counted.len() > MANY_WORDS {
                    safepoint.poll();
                    in_order = counted.to_lines();
                    Inner::Many(&in_order)
                } else {
                    Inner::Few(counted.iter().collect())
                };
                let rest = Rest { inner, tail: &text[last.end..] };
                Piece { head: &text[..first.start], rest: Some(rest) }
            }
        };
        safepoint.poll();
        // Writing to memory cannot fail, and what is empty would change the answer.
        postcard::to_allocvec(&piece).unwrap_or_default()
    }
}

/// The [`lines`] of a text whose pieces are known, in their order. It takes about as much
/// room as the text, and as much again while it merges.
///
/// # Errors
/// `OutOfMemory` if there is not enough memory.
pub fn join(parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
    let mut joined = Joined::default();
    // Each is given up before the next.
    for part in parts {
        if let Ok(piece) = postcard::from_bytes(&part) {
            joined.add(piece)?;
        }
    }
    joined.finish()
}

/// The pieces so far, put together.
#[derive(Default)]
struct Joined {
    /// Words that are counted for good, in lists of lines.
    lists: Vec<Vec<u8>>,
    /// Others, in a table.
    table: Counts,
    /// What the last piece ended with: it may go on in the next.
    open: Vec<u8>,
}

impl Joined {
    fn add(&mut self, Piece { head, rest }: Piece) -> Result<()> {
        self.extend_open(head)?;
        let Some(Rest { inner, tail }) = rest else { return Ok(()) };
        self.close()?;
        match inner {
            Inner::Few(counts) => {
                counts.into_iter().for_each(|(word, times)| self.table.add(word, times));
            }
            Inner::Many(lines) => {
                let mut list = answer::reserve(lines.len())?;
                list.extend_from_slice(lines);
                self.lists.push(list);
            }
        }
        if self.table.bytes() > TABLE_BYTES {
            self.lists.push(mem::take(&mut self.table).to_lines());
        }
        self.extend_open(tail)
    }

    fn extend_open(&mut self, bytes: &[u8]) -> Result<()> {
        let len = self.open.len() + bytes.len();
        if len > self.open.capacity() {
            // Doubling it would take more room than a long word leaves.
            answer::reserve_in(&mut self.open, len + len / 4)?;
        }
        self.open.extend_from_slice(bytes);
        Ok(())
    }

    /// Counts what was open.
    fn close(&mut self) -> Result<()> {
        if self.open.len() <= LONG_BYTES {
            add_all(&mut self.table, &self.open, Safepoint::never());
            self.open.clear();
            return Ok(());
        }
        let mut open = mem::take(&mut self.open);
        if open.iter().all(u8::is_ascii_alphanumeric) {
            open.make_ascii_lowercase();
            return self.add_long(open);
        }
        for (valid, _) in chunks(&open) {
            for word in valid.split(|c: char| !c.is_alphanumeric()) {
                if word.len() > LONG_BYTES {
                    // A string cannot say that there is no room: it grows to thrice at most.
                    drop(answer::reserve(3 * word.len())?);
                    self.add_long(word.to_lowercase().into_bytes())?;
                } else if !word.is_empty() {
                    self.table.add(&word.to_lowercase(), 1);
                }
            }
        }
        Ok(())
    }

    /// Adds one word, in lower case.
    fn add_long(&mut self, mut word: Vec<u8>) -> Result<()> {
        let end = b"\t1\n";
        let len = word.len() + end.len();
        answer::reserve_in(&mut word, len)?;
        word.extend_from_slice(end);
        self.lists.push(word);
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<u8>> {
        self.close()?;
        let Self { mut lists, table, open: _ } = self;
        lists.push(table.to_lines());
        drop(table);
        lines::merge(lists)
    }
}

/// The words of `text`, which ends and begins with none that is cut.
pub fn count(text: &[u8], safepoint: Safepoint) -> Counts {
    let mut counts = Counts::default();
    add_all(&mut counts, text, safepoint);
    counts
}

fn add_all(counts: &mut Counts, text: &[u8], safepoint: Safepoint) {
    for (valid, _) in chunks(text) {
        safepoint.poll();
        let mut left = valid;
        while !left.is_empty() {
            safepoint.poll();
            let block;
            (block, left) = left.split_at(block_end(left));
            counts.add_all(block);
        }
    }
}

/// Where the first block of `text` ends: between two words.
fn block_end(text: &str) -> usize {
    let from = text.ceil_char_boundary(BLOCK);
    let between_words = text[from..].find(|c: char| !c.is_alphanumeric());
    between_words.map_or(text.len(), |behind| from + behind)
}

/// What is UTF-8, and how many bytes behind it are not, again and again. As
/// [`slice::utf8_chunks`], which looks at every byte by itself, where `from_utf8` takes
/// many at a time.
fn chunks(text: &[u8]) -> impl Iterator<Item = (&str, usize)> {
    let mut left = text;
    std::iter::from_fn(move || {
        if left.is_empty() {
            return None;
        }
        let (valid, invalid) = match std::str::from_utf8(left) {
            Ok(valid) => (valid, 0),
            Err(error) => {
                let (valid, rest) = left.split_at(error.valid_up_to());
                let invalid = error.error_len().unwrap_or(rest.len());
                (std::str::from_utf8(valid).unwrap_or_default(), invalid)
            }
        };
        left = &left[valid.len() + invalid..];
        Some((valid, invalid))
    })
}

/// Where the first and the last separator of `text` are that are such for sure, however
/// the text goes on at both ends.
fn separators(text: &[u8]) -> Option<(Range<usize>, Range<usize>)> {
    let (mut first, mut last) = (None, None);
    let mut at = text.iter().position(|byte| !is_continuation(*byte))?;
    for (valid, invalid) in chunks(&text[at..]) {
        let is_separator = |c: &(usize, char)| !c.1.is_alphanumeric();
        let range = |(start, c): (usize, char)| at + start..at + start + c.len_utf8();
        if first.is_none() {
            first = valid.char_indices().find(is_separator).map(range);
        }
        last = valid.char_indices().rfind(is_separator).map(range).or(last);
        at += valid.len();
        let invalid = at..at + invalid;
        at = invalid.end;
        // At the very end it may be the beginning of a character.
        if !invalid.is_empty() && !may_go_on(&text[invalid.clone()], at == text.len()) {
            first.get_or_insert(invalid.clone());
            last = Some(invalid);
        }
    }
    first.zip(last)
}

/// Whether `invalid`, if it is the end of a piece, may become a character with what
/// follows.
fn may_go_on(invalid: &[u8], is_end: bool) -> bool {
    is_end && std::str::from_utf8(invalid).is_err_and(|error| error.error_len().is_none())
}

fn is_continuation(byte: u8) -> bool {
    byte & 0b1100_0000 == 0b1000_0000
}

#[cfg(test)]
mod tests;
