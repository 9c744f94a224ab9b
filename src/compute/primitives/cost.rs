//! What one use of a primitive costs where nobody else uses it.

use crate::browser::clock::BrowserClock;
use crate::measure::Clock;
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::sync::threading::barrier::Barrier;
use crate::sync::threading::condition::Condition;
use crate::sync::threading::event::Event;
use crate::sync::threading::lock::Lock;
use crate::sync::threading::queue::Queue;
use crate::sync::threading::rlock::RLock;
use crate::sync::threading::semaphore::{BoundedSemaphore, Semaphore};
use crate::sync::threading::timeout::Timeout;
use std::hint::black_box;

/// How often it is used: some milliseconds, of which the clock's steps are no part.
const USES: u32 = 100_000;
/// How often before that, so that the browser has its fastest code ready.
const BEFORE: u32 = 20_000;

/// What one use costs, in ns. What that is, the texts of the page say.
pub fn of(primitive: PrimitiveId) -> f64 {
    match primitive {
        PrimitiveId::Lock => {
            let lock = Lock::new();
            per_use(|| lock.acquire(Timeout::NEVER) && lock.release().is_ok())
        }
        PrimitiveId::RLock => {
            let lock = RLock::new();
            per_use(|| lock.acquire(Timeout::NEVER) && lock.release().is_ok())
        }
        PrimitiveId::Semaphore => {
            let semaphore = Semaphore::new(1);
            per_use(|| {
                semaphore.acquire(Timeout::NEVER);
                semaphore.release(1);
                true
            })
        }
        PrimitiveId::BoundedSemaphore => {
            let semaphore = BoundedSemaphore::new(1);
            per_use(|| semaphore.acquire(Timeout::NEVER) && semaphore.release(1).is_ok())
        }
        PrimitiveId::Event => {
            let event = Event::new();
            per_use(|| {
                event.set();
                let is_set = event.wait(Timeout::NEVER);
                event.clear();
                is_set
            })
        }
        PrimitiveId::Condition => {
            let condition = Condition::new();
            per_use(|| {
                condition.acquire(Timeout::NEVER);
                condition.notify(1).is_ok() && condition.release().is_ok()
            })
        }
        PrimitiveId::Barrier => {
            let barrier = Barrier::new(1);
            per_use(|| barrier.wait(Timeout::NEVER).is_ok())
        }
        PrimitiveId::Queue => {
            let queue = Queue::new(1);
            per_use(|| queue.put(1, Timeout::NEVER).is_ok() && queue.get(Timeout::NEVER).is_ok())
        }
    }
}

fn per_use(use_it: impl Fn() -> bool) -> f64 {
    let often = |uses: u32| (0..uses).filter(|_| black_box(use_it())).count();
    black_box(often(BEFORE));
    let start_ms = BrowserClock.now_ms();
    black_box(often(USES));
    (BrowserClock.now_ms() - start_ms) * 1e6 / f64::from(USES)
}
