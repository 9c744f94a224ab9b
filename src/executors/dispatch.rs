//! Which process gets what next: a state machine that message handlers drive.

use std::ops::Range;

/// A worker holds messages for so much work, in ms, that it need not idle while the
/// next travels (some 0.1 ms each way). More is of no use: what waits behind other
/// work could have been taken up by a worker with nothing to do.
const AHEAD_MS: f64 = 1.0;
/// Most messages that a worker may hold.
const MOST_AHEAD: usize = 32;

/// Where nobody says how many tasks go into a message, so many that their work lasts
/// this long, in ms: then what the message costs does not count.
const MESSAGE_MS: f64 = 0.5;
/// And at most so many that this many messages are left for each worker, so that the
/// last ones are shared out evenly.
const MESSAGES_LEFT: usize = 8;

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
    /// Tasks in a message; 0 for as many as go well together.
    chunk: usize,
    next: usize,
    done: usize,
    /// Messages that each worker has and has not answered.
    in_flight: Vec<usize>,
    /// What the answered tasks took together, in ms.
    done_ms: f64,
    /// What each took in the last answer, in ms.
    last_ms: f64,
}

impl Dispatcher {
    /// Hands `tasks` out to `workers`, `chunk` at a time; as many at a time as go well
    /// together where that is 0.
    pub fn new(tasks: usize, workers: usize, chunk: usize) -> Self {
        Self {
            tasks,
            chunk,
            next: 0,
            done: 0,
            in_flight: vec![0; workers],
            done_ms: 0.0,
            last_ms: 0.0,
        }
    }

    /// What to hand out at the start: one message to each worker.
    pub fn begin(&mut self) -> Vec<Assignment> {
        (0..self.in_flight.len()).filter_map(|worker| self.assign(worker)).collect()
    }

    /// Notes that `worker` answered `tasks` tasks after `took_ms`, and says what to
    /// hand to it next: nothing, one message, or more in advance.
    pub fn answered(&mut self, worker: usize, tasks: usize, took_ms: f64) -> Vec<Assignment> {
        self.done += tasks;
        self.done_ms += took_ms;
        self.last_ms = took_ms / tasks.max(1) as f64;
        if let Some(messages) = self.in_flight.get_mut(worker) {
            *messages = messages.saturating_sub(1);
        }
        let mut assignments = Vec::new();
        while self.in_flight.get(worker).is_some_and(|messages| *messages < self.depth()) {
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

    /// Messages that a worker may hold: more than one where they are short and there are
    /// enough left that nobody will wait for the last ones.
    fn depth(&self) -> usize {
        let left = self.left().div_ceil(self.message() * self.in_flight.len().max(1));
        let wanted = AHEAD_MS / (self.task_ms() * self.message() as f64);
        (wanted.ceil() as usize).min(left).clamp(1, MOST_AHEAD)
    }

    /// What a task takes, in ms, as far as is known: the mean, or what those of the last
    /// answer took if that is more, as work may grow heavier on its way. Nobody knows
    /// before the first answer.
    fn task_ms(&self) -> f64 {
        if self.done == 0 {
            return f64::INFINITY;
        }
        self.last_ms.max(self.done_ms / self.done as f64)
    }

    fn left(&self) -> usize {
        self.tasks - self.next
    }

    /// Tasks in the next message.
    fn message(&self) -> usize {
        if self.chunk > 0 {
            return self.chunk;
        }
        let fair = self.left() / (MESSAGES_LEFT * self.in_flight.len().max(1));
        ((MESSAGE_MS / self.task_ms()) as usize).min(fair).max(1)
    }

    fn assign(&mut self, worker: usize) -> Option<Assignment> {
        let tasks = self.next..(self.next + self.message()).min(self.tasks);
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
            tasks in 1usize..300, workers in 1usize..9, chunk in 0usize..20,
            answers in prop::collection::vec((any::<prop::sample::Index>(), 0.0f64..20.0), 600),
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
    fn short_messages_are_sent_in_advance() {
        let mut dispatcher = Dispatcher::new(100, 2, 1);
        assert_eq!(dispatcher.begin().len(), 2);
        assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 10);
        assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 1);
    }

    #[test]
    fn a_worker_holds_only_so_many() {
        let mut dispatcher = Dispatcher::new(10_000, 2, 1);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, 0.0).len(), MOST_AHEAD);
    }

    #[test]
    fn the_size_of_a_message_is_as_said() {
        let mut dispatcher = Dispatcher::new(100, 2, 7);
        assert!(dispatcher.begin().iter().all(|first| first.tasks.len() == 7));
        assert!(dispatcher.answered(0, 7, 0.1).iter().all(|next| next.tasks.len() == 7));
    }

    #[test]
    fn unless_said_short_tasks_go_together_while_there_are_many() {
        let mut dispatcher = Dispatcher::new(10_000, 2, 0);
        assert!(dispatcher.begin().iter().all(|first| first.tasks.len() == 1));
        let next = dispatcher.answered(0, 1, 0.01);
        assert_eq!(next[0].tasks, 2..52);
        // The shorter they turn out to be, the more; as soon as one is heavier, fewer.
        assert_eq!(dispatcher.answered(1, 1, 0.0)[0].tasks.len(), 100);
        assert_eq!(dispatcher.answered(1, 100, 50.0)[0].tasks.len(), 1);
    }

    #[test]
    fn long_tasks_go_one_by_one() {
        for chunk in [0, 1] {
            let mut dispatcher = Dispatcher::new(100, 2, chunk);
            dispatcher.begin();
            let next = dispatcher.answered(0, 1, 300.0);
            assert_eq!((next.len(), next[0].tasks.len()), (1, 1));
        }
    }

    #[test]
    fn the_last_ones_are_left_to_whoever_is_free() {
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
