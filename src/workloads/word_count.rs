//! Counting words: every task counts those in a piece of the text, and one puts the
//! counts together.

mod counts;
mod generated;
mod lines;
mod piece;

use super::answer::{self, AnswerValue};
use super::own::{self, Media, OwnDataSpec};
use super::params::{IgnoredParams, ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::summary::Summary;
use super::{Definition, Kernel, Kind, Work, split};
use crate::failure::Result;
use crate::sync::safepoint::Safepoint;
use piece::Piece;
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::cmp::Reverse;
use std::ops::Range;

/// Bytes in a task: some milliseconds of counting each.
const TASK_BYTES: usize = 1 << 19;
/// Most bytes of a text that is given in a script or a link.
const MAX_TEXT: usize = 200_000;
/// Most bytes of a reader's own text.
pub const MAX_OWN_BYTES: u64 = 200_000_000;
const MAX_WORDS: u64 = 8_000_000;
/// How many words an answer's value has.
const MOST_FREQUENT: usize = 10;

/// The name of the parameter that stands in for the others.
const TEXT: &str = "text";

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec { unless: Some(TEXT), ..own::SOURCE },
    ParamSpec {
        name: "words",
        label: "Words",
        accepts: ParamType::Integer { min: 1, max: MAX_WORDS, default: 300_000 },
        unit: "",
        help: "How many words the generated text has, 16 bytes each including white space.",
        place: Place::Front,
        unless: Some(TEXT),
    },
    ParamSpec {
        help: "Determines the generated words: the same seed gives the same text. A few words are \
               frequent and most are rare, as in any language.",
        unless: Some(TEXT),
        ..SEED
    },
    ParamSpec {
        name: "bytes",
        label: "Bytes",
        accepts: ParamType::Integer { min: 1, max: MAX_OWN_BYTES, default: 1 },
        unit: "B",
        help: "How long your own text is. Used only with data of your own.",
        place: Place::Scripts,
        unless: Some(TEXT),
    },
    ParamSpec {
        name: TEXT,
        label: "Text",
        accepts: ParamType::Text { max_len: MAX_TEXT },
        unit: "",
        help: "The text itself, instead of a generated one.",
        place: Place::Scripts,
        unless: None,
    },
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "A long text",
        params: &[("words", Setting::Integer(500_000))],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "A short text",
        params: &[("words", Setting::Integer(2_000))],
        beforehand: false,
    },
];

/// Counts the words of a text. A word is a run, as long as it can be, of characters that
/// are alphanumeric to Unicode, in lower case; what is not UTF-8 is no part of any word.
/// Digested: for each word, in the order of their bytes, the word, a tab, how often it
/// occurs as decimal digits, and a line feed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct WordCount {
    text: Text,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Text {
    /// See [`generated`].
    Generated { words: usize, seed: u64 },
    /// This one.
    Given(String),
    /// The reader's own.
    Own { bytes: usize },
}

impl Definition for WordCount {
    const ID: &'static str = "word-count";
    const TITLE: &'static str = "Counting words";
    const KIND: Kind = Kind::Memory;
    const WHY: &'static str = "The classic example of map and reduce: a text is cut anywhere, even \
                       in the middle of a word, and the counts are merged.";
    const MORE: &'static str = "You can use a text of your own.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;
    const OWN: Option<OwnDataSpec> =
        Some(OwnDataSpec { media: Media::Text { max_bytes: MAX_OWN_BYTES }, measures: &["bytes"] });
    const IDLE: &'static [IgnoredParams] =
        &[own::idle(&["words", "seed"]), own::idle_without(&["bytes"])];

    /// Its bytes.
    fn cost(&self) -> Option<f64> {
        Some(match &self.text {
            Text::Generated { words, .. } => (words * generated::CELL) as f64,
            Text::Given(text) => text.len() as f64,
            Text::Own { bytes } => *bytes as f64,
        })
    }

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        let (words, bytes) = (reader.integer("words")?, reader.integer("bytes")?);
        let seed = reader.integer("seed")?;
        let text = match reader.text(TEXT)? {
            Some(text) => Text::Given(text),
            None if own::is_wanted(&reader)? => Text::Own { bytes: bytes as usize },
            None => Text::Generated { words: words as usize, seed },
        };
        Ok(Self { text })
    }

    fn params(&self) -> Params {
        match &self.text {
            Text::Generated { words, seed } => Params::from_iter([
                own::source(false),
                ("words".into(), json!(words)),
                ("seed".into(), json!(seed)),
            ]),
            Text::Given(text) => Params::from_iter([(TEXT.into(), json!(text))]),
            Text::Own { bytes } => {
                Params::from_iter([own::source(true), ("bytes".into(), json!(bytes))])
            }
        }
    }
}

