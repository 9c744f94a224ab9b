//! Where threads meet: events, barriers, queues.

use super::locks::{LONG, SHORT, clock, gives_up};
use crate::sync::threading::barrier::{Barrier, BrokenBarrier};
use crate::sync::threading::event::Event;
use crate::sync::threading::misuse::Misuse;
use crate::sync::threading::queue::{GetError, PutError, Queue, Shutdown};
use crate::sync::threading::timeout::Timeout;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;

#[test]
fn event_is_set_and_cleared() {
    let event = Event::new();
    assert!(!event.is_set());
    assert!(!event.wait(Timeout::AT_ONCE));
    assert!(gives_up(|timeout| event.wait(timeout)));
    event.set();
    event.set();
    assert!(event.is_set() && event.wait(Timeout::AT_ONCE) && event.wait(Timeout::NEVER));
    event.clear();
    event.clear();
    assert!(!event.is_set() && !event.wait(Timeout::AT_ONCE));
    event.set();
    assert!(event.wait(Timeout::NEVER));
}

#[test]
fn event_that_is_cleared_at_once_has_woken_all_the_same() {
    let event = Event::new();
    let (waiting, woken) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                waiting.fetch_add(1, Relaxed);
                event.wait(Timeout::NEVER);
                woken.fetch_add(1, Relaxed);
            });
        }
        while waiting.load(Relaxed) < 3 {
            thread::yield_now();
        }
        // Until they sleep.
        thread::sleep(SHORT);
        event.set();
        event.clear();
    });
    assert_eq!(woken.into_inner(), 3);
}

#[test]
fn barrier_lets_all_go_together_again_and_again() {
    const PARTIES: usize = 3;
    let (barrier, came) = (Barrier::new(PARTIES), AtomicU32::new(0));
    assert_eq!((barrier.parties(), barrier.waiting()), (PARTIES, 0));
    let numbers: Vec<Vec<usize>> = thread::scope(|scope| {
        let cross = || {
            let cross_once = |cycle: u32| {
                came.fetch_add(1, Relaxed);
                let number = barrier.wait(Timeout::NEVER).expect("is not broken");
                assert!(came.load(Relaxed) >= (cycle + 1) * PARTIES as u32);
                number
            };
            (0..5).map(cross_once).collect()
        };
        let threads: Vec<_> = (0..PARTIES).map(|_| scope.spawn(cross)).collect();
        threads.into_iter().map(|thread| thread.join().expect("does not panic")).collect()
    });
    for cycle in 0..5 {
        let mut of_cycle: Vec<_> = numbers.iter().map(|numbers| numbers[cycle]).collect();
        of_cycle.sort_unstable();
        assert_eq!(of_cycle, [0, 1, 2]);
    }
}

/// What a thread that waits for two others gets where `then` happens.
fn interrupted(barrier: &Barrier, then: impl Fn()) -> Result<usize, BrokenBarrier> {
    thread::scope(|scope| {
        let waits = scope.spawn(|| barrier.wait(Timeout::NEVER));
        while barrier.waiting() < 1 {
            thread::yield_now();
        }
        then();
        waits.join().expect("does not panic")
    })
}

#[test]
fn barrier_is_broken_for_all_by_one_that_gives_up() {
    let barrier = Barrier::new(3);
    let gives_up = || assert!(gives_up(|timeout| barrier.wait(timeout).is_ok()));
    assert_eq!(interrupted(&barrier, gives_up), Err(BrokenBarrier));
    assert!(barrier.is_broken());
    assert_eq!(barrier.wait(Timeout::NEVER), Err(BrokenBarrier));
    barrier.reset();
    assert!(!barrier.is_broken());
    assert_eq!(barrier.wait(Timeout::AT_ONCE), Err(BrokenBarrier));
}

#[test]
fn barrier_is_aborted_and_reset() {
    let barrier = Barrier::new(3);
    assert_eq!(interrupted(&barrier, || barrier.abort()), Err(BrokenBarrier));
    assert!(barrier.is_broken());
    barrier.reset();
    assert_eq!(interrupted(&barrier, || barrier.reset()), Err(BrokenBarrier));
    assert!(!barrier.is_broken());
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert!(barrier.wait(Timeout::NEVER).is_ok()));
        }
    });
    assert_eq!(barrier.waiting(), 0);
}

