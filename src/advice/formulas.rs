//! The cost model: how long each model takes, as a sum of terms.
//!
//! With n tasks that compute c and wait w each, W workers on K cores, P = min(W, n, K) and
//! rounds = ⌈n / W⌉:
//!
//! | model | time |
//! | --- | --- |
//! | main thread | n·(c + w + call) |
//! | event loop, nothing waits | n·(c + call + turn) |
//! | event loop | the longer of: first answer + n·(c + request), or last answer + c + request |
//! | threads | the longest of: w + (n·c + one·(P - 1)) / P, or rounds·(w + c), or the longest task, or all answers one after another |
//! | threads with a GIL | as threads, with P = 1; a thread that comes back from a wait waits for the lock |
//! | processes | the longest of: round by round, w + i·c / P for i tasks at once and one·(P - 1) / P, or with waits uneven·(P - 1) / K, or the longest task, or all answers one after another; and messages and bytes |
//! | hybrid | the longer of: rounds of its first stage, or w + the longer of n·(message + request) or rounds·(job + message) + the longest of (n·c + one·(P - 1)) / P, rounds·c, or the longest task |
//!
//! `one` is how long the workers share one core at first, and n·c at the most, times the part of all computations
//! in which they do: where the page wakes them together. Processes that wait are woken by their own timers
//! instead, and each goes to a core that another has as often as not on two cores, (P - 1) / K in general, so that
//! one core is done later by as much of a task: `uneven` is c, and `MOST_UNEVEN_MS` at the most. All add merging,
//! and a pool adds what beginning a computation costs. The longer of two is the one that the model is limited by: its
//! workers, or its cores. Messages count in full because they are measured as they follow one another, while
//! sender and receivers share the cores.

use super::costs::{Costs, PoolCosts};
use super::evidence::{Evidence, WorkProfile};
use crate::models::{DataMode, Executor, ExecutorKind};
use serde::ser::SerializeMap;
use serde::{Serialize, Serializer};

/// A part of a model's time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Term {
    /// Starting workers, where that counts.
    Start,
    /// Computing, as far as it does not go on at the same time as other computing.
    Compute,
    /// Waiting, as far as nothing else goes on.
    Wait,
    /// Calling tasks, giving them turns, and handing them over.
    HandOver,
    /// Moving bytes to another memory.
    Bytes,
    /// Waiting for the GIL after a wait.
    Lock,
    /// Putting the results together.
    Merge,
}

impl Term {
    /// Every term, in the order of a run.
    pub const ALL: [Self; 7] = [
        Self::Start,
        Self::HandOver,
        Self::Bytes,
        Self::Wait,
        Self::Lock,
        Self::Compute,
        Self::Merge,
    ];

    /// The word for programs.
    pub fn id(self) -> &'static str {
        match self {
            Self::Start => "start",
            Self::Compute => "compute",
            Self::Wait => "wait",
            Self::HandOver => "hand-over",
            Self::Bytes => "bytes",
            Self::Lock => "lock",
            Self::Merge => "merge",
        }
    }
}

/// How long each term of a model takes, in ms.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms([f64; Term::ALL.len()]);

impl Terms {
    fn with(mut self, term: Term, ms: f64) -> Self {
        self.0[term as usize] += ms;
        self
    }

    /// How long a term takes, in ms.
    pub fn ms(&self, term: Term) -> f64 {
        self.0[term as usize]
    }

    /// How long all take, in ms.
    pub fn total_ms(&self) -> f64 {
        self.0.iter().sum()
    }
}

impl Serialize for Terms {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        for term in Term::ALL.into_iter().filter(|term| self.ms(*term) > 0.0) {
            map.serialize_entry(term.id(), &self.ms(term))?;
        }
        map.end()
    }
}

/// A message of the page holds about this many ms of work at the most (`executors::dispatch`).
const LONGEST_MESSAGE_MS: f64 = 100.0;

/// How many messages `tasks` tasks of `task_ms` each need among so many workers, where the
/// page chooses how many go together (`executors::dispatch`): one for each task while there are
/// few; beyond that a message takes half of a worker's share of what is left, which is two
/// for each worker, and as many again each time that the tasks are e times as many.
pub fn messages(tasks: f64, task_ms: f64, workers: f64) -> f64 {
    let few = 2.0 * workers;
    if tasks <= few {
        return tasks;
    }
    (few * (1.0 + (tasks / few).ln())).max(tasks * task_ms / LONGEST_MESSAGE_MS).min(tasks)
}

/// Most of a task by which one core may be behind the others, in ms: the systems of today give a core to another task
/// after some 3 ms (Linux's base slice), and move tasks to a core that has none.
const MOST_UNEVEN_MS: f64 = 4.0;

/// The work and the place, as the formulas name them.
struct Formula<'a> {
    work: &'a WorkProfile,
    costs: &'a Costs,
    /// Tasks.
    n: f64,
    /// Computing of a task, in ms.
    c: f64,
    /// Waiting of a task, in ms.
    w: f64,
    /// Cores.
    k: f64,
}

