//! What a bounded queue between two stages holds, and what that was when. Whoever has to wait does
//! so elsewhere: a thread in [`super::bounded_queue`], the page's event loop in
//! `executors/page_queue.rs`.

use serde::{Deserialize, Serialize};
use std::collections::VecDeque;

/// How many items a queue held from a moment on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DepthChange {
    /// From when, in ms.
    pub at_ms: f64,
    /// How many items.
    pub depth: u32,
}

/// What whoever takes from a queue gets at the moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken<T> {
    /// The next item.
    Item(T),
    /// Nothing yet.
    Nothing,
    /// Nothing any more: the queue is closed, and empty.
    Ended,
}

/// What a queue holds.
#[derive(Debug)]
pub struct QueueState<T> {
    items: VecDeque<T>,
    bound: usize,
    /// Whether nothing is taken before the queue is closed: one stage after the other.
    holds_back: bool,
    is_closed: bool,
    /// How deep it was when; `None` where nobody wants to know.
    changes: Option<Vec<DepthChange>>,
}

impl<T> QueueState<T> {
    /// An empty queue with room for `bound` items.
    pub fn streaming(bound: usize) -> Self {
        Self::new(bound, false)
    }

    /// An empty queue with room for all `items` there are, of which nothing is taken before it is
    /// closed.
    pub fn holding_back(items: usize) -> Self {
        Self::new(items, true)
    }

    fn new(bound: usize, holds_back: bool) -> Self {
        let bound = bound.max(1);
        let (items, changes) = (VecDeque::new(), Some(Vec::new()));
        Self { items, bound, holds_back, is_closed: false, changes }
    }

    /// The same, which notes how deep it is when, or does not.
    pub fn noting(self, notes: bool) -> Self {
        Self { changes: notes.then(Vec::new), ..self }
    }

    /// Whether an item could be put in.
    pub fn has_room(&self) -> bool {
        self.items.len() < self.bound
    }

    /// How many items are in it.
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no item in it.
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// Puts an item in, where there is room; gives it back where there is none, or nobody would take
    /// it any more. `now_ms` is asked where that is noted.
    ///
    /// # Errors
    /// The item.
    pub fn put(&mut self, item: T, now_ms: impl Fn() -> f64) -> Result<(), T> {
        if self.is_closed || !self.has_room() {
            return Err(item);
        }
        self.items.push_back(item);
        self.note(now_ms);
        Ok(())
    }

    /// Takes the item that has been in it for longest. `now_ms` is asked where that is noted.
    pub fn take(&mut self, now_ms: impl Fn() -> f64) -> Taken<T> {
        if self.holds_back && !self.is_closed {
            return Taken::Nothing;
        }
        match self.items.pop_front() {
            Some(item) => {
                self.note(now_ms);
                Taken::Item(item)
            }
            None if self.is_closed => Taken::Ended,
            None => Taken::Nothing,
        }
    }

    /// Puts nothing in any more. What is in it can still be taken.
    pub fn close(&mut self) {
        self.is_closed = true;
    }

    /// Whether nothing is put in any more.
    pub fn is_closed(&self) -> bool {
        self.is_closed
    }

    /// How deep it was when, since this was last asked.
    pub fn changes(&mut self) -> Vec<DepthChange> {
        self.changes.as_mut().map(std::mem::take).unwrap_or_default()
    }

    fn note(&mut self, now_ms: impl Fn() -> f64) {
        if let Some(changes) = &mut self.changes {
            changes.push(DepthChange { at_ms: now_ms(), depth: self.items.len() as u32 });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_come_out_in_the_order_in_which_they_went_in() {
        let mut queue = QueueState::streaming(2);
        assert_eq!(queue.take(|| 0.0), Taken::Nothing);
        assert_eq!(queue.put('a', || 1.0), Ok(()));
        assert_eq!(queue.put('b', || 2.0), Ok(()));
        assert_eq!(queue.put('c', || 3.0), Err('c'));
        assert_eq!(queue.take(|| 4.0), Taken::Item('a'));
        queue.close();
        assert_eq!(queue.put('c', || 5.0), Err('c'));
        assert_eq!(queue.take(|| 6.0), Taken::Item('b'));
        assert_eq!(queue.take(|| 7.0), Taken::Ended);
        assert_eq!(queue.take(|| 7.0), Taken::Ended);
        let changes = queue.changes().into_iter().map(|change| (change.at_ms, change.depth));
        assert_eq!(changes.collect::<Vec<_>>(), [(1.0, 1), (2.0, 2), (4.0, 1), (6.0, 0)]);
        assert_eq!(queue.changes(), []);
    }

    #[test]
    fn one_stage_after_the_other_takes_nothing_before_the_end() {
        let mut queue = QueueState::holding_back(2);
        assert_eq!((queue.put(1, || 0.0), queue.put(2, || 0.0)), (Ok(()), Ok(())));
        assert_eq!(queue.take(|| 1.0), Taken::Nothing);
        queue.close();
        assert_eq!((queue.take(|| 2.0), queue.take(|| 2.0)), (Taken::Item(1), Taken::Item(2)));
        assert_eq!(queue.take(|| 3.0), Taken::Ended);
    }
}