#[test]
fn queue_is_first_in_first_out_and_bounded() {
    let queue = Queue::new(2);
    assert_eq!(queue.get(Timeout::AT_ONCE), Err(GetError::Empty));
    assert!(gives_up(|timeout| queue.get(timeout).is_ok()));
    assert_eq!(queue.put('a', Timeout::NEVER), Ok(()));
    assert_eq!(queue.put('b', Timeout::AT_ONCE), Ok(()));
    assert_eq!(queue.put('c', Timeout::AT_ONCE), Err(PutError::Full('c')));
    assert!(gives_up(|timeout| queue.put('c', timeout).is_ok()));
    assert_eq!(queue.qsize(), 2);
    assert_eq!(queue.get(Timeout::NEVER), Ok('a'));
    assert_eq!(queue.put('c', Timeout::AT_ONCE), Ok(()));
    assert_eq!((queue.get(Timeout::NEVER), queue.get(Timeout::NEVER)), (Ok('b'), Ok('c')));
}

#[test]
fn queue_of_size_0_has_room_for_all() {
    let queue = Queue::new(0);
    for item in 0..1_000 {
        assert_eq!(queue.put(item, Timeout::AT_ONCE), Ok(()));
    }
}

#[test]
fn queue_is_joined_once_all_tasks_are_done() {
    let queue = Queue::new(0);
    let done = AtomicU32::new(0);
    queue.join();
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..3 {
                let clock = clock();
                assert!(queue.get(Timeout::after(LONG, &clock)).is_ok());
                done.fetch_add(1, Relaxed);
                assert_eq!(queue.task_done(), Ok(()));
            }
        });
        for item in 0..3 {
            assert_eq!(queue.put(item, Timeout::NEVER), Ok(()));
        }
        queue.join();
        assert_eq!(done.load(Relaxed), 3);
    });
    assert_eq!(queue.task_done(), Err(Misuse::DoneTooOften));
}

#[test]
fn queue_that_is_shut_down_gives_what_is_left() {
    let queue = Queue::new(0);
    assert_eq!(queue.put(1, Timeout::NEVER), Ok(()));
    queue.shutdown(Shutdown::OnceEmpty);
    assert_eq!(queue.put(2, Timeout::NEVER), Err(PutError::ShutDown(2)));
    assert_eq!(queue.get(Timeout::NEVER), Ok(1));
    assert_eq!(queue.get(Timeout::NEVER), Err(GetError::ShutDown));
    assert_eq!(queue.get(Timeout::AT_ONCE), Err(GetError::ShutDown));
    assert_eq!(queue.task_done(), Ok(()));
    queue.join();
}

#[test]
fn queue_that_is_shut_down_at_once_gives_nothing_and_is_joined() {
    let queue = Queue::new(0);
    for item in 0..3 {
        assert_eq!(queue.put(item, Timeout::NEVER), Ok(()));
    }
    assert_eq!(queue.get(Timeout::NEVER), Ok(0));
    queue.shutdown(Shutdown::Immediate);
    assert_eq!(queue.get(Timeout::NEVER), Err(GetError::ShutDown));
    assert_eq!(queue.qsize(), 0);
    // The one that was taken is still to be done.
    assert_eq!(queue.task_done(), Ok(()));
    assert_eq!(queue.task_done(), Err(Misuse::DoneTooOften));
    queue.join();
}

#[test]
fn queue_that_is_shut_down_lets_those_go_who_wait() {
    for when in [Shutdown::OnceEmpty, Shutdown::Immediate] {
        let (empty, full) = (Queue::<u32>::new(1), Queue::new(1));
        assert_eq!(full.put(0, Timeout::NEVER), Ok(()));
        thread::scope(|scope| {
            let gets = scope.spawn(|| empty.get(Timeout::NEVER));
            let puts = scope.spawn(|| full.put(1, Timeout::NEVER));
            thread::sleep(SHORT);
            empty.shutdown(when);
            full.shutdown(when);
            assert_eq!(gets.join().expect("does not panic"), Err(GetError::ShutDown));
            assert_eq!(puts.join().expect("does not panic"), Err(PutError::ShutDown(1)));
        });
    }
}
