//! The browser's clock.

use crate::measure::Clock;
use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    // Every kind of global scope has one: windows, workers, pool threads.
    #[wasm_bindgen(thread_local_v2, js_name = performance)]
    static PERFORMANCE: web_sys::Performance;
}

thread_local! {
    /// Each scope counts from a beginning of its own.
    static TIME_ORIGIN_MS: f64 = PERFORMANCE.with(web_sys::Performance::time_origin);
}

/// The high-resolution clock, the same in every scope of the page.
#[derive(Clone, Copy, Debug, Default)]
pub struct BrowserClock;

impl Clock for BrowserClock {
    fn now_ms(&self) -> f64 {
        TIME_ORIGIN_MS.with(|origin| *origin) + PERFORMANCE.with(web_sys::Performance::now)
    }
}

/// By how much the time of day is ahead of the time that has passed, in ms: it jumps
/// where the machine sleeps or its clock is set.
pub fn ahead_ms() -> f64 {
    js_sys::Date::now() - PERFORMANCE.with(web_sys::Performance::now)
}

/// The least step of the clock that shows within a few milliseconds, in µs.
pub fn resolution_us() -> f64 {
    const STEPS: u32 = 40;
    const LONGEST_MS: f64 = 8.0;
    let begin = PERFORMANCE.with(web_sys::Performance::now);
    let (mut last, mut least, mut steps) = (begin, f64::INFINITY, 0);
    while steps < STEPS && last - begin < LONGEST_MS {
        let now = PERFORMANCE.with(web_sys::Performance::now);
        if now > last {
            least = least.min(now - last);
            (last, steps) = (now, steps + 1);
        }
    }
    // Differences of doubles end in noise: 5.000000074 µs is 5 µs.
    (least * 1e6).round() / 1e3
}
