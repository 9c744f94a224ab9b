//! What the reader has done in the guide, as the browser keeps it.

use super::contents;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// The longest text that is read: what is kept is far shorter.
const MOST_BYTES: usize = 64 * 1024;
/// Most ids that are kept of a chapter.
const MOST_IDS: usize = 100;

/// The questions that the reader has answered, by chapter.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct GuideProgress(BTreeMap<String, BTreeSet<String>>);

impl GuideProgress {
    /// What was kept, as far as it can be read: chapters that are not there any more are left out.
    pub fn read(text: &str) -> Self {
        if text.len() > MOST_BYTES {
            return Self::default();
        }
        let mut read: Self = serde_json::from_str(text).unwrap_or_default();
        read.0.retain(|chapter, ids| contents::chapter(chapter).is_some() && ids.len() <= MOST_IDS);
        read
    }

    /// What is kept.
    pub fn write(&self) -> String {
        serde_json::to_string(&self.0).unwrap_or_default()
    }

    /// Notes that a question of `chapter` was answered.
    pub fn answered(&mut self, chapter: &str, question: &str) {
        let ids = self.0.entry(chapter.to_owned()).or_default();
        if ids.len() < MOST_IDS {
            ids.insert(question.to_owned());
        }
    }

    /// Adds what `other` has.
    pub fn add(&mut self, other: &Self) {
        for (chapter, questions) in &other.0 {
            questions.iter().for_each(|question| self.answered(chapter, question));
        }
    }

    /// How many questions of `chapter` were answered.
    pub fn count(&self, chapter: &str) -> usize {
        self.0.get(chapter).map_or(0, BTreeSet::len)
    }

    /// Whether nothing was answered.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_survives_being_kept() {
        let mut progress = GuideProgress::default();
        progress.answered("the-gil", "one");
        progress.answered("the-gil", "two");
        let read = GuideProgress::read(&progress.write());
        assert_eq!(read, progress);
        assert_eq!((read.count("the-gil"), read.count("deciding")), (2, 0));
    }

    #[test]
    fn answers_of_two_tabs_are_kept() {
        let [mut one, mut other] = [GuideProgress::default(), GuideProgress::default()];
        one.answered("the-gil", "one");
        other.answered("the-gil", "two");
        other.answered("deciding", "one");
        one.add(&other);
        assert_eq!((one.count("the-gil"), one.count("deciding")), (2, 1));
    }

    #[test]
    fn unreadable_progress_is_nothing() {
        for text in ["", "{", "[]", r#"{"the-gil": 1}"#, r#"{"no-chapter": ["one"]}"#] {
            assert!(GuideProgress::read(text).is_empty(), "{text}");
        }
        assert!(GuideProgress::read(&format!("{{{}", " ".repeat(MOST_BYTES))).is_empty());
    }
}