/// How long `executor` takes for the work, term by term; `None` where it cannot run there.
pub fn terms(executor: &Executor, evidence: &Evidence, costs: &Costs) -> Option<Terms> {
    let work = &evidence.work;
    let formula = Formula {
        work,
        costs,
        n: work.tasks as f64,
        c: work.compute_ms.mean * costs.slowdown.value,
        w: work.wait_ms.mean,
        k: evidence.cores.value.max(1.0),
    };
    let terms = match executor.kind() {
        ExecutorKind::MainThread => formula.main_thread(),
        ExecutorKind::EventLoop => formula.event_loop(),
        ExecutorKind::Threads => formula.threads(executor, &costs.threads?, false),
        ExecutorKind::ThreadsGil => {
            formula.threads(executor, &costs.threads?, executor.computes_under_gil())
        }
        ExecutorKind::Processes => formula.processes(executor, &costs.processes?),
        ExecutorKind::Hybrid if work.has_stages => formula.hybrid(executor, &costs.processes?),
        ExecutorKind::Hybrid | ExecutorKind::Foreign(_) => return None,
    };
    Some(terms.with(Term::Merge, work.merge_ms.unwrap_or_default()))
}

impl Formula<'_> {
    fn main_thread(&self) -> Terms {
        Terms::default()
            .with(Term::Compute, self.n * self.c)
            .with(Term::Wait, self.n * self.w_on_page())
            .with(Term::HandOver, self.n * self.costs.task_ms.value)
    }

    /// How long a task waits where the page's event loop hears of the end, in ms.
    fn w_on_page(&self) -> f64 {
        if self.work.waits() { self.w + self.costs.late_ms.value } else { 0.0 }
    }

    /// How long the last of all tasks waits there that wait at the same time, in ms.
    fn longest_w_on_page(&self) -> f64 {
        if self.work.waits() {
            self.work.wait_ms.longest(self.n) + self.costs.last_late_ms.value
        } else {
            0.0
        }
    }

    fn event_loop(&self) -> Terms {
        if !self.work.waits() {
            let turns_ms = self.n * (self.costs.task_ms.value + self.costs.turn_ms.value);
            let terms = Terms::default().with(Term::Compute, self.n * self.c);
            return terms.with(Term::HandOver, turns_ms);
        }
        // Limited by the one thread, or by the last answer.
        let limited = |wait_ms: f64, tasks: f64| {
            Terms::default()
                .with(Term::Wait, wait_ms)
                .with(Term::Compute, tasks * self.c)
                .with(Term::HandOver, tasks * self.costs.request_ms.value)
        };
        let first_ms = self.work.wait_ms.shortest(self.n) + self.costs.late_ms.value;
        longer(limited(first_ms, self.n), limited(self.longest_w_on_page(), 1.0))
    }

    /// All workers at once: limited by the cores, by the workers, or by the longest task. A task
    /// that waits takes `lock_ms` longer.
    fn pool(&self, workers: f64, pool: &PoolCosts, most_at_once: f64, lock_ms: f64) -> Terms {
        let (n, w) = (self.n, self.w);
        let rounds = (n / workers).ceil();
        let of = |wait_ms: f64, compute_ms: f64, lock_ms: f64| {
            Terms::default()
                .with(Term::Wait, wait_ms)
                .with(Term::Compute, compute_ms)
                .with(Term::Lock, lock_ms)
        };
        let together = workers.min(n).min(most_at_once);
        let by_cores = of(w, n * self.c / together + self.lost_on_one_core_ms(together, pool), 0.0);
        let by_workers = of(rounds * w, rounds * self.c, rounds * lock_ms);
        longer(longer(by_cores, by_workers), longer(self.longest_task(lock_ms), self.by_answers()))
    }

    /// All workers at once, each of which takes its next task when the others do: they share the cores, and
    /// so are done, and wait, together, but for one core that may get a task more. Threads that share a memory
    /// are not, as a task that has begun there is mostly finished first.
    fn in_rounds(&self, workers: f64, pool: &PoolCosts) -> Terms {
        let (n, w) = (self.n, self.w);
        let round_ms = |tasks: f64| tasks * self.c / tasks.min(self.k).max(1.0);
        let full = (n / workers).floor();
        let left = n - full * workers;
        let at_once = workers.min(n).min(self.k);
        let lost_ms = match self.work.waits() {
            true => self.c.min(MOST_UNEVEN_MS) * (at_once - 1.0).max(0.0) / self.k,
            false => self.lost_on_one_core_ms(at_once, pool),
        };
        let computing_ms = full * round_ms(workers) + round_ms(left);
        let by_rounds = Terms::default()
            .with(Term::Wait, (n / workers).ceil() * w)
            .with(Term::Compute, computing_ms + lost_ms);
        longer(by_rounds, longer(self.longest_task(0.0), self.by_answers()))
    }

    /// How much longer computing takes as so many workers share one core at first, in ms.
    fn lost_on_one_core_ms(&self, together: f64, pool: &PoolCosts) -> f64 {
        let one_core_ms = pool.one_core_ms.value.min(self.n * self.c);
        let share = pool.one_core_share.value.min(1.0);
        share * one_core_ms * (together - 1.0).max(0.0) / together
    }

    fn longest_task(&self, lock_ms: f64) -> Terms {
        let slow = self.costs.slowdown.value;
        Terms::default()
            .with(Term::Wait, self.work.wait_ms.longest(self.n))
            .with(Term::Compute, self.work.compute_ms.longest(self.n) * slow)
            .with(Term::Lock, lock_ms)
    }

    /// Limited by whoever answers requests, one after another.
    fn by_answers(&self) -> Terms {
        let served_ms = if self.work.waits() { self.n * self.costs.served_ms.value } else { 0.0 };
        Terms::default()
            .with(Term::Wait, self.w)
            .with(Term::Compute, self.c)
            .with(Term::HandOver, served_ms)
    }

    fn started(&self, terms: Terms, workers: f64, pool: &PoolCosts) -> Terms {
        let counted = if self.costs.counts_start { workers.min(self.n) } else { 0.0 };
        terms
            .with(Term::Start, counted * pool.start_ms.value)
            .with(Term::HandOver, pool.job_ms.value)
    }

    fn threads(&self, executor: &Executor, pool: &PoolCosts, under_gil: bool) -> Terms {
        let workers = f64::from(executor.workers());
        let most_at_once = if under_gil { 1.0 } else { self.k };
        // Until the thread that computes is asked to hand the lock over, or is done; if one does.
        let others =
            (workers.min(self.n) - 1.0) * self.c / (self.c + self.w).max(f64::MIN_POSITIVE);
        let is_asked = under_gil && self.work.waits();
        let lock_ms =
            if is_asked { self.costs.switch_ms.min(self.c) * others.min(1.0) } else { 0.0 };
        let terms = self.pool(workers, pool, most_at_once, lock_ms);
        self.started(terms, workers, pool).with(Term::HandOver, self.n * pool.message_ms.value)
    }

    fn processes(&self, executor: &Executor, pool: &PoolCosts) -> Terms {
        let workers = f64::from(executor.workers());
        let messages = match executor.chunk_size() {
            0 => messages(self.n, self.c + self.w, workers),
            chunk => (self.n / f64::from(chunk)).ceil(),
        };
        let terms = self.in_rounds(workers, pool);
        self.started(terms, workers, pool)
            .with(Term::HandOver, messages * pool.message_ms.value)
            .with(Term::Bytes, self.n * self.task_bytes_ms(executor, pool))
    }

    /// How long the bytes of a task take, both ways, in ms.
    fn task_bytes_ms(&self, executor: &Executor, pool: &PoolCosts) -> f64 {
        let shared = pool.shared_byte_ms.filter(|_| executor.options.data_mode == DataMode::Shared);
        let in_ms = self.work.bytes_in * shared.unwrap_or(pool.byte_ms).value;
        in_ms + self.work.bytes_out * pool.byte_ms.value
    }

    fn hybrid(&self, executor: &Executor, pool: &PoolCosts) -> Terms {
        let workers = f64::from(executor.workers());
        let at_a_time = f64::from(executor.options.io_workers);
        let item_ms = pool.message_ms.value + self.costs.request_ms.value;
        let rounds = (self.n / at_a_time).ceil();
        let by_first = Terms::default()
            .with(Term::Wait, (rounds - 1.0) * self.w_on_page() + self.longest_w_on_page())
            .with(Term::Compute, self.c)
            .with(Term::HandOver, rounds * self.costs.request_ms.value + item_ms);
        let together = workers.min(self.n).min(self.k);
        let by_cores_ms = self.n * self.c / together + self.lost_on_one_core_ms(together, pool);
        let rounds = (self.n / workers).ceil();
        let by_workers_ms = rounds * self.c;
        // A worker gets the next item once its answer is there.
        let round_trips_ms = rounds * (pool.job_ms.value + pool.message_ms.value);
        let longest_ms = self.work.compute_ms.longest(self.n) * self.costs.slowdown.value;
        let by_second = Terms::default()
            .with(Term::Wait, self.w_on_page())
            .with(Term::Compute, by_cores_ms.max(by_workers_ms).max(longest_ms))
            .with(Term::HandOver, round_trips_ms.max(self.n * item_ms));
        let started = self.started(longer(by_first, by_second), workers, pool);
        let bytes = self.work.bytes_moved() + self.work.body_bytes;
        started.with(Term::Bytes, self.n * bytes * pool.byte_ms.value)
    }
}

fn longer(one: Terms, other: Terms) -> Terms {
    if other.total_ms() > one.total_ms() { other } else { one }
}
