//! Stores that keep nothing longer than the program runs, for where a browser has none, and for
//! tests.

use super::store::Store;
use std::cell::RefCell;
use std::collections::BTreeMap;

/// A store of a certain size that is gone with the program.
#[derive(Debug)]
pub struct MemoryStore {
    texts: RefCell<BTreeMap<String, String>>,
    room: usize,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self::with_room(usize::MAX)
    }
}

impl MemoryStore {
    /// A store for `room` bytes.
    pub fn with_room(room: usize) -> Self {
        Self { texts: RefCell::default(), room }
    }
}

impl Store for MemoryStore {
    fn keys(&self) -> Vec<String> {
        self.texts.borrow().keys().cloned().collect()
    }

    fn get(&self, key: &str) -> Option<String> {
        self.texts.borrow().get(key).cloned()
    }

    fn set(&self, key: &str, value: &str) -> bool {
        let mut texts = self.texts.borrow_mut();
        let others = texts.iter().filter(|(other, _)| *other != key);
        let taken: usize = others.map(|(key, text)| key.len() + text.len()).sum();
        let fits = taken.saturating_add(key.len() + value.len()) <= self.room;
        if fits {
            texts.insert(key.to_owned(), value.to_owned());
        }
        fits
    }

    fn remove(&self, key: &str) {
        self.texts.borrow_mut().remove(key);
    }
}

/// A store that is closed to the page, as in a sandboxed frame.
#[derive(Clone, Copy, Debug, Default)]
pub struct FailingStore;

impl Store for FailingStore {
    fn keys(&self) -> Vec<String> {
        Vec::new()
    }

    fn get(&self, _key: &str) -> Option<String> {
        None
    }

    fn set(&self, _key: &str, _value: &str) -> bool {
        false
    }

    fn remove(&self, _key: &str) {}
}
