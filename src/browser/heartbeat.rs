//! The page's heart: a timer that ticks while the page's thread is free, seen on
//! the page and in the timeline.

use super::clock::BrowserClock;
use crate::measure::Clock;
use crate::measure::heartbeat::BEAT_MS;
use futures_channel::oneshot;
use gloo_timers::callback::Interval;
use std::cell::RefCell;
use std::rc::Rc;

/// The page shows every so-manyth beat: enough to see it stop, at a cost of next
/// to nothing while something is measured.
const BEATS_PER_STEP: u32 = 6;

/// A beating heart; dropping it stops it.
pub struct Heartbeat {
    beats: Rc<RefCell<Beats>>,
    _interval: Interval,
}

#[derive(Default)]
struct Beats {
    seen_ms: Vec<f64>,
    waiting: Vec<oneshot::Sender<()>>,
    count: u32,
}

impl Heartbeat {
    /// Starts beating; `show` is called with the number of steps so far.
    pub fn start(show: impl Fn(u32) + 'static) -> Self {
        let beats = Rc::new(RefCell::new(Beats::default()));
        let beating = beats.clone();
        let interval = Interval::new(BEAT_MS, move || {
            let mut beats = beating.borrow_mut();
            beats.seen_ms.push(BrowserClock.now_ms());
            beats.count = beats.count.wrapping_add(1);
            let (count, waiting) = (beats.count, std::mem::take(&mut beats.waiting));
            drop(beats);
            for waiting in waiting {
                // Whoever waited may have been cancelled since.
                let _ = waiting.send(());
            }
            if count.is_multiple_of(BEATS_PER_STEP) {
                show(count / BEATS_PER_STEP);
            }
        });
        Self { beats, _interval: interval }
    }

    /// Forgets the beats so far and waits for one, so that a measurement begins
    /// with a heart that has just been seen to beat.
    pub async fn begin(&self) {
        {
            let mut beats = self.beats.borrow_mut();
            beats.seen_ms.clear();
            // Room for a minute, so that nothing is allocated while measuring.
            beats.seen_ms.reserve(60_000 / BEAT_MS as usize);
        }
        self.next_beat().await;
    }

    /// Waits for the beat after a measurement and hands out all since it began.
    pub async fn end(&self) -> Vec<f64> {
        self.next_beat().await;
        std::mem::take(&mut self.beats.borrow_mut().seen_ms)
    }

    async fn next_beat(&self) {
        let (wake, woken) = oneshot::channel();
        self.beats.borrow_mut().waiting.push(wake);
        // A heart that stops for good drops the sender, and nobody waits on.
        let _ = woken.await;
    }
}
