//! The primitives of `threading`: one thread at a time where that is promised, and nobody waits for
//! ever whom somebody woke.

use crate::explore;
use crate::primitives::give_up_next;
use crate::threading::barrier::{Barrier, BrokenBarrier};
use crate::threading::condition::Condition;
use crate::threading::event::Event;
use crate::threading::lock::Lock;
use crate::threading::misuse::Misuse;
use crate::threading::queue::{GetError, PutError, Queue, Shutdown};
use crate::threading::rlock::RLock;
use crate::threading::semaphore::{BoundedSemaphore, Semaphore};
use crate::threading::timeout::Timeout;
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

/// A time that is over when [`give_up_next`] says so.
fn some_time() -> Timeout<'static> {
    Timeout::after(Duration::from_millis(1), &|| 0.0)
}

/// So many threads beside this one do `part` with `shared` and their number; this one is number 0.
fn all<T: 'static>(threads: usize, shared: T, part: impl Fn(&T, usize) + Copy + 'static) -> Arc<T> {
    let shared = Arc::new(shared);
    let others: Vec<_> = (1..threads)
        .map(|number| {
            let shared = shared.clone();
            thread::spawn(move || part(&shared, number))
        })
        .collect();
    part(&shared, 0);
    for other in others {
        other.join().expect("no thread panics");
    }
    shared
}

/// What only one thread at a time may use: loom fails where two do, or where one does not see what the
/// one before has done.
struct Guarded {
    cell: UnsafeCell<()>,
    count: AtomicUsize,
}

impl Guarded {
    fn new() -> Self {
        Self { cell: UnsafeCell::new(()), count: AtomicUsize::new(0) }
    }

    fn add_one(&self) {
        self.cell.with_mut(|_| self.count.store(self.count.load(Relaxed) + 1, Relaxed));
    }

    fn count(&self) -> usize {
        self.cell.with(|_| self.count.load(Relaxed))
    }
}

#[test]
fn lock_is_had_by_one_and_wakes_the_next() {
    explore(Some(3), || {
        let shared = all(3, (Lock::new(), Guarded::new()), |(lock, guarded), _| {
            assert!(lock.acquire(Timeout::NEVER));
            guarded.add_one();
            assert_eq!(lock.release(), Ok(()));
        });
        assert_eq!(shared.1.count(), 3);
        assert!(!shared.0.is_locked());
    });
}

/// One of three gives up, in any moment: the others still get it.
#[test]
fn lock_wakes_another_where_one_gives_up() {
    explore(Some(2), || {
        all(3, (Lock::new(), Guarded::new()), |(lock, guarded), number| {
            let timeout = match number {
                2 => {
                    give_up_next();
                    some_time()
                }
                _ => Timeout::NEVER,
            };
            if lock.acquire(timeout) {
                guarded.add_one();
                assert_eq!(lock.release(), Ok(()));
            } else {
                assert_eq!(number, 2);
            }
        });
    });
}

#[test]
fn rlock_is_had_by_one_however_often_it_took_it() {
    explore(Some(3), || {
        let shared = all(2, (RLock::new(), Guarded::new()), |(lock, guarded), _| {
            assert_eq!(lock.release(), Err(Misuse::ReleasedByOther));
            assert!(lock.acquire(Timeout::NEVER));
            assert!(lock.acquire(Timeout::NEVER));
            guarded.add_one();
            assert_eq!(lock.release(), Ok(()));
            guarded.add_one();
            assert_eq!(lock.release(), Ok(()));
            assert!(!lock.is_owned());
        });
        assert_eq!(shared.1.count(), 4);
    });
}

#[test]
fn semaphore_lets_in_so_many() {
    explore(Some(2), || {
        let inside = std::sync::Arc::new(AtomicUsize::new(0));
        all(3, (Semaphore::new(2), inside), |(semaphore, inside), _| {
            assert!(semaphore.acquire(Timeout::NEVER));
            assert!(inside.fetch_add(1, Relaxed) < 2, "more than two are in");
            loom::thread::yield_now();
            inside.fetch_sub(1, Relaxed);
            semaphore.release(1);
        });
    });
}

#[test]
fn semaphore_s_permits_all_find_someone_who_waits() {
    explore(Some(3), || {
        let shared = all(3, Semaphore::new(0), |semaphore, number| match number {
            0 => {
                semaphore.release(1);
                semaphore.release(1);
            }
            _ => assert!(semaphore.acquire(Timeout::NEVER)),
        });
        assert_eq!(shared.permits(), 0);
    });
}

