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
    /// The page's heart.
    pub heartbeat: Rc<Heartbeat>,
    /// Turns of the event loop.
    pub turns: Turns,
    /// Whether to note who does what when.
    pub spans: bool,
}

impl Instruments {
    /// Ends a measurement that lasted from `started_ms` to `ended_ms`: notes the
    /// page's beats in its lane, and says for how long it was frozen, in ms.
    pub async fn heart(&self, page: &mut Lane, started_ms: f64, ended_ms: f64) -> f64 {
        let mut beats_ms = self.heartbeat.end().await;
        let frozen_ms = heartbeat::longest_freeze_ms(&beats_ms, started_ms, ended_ms);
        beats_ms.retain(|beat| (started_ms..=ended_ms).contains(beat));
        page.beats_ms = beats_ms;
        frozen_ms
    }
}
