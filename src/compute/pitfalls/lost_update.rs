//! Threads that add to one counter.

use crate::compute::crew::{all_at_once, no_clock};
use crate::pitfalls::programs::lost_update::{Adders, Counted, LostUpdate};
use crate::sync::bounded_queue::BoundedQueue;
use crate::sync::counter::Counter;
use crate::sync::queue_state::QueueState;
use crate::workloads::splitmix;
use std::hint::black_box;
use std::sync::atomic::AtomicU32;

/// Adds on all threads, in this way.
pub fn run(way: LostUpdate, adders: Adders, stop: &AtomicU32) -> Counted {
    let Adders { threads, each } = adders;
    let counter = Counter::new();
    let queue = BoundedQueue::new(QueueState::streaming(threads as usize), stop);
    let took_ms = all_at_once(threads as usize, |number| match way {
        LostUpdate::Apart => repeat(each, || counter.add_apart(one)),
        LostUpdate::Lock => repeat(each, || counter.add_locked(one)),
        LostUpdate::Atomic => repeat(each, || counter.add_atomic(one)),
        LostUpdate::Message => {
            let mut own = 0_u32;
            repeat(each, || own = black_box(own) + one());
            queue.put(own, no_clock);
            if number == 0 {
                // Only this thread uses the counter.
                let counts = (0..threads).filter_map(|_| queue.take(no_clock));
                counts.for_each(|counted| counter.add_apart(|| counted));
            }
        }
    });
    Counted { way, expected: threads * each, got: counter.get(), took_ms }
}

fn repeat(times: u32, mut add: impl FnMut()) {
    for _ in 0..times {
        add();
    }
}

/// How many steps it takes to find out how much to add: some tens of nanoseconds. A thread that loses
/// its core then loses it most likely between its read and its write, so that additions are lost even
/// where both threads take turns on one core.
const STEPS: u64 = 8;

/// How much to add.
fn one() -> u32 {
    black_box((0..STEPS).fold(0, |all, step| splitmix::r(black_box(all), step)));
    1
}
