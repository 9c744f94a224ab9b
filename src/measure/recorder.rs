//! Noting who does what when, as cheaply as can be, or not at all.

use super::clock::Clock;
use super::span::{Phase, Span};

/// Notes spans. Switched off it reads no clock, which is how the cost of measuring is
/// measured.
#[derive(Debug)]
pub struct Recorder<C> {
    clock: C,
    on: bool,
    spans: Vec<Span>,
}

impl<C: Clock> Recorder<C> {
    /// A recorder with room for so many spans, so that nothing is allocated while it
    /// notes.
    pub fn new(clock: C, on: bool, room: usize) -> Self {
        Self { clock, on, spans: Vec::with_capacity(if on { room } else { 0 }) }
    }

    /// Now, in ms; 0 while switched off.
    pub fn now_ms(&self) -> f64 {
        if self.on { self.clock.now_ms() } else { 0.0 }
    }

    /// Notes a span that ends now, and gives its end, in ms.
    pub fn since(&mut self, phase: Phase, task: impl Into<Option<u32>>, start_ms: f64) -> f64 {
        let end_ms = self.now_ms();
        self.span(phase, task, start_ms, end_ms);
        end_ms
    }

    /// Notes a span.
    pub fn span(&mut self, phase: Phase, task: impl Into<Option<u32>>, start_ms: f64, end_ms: f64) {
        if self.on {
            self.spans.push(Span::new(phase, task, start_ms, end_ms));
        }
    }

    /// What was noted.
    pub fn into_spans(self) -> Vec<Span> {
        self.spans
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::clock::FakeClock;

    #[test]
    fn switched_off_it_notes_nothing() {
        let clock = FakeClock::default();
        clock.advance(5.0);
        for (on, expected) in [(true, 1), (false, 0)] {
            let mut recorder = Recorder::new(&clock, on, 4);
            let start_ms = recorder.now_ms();
            clock.advance(2.0);
            recorder.since(Phase::Compute, 3, start_ms);
            let spans = recorder.into_spans();
            assert_eq!(spans.len(), expected);
            assert!(spans.iter().all(|span| span.duration_ms() == 2.0));
        }
    }
}