impl Work for WordCount {
    fn task_count(&self) -> usize {
        // An empty text is a task, too.
        split::pieces(self.input_len(), TASK_BYTES).max(1)
    }

    fn input_len(&self) -> usize {
        match &self.text {
            Text::Generated { words, .. } => words * generated::CELL,
            Text::Given(text) => text.len(),
            Text::Own { bytes } => *bytes,
        }
    }

    fn own_len(&self) -> Option<usize> {
        match self.text {
            Text::Own { bytes } => Some(bytes),
            Text::Generated { .. } | Text::Given(_) => None,
        }
    }

    fn fill_input(&self, offset: usize, into: &mut [u8]) {
        match &self.text {
            Text::Generated { seed, .. } => generated::fill(*seed, offset, into),
            Text::Given(text) => {
                into.copy_from_slice(&text.as_bytes()[offset..offset + into.len()]);
            }
            Text::Own { .. } => {}
        }
    }

    fn payload(&self, task: usize) -> Range<usize> {
        split::every(self.input_len(), TASK_BYTES, task)
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Result<Vec<u8>> {
        piece::join(parts)
    }

    fn value(&self, merged: &[u8]) -> Option<AnswerValue> {
        let top = most_frequent(merged).into_iter();
        let top = top.map(|(word, count)| (answer::shortened(word), count));
        Some(AnswerValue::Words(top.collect()))
    }

    fn summary(&self, merged: &[u8]) -> Summary {
        let (mut different, mut words) = (0, 0);
        for (_, count) in lines::words(merged) {
            different += 1;
            words += count;
        }
        match most_frequent(merged).first() {
            Some((word, times)) => Summary::WordCounts {
                words,
                different,
                most_frequent: answer::shortened(word).into(),
                times: *times,
            },
            None => Summary::NoWords,
        }
    }
}

impl Kernel for WordCount {
    fn compute(&self, _task: usize, payload: &[u8], safepoint: Safepoint) -> Vec<u8> {
        Piece::bytes_of(payload, safepoint)
    }
}

/// The most frequent words of the digested bytes, ties by their bytes.
fn most_frequent(merged: &[u8]) -> Vec<(&str, u64)> {
    let mut top: Vec<(&str, u64)> = Vec::with_capacity(MOST_FREQUENT + 1);
    for (word, count) in lines::words(merged) {
        // Lines come in the order of the words' bytes, so that of two words as frequent as
        // one another the first is there already.
        let at = top.partition_point(|(_, other)| Reverse(*other) <= Reverse(count));
        if at < MOST_FREQUENT {
            top.insert(at, (word, count));
            top.truncate(MOST_FREQUENT);
        }
    }
    top
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_frequent_come_first_and_ties_by_their_bytes() {
        let lines: String = (0..20).map(|i| format!("w{i:02}\t{}\n", i % 3 + 1)).collect();
        let top = most_frequent(lines.as_bytes());
        let words: Vec<_> = top.iter().map(|(word, _)| *word).collect();
        assert_eq!(words, ["w02", "w05", "w08", "w11", "w14", "w17", "w01", "w04", "w07", "w10"]);
        assert_eq!((top[5].1, top[6].1), (3, 2));
    }

    #[test]
    fn a_text_without_a_word_says_so() {
        let empty = WordCount { text: Text::Given(" … ".to_owned()) };
        let merged = empty
            .merge(vec![empty.compute(0, " … ".as_bytes(), Safepoint::never())])
            .expect("fits");
        assert!(merged.is_empty());
        assert_eq!(empty.summary(&merged), Summary::NoWords);
        assert_eq!(empty.value(&merged), Some(AnswerValue::Words(vec![])));
    }
}
