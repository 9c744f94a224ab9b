//! The stretch of time that a timeline shows.

use crate::measure::Span;

/// One may zoom in until this much time fills the chart, in ms.
const LEAST_VIEW_MS: f64 = 0.01;

/// The stretch of time that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Its beginning, in ms.
    pub start_ms: f64,
    /// Its end, in ms.
    pub end_ms: f64,
}

impl View {
    /// A whole sample of `total_ms`.
    pub fn whole(total_ms: f64) -> Self {
        Self { start_ms: 0.0, end_ms: total_ms.max(LEAST_VIEW_MS) }
    }

    fn span_ms(&self) -> f64 {
        self.end_ms - self.start_ms
    }

    /// The time in its middle, in ms.
    pub fn middle_ms(&self) -> f64 {
        (self.start_ms + self.end_ms) / 2.0
    }

    /// The same view, `factor` times as much time in it, around `at_ms`.
    pub fn zoomed(&self, factor: f64, at_ms: f64, total_ms: f64) -> Self {
        let span = (self.span_ms() * factor).clamp(LEAST_VIEW_MS, total_ms.max(LEAST_VIEW_MS));
        let part = ((at_ms - self.start_ms) / self.span_ms()).clamp(0.0, 1.0);
        let start_ms = at_ms - span * part;
        Self { start_ms, end_ms: start_ms + span }.within(total_ms)
    }

    /// The same view, moved by a part of itself.
    pub fn panned(&self, part: f64, total_ms: f64) -> Self {
        let by = self.span_ms() * part;
        Self { start_ms: self.start_ms + by, end_ms: self.end_ms + by }.within(total_ms)
    }

    /// The same view, moved as little as it takes to hold `span`.
    pub fn holding(&self, span: &Span, total_ms: f64) -> Self {
        if span.start_ms >= self.start_ms && span.end_ms <= self.end_ms {
            return *self;
        }
        let middle = (span.start_ms + span.end_ms) / 2.0;
        let half = self.span_ms().max(span.duration_ms() * 1.2) / 2.0;
        Self { start_ms: middle - half, end_ms: middle + half }.within(total_ms)
    }

    fn within(self, total_ms: f64) -> Self {
        let span = self.span_ms().min(total_ms.max(LEAST_VIEW_MS));
        let start_ms = self.start_ms.clamp(0.0, (total_ms - span).max(0.0));
        Self { start_ms, end_ms: start_ms + span }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_view_stays_within_the_sample(
            total in 0.1f64..1e5,
            moves in prop::collection::vec((0.1f64..10.0, -2f64..2.0, 0f64..1.0), 0..20),
        ) {
            let mut view = View::whole(total);
            for (factor, part, at) in moves {
                view = view.zoomed(factor, view.start_ms + view.span_ms() * at, total);
                view = view.panned(part, total);
                prop_assert!(view.start_ms >= 0.0 && view.end_ms <= total * (1.0 + 1e-9) + LEAST_VIEW_MS);
                prop_assert!(view.span_ms() >= LEAST_VIEW_MS * 0.99);
            }
        }
    }
}
