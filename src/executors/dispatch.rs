//! Assigns task indices to processes: a state machine that message handlers drive. Does not know
//! what the tasks are; their order is in [`crate::workloads::task_order`].

use std::ops::Range;

/// How much work, in ms, a worker holds in advance, so that it does not idle while the next message
/// travels: about 0.1 ms each way, longer if its own work keeps the page from the core.
const AHEAD_MS: f64 = 1.0;
/// Work that takes longer than this, in ms, is not sent in advance: there is little to gain, and an
/// idle worker could take it instead.
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
/// How many times as many tasks as the last message's the next one may have.
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

    /// After how many ms without any message the workers count as lost, if a task may take
    /// `task_ms`: a worker answers only after all tasks of a message. At most `most_ms`.
    pub fn timeout_ms(&self, task_ms: u32, most_ms: u32) -> u32 {
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

    /// The estimated time of a task, in ms: the larger of the overall mean and the mean of the last
    /// answer, as later tasks may be heavier. Infinite before the first answer.
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
mod tests;
