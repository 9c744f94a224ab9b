//! Which process gets what next: a state machine that message handlers drive.

use std::ops::Range;

/// Behind the message that a worker is at, it holds others for so much work, in ms, that
/// it need not idle while the next travels: some 0.1 ms each way, and longer where its
/// own work keeps the page from its core.
const AHEAD_MS: f64 = 1.0;
/// What takes longer than this, in ms, is not sent in advance: there is little to gain,
/// and what waits behind it could have been taken up by a worker with nothing to do.
const LONG_MS: f64 = 25.0;
/// Most messages that a worker may hold in advance.
const MOST_AHEAD: usize = 32;

/// Where nobody says how many tasks go into a message, as many as last this long, in ms:
/// beside that, what a message costs is little.
const SHORT_MS: f64 = 0.5;
/// Where the last message lasted longer, the next may have twice its tasks, as long as
/// they last no longer than this, in ms: both sides and the browser between them take some
/// 0.3 ms for a message, which on a machine with no core to spare comes off the work.
const MESSAGE_MS: f64 = 16.0;
/// What a worker is given in advance, or together, lasts no longer than a worker's share
/// of the work that is left, divided by this, even if all of it is as heavy as the
/// heaviest so far: what is left can then still even it out.
const CAUTION: f64 = 2.0;
/// A message that took at least this long, in ms, says how heavy tasks may be; what took
/// less may have been disturbed by something else.
const TELLING_MS: f64 = 5.0;
/// How much of the heaviest is still thought possible after each message that was lighter.
const REMEMBERED: f64 = 0.9;

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
    /// Tasks in the largest message so far.
    largest: usize,
    /// What the answered tasks took together, in ms.
    done_ms: f64,
    /// Tasks in the last answer.
    last: usize,
    /// What each of those took, in ms.
    last_ms: f64,
    /// What the heaviest took, as far as it is remembered, in ms.
    heaviest_ms: f64,
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
            largest: 0,
            done_ms: 0.0,
            last: 0,
            last_ms: 0.0,
            heaviest_ms: 0.0,
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
        self.last = tasks;
        self.last_ms = took_ms / tasks.max(1) as f64;
        self.heaviest_ms *= REMEMBERED;
        if took_ms >= TELLING_MS {
            self.heaviest_ms = self.heaviest_ms.max(self.last_ms);
        }
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

    /// For how long nothing need be heard from anybody, in ms, where a task may take
    /// `task_ms`: a worker speaks only after all tasks of a message. Never more than
    /// `most_ms`.
    pub fn silence_ms(&self, task_ms: u32, most_ms: u32) -> u32 {
        task_ms.saturating_mul(self.largest.max(1) as u32).min(most_ms)
    }

    /// Messages that a worker may hold: the one that it is at, and those in advance.
    fn depth(&self) -> usize {
        let message = self.message();
        let message_ms = self.task_ms() * message as f64;
        if message_ms > LONG_MS {
            return 1;
        }
        let wanted = (AHEAD_MS / message_ms).ceil() as usize;
        wanted.min(MOST_AHEAD).saturating_add(1).min(self.share() / message).max(1)
    }

    /// What a task takes, in ms, as far as is known: the mean, or what those of the last
    /// answer took if that is more, as work may grow heavier on its way. Nobody knows
    /// before the first answer.
    fn task_ms(&self) -> f64 {
        self.last_ms.max(self.mean_ms())
    }

    /// What those that were answered took, in ms.
    fn mean_ms(&self) -> f64 {
        if self.done == 0 { f64::INFINITY } else { self.done_ms / self.done as f64 }
    }

    fn left(&self) -> usize {
        self.tasks - self.next
    }

    /// Tasks that a worker may hold.
    fn share(&self) -> usize {
        let lightness = self.mean_ms() / self.task_ms().max(self.heaviest_ms);
        // Before the first answer, and where no clock saw anything, all are alike.
        let lightness = if lightness.is_nan() { 1.0 } else { lightness };
        let left = self.left() as f64 / self.in_flight.len().max(1) as f64;
        (left * lightness / CAUTION) as usize
    }

    /// Tasks in the next message.
    fn message(&self) -> usize {
        if self.chunk > 0 {
            return self.chunk;
        }
        let lasting = |ms: f64| (ms / self.task_ms()) as usize;
        let wanted = lasting(SHORT_MS).max(lasting(MESSAGE_MS).min(2 * self.last));
        // One to be at, and one in advance.
        wanted.min(self.share() / 2).max(1)
    }

    fn assign(&mut self, worker: usize) -> Option<Assignment> {
        let tasks = self.next..(self.next + self.message()).min(self.tasks);
        if tasks.is_empty() {
            return None;
        }
        self.next = tasks.end;
        *self.in_flight.get_mut(worker)? += 1;
        self.largest = self.largest.max(tasks.len());
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
            tasks in 1usize..300, workers in 1usize..40, chunk in 0usize..20,
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
        let mut dispatcher = Dispatcher::new(1_000, 2, 1);
        assert_eq!(dispatcher.begin().len(), 2);
        assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 11);
        assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 1);
    }

    #[test]
    fn a_worker_holds_only_so_many() {
        let mut dispatcher = Dispatcher::new(10_000, 2, 1);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, 0.0).len(), 1 + MOST_AHEAD);
    }

    #[test]
    fn the_size_of_a_message_is_as_said() {
        let mut dispatcher = Dispatcher::new(100, 2, 7);
        assert!(dispatcher.begin().iter().all(|first| first.tasks.len() == 7));
        let next: Vec<_> = dispatcher.answered(0, 7, 0.1).iter().map(|a| a.tasks.len()).collect();
        assert!(next.len() > 1 && next.iter().all(|tasks| *tasks == 7), "{next:?}");
    }

    #[test]
    fn unless_said_short_tasks_go_together_while_there_are_many() {
        let mut dispatcher = Dispatcher::new(10_000, 2, 0);
        assert!(dispatcher.begin().iter().all(|first| first.tasks.len() == 1));
        let next = dispatcher.answered(0, 1, 0.01);
        assert_eq!(next[0].tasks, 2..52);
        // The shorter they turn out to be, the more; as soon as one is heavier, fewer.
        assert_eq!(dispatcher.answered(1, 1, 0.0)[0].tasks.len(), 100);
        assert!(dispatcher.answered(1, 100, 50.0).is_empty());
        assert_eq!(dispatcher.answered(1, 100, 50.0)[0].tasks.len(), 32);
    }

    #[test]
    fn messages_grow_as_long_as_they_do_not_take_long() {
        let mut dispatcher = Dispatcher::new(1_000, 1, 0);
        dispatcher.begin();
        let mut next =
            |tasks: usize| dispatcher.answered(0, tasks, 3.5 * tasks as f64)[0].tasks.len();
        assert_eq!([next(1), next(2), next(4)], [2, 4, 4]);
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
    fn a_worker_has_the_next_one_before_it_is_done() {
        let mut dispatcher = Dispatcher::new(100, 2, 1);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, LONG_MS / 2.0).len(), 2);
        assert_eq!(dispatcher.answered(0, 1, LONG_MS / 2.0).len(), 1);
    }

    #[test]
    fn the_last_ones_are_left_to_whoever_is_free() {
        let mut dispatcher = Dispatcher::new(11, 2, 1);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, 5.0).len(), 2);
        assert_eq!(dispatcher.answered(1, 1, 5.0), [Assignment { worker: 1, tasks: 4..5 }]);
        assert_eq!(dispatcher.answered(0, 1, 5.0).len(), 0);
        assert_eq!(dispatcher.answered(0, 1, 5.0), [Assignment { worker: 0, tasks: 5..6 }]);
    }

    #[test]
    fn what_was_heavy_once_is_not_piled_up_before_anybody() {
        let mut dispatcher = Dispatcher::new(50, 2, 0);
        dispatcher.begin();
        // Of light tasks a worker gets many at a time, one message in advance.
        let light: Vec<_> = dispatcher.answered(0, 1, 0.01).iter().map(|a| a.tasks.len()).collect();
        assert_eq!(light, [6, 5]);
        // After a heavy one there are no two that go together.
        assert_eq!(dispatcher.answered(1, 1, 20.0)[0].tasks.len(), 1);
        assert_eq!(dispatcher.answered(1, 1, 0.01)[0].tasks.len(), 1);
    }

    #[test]
    fn whoever_is_given_many_tasks_may_be_silent_for_as_many() {
        let mut dispatcher = Dispatcher::new(1_000, 2, 8);
        assert_eq!(dispatcher.silence_ms(100, 1_500), 100);
        dispatcher.begin();
        assert_eq!(dispatcher.silence_ms(100, 1_500), 800);
        assert_eq!(dispatcher.silence_ms(200, 1_500), 1_500);
        // Those that go together unasked may prove as heavy as any.
        let mut dispatcher = Dispatcher::new(1_000, 2, 0);
        dispatcher.begin();
        let tasks = dispatcher.answered(0, 1, 0.01)[0].tasks.len() as u32;
        assert!(tasks > 1);
        assert_eq!(dispatcher.silence_ms(100, u32::MAX), 100 * tasks);
    }

    #[test]
    fn fewer_tasks_than_workers_leave_some_idle() {
        let mut dispatcher = Dispatcher::new(2, 5, 1);
        assert_eq!(dispatcher.begin().len(), 2);
    }
}
