//! What one thread has and others wait for: locks, semaphores, conditions.

use crate::sync::threading::condition::Condition;
use crate::sync::threading::lock::Lock;
use crate::sync::threading::misuse::Misuse;
use crate::sync::threading::rlock::RLock;
use crate::sync::threading::semaphore::{BoundedSemaphore, Semaphore};
use crate::sync::threading::timeout::Timeout;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// A clock, in ms.
pub fn clock() -> impl Fn() -> f64 {
    let start = Instant::now();
    move || start.elapsed().as_secs_f64() * 1_000.0
}

pub const SHORT: Duration = Duration::from_millis(20);
/// Longer than any test takes.
pub const LONG: Duration = Duration::from_secs(60);

/// Whether `wait` gives up after [`SHORT`], and not before.
pub fn gives_up(wait: impl Fn(Timeout) -> bool) -> bool {
    let clock = clock();
    let gave_up = !wait(Timeout::after(SHORT, &clock));
    // A thread may sleep for a little less than it was told to.
    gave_up && clock() > 0.9 * SHORT.as_secs_f64() * 1_000.0
}

#[test]
fn lock_is_had_by_one() {
    let lock = Lock::new();
    assert!(!lock.is_locked());
    assert!(lock.acquire(Timeout::NEVER));
    assert!(lock.is_locked());
    assert!(!lock.acquire(Timeout::AT_ONCE));
    assert!(gives_up(|timeout| lock.acquire(timeout)));
    assert_eq!(lock.release(), Ok(()));
    assert!(lock.acquire(Timeout::AT_ONCE));
}

#[test]
fn lock_is_released_by_any_thread_but_only_once() {
    let lock = Lock::new();
    lock.acquire(Timeout::NEVER);
    thread::scope(|scope| {
        scope.spawn(|| assert_eq!(lock.release(), Ok(())));
    });
    assert_eq!(lock.release(), Err(Misuse::ReleasedFree));
    assert_eq!(Misuse::ReleasedFree.to_string(), "release unlocked lock");
}

#[test]
fn lock_loses_no_addition_of_four_threads() {
    const EACH: u32 = 20_000;
    let (lock, count) = (Lock::new(), AtomicU32::new(0));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                for _ in 0..EACH {
                    lock.acquire(Timeout::NEVER);
                    count.store(count.load(Relaxed) + 1, Relaxed);
                    assert_eq!(lock.release(), Ok(()));
                }
            });
        }
    });
    assert_eq!(count.into_inner(), 4 * EACH);
}

#[test]
fn a_thread_that_waits_gets_the_lock_within_its_time() {
    let (lock, clock) = (Lock::new(), clock());
    lock.acquire(Timeout::NEVER);
    thread::scope(|scope| {
        let waits = scope.spawn(|| lock.acquire(Timeout::after(LONG, &|| 0.0)));
        thread::sleep(SHORT);
        assert_eq!(lock.release(), Ok(()));
        assert!(waits.join().expect("does not panic"));
    });
    assert!(clock() < LONG.as_secs_f64() * 1_000.0);
}

#[test]
fn rlock_is_taken_again_by_its_owner_alone() {
    let lock = RLock::new();
    assert_eq!(lock.release(), Err(Misuse::ReleasedByOther));
    assert!(lock.acquire(Timeout::NEVER) && lock.acquire(Timeout::AT_ONCE));
    let others = || {
        thread::scope(|scope| {
            let other = scope.spawn(|| (lock.acquire(Timeout::AT_ONCE), lock.release()));
            other.join().expect("does not panic")
        })
    };
    assert_eq!(others(), (false, Err(Misuse::ReleasedByOther)));
    assert_eq!(lock.release(), Ok(()));
    assert!(lock.is_owned());
    assert_eq!(others(), (false, Err(Misuse::ReleasedByOther)));
    assert_eq!(lock.release(), Ok(()));
    assert!(!lock.is_owned());
    assert_eq!(others(), (true, Ok(())));
}

#[test]
fn rlock_gives_up_where_another_thread_has_it() {
    let lock = RLock::new();
    lock.acquire(Timeout::NEVER);
    thread::scope(|scope| {
        scope.spawn(|| assert!(gives_up(|timeout| lock.acquire(timeout))));
    });
}

#[test]
fn semaphore_has_so_many_permits() {
    let semaphore = Semaphore::new(2);
    assert!(semaphore.acquire(Timeout::NEVER) && semaphore.acquire(Timeout::AT_ONCE));
    assert!(!semaphore.acquire(Timeout::AT_ONCE));
    assert!(gives_up(|timeout| semaphore.acquire(timeout)));
    semaphore.release(3);
    assert_eq!(semaphore.permits(), 3);
    assert!(semaphore.acquire(Timeout::AT_ONCE));
}

