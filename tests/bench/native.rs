//! Whether this machine has two cores to give right now: the same spinning on one
//! native thread and on two.

use std::hint::black_box;
use std::time::Instant;

/// Where two threads do less than this many times what one does, something else is
/// running, or there is no second core: no speedup can be shown.
const SCALES: f64 = 1.9;
const STEPS: u64 = 200_000_000;
const ROUNDS: usize = 3;

fn spin() -> u64 {
    // A chain of dependent steps, which nothing can shorten.
    (0..STEPS).fold(1, |state, i| (state ^ i).wrapping_mul(0x9E37_79B9_7F4A_7C15))
}

fn seconds(threads: usize) -> f64 {
    let started = Instant::now();
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| black_box(spin()));
        }
    });
    started.elapsed().as_secs_f64()
}

/// Whether the machine is too busy for figures that hold, said in a line.
pub fn is_busy() -> bool {
    let mut ratios: Vec<_> = (0..ROUNDS).map(|_| 2.0 * seconds(1) / seconds(2)).collect();
    ratios.sort_by(f64::total_cmp);
    let scales = ratios[ROUNDS / 2];
    let busy = scales < SCALES;
    let meaning = if busy { "times and speedups are inconclusive" } else { "good" };
    println!("The machine scales {scales:.2} of 2 (two native threads against one): {meaning}.");
    busy
}