#[test]
fn bounded_semaphore_is_a_lock_and_never_has_more_than_at_first() {
    explore(Some(3), || {
        let shared = (BoundedSemaphore::new(1), Guarded::new());
        let shared = all(2, shared, |(semaphore, guarded), _| {
            assert!(semaphore.acquire(Timeout::NEVER));
            guarded.add_one();
            assert_eq!(semaphore.release(2), Err(Misuse::ReleasedTooOften));
            assert_eq!(semaphore.release(1), Ok(()));
        });
        assert_eq!((shared.1.count(), shared.0.permits()), (2, 1));
        assert_eq!(shared.0.release(1), Err(Misuse::ReleasedTooOften));
    });
}

#[test]
fn event_wakes_all_who_wait_though_it_is_cleared_at_once() {
    explore(Some(2), || {
        let shared = (Event::new(), Event::new(), Guarded::new());
        all(3, shared, |(event, is_cleared, guarded), number| match number {
            0 => {
                guarded.add_one();
                event.set();
                event.clear();
                is_cleared.set();
            }
            _ => {
                // It may come only when the event is cleared: then nobody wakes it, and it gives up.
                give_up_next();
                if event.wait(some_time()) {
                    assert_eq!(guarded.count(), 1);
                }
                assert!(is_cleared.wait(Timeout::NEVER));
                assert_eq!(guarded.count(), 1);
            }
        });
    });
}

/// The thread that waits is known to wait, so that it has to be woken.
#[test]
fn event_that_is_cleared_at_once_wakes_who_waited() {
    explore(None, || {
        let event = Arc::new(Event::new());
        let setter = {
            let event = event.clone();
            thread::spawn(move || {
                event.set();
                event.clear();
                event.set();
            })
        };
        assert!(event.wait(Timeout::NEVER));
        setter.join().expect("no thread panics");
    });
}

#[test]
fn condition_s_notification_is_never_lost() {
    explore(Some(3), || {
        let shared = (Condition::new(), Guarded::new());
        all(2, shared, |(condition, guarded), number| {
            assert!(condition.acquire(Timeout::NEVER));
            if number == 0 {
                let is_there = || guarded.count() > 0;
                assert_eq!(condition.wait_for(is_there, Timeout::NEVER), Ok(true));
            } else {
                guarded.add_one();
                assert_eq!(condition.notify(1), Ok(()));
            }
            assert_eq!(condition.release(), Ok(()));
        });
    });
}

/// Two wait, each for something to take; each thing is notified of once.
#[test]
fn condition_wakes_as_many_as_it_notifies() {
    explore(Some(2), || {
        let shared = (Condition::new(), Guarded::new());
        all(3, shared, |(condition, guarded), number| {
            assert!(condition.acquire(Timeout::NEVER));
            if number == 0 {
                guarded.add_one();
                assert_eq!(condition.notify_all(), Ok(()));
            } else {
                while guarded.count() == 0 {
                    assert_eq!(condition.wait(Timeout::NEVER), Ok(true));
                }
            }
            assert_eq!(condition.release(), Ok(()));
        });
    });
}

/// One of two gives up in any moment. The one notification reaches whoever still waits, or the one who
/// gave up too late and says so.
#[test]
fn condition_notifies_nobody_who_has_given_up() {
    explore(Some(2), || {
        let told = std::sync::Arc::new(AtomicUsize::new(0));
        let shared = (Condition::new(), Guarded::new(), told);
        let shared = all(3, shared, |(condition, waiting, told), number| {
            assert!(condition.acquire(Timeout::NEVER));
            if number == 0 {
                // What is notified of is that both wait, or have waited.
                while waiting.count() < 2 {
                    assert_eq!(condition.wait(Timeout::NEVER), Ok(true));
                }
            } else {
                waiting.add_one();
                if waiting.count() == 2 {
                    assert_eq!(condition.notify(1), Ok(()));
                    told.fetch_add(1, Relaxed);
                } else {
                    give_up_next();
                    let is_told = condition.wait(some_time()).expect("has the lock");
                    if is_told {
                        // It was for thread 0 as well.
                        assert_eq!(condition.notify(1), Ok(()));
                    }
                }
            }
            assert_eq!(condition.release(), Ok(()));
        });
        assert_eq!(shared.2.load(Relaxed), 1);
    });
}

#[test]
fn barrier_lets_nobody_go_before_all_have_come() {
    explore(Some(2), || {
        let shared = (Barrier::new(2), [AtomicUsize::new(0), AtomicUsize::new(0)]);
        all(2, shared, |(barrier, came), _| {
            for cycle in came {
                cycle.fetch_add(1, Relaxed);
                assert!(barrier.wait(Timeout::NEVER).is_ok());
                assert_eq!(cycle.load(Relaxed), 2);
            }
        });
    });
}

