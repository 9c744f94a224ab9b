//! What every model is measured with.

use crate::browser::clock::BrowserClock;
use crate::browser::heartbeat::Heartbeat;
use crate::browser::turn::Turns;
use crate::measure::{Lane, heartbeat};
use std::rc::Rc;

/// What every model is measured with.
#[derive(Clone)]
pub struct Instruments {
    /// The clock.
    pub clock: BrowserClock,
    /// The page's heart, unless nobody wants to know for how long the page is frozen: waiting for a beat
    /// before and after takes longer than many a measurement.
    pub heartbeat: Option<Rc<Heartbeat>>,
    /// Turns of the event loop.
    pub turns: Turns,
    /// Whether to note who does what when.
    pub spans: bool,
}

impl Instruments {
    /// Begins a measurement, with a heart that has just been seen to beat.
    pub async fn begin(&self) {
        if let Some(heartbeat) = &self.heartbeat {
            heartbeat.begin().await;
        }
    }

    /// Ends a measurement that lasted from `started_ms` to `ended_ms`: notes the
    /// page's beats in its lane, and says for how long it was frozen, in ms; 0 where nobody wants to know.
    pub async fn heart(&self, page: &mut Lane, started_ms: f64, ended_ms: f64) -> f64 {
        let Some(heartbeat) = &self.heartbeat else { return 0.0 };
        let mut beats_ms = heartbeat.end().await;
        let frozen_ms = heartbeat::longest_freeze_ms(&beats_ms, started_ms, ended_ms);
        beats_ms.retain(|beat| (started_ms..=ended_ms).contains(beat));
        page.beats_ms = beats_ms;
        frozen_ms
    }
}
