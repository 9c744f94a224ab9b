//! How long each model should take: a bar per model, with the interval that holds nine cases of ten.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::advice::Prediction;
use crate::measure::format;
use crate::ui::charts::axis::{Axis, FOOT, Tick};
use crate::ui::charts::bars::ROW;

/// A model's bar.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Its width, in px.
    pub width: f64,
    /// The interval's ends, in px.
    pub interval: [f64; 2],
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct PredictedLayout {
    /// Its height, in px.
    pub height: f64,
    /// A bar per prediction.
    pub bars: Vec<Bar>,
    /// The marks of its axis.
    pub ticks: Vec<Tick>,
}

/// Lays the chart out for a width.
pub fn layout(predicted: &[Prediction], width: f64) -> PredictedLayout {
    let ends = predicted.iter().map(|one| one.interval90_ms[1].max(one.median_ms));
    let axis = Axis::new([0.0, ends.fold(1e-6, f64::max)], 0.0, width);
    let bar = |one: &Prediction| Bar {
        width: axis.x(one.median_ms),
        interval: one.interval90_ms.map(|ms| axis.x(ms)),
    };
    let bars: Vec<_> = predicted.iter().map(bar).collect();
    PredictedLayout { height: bars.len() as f64 * ROW + FOOT, bars, ticks: axis.ticks() }
}

/// "1.2 s (0.9 s to 1.5 s)".
pub fn sentence(of: &Prediction) -> String {
    let [low, high] = of.interval90_ms;
    format!("{} ({})", format::duration(of.median_ms), format::range(low, high))
}

#[cfg(test)]
mod tests;