#[test]
fn barrier_of_three_numbers_its_threads() {
    explore(Some(2), || {
        let shared = (Barrier::new(3), AtomicUsize::new(0));
        let shared = all(3, shared, |(barrier, numbers), _| {
            let number = barrier.wait(Timeout::NEVER).expect("is not broken");
            numbers.fetch_add(1 << (4 * number), Relaxed);
        });
        assert_eq!(shared.1.load(Relaxed), 0x111);
    });
}

/// One gives up, in any moment: both get through, or neither.
#[test]
fn barrier_is_broken_for_all_or_for_none() {
    explore(Some(3), || {
        let shared = (Barrier::new(2), AtomicUsize::new(0));
        let shared = all(2, shared, |(barrier, through), number| {
            let timeout = match number {
                1 => {
                    give_up_next();
                    some_time()
                }
                _ => Timeout::NEVER,
            };
            match barrier.wait(timeout) {
                Ok(_) => drop(through.fetch_add(1, Relaxed)),
                Err(BrokenBarrier) => assert!(barrier.is_broken()),
            }
        });
        assert_eq!(shared.1.load(Relaxed) == 0, shared.0.is_broken());
        assert_ne!(shared.1.load(Relaxed), 1);
    });
}

/// Who waits is let go by an abort, and by a reset, and the barrier is whole after a reset.
#[test]
fn barrier_lets_go_who_waits_at_an_abort_and_a_reset() {
    explore(Some(3), || {
        let shared = all(2, Barrier::new(2), |barrier, number| match number {
            0 => {
                barrier.abort();
                barrier.reset();
                // The other one is through, or comes only now.
                while barrier.is_broken() {
                    loom::thread::yield_now();
                }
                barrier.abort();
            }
            _ => assert_eq!(barrier.wait(Timeout::NEVER), Err(BrokenBarrier)),
        });
        assert!(shared.is_broken());
        shared.reset();
        assert!(!shared.is_broken());
    });
}

#[test]
fn queue_is_joined_only_when_all_is_done() {
    explore(Some(2), || {
        let shared = (Queue::new(1), Guarded::new());
        all(2, shared, |(queue, done), number| match number {
            0 => {
                assert_eq!(queue.put(1, Timeout::NEVER), Ok(()));
                assert_eq!(queue.put(2, Timeout::NEVER), Ok(()));
                queue.join();
                assert_eq!(done.count(), 2);
            }
            _ => {
                for item in 1..3 {
                    assert_eq!(queue.get(Timeout::NEVER), Ok(item));
                    done.add_one();
                    assert_eq!(queue.task_done(), Ok(()));
                }
            }
        });
    });
}

/// Two take, one puts, and shuts it down: every item is had once, and both are let go.
#[test]
fn queue_gives_all_items_before_its_end() {
    explore(Some(2), || {
        let shared = all(3, (Queue::new(1), AtomicUsize::new(0)), |(queue, got), number| {
            if number == 0 {
                for item in [1, 10] {
                    assert_eq!(queue.put(item, Timeout::NEVER), Ok(()));
                }
                queue.shutdown(Shutdown::OnceEmpty);
                assert_eq!(queue.put(100, Timeout::NEVER), Err(PutError::ShutDown(100)));
            } else {
                while let Ok(item) = queue.get(Timeout::NEVER) {
                    got.fetch_add(item, Relaxed);
                }
                assert_eq!(queue.get(Timeout::NEVER), Err(GetError::ShutDown));
            }
        });
        assert_eq!(shared.1.load(Relaxed), 11);
    });
}

/// Whoever puts, takes or joins is let go.
#[test]
fn queue_that_is_shut_down_at_once_lets_all_go() {
    explore(Some(2), || {
        all(3, Queue::new(1), |queue, number| match number {
            0 => queue.shutdown(Shutdown::Immediate),
            1 => assert!(
                (0..2).take_while(|item| queue.put(*item, Timeout::NEVER).is_ok()).count() <= 2
            ),
            _ => {
                queue.join();
                while queue.get(Timeout::NEVER).is_ok() {
                    assert_eq!(queue.task_done(), Ok(()));
                }
            }
        });
    });
}

/// One that gives up takes nobody's notification along.
#[test]
fn queue_s_item_is_had_by_who_still_waits() {
    explore(Some(2), || {
        all(3, Queue::new(0), |queue, number| match number {
            0 => {
                assert_eq!(queue.put(1, Timeout::NEVER), Ok(()));
                assert_eq!(queue.put(2, Timeout::NEVER), Ok(()));
            }
            1 => assert!(queue.get(Timeout::NEVER).is_ok()),
            _ => {
                give_up_next();
                let got = queue.get(some_time());
                assert!(got != Err(GetError::ShutDown));
            }
        });
    });
}
