//! The calibration kernel: the same arithmetic again and again, to see whether the
//! machine kept its speed and how many cores it has.

use crate::browser::clock::BrowserClock;
use crate::measure::Clock;
use crate::workloads::splitmix;
use std::hint::black_box;

/// Steps of a burst: about a millisecond.
const STEPS: u64 = 400_000;

/// Computes `bursts` bursts; how long each took, in ms.
pub fn bursts_ms(bursts: u32) -> Vec<f64> {
    let mut last_ms = BrowserClock.now_ms();
    let burst = |seed: u32| {
        let mut drawn = (0..STEPS).map(|step| splitmix::r(seed.into(), step) >> 32);
        // Nothing overflows. But a loop that could end early is not vectorized: for a product of two lanes
        // of 64 bits Firefox 140 mixes instructions of SSE and AVX, which takes some machines a hundred
        // times as long, and a calibration seconds.
        black_box(drawn.try_fold(0_u64, u64::checked_add));
        let now_ms = BrowserClock.now_ms();
        let took_ms = now_ms - last_ms;
        last_ms = now_ms;
        took_ms
    };
    (0..bursts).map(burst).collect()
}
