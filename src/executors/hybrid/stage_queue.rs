//! The queue between the two stages, wherever it is.

use super::Gathering;
use super::thread_stages::ThreadStages;
use crate::browser::clock::BrowserClock;
use crate::executors::page_queue::PageQueue;
use crate::failure::Result;
use crate::measure::queue_depth::QueueDepth;
use crate::measure::{Clock, Phase};
use crate::sync::queue_state::QueueState;

/// A task, and what was waited for.
pub type Item = (usize, Vec<u8>);

/// The queue.
pub enum StageQueue<'a> {
    /// On the page, with its bound.
    OnPage(PageQueue<Item>, u32),
    /// In the memory that threads share.
    InPool(&'a ThreadStages),
}

fn now_ms() -> f64 {
    BrowserClock.now_ms()
}

impl StageQueue<'_> {
    /// A queue on the page: with room for `queue_max` of the `tasks` items, or for all of them, where
    /// none is taken before the last is there.
    pub fn on_page(queue_max: Option<u32>, tasks: usize) -> Self {
        match queue_max {
            Some(bound) => {
                Self::OnPage(PageQueue::new(QueueState::streaming(bound as usize)), bound)
            }
            None => Self::OnPage(PageQueue::new(QueueState::holding_back(tasks)), tasks as u32),
        }
    }

    /// Waits for room and puts an item in.
    ///
    /// # Errors
    /// Whatever befell the threads whose memory it is in.
    pub async fn put(&self, item: Item, gathering: &Gathering) -> Result<()> {
        let (task, start_ms) = (item.0, now_ms());
        match self {
            Self::OnPage(queue, _) => drop(queue.put(item, now_ms).await),
            Self::InPool(threads) => threads.put(item, gathering).await?,
        }
        if now_ms() > start_ms {
            gathering.since(Phase::QueueWait, task, start_ms);
        }
        Ok(())
    }

    /// Waits for an item and takes it; `None` after the last.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub async fn take(&self) -> Result<Option<Item>> {
        match self {
            Self::OnPage(queue, _) => Ok(queue.take(now_ms).await),
            Self::InPool(threads) => threads.take().await,
        }
    }

    /// Nothing is put in any more by the page.
    pub fn close(&self) {
        match self {
            Self::OnPage(queue, _) => queue.close(),
            // Its threads do so when they end.
            Self::InPool(_) => {}
        }
    }

    /// Adds how deep it was to what is known of the computations before.
    pub fn note_depth(&self, known: &mut Option<QueueDepth>) {
        if let Self::OnPage(queue, bound) = self {
            let known = known.get_or_insert(QueueDepth { bound: *bound, changes: Vec::new() });
            known.changes.extend(queue.changes());
        }
    }
}
