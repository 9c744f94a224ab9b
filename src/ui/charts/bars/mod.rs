//! Bars as one drawing, to be saved as a picture: each model's median with its interval, and every
//! sample as a dot. On the page `rows` shows the same; what changes here changes there.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::report::Outcome;
use crate::ui::charts::axis::{Axis, FOOT, Tick};

/// A row's height, in px: a line of text above the bar, so that labels have the
/// whole width on a phone and figures never fall beside the chart.
pub const ROW: f64 = 52.0;
/// Where in its row a bar begins, in px.
pub const BAR_TOP: f64 = 22.0;
/// A bar's height, in px.
pub const BAR: f64 = 20.0;

/// A model's bar.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Which of the results it is.
    pub result: usize,
    /// The top of its row, in px.
    pub y: f64,
    /// The bar's width, in px.
    pub width: f64,
    /// The interval's ends, in px.
    pub interval: [f64; 2],
    /// The samples, in px: across, and down from the row's top.
    pub dots: Vec<(f64, f64)>,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct Bars {
    /// Its width, in px.
    pub width: f64,
    /// Its height, in px.
    pub height: f64,
    /// One bar per model that has samples.
    pub bars: Vec<Bar>,
    /// The axis.
    pub ticks: Vec<Tick>,
}

/// The height of a chart of so many models, in px, known before any has run.
pub fn height(models: usize) -> f64 {
    models as f64 * ROW + FOOT
}

/// Lays the chart out for a width. Models without samples keep their row empty.
pub fn layout(results: &[Outcome], width: f64) -> Bars {
    let longest = results.iter().filter_map(|result| result.summary.as_ref());
    let end_ms = longest.map(|summary| summary.max_ms).fold(0.0, f64::max).max(1e-3);
    let axis = Axis::new([0.0, end_ms], 0.0, width);
    let bar = |(result, outcome): (usize, &Outcome)| {
        let summary = outcome.summary.as_ref()?;
        // Dots keep to a few lines of their own, so that equal samples do not
        // hide one another.
        let line = |sample: usize| BAR_TOP + BAR * (1.0 + (sample % 4) as f64 * 2.0) / 8.0;
        let samples = outcome.samples.iter().enumerate();
        Some(Bar {
            result,
            y: result as f64 * ROW,
            width: axis.x(summary.median_ms),
            interval: summary.ci95_ms.map(|ms| axis.x(ms)),
            dots: samples.map(|(at, sample)| (axis.x(sample.total_ms), line(at))).collect(),
        })
    };
    let bars = results.iter().enumerate().filter_map(bar).collect();
    Bars { width, height: height(results.len()), bars, ticks: axis.ticks() }
}
