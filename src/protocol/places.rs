//! Coordinates when the pages of one site start and end workers.
//!
//! A browser may give a site only so many workers, in all its tabs (Firefox does, by
//! `dom.workers.maxPerDomain`), and lets any more wait for the place of one that ends. When it
//! then starts one that waited, Firefox 153 freezes every page of that site for good. So no worker may end
//! while another waits, and none may start before the place of one that ended is free.

use std::collections::BTreeMap;

/// How long it takes a browser until the place of a worker that was ended is free, in ms, and
/// some.
const FREE_MS: f64 = 300.0;
/// A page that starts workers has said that they are there, or given up, after this time, in ms.
const MOST_STARTING_MS: f64 = 10_000.0;

/// What a page tells the other pages of the site about its workers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkerNews {
    /// Some have been asked for, and have not begun.
    Starting,
    /// All that were asked for have begun, or are not wanted any more.
    Settled,
    /// Some were ended.
    Ended,
}

impl WorkerNews {
    const ALL: [Self; 3] = [Self::Starting, Self::Settled, Self::Ended];

    /// The word on its way.
    pub fn word(self) -> &'static str {
        match self {
            Self::Starting => "starting",
            Self::Settled => "settled",
            Self::Ended => "ended",
        }
    }

    /// What this word says.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|said| said.word() == word)
    }
}

/// What a page knows of the places for workers.
#[derive(Debug, Default)]
pub struct Places {
    /// Its own workers that have not begun.
    waiting: u32,
    /// When other pages said that they start workers, in ms.
    starting: BTreeMap<String, f64>,
    /// When a worker was last ended, here or elsewhere, in ms.
    ended_ms: Option<f64>,
}

impl Places {
    /// Asks for so many workers; gives what to tell the others.
    pub fn ask(&mut self, workers: u32) -> Option<WorkerNews> {
        let was_settled = self.waiting == 0;
        self.waiting += workers;
        (was_settled && workers > 0).then_some(WorkerNews::Starting)
    }

    /// So many have begun, or are not wanted any more; gives what to tell the others.
    pub fn settle(&mut self, workers: u32) -> Option<WorkerNews> {
        let was_starting = self.waiting > 0;
        self.waiting = self.waiting.saturating_sub(workers);
        (was_starting && self.waiting == 0).then_some(WorkerNews::Settled)
    }

    /// Notes that a worker was ended; gives what to tell the others.
    pub fn end(&mut self, now_ms: f64) -> WorkerNews {
        self.ended_ms = Some(now_ms);
        WorkerNews::Ended
    }

    /// Hears what `page` says.
    pub fn hear(&mut self, page: &str, said: WorkerNews, now_ms: f64) {
        match said {
            WorkerNews::Starting => {
                self.starting.insert(page.to_owned(), now_ms);
            }
            WorkerNews::Settled => {
                self.starting.remove(page);
            }
            WorkerNews::Ended => self.ended_ms = Some(now_ms),
        }
    }

    /// Whether a worker that has begun may end: none waits for its place.
    pub fn may_end(&self, now_ms: f64) -> bool {
        let is_starting = |since_ms: &f64| now_ms - since_ms < MOST_STARTING_MS;
        self.waiting == 0 && !self.starting.values().any(is_starting)
    }

    /// How long until workers may be asked for, in ms: all places that can be free are.
    pub fn free_in_ms(&self, now_ms: f64) -> f64 {
        self.ended_ms.map_or(0.0, |ended_ms| (ended_ms + FREE_MS - now_ms).clamp(0.0, FREE_MS))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_worker_ends_while_another_waits_for_its_place() {
        let mut places = Places::default();
        assert!(places.may_end(0.0));
        assert_eq!(places.ask(3), Some(WorkerNews::Starting));
        assert_eq!(places.ask(2), None);
        assert_eq!(places.settle(4), None);
        assert!(!places.may_end(0.0));
        assert_eq!(places.settle(1), Some(WorkerNews::Settled));
        assert!(places.may_end(0.0));
    }

    #[test]
    fn no_worker_ends_while_one_of_another_page_waits() {
        let mut places = Places::default();
        places.hear("a", WorkerNews::Starting, 0.0);
        places.hear("b", WorkerNews::Starting, 100.0);
        assert!(!places.may_end(200.0));
        places.hear("a", WorkerNews::Settled, 300.0);
        assert!(!places.may_end(300.0));
        places.hear("b", WorkerNews::Settled, 400.0);
        assert!(places.may_end(400.0));
        // A page that was closed says nothing any more.
        places.hear("c", WorkerNews::Starting, 500.0);
        assert!(places.may_end(500.0 + MOST_STARTING_MS));
    }

    #[test]
    fn none_starts_before_the_places_of_those_that_ended_are_free() {
        let mut places = Places::default();
        assert_eq!(places.free_in_ms(0.0), 0.0);
        assert_eq!(places.end(1_000.0), WorkerNews::Ended);
        assert_eq!(places.free_in_ms(1_100.0), FREE_MS - 100.0);
        assert_eq!(places.free_in_ms(1_400.0), 0.0);
        places.hear("a", WorkerNews::Ended, 1_500.0);
        assert_eq!(places.free_in_ms(1_500.0), FREE_MS);
    }

    #[test]
    fn words_are_read_back() {
        for said in WorkerNews::ALL {
            assert_eq!(WorkerNews::from_word(said.word()), Some(said));
        }
        assert_eq!(WorkerNews::from_word("else"), None);
    }
}