#[test]
fn semaphore_wakes_as_many_as_it_has_permits_for() {
    let semaphore = Semaphore::new(0);
    let got = AtomicU32::new(0);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                semaphore.acquire(Timeout::NEVER);
                got.fetch_add(1, Relaxed);
            });
        }
        semaphore.release(2);
        while got.load(Relaxed) < 2 {
            thread::yield_now();
        }
        thread::sleep(SHORT);
        assert_eq!((got.load(Relaxed), semaphore.permits()), (2, 0));
        semaphore.release(1);
    });
    assert_eq!(got.into_inner(), 3);
}

#[test]
fn bounded_semaphore_refuses_more_than_it_had() {
    let semaphore = BoundedSemaphore::new(2);
    assert_eq!(semaphore.release(1), Err(Misuse::ReleasedTooOften));
    assert!(semaphore.acquire(Timeout::AT_ONCE));
    assert_eq!(semaphore.release(2), Err(Misuse::ReleasedTooOften));
    assert_eq!(semaphore.permits(), 1);
    assert_eq!(semaphore.release(1), Ok(()));
    assert_eq!(semaphore.permits(), 2);
    semaphore.acquire(Timeout::AT_ONCE);
    semaphore.acquire(Timeout::AT_ONCE);
    assert!(gives_up(|timeout| semaphore.acquire(timeout)));
}

#[test]
fn condition_is_waited_for_and_notified_with_its_lock_only() {
    let condition = Condition::new();
    assert_eq!(condition.wait(Timeout::NEVER), Err(Misuse::WaitedWithoutLock));
    assert_eq!(condition.notify(1), Err(Misuse::NotifiedWithoutLock));
    assert_eq!(condition.notify_all(), Err(Misuse::NotifiedWithoutLock));
    assert_eq!(condition.release(), Err(Misuse::ReleasedByOther));
}

#[test]
fn condition_tells_a_timeout_and_has_its_lock_again() {
    let condition = Condition::new();
    assert!(condition.acquire(Timeout::NEVER) && condition.acquire(Timeout::NEVER));
    assert!(gives_up(|timeout| condition.wait(timeout) == Ok(true)));
    assert!(gives_up(|timeout| condition.wait_for(|| false, timeout) == Ok(true)));
    assert_eq!(condition.wait(Timeout::AT_ONCE), Ok(false));
    // A notification reaches those only who wait.
    assert_eq!(condition.notify_all(), Ok(()));
    assert_eq!(condition.wait(Timeout::AT_ONCE), Ok(false));
    // It was taken twice, and is held twice.
    assert_eq!((condition.release(), condition.release()), (Ok(()), Ok(())));
    assert_eq!(condition.release(), Err(Misuse::ReleasedByOther));
}

#[test]
fn condition_wakes_so_many_and_then_all() {
    let condition = Condition::new();
    let (waiting, woken) = (AtomicU32::new(0), AtomicU32::new(0));
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                condition.acquire(Timeout::NEVER);
                waiting.fetch_add(1, Relaxed);
                assert_eq!(condition.wait(Timeout::NEVER), Ok(true));
                woken.fetch_add(1, Relaxed);
                assert_eq!(condition.release(), Ok(()));
            });
        }
        let notify = |threads| {
            condition.acquire(Timeout::NEVER);
            assert_eq!(condition.notify(threads), Ok(()));
            assert_eq!(condition.release(), Ok(()));
        };
        while waiting.load(Relaxed) < 4 {
            thread::yield_now();
        }
        notify(2);
        while woken.load(Relaxed) < 2 {
            thread::yield_now();
        }
        thread::sleep(SHORT);
        assert_eq!(woken.load(Relaxed), 2);
        notify(usize::MAX);
    });
    assert_eq!(woken.into_inner(), 4);
}

#[test]
fn condition_waits_for_what_another_thread_brings_about() {
    let (condition, count) = (Condition::new(), AtomicU32::new(0));
    thread::scope(|scope| {
        scope.spawn(|| {
            condition.acquire(Timeout::NEVER);
            assert_eq!(condition.wait_for(|| count.load(Relaxed) == 2, Timeout::NEVER), Ok(true));
            assert_eq!(condition.release(), Ok(()));
        });
        for _ in 0..2 {
            condition.acquire(Timeout::NEVER);
            count.fetch_add(1, Relaxed);
            assert_eq!(condition.notify_all(), Ok(()));
            assert_eq!(condition.release(), Ok(()));
        }
    });
}
