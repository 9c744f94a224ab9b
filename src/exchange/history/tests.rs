//! Runs come and go, whatever the store does.

use super::*;
use crate::exchange::example;
use crate::exchange::memory_store::{FailingStore, MemoryStore};
use crate::measure::report::SCHEMA;
use proptest::prelude::*;
use std::cell::Cell;

/// The example, as if it had begun in this second.
fn run(second: u32) -> Report {
    let mut report = example::report();
    report.environment.started_at = format!("2026-11-22T16:00:{second:02}.000Z");
    report
}

/// As [`run`], made larger by about `bytes`.
fn large_run(second: u32, bytes: usize) -> Report {
    let mut report = run(second);
    report.results[0].lanes[0].beats_ms = vec![1.5; bytes / 4];
    report
}

fn seconds<S: Store>(history: &History<S>) -> Vec<u32> {
    history.entries().iter().map(|entry| entry.when[17..19].parse().expect("digits")).collect()
}

#[test]
fn the_history_outlives_the_page() {
    let store = MemoryStore::default();
    let mut history = History::load(&store);
    assert_eq!(history.add(&run(1)), Kept::Here);
    assert_eq!(history.add(&run(2)), Kept::Here);
    let mut again = History::load(&store);
    assert_eq!(again.entries(), history.entries());
    assert_eq!(seconds(&again), [2, 1]);
    let entry = &again.entries()[0].clone();
    assert_eq!(entry.key, format!("{PREFIX}0000000002"));
    assert_eq!(entry.title, run(2).verdict.headline());
    assert_eq!(again.report(&entry.key), Ok(run(2)));
    again.remove(&entry.key);
    assert_eq!(seconds(&History::load(&store)), [1]);
    again.remove(&again.entries()[0].key.clone());
    assert_eq!(store.keys(), [""; 0]);
    assert!(again.report(&entry.key).is_err());
}

#[test]
fn the_oldest_go_first() {
    let store = MemoryStore::default();
    let mut history = History::load(&store);
    for second in 0..25 {
        history.add(&run(second));
    }
    assert_eq!(seconds(&history), (5..25).rev().collect::<Vec<_>>());
    assert_eq!(store.keys().len(), MAX_RUNS);
    for second in 25..28 {
        assert_eq!(history.add(&large_run(second, 1_300_000)), Kept::Here);
    }
    assert_eq!(seconds(&history), [27, 26]);
    assert_eq!(seconds(&History::load(&store)), [27, 26]);
}

#[test]
fn what_is_too_large_costs_no_other_run() {
    let store = MemoryStore::default();
    let mut history = History::load(&store);
    history.add(&run(1));
    assert_eq!(history.add(&large_run(2, MAX_BYTES)), Kept::InMemory);
    assert_eq!(history.add(&large_run(3, MAX_BYTES)), Kept::InMemory);
    assert_eq!(seconds(&history), [3, 1]);
    assert!(history.report(&history.entries()[0].key).is_err(), "beats were made up");
    assert_eq!(seconds(&history), [3, 1]);
}

#[test]
fn a_full_store_gives_up_its_oldest() {
    let one = json::write(&run(0)).len() + 300;
    let store = MemoryStore::with_room(3 * one);
    let mut history = History::load(&store);
    for second in 0..6 {
        assert_eq!(history.add(&run(second)), Kept::Here);
    }
    assert_eq!(seconds(&history), [5, 4, 3]);
}

/// A store that others fill, so that whatever is given up is not enough.
struct Stuck<'a>(&'a MemoryStore, Cell<bool>);

impl Store for Stuck<'_> {
    fn keys(&self) -> Vec<String> {
        self.0.keys()
    }
    fn get(&self, key: &str) -> Option<String> {
        self.0.get(key)
    }
    fn set(&self, key: &str, value: &str) -> bool {
        !self.1.get() && self.0.set(key, value)
    }
    fn remove(&self, key: &str) {
        self.0.remove(key);
    }
}

#[test]
fn a_store_that_stays_full_keeps_most_of_what_it_has() {
    let memory = MemoryStore::default();
    let stuck = Stuck(&memory, Cell::new(false));
    let mut history = History::load(&stuck);
    for second in 0..6 {
        history.add(&run(second));
    }
    stuck.1.set(true);
    assert_eq!(history.add(&run(6)), Kept::InMemory);
    assert_eq!(seconds(&history)[..4], [6, 5, 4, 3]);
    assert_eq!(memory.keys().len(), seconds(&history).len() - 1);
}

#[test]
fn a_closed_store_costs_nothing_but_the_history() {
    let mut history = History::load(FailingStore);
    for second in 0..25 {
        assert_eq!(history.add(&run(second)), Kept::InMemory);
    }
    assert_eq!(history.entries().len(), MAX_RUNS);
    let key = history.entries()[3].key.clone();
    assert_eq!(history.report(&key), Ok(run(21)));
    history.remove(&key);
    assert_eq!(history.entries().len(), MAX_RUNS - 1);
    assert!(Kept::InMemory.sentence().contains("until you close the page"));
}

/// All that a store has.
fn all(store: &MemoryStore) -> Vec<(String, Option<String>)> {
    store.keys().into_iter().map(|key| (key.clone(), store.get(&key))).collect()
}

