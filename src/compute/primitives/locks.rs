//! What threads have, and others wait for until it is released.

use super::recorder::{Came, pause, record};
use crate::pitfalls::programs::primitive::demonstration::{Demonstration, HOLD_MS, ROUNDS};
use crate::pitfalls::programs::primitive::stretch::{Call, Did};
use crate::sync::threading::lock::Lock;
use crate::sync::threading::rlock::RLock;
use crate::sync::threading::semaphore::{BoundedSemaphore, Semaphore};
use crate::sync::threading::timeout::Timeout;
use std::sync::atomic::{AtomicU32, Ordering};

/// What each thread does before it wants the lock, in ms.
const OUTSIDE_MS: u64 = 1;

pub fn lock(of: &Demonstration) -> Came {
    let lock = Lock::new();
    let release = || lock.release().is_ok();
    take_turns(of, &|timeout| lock.acquire(timeout), &release, None)
}

pub fn rlock(of: &Demonstration) -> Came {
    let lock = RLock::new();
    let release = || lock.release().is_ok();
    let again = || lock.acquire(Timeout::AT_ONCE);
    take_turns(of, &|timeout| lock.acquire(timeout), &release, Some(&again))
}

pub fn semaphore(of: &Demonstration) -> Came {
    let semaphore = Semaphore::new(of.permits());
    let release = || {
        semaphore.release(1);
        true
    };
    take_turns(of, &|timeout| semaphore.acquire(timeout), &release, None)
}

pub fn bounded_semaphore(of: &Demonstration) -> Came {
    let semaphore = BoundedSemaphore::new(of.permits());
    let release = || semaphore.release(1).is_ok();
    let mut came = take_turns(of, &|timeout| semaphore.acquire(timeout), &release, None);
    // Everything has been given back.
    came.refused += u32::from(!release());
    came
}

/// Each thread takes it a few times, and keeps it for a while. Where it can be taken `again` by who has
/// it, a thread does so in the middle of that.
fn take_turns(
    of: &Demonstration,
    acquire: &(dyn Fn(Timeout) -> bool + Sync),
    release: &(dyn Fn() -> bool + Sync),
    again: Option<&(dyn Fn() -> bool + Sync)>,
) -> Came {
    // Who released it last. It says so while it has it: so of a lock, whoever is next finds it.
    let last = AtomicU32::new(0);
    record(of.threads, |recorder| {
        for _ in 0..ROUNDS {
            recorder.ran(OUTSIDE_MS);
            if !acquire(Timeout::AT_ONCE) {
                recorder.waited(Call::Acquire, || {
                    acquire(Timeout::NEVER);
                    last.load(Ordering::Relaxed)
                });
            }
            recorder.got += 1;
            recorder.inside(|recorder| match again {
                None => recorder.held(|| pause(HOLD_MS)),
                Some(again) => {
                    recorder.held(|| pause(HOLD_MS / 4));
                    recorder.got += u32::from(again());
                    recorder.note(Did::HeldAgain, || pause(HOLD_MS / 2));
                    release();
                    recorder.held(|| pause(HOLD_MS / 4));
                }
            });
            last.store(recorder.me, Ordering::Relaxed);
            release();
        }
    })
}
