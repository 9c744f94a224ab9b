//! The exact answer of a workload.

use super::summary::Summary;
use crate::coded::Coded;
use crate::failure::{Failure, MemoryProblem, Result};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// An answer that anyone can recompute.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Lower-case hex SHA-256 of the bytes that the workload's definition names.
    pub digest: String,
    /// A small value, where one is natural.
    pub value: Option<AnswerValue>,
    /// What it comes to, for a person.
    #[serde(with = "crate::coded::as_record")]
    pub summary: Summary,
}

impl Answer {
    /// The answer as reports have it: with the line for a person, and what that is made of.
    pub fn to_json(&self) -> serde_json::Value {
        let record = self.summary.record();
        serde_json::json!({
            "digest": self.digest,
            "value": self.value.as_ref().map(AnswerValue::to_json),
            "summary": self.summary.sentence(),
            "code": record.code,
            "figures": record.figures_to_json(),
        })
    }
}

/// The longest word in an answer's value, in characters.
pub const MAX_WORD: usize = 100;

/// The small value of an answer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AnswerValue {
    /// How many there are of what was looked for.
    Count(u64),
    /// Words, and how often each occurs; see [`shortened`].
    Words(Vec<(String, u64)>),
}

impl AnswerValue {
    /// The value as reports spell it.
    pub fn to_json(&self) -> serde_json::Value {
        match self {
            Self::Count(count) => (*count).into(),
            Self::Words(words) => serde_json::json!(words),
        }
    }
}

/// Lower-case hex SHA-256 of `bytes`.
pub fn digest(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(64);
    for byte in Sha256::digest(bytes) {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
    }
    hex
}

/// `word` as answers show it: one of more than [`MAX_WORD`] characters ends with an
/// ellipsis in the place of the last, which is a letter of no word.
pub fn shortened(word: &str) -> String {
    match word.char_indices().nth(MAX_WORD - 1) {
        Some((end, last)) if end + last.len_utf8() < word.len() => format!("{}…", &word[..end]),
        _ => word.to_owned(),
    }
}

/// The failure to reserve `bytes` bytes, where `most` would have been available.
pub fn out_of_memory(bytes: usize, most: usize) -> Failure {
    MemoryProblem::DoesNotFit { bytes: bytes as u64, most: most as u64 }.into()
}

/// The most bytes below `wanted` that `fits`, to a hundredth of `wanted`. It is asked from
/// above: what is refused leaves nothing behind, but what is granted once may stand in the
/// way of more.
pub fn most_that_fits(wanted: usize, fits: impl FnMut(&usize) -> bool) -> usize {
    (1..100).rev().map(|percent| wanted / 100 * percent).find(fits).unwrap_or_default()
}

/// Makes `bytes` at least `len` long; what is new is zero.
///
/// # Errors
/// `OutOfMemory` with the most that would fit.
pub fn grow(bytes: &mut Vec<u8>, len: usize) -> Result<()> {
    reserve_in(bytes, len)?;
    if len > bytes.len() {
        bytes.resize(len, 0);
    }
    Ok(())
}

/// Room for `len` bytes in all in `bytes`.
///
/// # Errors
/// `OutOfMemory` with the most that would fit.
pub fn reserve_in(bytes: &mut Vec<u8>, len: usize) -> Result<()> {
    let more = len.saturating_sub(bytes.len());
    bytes.try_reserve_exact(more).map_err(|_| {
        let fits = |len: &usize| Vec::<u8>::new().try_reserve_exact(*len).is_ok();
        out_of_memory(len, most_that_fits(len, fits))
    })
}

/// Room for `len` bytes, with none in it.
///
/// # Errors
/// `OutOfMemory` with the most that would fit.
pub fn reserve(len: usize) -> Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reserve_in(&mut bytes, len)?;
    Ok(bytes)
}

/// The parts one after another, each given up as soon as it is copied.
///
/// # Errors
/// `OutOfMemory` with the most that would fit.
pub fn concat(parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
    let mut whole = reserve(parts.iter().map(Vec::len).sum())?;
    for part in parts {
        whole.extend_from_slice(&part);
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::FailureKind;

    /// FIPS 180-4's example message "abc".
    #[test]
    fn digest_is_sha_256_in_hex() {
        assert_eq!(
            digest(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn the_most_that_fits_is_found() {
        for room in [0, 1, 999, 5_000_000, 9_999_999] {
            let found = most_that_fits(10_000_000, |len| *len <= room);
            assert!(found <= room && found + 100_000 >= room, "{found} of {room}");
        }
    }

    #[test]
    fn what_does_not_fit_says_what_would() {
        let failure = grow(&mut Vec::new(), isize::MAX as usize).unwrap_err();
        assert_eq!(failure.kind(), FailureKind::OutOfMemory);
        assert!(failure.message().contains("the most that fits here is"), "{failure}");
    }

    #[test]
    fn only_long_words_are_shortened() {
        let longest = "é".repeat(MAX_WORD);
        assert_eq!(shortened(&longest), longest);
        let short = shortened(&"é".repeat(MAX_WORD + 1));
        assert_eq!((short.chars().count(), short.chars().last()), (MAX_WORD, Some('…')));
    }
}
