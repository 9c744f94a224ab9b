//! The history: the last runs, kept where the browser keeps things, or else until the
//! page is closed.
//!
//! A run is kept as a line that says what it was and, below it, the report's whole
//! text. Only the line is read until somebody opens the run.

mod entry;

pub use entry::{Entry, Kept};

use super::store::Store;
use super::{json, read};
use crate::failure::{Failure, Result};
use crate::measure::report::Report;

/// What the keys begin with; a number follows.
pub const PREFIX: &str = "concurrency-playground.run.";
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
}

impl<S: Store> History<S> {
    /// What is kept in `store`. What another version left there, or is damaged, is
    /// removed from it.
    pub fn load(store: S) -> Self {
        let mut history = Self { store, entries: Vec::new() };
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
        for key in keys {
            if self.entries.iter().any(|entry| entry.key == key) {
                continue;
            }
            match self.store.get(&key).and_then(|kept| Entry::read(&key, &kept)) {
                Some(entry) => self.entries.push(entry),
                None => self.store.remove(&key),
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
        let last = self.entries.first().map_or(0, Entry::number);
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

    /// The report of a run. One that cannot be read is removed.
    ///
    /// # Errors
    /// `InvalidInput` where it is not there any more or cannot be read.
    pub fn report(&mut self, key: &str) -> Result<Report> {
        let entry = self.entries.iter().find(|entry| entry.key == key);
        let report = match entry.map(|entry| &entry.text) {
            Some(Some(text)) => read::read(text),
            Some(None) => {
                let kept = self.store.get(key);
                let text = kept.as_deref().and_then(|kept| kept.split_once('\n'));
                text.map_or_else(|| Err(gone()), |(_, text)| read::read(text))
            }
            None => Err(gone()),
        };
        if report.is_err() {
            self.remove(key);
        }
        report
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

    /// Removes all runs.
    pub fn clear(&mut self) {
        self.refresh();
        for entry in self.entries.drain(..).filter(|entry| entry.kept() == Kept::Here) {
            self.store.remove(&entry.key);
        }
    }

    /// Keeps `value` in the store, in the place of older runs if need be. Where even
    /// as much room as it takes is not enough, room is not what is missing, and no
    /// more of them are given up.
    fn keep(&mut self, key: &str, value: &str) -> bool {
        if value.len() > MAX_BYTES {
            return false;
        }
        while self.bytes(Kept::Here) + value.len() > MAX_BYTES {
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

fn gone() -> Failure {
    Failure::invalid("history", "this run is not kept any more. Choose another, or run it again.")
}

#[cfg(test)]
mod tests;
