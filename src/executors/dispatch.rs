//! Which process gets what next: a state machine that message handlers drive. What it hands
//! out are places in an order of tasks, which is somebody else's to know
//! ([`crate::workloads::task_order`]).

use std::ops::Range;

/// Behind the message that a worker is at, it holds others for so much work, in ms, that
/// it need not idle while the next travels: some 0.1 ms each way, and longer where its
/// own work keeps the page from its core.
const AHEAD_MS: f64 = 1.0;
/// What takes longer than this, in ms, is not sent in advance: there is little to gain,
/// and what waits behind it could have been taken up by a worker with nothing to do.
const LONG_MS: f64 = 25.0;
/// Nor are the last tasks, so many for each worker: a heavy one among them would keep what
/// waits behind it from whoever has nothing to do.
const LAST_FOR_EACH: f64 = 4.0;
/// Most messages that a worker may hold in advance.
const MOST_AHEAD: usize = 32;

/// Where nobody says how many tasks go into a message, as many as last this long, in ms:
/// beside that, what a message costs is little.
const SHORT_MS: f64 = 0.5;
/// The next may have [`GROWTH`] times the tasks of the last, as long as they last no longer
/// than this, in ms: both sides and the browser between them take some 0.4 ms for a message, which on
/// a machine with no core to spare comes off the work.
const MESSAGE_MS: f64 = 100.0;
/// What few tasks took is believed of so many times as many.
const GROWTH: usize = 4;
/// A message has at most a worker's share of the tasks that are left, divided by this: what
/// is left can then still even out what it took, or that its worker is a slow one. OpenMP
/// calls such a schedule guided.
const GUIDED: f64 = 2.0;

/// Tasks to hand to a worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment {
    /// The worker's index.
    pub worker: usize,
    /// Where the tasks are in the order of all.
    pub places: Range<usize>,
}

/// Hands out the tasks of one sample.
#[derive(Debug)]
pub struct Dispatcher {
    tasks: usize,
    /// Tasks in a message; 0 for as many as go well together.
    chunk: usize,
    /// Most tasks that go together where nobody says how many.
    most: usize,
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
}

impl Dispatcher {
    /// Hands `tasks` out to `workers`, `chunk` at a time; as many at a time as go well
    /// together where that is 0, and never more than `most`.
    pub fn new(tasks: usize, workers: usize, chunk: usize, most: usize) -> Self {
        Self {
            tasks,
            chunk,
            most,
            next: 0,
            done: 0,
            in_flight: vec![0; workers],
            largest: 0,
            done_ms: 0.0,
            last: 0,
            last_ms: 0.0,
        }
    }

    /// How many workers there are.
    pub fn workers(&self) -> usize {
        self.in_flight.len()
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
        let (share, message) = (self.share(), self.message());
        let message_ms = self.task_ms() * message as f64;
        if message_ms > LONG_MS || share < LAST_FOR_EACH {
            return 1;
        }
        let wanted = (AHEAD_MS / message_ms).ceil() as usize;
        wanted.min(MOST_AHEAD).saturating_add(1).min(share as usize / message).max(1)
    }

    /// What a task takes, in ms, as far as is known: the mean, or what those of the last
    /// answer took if that is more, as work that is handed out as it lies may grow heavier
    /// on its way. Nobody knows before the first answer.
    fn task_ms(&self) -> f64 {
        let mean_ms = if self.done == 0 { f64::INFINITY } else { self.done_ms / self.done as f64 };
        self.last_ms.max(mean_ms)
    }

    /// A worker's share of the tasks that are left.
    fn share(&self) -> f64 {
        (self.tasks - self.next) as f64 / self.in_flight.len().max(1) as f64
    }

    /// Tasks in the next message.
    fn message(&self) -> usize {
        if self.chunk > 0 {
            return self.chunk;
        }
        let lasting = |ms: f64| (ms / self.task_ms()) as usize;
        let wanted = lasting(SHORT_MS).max(lasting(MESSAGE_MS).min(GROWTH * self.last));
        wanted.min(self.most).min((self.share() / GUIDED) as usize).max(1)
    }

