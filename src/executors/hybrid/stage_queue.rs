//! The queue between the two stages, wherever it is.

use super::gathering::Gathering;
use super::thread_stages::ThreadStages;
use crate::browser::clock::BrowserClock;
use crate::executors::page_queue::PageQueue;
use crate::failure::Result;
use crate::measure::queue_depth::QueueDepth;
use crate::measure::{Clock, Phase};
use crate::protocol::stages::Item;
use crate::sync::queue_state::QueueState;

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
    /// none is taken before the last is there. How deep it is when is noted where `spans` are.
    pub fn on_page(queue_max: Option<u32>, tasks: usize, spans: bool) -> Self {
        let (state, bound) = match queue_max {
            Some(bound) => (QueueState::streaming(bound as usize), bound),
            None => (QueueState::holding_back(tasks), tasks as u32),
        };
        Self::OnPage(PageQueue::new(state.noting(spans)), bound)
    }

    /// Waits for room and puts an item in.
    ///
    /// # Errors
    /// Whatever befell the threads whose memory it is in.
    pub async fn put(&self, item: Item, gathering: &Gathering) -> Result<()> {
        match self {
            Self::OnPage(queue, _) => {
                let (task, start_ms) = (item.task, now_ms());
                // It is refused only once it is closed, which comes after the last.
                queue.put(item, now_ms).await;
                let end_ms = now_ms();
                if end_ms > start_ms {
                    let mut page = gathering.page.borrow_mut();
                    page.span(Phase::QueueWait, task, start_ms, end_ms);
                }
                Ok(())
            }
            Self::InPool(threads) => threads.put(item, gathering).await,
        }
    }

    /// Waits for an item and takes it, `None` after the last; also when it was there, in ms.
    ///
    /// # Errors
    /// As [`Self::put`].
    pub async fn take(&self, gathering: &Gathering) -> Result<(Option<Item>, f64)> {
        match self {
            Self::OnPage(queue, _) => {
                let item = queue.take(now_ms).await;
                Ok((item, now_ms()))
            }
            Self::InPool(threads) => threads.take(gathering).await,
        }
    }

    /// Nothing is put in any more by the page.
    pub fn close(&self) {
        match self {
            Self::OnPage(queue, _) => queue.close(),
            // It is closed when the page has the stages end, or by its own first stage.
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
