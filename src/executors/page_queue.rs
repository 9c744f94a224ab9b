//! The queue between two stages that both meet on the page's event loop, as Python's
//! `asyncio.Queue` with a `maxsize` is: who puts waits while it is full, who takes waits while it is
//! empty, and others have their turns meanwhile.

use crate::sync::queue_state::{DepthChange, QueueState, Taken};
use std::cell::RefCell;
use std::future::poll_fn;
use std::task::{Poll, Waker};

/// The queue of one computation.
#[derive(Debug)]
pub struct PageQueue<T> {
    state: RefCell<QueueState<T>>,
    /// Who waits for a change.
    waiting: RefCell<Vec<Waker>>,
}

impl<T> PageQueue<T> {
    /// A queue that begins as `state`.
    pub fn new(state: QueueState<T>) -> Self {
        Self { state: RefCell::new(state), waiting: RefCell::default() }
    }

    /// Waits for room and puts `item` in; whether it did. It does not where the queue is closed.
    /// `now_ms` is asked when that happens.
    pub async fn put(&self, item: T, now_ms: impl Fn() -> f64) -> bool {
        let mut item = Some(item);
        poll_fn(|context| {
            let Some(next) = item.take() else { return Poll::Ready(true) };
            let mut state = self.state.borrow_mut();
            match state.put(next, &now_ms) {
                Ok(()) => {
                    self.wake();
                    Poll::Ready(true)
                }
                Err(_) if state.is_closed() => Poll::Ready(false),
                Err(refused) => {
                    item = Some(refused);
                    self.wait(context.waker());
                    Poll::Pending
                }
            }
        })
        .await
    }

    /// Waits for an item and takes it; `None` once there will be none. `now_ms` is asked when that
    /// happens.
    pub async fn take(&self, now_ms: impl Fn() -> f64) -> Option<T> {
        poll_fn(|context| match self.state.borrow_mut().take(&now_ms) {
            Taken::Item(item) => {
                self.wake();
                Poll::Ready(Some(item))
            }
            Taken::Ended => Poll::Ready(None),
            Taken::Nothing => {
                self.wait(context.waker());
                Poll::Pending
            }
        })
        .await
    }

    /// Puts nothing in any more: who takes gets what is left, and then the end.
    pub fn close(&self) {
        self.state.borrow_mut().close();
        self.wake();
    }

    /// How deep it was when, since this was last asked.
    pub fn changes(&self) -> Vec<DepthChange> {
        self.state.borrow_mut().changes()
    }

    fn wait(&self, waker: &Waker) {
        self.waiting.borrow_mut().push(waker.clone());
    }

    fn wake(&self) {
        for waker in self.waiting.take() {
            waker.wake();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::cell::Cell;
    use std::pin::Pin;
    use std::task::Context;

    type Stage<'a> = Pin<Box<dyn Future<Output = ()> + 'a>>;

    /// Gives `stages` turns in this order until all are done; whether that is so after all turns and
    /// as many more as could be needed.
    fn run(mut stages: Vec<Stage>, order: &[usize]) -> bool {
        let mut context = Context::from_waker(Waker::noop());
        let rounds = (0..stages.len()).cycle().take(1_000);
        for at in order.iter().copied().chain(rounds) {
            let at = at % stages.len().max(1);
            if stages.get_mut(at).is_some_and(|one| one.as_mut().poll(&mut context).is_ready()) {
                drop(stages.remove(at));
            }
        }
        stages.is_empty()
    }

    proptest! {
        /// Whoever has a turn when: no item is lost or taken twice, the queue is never deeper than
        /// its bound, and everyone comes to an end.
        #[test]
        fn items_flow_from_stage_to_stage(
            producers in 1usize..4, each in 0usize..5, consumers in 1usize..4, bound in 1usize..4,
            streams: bool, order in prop::collection::vec(0usize..8, 0..60),
        ) {
            let all = producers * each;
            let state = if streams { QueueState::streaming(bound) } else { QueueState::holding_back(all) };
            let (queue, left) = (PageQueue::new(state), Cell::new(producers));
            let taken = RefCell::new(Vec::new());
            let mut stages: Vec<Stage> = Vec::new();
            for producer in 0..producers {
                let (queue, left) = (&queue, &left);
                stages.push(Box::pin(async move {
                    for item in 0..each {
                        assert!(queue.put(producer * each + item, || 0.0).await);
                    }
                    left.set(left.get() - 1);
                    if left.get() == 0 {
                        queue.close();
                    }
                }));
            }
            for _ in 0..consumers {
                stages.push(Box::pin(async {
                    while let Some(item) = queue.take(|| 0.0).await {
                        taken.borrow_mut().push(item);
                    }
                }));
            }
            prop_assert!(run(stages, &order));
            let mut taken = taken.into_inner();
            taken.sort_unstable();
            prop_assert!(taken.into_iter().eq(0..all));
            let most = if streams { bound } else { all.max(1) };
            prop_assert!(queue.changes().iter().all(|change| change.depth as usize <= most));
        }
    }
}
