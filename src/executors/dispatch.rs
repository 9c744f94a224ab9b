//! Which process gets what next: a state machine that message handlers drive.

use std::ops::Range;

/// Below this time per chunk, in ms, a worker is sent its next chunk while it
/// still computes one, so that it need not idle while a message travels (some
/// 0.1 ms each way). Above it the wait is lost in the work, and a chunk that waits
/// behind another could have been taken up by a worker with nothing to do.
const PREFETCH_BELOW_MS: f64 = 5.0;

/// As long as there are more chunks left than this many for each worker, short ones
/// go in pairs: half the messages for the same work, and still enough at the end to
/// share out evenly.
const PAIRS_ABOVE: usize = 4;

/// Tasks to hand to a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The worker's index.
    pub worker: usize,
    /// The tasks.
    pub tasks: Range<usize>,
}

/// Hands out the tasks of one sample.
#[derive(Debug)]
pub struct Dispatcher {
    tasks: usize,
    chunk: usize,
    next: usize,
    done: usize,
    /// Chunks that each worker has and has not answered.
    in_flight: Vec<usize>,
    /// What the answered tasks took together, in ms.
    done_ms: f64,
}

impl Dispatcher {
    /// Hands `tasks` out to `workers`, `chunk` at a time.
    pub fn new(tasks: usize, workers: usize, chunk: usize) -> Self {
        Self {
            tasks,
            chunk: chunk.max(1),
            next: 0,
            done: 0,
            in_flight: vec![0; workers],
            done_ms: 0.0,
        }
    }

    /// What to hand out at the start: one chunk to each worker.
    pub fn begin(&mut self) -> Vec<Assignment> {
        (0..self.in_flight.len()).filter_map(|worker| self.assign(worker)).collect()
    }

    /// Notes that `worker` answered `tasks` tasks after `took_ms`, and says what
    /// to hand to it next: nothing, one chunk, or one and one in advance.
    pub fn answered(&mut self, worker: usize, tasks: usize, took_ms: f64) -> Vec<Assignment> {
        self.done += tasks;
        self.done_ms += took_ms;
        if let Some(chunks) = self.in_flight.get_mut(worker) {
            *chunks = chunks.saturating_sub(1);
        }
        let mut assignments = Vec::new();
        while self.in_flight.get(worker).is_some_and(|chunks| *chunks < self.depth()) {
            match self.assign(worker) {
                Some(assignment) => assignments.push(assignment),
                None => break,
            }
        }
        assignments
    }

    /// Whether every task has been answered.
    pub fn is_finished(&self) -> bool {
        self.done >= self.tasks
    }

    /// Chunks that a worker may hold: two where they are short and there are
    /// enough left that nobody will wait for the last ones.
    fn depth(&self) -> usize {
        if self.is_short() && self.chunks_left() > self.in_flight.len() { 2 } else { 1 }
    }

    /// Whether a chunk takes so little that its way counts. Nobody knows before the
    /// first answer.
    fn is_short(&self) -> bool {
        self.done_ms * (self.chunk as f64) < PREFETCH_BELOW_MS * self.done as f64
    }

    fn chunks_left(&self) -> usize {
        (self.tasks - self.next).div_ceil(self.chunk)
    }

    fn assign(&mut self, worker: usize) -> Option<Assignment> {
        let pair = self.is_short() && self.chunks_left() > PAIRS_ABOVE * self.in_flight.len();
        let size = if pair { 2 * self.chunk } else { self.chunk };
        let tasks = self.next..(self.next + size).min(self.tasks);
        if tasks.is_empty() {
            return None;
        }
        self.next = tasks.end;
        *self.in_flight.get_mut(worker)? += 1;
        Some(Assignment { worker, tasks })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        /// Whoever answers when: each task is handed out once, and the work ends.
        #[test]
        fn every_task_is_handed_out_once(
            tasks in 1usize..300, workers in 1usize..9, chunk in 1usize..20,
            answers in prop::collection::vec((any::<prop::sample::Index>(), 0.01f64..20.0), 600),
        ) {
            let mut dispatcher = Dispatcher::new(tasks, workers, chunk);
            let mut waiting = dispatcher.begin();
            let mut handed_out: Vec<_> = waiting.iter().flat_map(|a| a.tasks.clone()).collect();
            for (which, took_ms) in answers {
                if waiting.is_empty() {
                    break;
                }
                let answered = waiting.remove(which.index(waiting.len()));
                let next = dispatcher.answered(answered.worker, answered.tasks.len(), took_ms);
                handed_out.extend(next.iter().flat_map(|a| a.tasks.clone()));
                waiting.extend(next);
            }
            prop_assert!(dispatcher.is_finished());
            handed_out.sort_unstable();
            prop_assert!(handed_out.into_iter().eq(0..tasks));
        }
    }

    #[test]
    fn short_chunks_are_sent_in_advance() {
        let mut dispatcher = Dispatcher::new(100, 2, 1);
        assert_eq!(dispatcher.begin().len(), 2);
        assert_eq!(dispatcher.answered(0, 1, 0.5).len(), 2);
        assert_eq!(dispatcher.answered(0, 1, 0.5).len(), 1);
    }

    #[test]
    fn short_chunks_go_in_pairs_while_there_are_many() {
        let mut dispatcher = Dispatcher::new(14, 2, 1);
        assert!(dispatcher.begin().iter().all(|first| first.tasks.len() == 1));
        let next: Vec<_> = dispatcher.answered(0, 1, 0.5).into_iter().map(|a| a.tasks).collect();
        assert_eq!(next, [2..4, 4..6]);
        let next: Vec<_> = dispatcher.answered(1, 1, 0.5).into_iter().map(|a| a.tasks).collect();
        assert_eq!(next, [6..7, 7..8]);
    }

    #[test]
    fn long_chunks_are_not() {
        let mut dispatcher = Dispatcher::new(100, 2, 1);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, 300.0).len(), 1);
    }

    #[test]
    fn the_last_chunks_are_left_to_whoever_is_free() {
        let mut dispatcher = Dispatcher::new(6, 2, 1);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, 0.5).len(), 2);
        assert_eq!(dispatcher.answered(0, 1, 0.5).len(), 0);
        assert_eq!(dispatcher.answered(1, 1, 0.5), [Assignment { worker: 1, tasks: 4..5 }]);
    }

    #[test]
    fn fewer_tasks_than_workers_leave_some_idle() {
        let mut dispatcher = Dispatcher::new(2, 5, 1);
        assert_eq!(dispatcher.begin().len(), 2);
    }
}
