//! The GIL: no two holders, no wake-up lost, everyone gets it in the end, and who hands it over does
//! not get it back before another has had it.

use crate::explore;
use crate::gil::{Acquired, Gil};
use crate::primitives::{AtomicU32, time_out_next};
use loom::cell::UnsafeCell;
use loom::sync::Arc;
use loom::thread;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

/// Whatever it is: time is over when the model says so.
const INTERVAL: Duration = Duration::from_millis(5);

/// A lock and what it guards.
struct Guarded {
    gil: Gil<'static>,
    /// loom fails where two threads are in it at a time.
    cell: UnsafeCell<()>,
    /// How often a thread was. Not loom's: no order of threads depends on it.
    entered: AtomicUsize,
}

/// A lock, and the flag that stops whoever waits for it. Each order that is tried leaves a flag behind.
fn lock_and_stop() -> (Gil<'static>, &'static AtomicU32) {
    let stop: &'static AtomicU32 = Box::leak(Box::new(AtomicU32::new(0)));
    (Gil::new(INTERVAL, stop), stop)
}

impl Guarded {
    fn new() -> Arc<Self> {
        let (gil, _) = lock_and_stop();
        Arc::new(Self { gil, cell: UnsafeCell::new(()), entered: AtomicUsize::new(0) })
    }

    /// Computes a little, as who holds the lock may.
    fn compute(&self) {
        self.cell.with_mut(|_| self.entered.fetch_add(1, Relaxed));
    }

    /// Looks for a request once, as a kernel does, and hands over where there is one.
    fn poll(&self, thread: usize) {
        if self.gil.drop_request().load(Relaxed) != 0 {
            let switches = self.gil.switches();
            assert_eq!(self.gil.hand_over(thread), Acquired::AfterWaiting);
            assert!(self.gil.switches() > switches, "handed over to nobody");
        }
    }

    /// Takes the lock `times` times, and computes before and after it looks for a request.
    fn take_turns(&self, thread: usize, times: usize, timeouts: u32) {
        time_out_next(timeouts);
        for _ in 0..times {
            assert_ne!(self.gil.acquire(thread), Acquired::Stopped);
            self.compute();
            self.poll(thread);
            self.compute();
            self.gil.release();
        }
    }
}

/// Threads that take `times` turns each; the interval of each of their first `timeouts` waits is
/// over at some time.
fn threads_take_turns(threads: usize, times: usize, timeouts: u32) {
    let guarded = Guarded::new();
    let others: Vec<_> = (1..threads)
        .map(|thread| {
            let guarded = guarded.clone();
            thread::spawn(move || guarded.take_turns(thread, times, timeouts))
        })
        .collect();
    guarded.take_turns(0, times, timeouts);
    for other in others {
        other.join().expect("no thread panics");
    }
    assert_eq!(guarded.entered.load(Relaxed), 2 * threads * times);
}

#[test]
fn two_threads_that_never_wait_an_interval_take_turns() {
    explore(None, || threads_take_turns(2, 2, 0));
}

#[test]
fn two_threads_that_request_the_lock_get_it() {
    explore(None, || threads_take_turns(2, 2, 1));
}

#[test]
fn three_threads_take_turns() {
    explore(Some(4), || threads_take_turns(3, 1, 1));
}

/// As in a convoy: a thread computes without end, and never frees the lock by itself, until the
/// other has had it twice.
#[test]
fn a_thread_that_computes_gives_way_to_each_request() {
    explore(None, || {
        let guarded = Guarded::new();
        let times_had = Arc::new(AtomicU32::new(0));
        let (short, had) = (guarded.clone(), times_had.clone());
        let other = thread::spawn(move || {
            for times in 1..=2 {
                time_out_next(1);
                assert_ne!(short.gil.acquire(1), Acquired::Stopped);
                short.compute();
                had.store(times, Relaxed);
                short.gil.release();
            }
        });
        assert_ne!(guarded.gil.acquire(0), Acquired::Stopped);
        while times_had.load(Relaxed) < 2 {
            guarded.compute();
            guarded.poll(0);
            thread::yield_now();
        }
        guarded.gil.release();
        other.join().expect("no thread panics");
    });
}

/// Whoever waits is let go: here the holder never frees the lock, as if it had trapped.
#[test]
fn a_stop_ends_all_waiting() {
    explore(None, || {
        let (gil, stop) = lock_and_stop();
        let gil = Arc::new(gil);
        assert_eq!(gil.acquire(0), Acquired::AtOnce);
        let waiting = gil.clone();
        let other = thread::spawn(move || {
            time_out_next(u32::MAX);
            waiting.acquire(1)
        });
        stop.store(1, Relaxed);
        assert_eq!(other.join().expect("no thread panics"), Acquired::Stopped);
    });
}

/// The same where the holder is about to hand over, and who made the request has been let go.
#[test]
fn a_stop_ends_a_hand_over_that_nobody_takes() {
    explore(None, || {
        let (gil, stop) = lock_and_stop();
        let gil = Arc::new(gil);
        assert_eq!(gil.acquire(0), Acquired::AtOnce);
        let waiting = gil.clone();
        let other = thread::spawn(move || {
            time_out_next(2);
            let how = waiting.acquire(1);
            if how != Acquired::Stopped {
                waiting.release();
            }
        });
        stop.store(1, Relaxed);
        time_out_next(u32::MAX);
        let is_requested = gil.drop_request().load(Relaxed) != 0;
        if !is_requested || gil.hand_over(0) != Acquired::Stopped {
            gil.release();
        }
        other.join().expect("no thread panics");
    });
}

/// Who holds the lock frees it and takes it again, as around a request for something, while another
/// thread's request for it is under way: that is not forgotten.
#[test]
fn a_request_outlasts_a_holder_that_frees_the_lock_and_takes_it_again() {
    explore(None, || {
        let guarded = Guarded::new();
        let had = Arc::new(AtomicU32::new(0));
        let (waiting, has) = (guarded.clone(), had.clone());
        let other = thread::spawn(move || {
            time_out_next(1);
            assert_ne!(waiting.gil.acquire(1), Acquired::Stopped);
            waiting.compute();
            has.store(1, Relaxed);
            waiting.gil.release();
        });
        assert_ne!(guarded.gil.acquire(0), Acquired::Stopped);
        guarded.gil.release();
        assert_ne!(guarded.gil.acquire(0), Acquired::Stopped);
        while had.load(Relaxed) == 0 {
            guarded.compute();
            guarded.poll(0);
            thread::yield_now();
        }
        guarded.gil.release();
        other.join().expect("no thread panics");
    });
}
