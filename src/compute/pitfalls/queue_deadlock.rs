//! Queues whose ends wait for each other, and a pool whose tasks do.

use crate::compute::crew::{all_at_once, no_clock};
use crate::pitfalls::programs::queue_deadlock::{BOUND, ITEMS, POOL, Passed, QueueDeadlock};
use crate::sync::bounded_queue::BoundedQueue;
use crate::sync::progress::Progress;
use crate::sync::queue_state::QueueState;
use crate::sync::threading::event::Event;
use crate::sync::threading::timeout::Timeout;
use std::array;
use std::sync::atomic::{AtomicU32, Ordering};

/// Who takes the items, and who puts them.
const TAKER: usize = 0;
const PRODUCER: usize = 1;
/// What they wait for.
const ALL_IS_THERE: usize = 0;
const ROOM: usize = 1;
/// What the actors of a pool wait for, beside the results, which have the numbers of their subtasks.
const FREE_THREAD: usize = POOL;

/// Runs it in this way.
pub fn run(way: QueueDeadlock, progress: Progress, stop: &AtomicU32) -> Passed {
    match way {
        QueueDeadlock::WaitInPool | QueueDeadlock::SecondPool | QueueDeadlock::WaitOutside => {
            tasks(way, progress, stop)
        }
        _ => items(way, progress, stop),
    }
}

/// A producer puts items into a queue, and another thread takes them.
fn items(way: QueueDeadlock, progress: Progress, stop: &AtomicU32) -> Passed {
    let bound = if way == QueueDeadlock::Unbounded { ITEMS as usize } else { BOUND };
    let queue = BoundedQueue::new(QueueState::streaming(bound), stop);
    let all_is_there = Event::new();
    let got = AtomicU32::new(0);
    let take_all = || {
        progress.runs(TAKER);
        while queue.take(no_clock).is_some() {
            got.fetch_add(1, Ordering::Relaxed);
        }
    };
    let wait_for_the_word = || {
        progress.waits_for(TAKER, ALL_IS_THERE);
        all_is_there.wait(Timeout::NEVER);
        progress.runs(TAKER);
    };
    progress.is_up_to(ALL_IS_THERE, &[PRODUCER]);
    progress.is_up_to(ROOM, &[TAKER]);
    let took_ms = all_at_once(way.threads() as usize, |number| {
        progress.runs(number);
        match number {
            TAKER => match way {
                QueueDeadlock::DrainFirst => {
                    take_all();
                    wait_for_the_word();
                }
                QueueDeadlock::ConsumeMeanwhile => take_all(),
                _ => {
                    wait_for_the_word();
                    take_all();
                }
            },
            _ => {
                for item in 0..ITEMS {
                    // It blocks where there is no room.
                    progress.waits_for(PRODUCER, ROOM);
                    if !queue.put(item, no_clock) {
                        return;
                    }
                    progress.runs(PRODUCER);
                }
                queue.close();
                all_is_there.set();
            }
        }
        progress.ended(number);
    });
    let deepest = queue.changes().iter().map(|change| change.depth).max().unwrap_or_default();
    let got = got.into_inner();
    Passed { way, expected: ITEMS, got, deepest, took_ms }
}

/// A task of a pool.
#[derive(Clone, Copy)]
enum Task {
    /// One that the caller gave it.
    Outer(usize),
    /// One that an outer task gave it, or the second pool.
    Inner(usize),
}

/// What a pool and its caller share.
struct Pools<'a> {
    way: QueueDeadlock,
    progress: Progress<'a>,
    first: BoundedQueue<'a, Task>,
    second: BoundedQueue<'a, Task>,
    /// All outer tasks are on threads of the pool.
    begun: AtomicU32,
    both_begun: Event,
    results: [Event; POOL],
    got: AtomicU32,
}

impl Pools<'_> {
    fn serve(&self, queue: &BoundedQueue<Task>) {
        while let Some(task) = queue.take(no_clock) {
            match task {
                Task::Outer(number) => self.outer(number),
                Task::Inner(number) => self.inner(number),
            }
        }
    }

    fn outer(&self, task: usize) {
        let Self { progress, .. } = *self;
        progress.runs(task);
        if self.begun.fetch_add(1, Ordering::Relaxed) as usize + 1 == POOL {
            self.both_begun.set();
        }
        // As tasks do that take a while: else one thread could do everything before the other wakes.
        self.both_begun.wait(Timeout::NEVER);
        progress.waits_for(POOL + task, FREE_THREAD);
        let is_second = self.way == QueueDeadlock::SecondPool;
        let queue = if is_second { &self.second } else { &self.first };
        queue.put(Task::Inner(task), no_clock);
        if self.way != QueueDeadlock::WaitOutside {
            progress.waits_for(task, task);
            self.results[task].wait(Timeout::NEVER);
        }
        // Its thread is free.
        progress.is_up_to(FREE_THREAD, &[]);
        progress.ended(task);
    }

    fn inner(&self, task: usize) {
        self.progress.runs(POOL + task);
        self.got.fetch_add(1, Ordering::Relaxed);
        self.progress.ended(POOL + task);
        self.results[task].set();
    }
}

/// A pool gets tasks, which give it, or another one, further tasks.
fn tasks(way: QueueDeadlock, progress: Progress, stop: &AtomicU32) -> Passed {
    let queue = || BoundedQueue::new(QueueState::streaming(2 * POOL), stop);
    let pools = Pools {
        way,
        progress,
        first: queue(),
        second: queue(),
        begun: AtomicU32::new(0),
        both_begun: Event::new(),
        results: array::from_fn(|_| Event::new()),
        got: AtomicU32::new(0),
    };
    let outer: [usize; POOL] = array::from_fn(|task| task);
    for task in outer {
        progress.is_up_to(task, &[POOL + task]);
    }
    // Subtasks of the second pool need no thread that a task has.
    let in_the_way = if way == QueueDeadlock::SecondPool { &[][..] } else { &outer };
    progress.is_up_to(FREE_THREAD, in_the_way);
    let took_ms = all_at_once(way.threads() as usize, |number| match number {
        // The caller is no thread of a pool.
        0 => {
            for task in outer {
                pools.first.put(Task::Outer(task), no_clock);
            }
            for result in &pools.results {
                result.wait(Timeout::NEVER);
            }
            pools.first.close();
            pools.second.close();
        }
        first if first <= POOL => pools.serve(&pools.first),
        _ => pools.serve(&pools.second),
    });
    let got = pools.got.into_inner();
    Passed { way, expected: POOL as u32, got, deepest: 0, took_ms }
}
