//! Two threads that add to one counter.

use super::crew::all_at_once;
use crate::pitfalls::programs::lost_update::{ADDITIONS, Counted, LostUpdate, THREADS};
use crate::sync::bounded_queue::BoundedQueue;
use crate::sync::counter::Counter;
use crate::sync::queue_state::QueueState;
use std::hint::black_box;
use std::sync::atomic::AtomicU32;

/// Adds on all threads, in this way.
pub fn run(way: LostUpdate, stop: &AtomicU32) -> Counted {
    let counter = Counter::new();
    let queue = BoundedQueue::new(QueueState::streaming(THREADS as usize), stop);
    let took_ms = all_at_once(THREADS as usize, |number| match way {
        LostUpdate::Apart => repeat(|| counter.add_apart()),
        LostUpdate::Lock => repeat(|| counter.add_locked()),
        LostUpdate::Atomic => repeat(|| counter.add_atomic()),
        LostUpdate::Message => {
            let mut own = 0_u32;
            repeat(|| own = black_box(own) + 1);
            queue.put(own, no_clock);
            if number == 0 {
                (0..THREADS).filter_map(|_| queue.take(no_clock)).for_each(|counted| {
                    counter.add_counted(counted);
                });
            }
        }
    });
    Counted { way, expected: THREADS * ADDITIONS, got: counter.get(), took_ms }
}

fn repeat(mut add: impl FnMut()) {
    for _ in 0..ADDITIONS {
        add();
    }
}

/// Nobody asks how deep the queue was when.
fn no_clock() -> f64 {
    0.0
}