    fn assign(&mut self, worker: usize) -> Option<Assignment> {
        let places = self.next..(self.next + self.message()).min(self.tasks);
        if places.is_empty() {
            return None;
        }
        self.next = places.end;
        *self.in_flight.get_mut(worker)? += 1;
        self.largest = self.largest.max(places.len());
        Some(Assignment { worker, places })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workloads::task_order::TaskOrder;
    use proptest::prelude::*;
    use std::collections::VecDeque;

    proptest! {
        /// Whoever answers when: each task is handed out once, and the work ends.
        #[test]
        fn every_task_is_handed_out_once(
            tasks in 1usize..300, workers in 1usize..40, chunk in 0usize..20,
            answers in prop::collection::vec((any::<prop::sample::Index>(), 0.0f64..20.0), 600),
        ) {
            let mut dispatcher = Dispatcher::new(tasks, workers, chunk, usize::MAX);
            let mut waiting = dispatcher.begin();
            let mut handed_out: Vec<_> = waiting.iter().flat_map(|a| a.places.clone()).collect();
            for (which, took_ms) in answers {
                if waiting.is_empty() {
                    break;
                }
                let answered = waiting.remove(which.index(waiting.len()));
                let next = dispatcher.answered(answered.worker, answered.places.len(), took_ms);
                handed_out.extend(next.iter().flat_map(|a| a.places.clone()));
                waiting.extend(next);
            }
            prop_assert!(dispatcher.is_finished());
            handed_out.sort_unstable();
            prop_assert!(handed_out.into_iter().eq(0..tasks));
        }
    }

    #[test]
    fn short_messages_are_sent_in_advance() {
        let mut dispatcher = Dispatcher::new(1_000, 2, 1, usize::MAX);
        assert_eq!(dispatcher.begin().len(), 2);
        assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 11);
        assert_eq!(dispatcher.answered(0, 1, 0.1).len(), 1);
    }

