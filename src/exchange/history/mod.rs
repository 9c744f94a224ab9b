//! The history: the last runs, kept where the browser keeps things, or else until the
//! page is closed.
//!
//! A run is kept as a line that says what it was and, below it, the report's whole
//! text. Only the line is read until somebody opens the run. What cannot be read, be it
//! another version's or damaged, is counted and left as it is.

mod entry;

pub use entry::{Entry, Kept, PREFIX};

use super::store::Store;
use super::{json, read};
use crate::failure::{Failure, NameProblem, Result};
use crate::measure::report::Report;

/// Most runs that are kept.
pub const MAX_RUNS: usize = 20;
/// Most bytes that are kept of all runs together. A browser gives a whole host five
/// million characters, and the page may share its host with others.
pub const MAX_BYTES: usize = 3_000_000;

/// The last runs, over a store of the browser's.
#[derive(Debug)]
pub struct History<S> {
    store: S,
    /// The newest first.
    entries: Vec<Entry>,
    unreadable: Unreadable,
}

/// What is kept under the history's keys and cannot be read here.
#[derive(Debug, Default)]
struct Unreadable {
    keys: Vec<String>,
    bytes: usize,
    /// The greatest number of a run among the keys.
    last: u64,
}

impl<S: Store> History<S> {
    /// What is kept in `store`.
    pub fn load(store: S) -> Self {
        let (entries, unreadable) = (Vec::new(), Unreadable::default());
        let mut history = Self { store, entries, unreadable };
        history.refresh();
        history
    }

    /// The runs, the newest first.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Takes in what another tab added to the store or removed from it.
    pub fn refresh(&mut self) {
        let mut keys = self.store.keys();
        keys.retain(|key| key.starts_with(PREFIX));
        self.entries.retain(|entry| entry.kept() == Kept::InMemory || keys.contains(&entry.key));
        self.unreadable = Unreadable::default();
        for key in keys {
            if self.entries.iter().any(|entry| entry.key == key) {
                continue;
            }
            let Some(kept) = self.store.get(&key) else { continue };
            match Entry::read(&key, &kept) {
                Some(entry) => self.entries.push(entry),
                None => self.unreadable.add(key, kept.len()),
            }
        }
        self.entries.sort_by(|a, b| b.key.cmp(&a.key));
    }

    /// Adds a run, and drops the oldest where there is no room for all. Says what
    /// became of it.
    pub fn add(&mut self, report: &Report) -> Kept {
        self.refresh();
        while self.entries.len() >= MAX_RUNS {
            self.drop_oldest(None);
        }
        let last = self.entries.first().map_or(0, Entry::number).max(self.unreadable.last);
        let (mut entry, kept) = Entry::of(last + 1, report, json::write(report));
        if self.keep(&entry.key, &kept) {
            entry.text = None;
        } else {
            while self.bytes(Kept::InMemory) + entry.bytes > MAX_BYTES
                && self.drop_oldest(Some(Kept::InMemory)).is_some()
            {}
        }
        let kept = entry.kept();
        self.entries.insert(0, entry);
        kept
    }

    /// The report of a run.
    ///
    /// # Errors
    /// `InvalidInput` where it is not there any more or cannot be read.
    pub fn report(&self, key: &str) -> Result<Report> {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        match entry.map(|entry| &entry.text) {
            Some(Some(text)) => read::read(text),
            Some(None) => {
                let kept = self.store.get(key);
                let text = kept.as_deref().and_then(|kept| kept.split_once('\n'));
                text.map_or_else(|| Err(gone()), |(_, text)| read::read(text))
            }
            None => Err(gone()),
        }
    }

    /// Removes a run.
    pub fn remove(&mut self, key: &str) {
        if let Some(at) = self.entries.iter().position(|entry| entry.key == key) {
            let entry = self.entries.remove(at);
            if entry.kept() == Kept::Here {
                self.store.remove(key);
            }
        }
    }

    /// How many runs are kept that cannot be read here.
    pub fn unreadable(&self) -> usize {
        self.unreadable.keys.len()
    }

    /// Removes the runs that cannot be read here, as the reader wishes.
    pub fn remove_unreadable(&mut self) {
        self.refresh();
        for key in std::mem::take(&mut self.unreadable).keys {
            self.store.remove(&key);
        }
    }

    /// Keeps `value` in the store, in the place of older runs if need be. Where even
    /// as much room as it takes is not enough, room is not what is missing, and no
    /// more of them are given up.
    fn keep(&mut self, key: &str, value: &str) -> bool {
        let taken = self.unreadable.bytes + value.len();
        if taken > MAX_BYTES {
            return false;
        }
        while self.bytes(Kept::Here) + taken > MAX_BYTES {
            self.drop_oldest(Some(Kept::Here));
        }
        let mut freed = 0;
        loop {
            if self.store.set(key, value) {
                return true;
            }
            match self.drop_oldest(Some(Kept::Here)) {
                Some(bytes) if freed < value.len() => freed += bytes,
                _ => return false,
            }
        }
    }

    fn bytes(&self, kept: Kept) -> usize {
        self.entries.iter().filter(|entry| entry.kept() == kept).map(|entry| entry.bytes).sum()
    }

    /// Drops the oldest run of those that are kept so, or of all; how many bytes it had.
    fn drop_oldest(&mut self, kept: Option<Kept>) -> Option<usize> {
        let is_one = |entry: &&Entry| kept.is_none_or(|kept| entry.kept() == kept);
        let (key, bytes) =
            self.entries.iter().rev().find(is_one).map(|entry| (entry.key.clone(), entry.bytes))?;
        self.remove(&key);
        Some(bytes)
    }
}

impl Unreadable {
    fn add(&mut self, key: String, bytes: usize) {
        self.last = self.last.max(entry::number(&key).unwrap_or_default());
        self.bytes += bytes;
        self.keys.push(key);
    }
}

/// What a reader should know of so many runs that cannot be read here; nothing where there
/// are none.
pub fn unreadable_sentence(runs: usize) -> Option<String> {
    match runs {
        0 => None,
        1 => Some(
            "This page cannot read one more stored run: another version wrote it, or it is \
                   damaged. It is left unchanged."
                .to_owned(),
        ),
        runs => Some(format!(
            "This page cannot read {runs} more stored runs: another version wrote them, or they \
             are damaged. They are left unchanged."
        )),
    }
}

fn gone() -> Failure {
    Failure::invalid("history", NameProblem::NotKept)
}

#[cfg(test)]
mod tests;