#[test]
fn what_is_foreign_or_damaged_is_left_alone_and_counted() {
    let store = MemoryStore::default();
    History::load(&store).add(&run(1));
    let good = store.get(&store.keys()[0]).expect("is kept");
    let (line, report) = good.split_once('\n').expect("two lines");
    let key = |number: u64| format!("{PREFIX}{number:010}");
    let schema = |schema: u32| {
        good.replacen(&format!("\"schema\":{SCHEMA}"), &format!("\"schema\":{schema}"), 1)
    };
    for (number, bad) in [
        (2, String::new()),
        (3, report.to_owned()),
        (4, format!("{line}\n{}", &report[..report.len() - 1])),
        (5, schema(SCHEMA - 1)),
        (6, good.replacen("\"headline\":\"", "\"headline\":5,\"x\":\"", 1)),
        (7, good.replacen("primes", "<b>", 1)),
        (8, "[".repeat(100_000)),
        (12, schema(SCHEMA + 1)),
        (9_000_000_001, good.clone()),
    ] {
        store.set(&key(number), &bad);
    }
    store.set(&format!("{PREFIX}latest"), &good);
    store.set("theme", "dark");
    let before = all(&store);
    let mut history = History::load(&store);
    assert_eq!(seconds(&history), [1]);
    assert_eq!(history.unreadable(), 10);
    assert_eq!(all(&store), before);
    // A new run takes nobody's place.
    assert_eq!(history.add(&run(2)), Kept::Here);
    assert_eq!(history.entries()[0].key, key(13));
    assert!(before.iter().all(|one| all(&store).contains(one)));
    history.remove_unreadable();
    assert_eq!(history.unreadable(), 0);
    assert_eq!(store.keys(), [key(1), key(13), "theme".to_owned()]);
}

#[test]
fn a_newer_page_finds_its_runs_after_a_visit_with_this_one() {
    let store = MemoryStore::default();
    let newer: Vec<_> = (1..=3)
        .map(|number| {
            let line = format!("{{\"schema\":{},\"sky\":\"blue\"}}", SCHEMA + 1);
            (format!("{PREFIX}{number:010}"), Some(format!("{line}\n{}", "x".repeat(900_000))))
        })
        .collect();
    for (key, text) in &newer {
        assert!(store.set(key, text.as_deref().expect("is there")));
    }
    let mut history = History::load(&store);
    // There is room for 300 KB beside them.
    for second in 0..30 {
        history.add(&large_run(second, 100_000));
    }
    assert_eq!(history.entries().first().map(Entry::kept), Some(Kept::Here));
    assert_eq!(history.add(&large_run(30, 400_000)), Kept::InMemory);
    assert!(newer.iter().all(|one| all(&store).contains(one)));
    assert!(
        all(&store).iter().filter_map(|(_, text)| text.as_ref()).map(String::len).sum::<usize>()
            <= MAX_BYTES
    );
    let said = unreadable_sentence(history.unreadable()).expect("there are some");
    assert!(said.starts_with("This page cannot read 3 more stored runs"), "{said}");
    assert_eq!(unreadable_sentence(0), None);
}

#[test]
fn a_report_that_cannot_be_read_says_why_and_stays() {
    let store = MemoryStore::default();
    History::load(&store).add(&run(1));
    let key = store.keys()[0].clone();
    let kept = store.get(&key).expect("is kept");
    store.set(&key, &kept.replace("\"startupMs\":4.5", "\"startupMs\":-45"));
    let mut history = History::load(&store);
    assert_eq!(history.entries().len(), 1);
    let failure = history.report(&key).expect_err("is refused");
    assert!(failure.message().starts_with("results[0].startupMs: "), "{failure}");
    assert_eq!((history.entries().len(), store.keys().len()), (1, 1));
    history.remove(&key);
    assert!(history.entries().is_empty() && store.keys().is_empty());
}

#[test]
fn two_tabs_share_a_history() {
    let store = MemoryStore::default();
    let (mut one, mut other) = (History::load(&store), History::load(&store));
    one.add(&run(1));
    other.add(&run(2));
    one.add(&run(3));
    assert_eq!(seconds(&one), [3, 2, 1]);
    other.refresh();
    assert_eq!(other.entries(), one.entries());
    for entry in one.entries().to_vec() {
        other.remove(&entry.key);
    }
    one.refresh();
    assert!(one.entries().is_empty());
}

proptest! {
    #[test]
    fn foreign_entries_are_counted_and_left_alone(
        kept in prop::collection::vec((0u64..30, ".{0,60}"), 0..10),
    ) {
        let store = MemoryStore::default();
        for (number, text) in kept {
            store.set(&format!("{PREFIX}{number:010}"), &text);
        }
        let before = all(&store);
        let mut history = History::load(&store);
        prop_assert!(history.entries().is_empty());
        prop_assert_eq!(history.unreadable(), before.len());
        prop_assert_eq!(history.add(&run(1)), Kept::Here);
        prop_assert_eq!(all(&store).len(), before.len() + 1);
        prop_assert!(before.iter().all(|one| all(&store).contains(one)));
    }
}