    #[test]
    fn a_worker_holds_only_so_many() {
        let mut dispatcher = Dispatcher::new(10_000, 2, 1, usize::MAX);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, 0.0).len(), 1 + MOST_AHEAD);
    }

    #[test]
    fn the_size_of_a_message_is_as_said() {
        let mut dispatcher = Dispatcher::new(100, 2, 7, usize::MAX);
        assert!(dispatcher.begin().iter().all(|first| first.places.len() == 7));
        let next: Vec<_> = dispatcher.answered(0, 7, 0.1).iter().map(|a| a.places.len()).collect();
        assert!(next.len() > 1 && next.iter().all(|tasks| *tasks == 7), "{next:?}");
    }

    #[test]
    fn unless_said_short_tasks_go_together_while_there_are_many() {
        let mut dispatcher = Dispatcher::new(10_000, 2, 0, usize::MAX);
        assert!(dispatcher.begin().iter().all(|first| first.places.len() == 1));
        let next = dispatcher.answered(0, 1, 0.01);
        assert_eq!(next[0].places, 2..52);
        // The shorter they turn out to be, the more; as soon as they are heavier, fewer.
        assert_eq!(dispatcher.answered(1, 1, 0.0)[0].places.len(), 100);
        assert!(dispatcher.answered(1, 100, 50.0).is_empty());
        assert!(dispatcher.answered(1, 100, 1_000.0).is_empty());
        assert_eq!(dispatcher.answered(1, 100, 1_000.0)[0].places.len(), 10);
    }

    #[test]
    fn messages_grow_as_long_as_they_do_not_take_long() {
        let mut dispatcher = Dispatcher::new(1_000, 1, 0, usize::MAX);
        dispatcher.begin();
        let mut next = |tasks: usize| -> Vec<_> {
            let next = dispatcher.answered(0, tasks, 3.5 * tasks as f64);
            next.iter().map(|next| next.places.len()).collect()
        };
        assert_eq!(next(1), [4, 4]);
        assert!(next(4).is_empty(), "what takes 56 ms is not sent in advance");
        assert_eq!([next(4), next(16), next(28)], [vec![16], vec![28], vec![28]]);
    }

    #[test]
    fn long_tasks_go_one_by_one() {
        for chunk in [0, 1] {
            let mut dispatcher = Dispatcher::new(100, 2, chunk, usize::MAX);
            dispatcher.begin();
            let next = dispatcher.answered(0, 1, 300.0);
            assert_eq!((next.len(), next[0].places.len()), (1, 1));
        }
    }

    #[test]
    fn a_worker_has_the_next_one_before_it_is_done() {
        let mut dispatcher = Dispatcher::new(100, 2, 1, usize::MAX);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, LONG_MS / 2.0).len(), 2);
        assert_eq!(dispatcher.answered(0, 1, LONG_MS / 2.0).len(), 1);
    }

    #[test]
    fn the_last_ones_are_left_to_whoever_is_free() {
        let mut dispatcher = Dispatcher::new(12, 2, 1, usize::MAX);
        dispatcher.begin();
        assert_eq!(dispatcher.answered(0, 1, 5.0).len(), 2);
        // Seven are left for two workers, and each is to have one at a time.
        assert_eq!(dispatcher.answered(1, 1, 5.0), [Assignment { worker: 1, places: 4..5 }]);
        assert_eq!(dispatcher.answered(0, 1, 5.0), []);
        assert_eq!(dispatcher.answered(0, 1, 5.0), [Assignment { worker: 0, places: 5..6 }]);
        assert_eq!(dispatcher.answered(0, 1, 5.0), [Assignment { worker: 0, places: 6..7 }]);
    }

    /// Has workers compute tasks that take so many ms each on one of speed 1, with no time
    /// lost between two messages. Gives what part of their time they worked, and how many
    /// messages that took.
    fn computed(tasks_ms: &[f64], speeds: &[f64]) -> (f64, usize) {
        let order = TaskOrder::spread(tasks_ms.len());
        let mut dispatcher = Dispatcher::new(tasks_ms.len(), speeds.len(), 0, usize::MAX);
        // What each worker has still to do, and when it was done with what came before.
        let mut held = vec![VecDeque::new(); speeds.len()];
        let mut free_ms = vec![0.0; speeds.len()];
        let (mut waiting, mut messages) = (dispatcher.begin(), 0);
        while !dispatcher.is_finished() {
            for Assignment { worker, places } in std::mem::take(&mut waiting) {
                let took: f64 = order.tasks(places.clone()).map(|at| tasks_ms[at]).sum();
                held[worker].push_back((places.len(), took / speeds[worker]));
                messages += 1;
            }
            let ends_ms =
                |worker: usize| held[worker].front().map(|(_, took)| free_ms[worker] + took);
            let at_work = (0..speeds.len()).filter_map(|worker| Some((ends_ms(worker)?, worker)));
            let (_, worker) = at_work.min_by(|a, b| a.0.total_cmp(&b.0)).expect("somebody works");
            let (tasks, took) = held[worker].pop_front().expect("it has a message");
            free_ms[worker] += took;
            waiting = dispatcher.answered(worker, tasks, took);
        }
        let end_ms = free_ms.iter().copied().fold(0.0, f64::max);
        let best_ms = tasks_ms.iter().sum::<f64>() / speeds.iter().sum::<f64>();
        (best_ms / end_ms, messages)
    }

    #[test]
    fn few_messages_share_work_evenly_wherever_it_is_heavy_and_whoever_is_slow() {
        let even = [3.5; 128];
        let growing: Vec<_> = (0..150).map(|at| f64::from(at) / 20.0).collect();
        // Rows of a picture of which only the middle is heavy.
        let heap: Vec<_> =
            (0..150).map(|at| if (50..100).contains(&at) { 10.0 } else { 0.3 }).collect();
        let many = [2.0; 400];
        for (tasks, speeds, name) in [
            (&even[..], &[1.0, 1.0][..], "even"),
            (&growing, &[1.0, 1.0], "growing"),
            (&heap, &[1.0, 1.0], "a heap"),
            (&even, &[1.0, 0.5], "even, one of two slow"),
            (&many, &[1.0, 1.0, 0.5, 0.5], "many, two of four slow"),
        ] {
            let (worked, messages) = computed(tasks, speeds);
            let each = messages as f64 / speeds.len() as f64;
            println!("{name}: {worked:.3} of the best, {each} messages each");
            assert!(worked > 0.97 && each <= 15.0, "{name}: {worked:.3}, {each} messages each");
        }
    }

    #[test]
    fn what_would_be_too_much_to_send_does_not_go_together() {
        let mut dispatcher = Dispatcher::new(1_000, 2, 0, 3);
        dispatcher.begin();
        assert!(dispatcher.answered(0, 1, 0.01).iter().all(|next| next.places.len() == 3));
    }

    #[test]
    fn whoever_is_given_many_tasks_may_be_silent_for_as_many() {
        let mut dispatcher = Dispatcher::new(1_000, 2, 8, usize::MAX);
        assert_eq!(dispatcher.silence_ms(100, 1_500), 100);
        dispatcher.begin();
        assert_eq!(dispatcher.silence_ms(100, 1_500), 800);
        assert_eq!(dispatcher.silence_ms(200, 1_500), 1_500);
        // Those that go together unasked may prove as heavy as any.
        let mut dispatcher = Dispatcher::new(1_000, 2, 0, usize::MAX);
        dispatcher.begin();
        let tasks = dispatcher.answered(0, 1, 0.01)[0].places.len() as u32;
        assert!(tasks > 1);
        assert_eq!(dispatcher.silence_ms(100, u32::MAX), 100 * tasks);
    }

    #[test]
    fn fewer_tasks_than_workers_leave_some_idle() {
        let mut dispatcher = Dispatcher::new(2, 5, 1, usize::MAX);
        assert_eq!(dispatcher.begin().len(), 2);
    }
}
