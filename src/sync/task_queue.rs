//! The queue that the threads of a pool take their tasks from: one counter in
//! shared memory.

use std::ops::Range;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};

/// Where nobody says how many tasks are taken at a time, each thread comes at least so
/// many times: often enough to share out evenly, and not so often that the counter
/// counts.
const TAKEN_EACH: usize = 64;

/// Hands out `0..len` in chunks, each exactly once, to any number of threads.
#[derive(Debug)]
pub struct TaskQueue<'a> {
    next: AtomicUsize,
    len: usize,
    chunk: usize,
    /// Anything but 0 once nobody wants the tasks any more.
    stop: &'a AtomicU32,
}

impl<'a> TaskQueue<'a> {
    /// A queue of `len` tasks for so many `takers`, handed out `chunk` at a time until
    /// `stop` is set; as many at a time as go well together where that is 0.
    pub fn new(len: usize, takers: usize, chunk: usize, stop: &'a AtomicU32) -> Self {
        let together = len / (TAKEN_EACH * takers.max(1));
        let chunk = if chunk > 0 { chunk } else { together.max(1) };
        Self { next: AtomicUsize::new(0), len, chunk, stop }
    }

    /// The next tasks, in order; `None` once there are none left.
    pub fn take(&self) -> Option<Range<usize>> {
        if self.is_stopped() {
            return None;
        }
        // The counter says who got what and nothing else: what the tasks read was
        // written before the threads were told to begin.
        let start = self.next.fetch_add(self.chunk, Ordering::Relaxed);
        (start < self.len).then(|| start..(start + self.chunk).min(self.len))
    }

    /// Hands out everything again. Nobody takes tasks meanwhile.
    pub fn restart(&self) {
        self.next.store(0, Ordering::Relaxed);
    }

    /// How often tasks can be taken, in all.
    pub fn chunks(&self) -> usize {
        self.len.div_ceil(self.chunk)
    }

    /// Whether nobody wants the tasks any more.
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) != 0
    }

    /// Hands out nothing more, for when a task has failed.
    pub fn close(&self) {
        self.next.fetch_max(self.len, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(32))]

        #[test]
        fn every_task_is_handed_out_once(len in 0usize..500, chunk in 0usize..20, threads in 1usize..6) {
            let stop = AtomicU32::new(0);
            let queue = TaskQueue::new(len, threads, chunk, &stop);
            let taken = std::thread::scope(|scope| {
                let takers: Vec<_> = (0..threads)
                    .map(|_| scope.spawn(|| std::iter::from_fn(|| queue.take()).flatten().collect::<Vec<_>>()))
                    .collect();
                takers.into_iter().flat_map(|taker| taker.join().expect("takes")).collect::<Vec<_>>()
            });
            let mut taken = taken;
            taken.sort_unstable();
            prop_assert!(taken.into_iter().eq(0..len));
        }
    }

    #[test]
    fn a_closed_queue_hands_out_nothing() {
        let stop = AtomicU32::new(0);
        let queue = TaskQueue::new(10, 2, 3, &stop);
        assert_eq!(queue.take(), Some(0..3));
        queue.close();
        assert_eq!(queue.take(), None);
    }

    #[test]
    fn a_queue_that_starts_again_hands_out_everything_again() {
        let stop = AtomicU32::new(0);
        let queue = TaskQueue::new(10, 2, 3, &stop);
        for _ in 0..2 {
            let taken = std::iter::from_fn(|| queue.take());
            assert_eq!(taken.count(), queue.chunks());
            queue.restart();
        }
        assert_eq!(queue.take(), Some(0..3));
    }

    #[test]
    fn a_stopped_queue_hands_out_nothing() {
        let stop = AtomicU32::new(0);
        let queue = TaskQueue::new(10, 2, 3, &stop);
        assert_eq!(queue.take(), Some(0..3));
        stop.store(1, Ordering::Relaxed);
        assert_eq!(queue.take(), None);
    }
}
