//! One thread makes items, and the others take them: over a condition, and over a queue.

use super::recorder::{Came, Recorder, pause, record};
use crate::pitfalls::programs::primitive::demonstration::{Demonstration, MAXSIZE};
use crate::pitfalls::programs::primitive::stretch::Call;
use crate::sync::threading::condition::Condition;
use crate::sync::threading::queue::{GetError, PutError, Queue, Shutdown};
use crate::sync::threading::timeout::Timeout;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

/// Who makes the items.
const PRODUCER: u32 = 0;
/// How long it takes to make an item, in ms.
const MAKE_MS: u64 = 2;
/// How long it takes to work on one, in ms.
const USE_MS: u64 = 5;
/// How long the condition's lock is kept, in ms.
const LOCKED_MS: u64 = 1;

/// Consumers wait until there is an item. The producer notifies one of them of each.
pub fn condition(of: &Demonstration) -> Came {
    let condition = Condition::new();
    // Both are only changed by who has the lock.
    let (items, is_over) = (AtomicU32::new(0), AtomicBool::new(false));
    let last = AtomicU32::new(PRODUCER);
    record(of.threads, |recorder| {
        let me = recorder.me;
        let acquire = |recorder: &mut Recorder| {
            if !condition.acquire(Timeout::AT_ONCE) {
                recorder.waited(Call::Acquire, || {
                    condition.acquire(Timeout::NEVER);
                    last.load(Ordering::Relaxed)
                });
            }
        };
        let release = || {
            last.store(me, Ordering::Relaxed);
            let was_held = condition.release();
            debug_assert!(was_held.is_ok());
        };
        if me == PRODUCER {
            for _ in 0..of.items() {
                recorder.ran(MAKE_MS);
                acquire(recorder);
                recorder
                    .held(|| {
                        pause(LOCKED_MS);
                        items.fetch_add(1, Ordering::Relaxed);
                        condition.notify(1)
                    })
                    .unwrap_or_default();
                release();
            }
            acquire(recorder);
            is_over.store(true, Ordering::Relaxed);
            condition.notify_all().unwrap_or_default();
            return release();
        }
        loop {
            acquire(recorder);
            while items.load(Ordering::Relaxed) == 0 && !is_over.load(Ordering::Relaxed) {
                recorder.waited(Call::Wait, || {
                    condition.wait(Timeout::NEVER).unwrap_or_default();
                    PRODUCER
                });
            }
            if items.load(Ordering::Relaxed) == 0 {
                return release();
            }
            recorder.inside(|recorder| {
                recorder.held(|| {
                    pause(LOCKED_MS);
                    items.fetch_sub(1, Ordering::Relaxed);
                });
            });
            release();
            recorder.got += 1;
            recorder.ran(USE_MS);
        }
    })
}

/// Who made room for the producer, as far as it waited for that.
#[derive(Default)]
struct Room {
    /// The waits of the producer, by their places in its lane: for which item each was.
    waits: Vec<(usize, u32)>,
    /// Who took which item.
    taken: Vec<(u32, u32)>,
}

/// A producer puts items into a bounded queue, joins it, and shuts it down. Consumers take them until
/// then.
pub fn queue(of: &Demonstration) -> Came {
    let queue = Queue::new(MAXSIZE);
    let room = Mutex::new(Room::default());
    let room_now = || room.lock().unwrap_or_else(PoisonError::into_inner);
    // Who was done last, which ends the join.
    let last_done = AtomicU32::new(PRODUCER);
    let mut came = record(of.threads, |recorder| {
        if recorder.me == PRODUCER {
            for number in 0..of.items() {
                recorder.ran(MAKE_MS);
                if let Err(PutError::Full(item)) = queue.put(number, Timeout::AT_ONCE) {
                    recorder.waited(Call::Put, || {
                        let is_in = queue.put(item, Timeout::NEVER).is_ok();
                        debug_assert!(is_in);
                        PRODUCER
                    });
                    room_now().waits.push((recorder.stretches.len() - 1, number));
                }
            }
            recorder.waited(Call::Join, || {
                queue.join();
                last_done.load(Ordering::Relaxed)
            });
            return queue.shutdown(Shutdown::OnceEmpty);
        }
        loop {
            let item = match queue.get(Timeout::AT_ONCE) {
                Err(GetError::Empty) => {
                    let mut item = Err(GetError::Empty);
                    recorder.waited(Call::Get, || {
                        item = queue.get(Timeout::NEVER);
                        PRODUCER
                    });
                    item
                }
                had => had,
            };
            let Ok(item) = item else { return };
            room_now().taken.push((item, recorder.me));
            recorder.got += 1;
            recorder.ran(USE_MS);
            last_done.store(recorder.me, Ordering::Relaxed);
            let was_taken = queue.task_done();
            debug_assert!(was_taken.is_ok());
        }
    });
    // With one producer, an item has room once the one that is as many before it as there is room is taken.
    let Room { waits, taken } = room.into_inner().unwrap_or_else(PoisonError::into_inner);
    for (place, number) in waits {
        let made_room = taken.iter().find(|(item, _)| item + MAXSIZE as u32 == number);
        if let (Some(wait), Some((_, taker))) = (came.lanes[0].get_mut(place), made_room) {
            wait.woken_by = Some(*taker);
        }
    }
    came
}
