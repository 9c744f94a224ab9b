//! Every sample as a dot, stacked where they fall together: what a median hides.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::report::Outcome;
use crate::ui::charts::axis::{Axis, FOOT, Tick};
use crate::ui::charts::dot_plot::{Dot, RADIUS, ROW, stacked};

/// How much of the samples' range the axis shows beyond it, either way.
const BEYOND: f64 = 0.04;
/// Samples fall in two groups where a gap takes more than this part of their range…
const GROUP_GAP: f64 = 0.5;
/// …and either side of it has this many of them.
const FEWEST_IN_GROUP: usize = 4;

/// A model's samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which of the results it is.
    pub result: usize,
    /// Its top, in px.
    pub y: f64,
    /// Its samples.
    pub dots: Vec<Dot>,
    /// Where the median is, in px.
    pub median: f64,
    /// Where the interval begins and ends, in px.
    pub interval: [f64; 2],
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct DistributionLayout {
    /// Its height, in px.
    pub height: f64,
    /// Its time axis; it rarely begins at 0.
    pub axis: Axis,
    /// The marks of its axis.
    pub ticks: Vec<Tick>,
    /// A row per model that has samples.
    pub rows: Vec<Row>,
}

/// The height of a chart of so many models, in px, known before any has run.
pub fn height(models: usize) -> f64 {
    models as f64 * ROW + FOOT
}

/// Whether an outcome's samples fall in two groups that are far apart: then its median
/// is the time of neither, or of one.
pub fn has_two_groups(outcome: &Outcome) -> bool {
    let mut sorted = outcome.totals_ms();
    sorted.sort_by(f64::total_cmp);
    let (Some(first), Some(last)) = (sorted.first(), sorted.last()) else { return false };
    let wide = GROUP_GAP * (last - first);
    let gap = sorted.windows(2).position(|pair| pair[1] - pair[0] > wide);
    gap.is_some_and(|at| at + 1 >= FEWEST_IN_GROUP && sorted.len() - at > FEWEST_IN_GROUP)
}

/// Lays the chart out for a width. Models without samples keep their row empty.
pub fn layout(results: &[Outcome], width: f64) -> DistributionLayout {
    let samples = || results.iter().flat_map(|one| &one.samples).map(|sample| sample.total_ms);
    let least = samples().fold(f64::INFINITY, f64::min);
    let most = samples().fold(0.0, f64::max);
    let least = least.min(most);
    // Equal samples are still a place on an axis.
    let beyond = ((most - least) * BEYOND).max(most * 1e-3).max(1e-4);
    let axis = Axis::new([(least - beyond).max(0.0), most + beyond], RADIUS, width);
    let row = |(result, outcome): (usize, &Outcome)| {
        let summary = outcome.summary.as_ref()?;
        Some(Row {
            result,
            y: result as f64 * ROW,
            dots: stacked(places(outcome, &axis)),
            median: axis.x(summary.median_ms),
            interval: summary.ci95_ms.map(|ms| axis.x(ms)),
        })
    };
    let rows = results.iter().enumerate().filter_map(row).collect();
    DistributionLayout { height: height(results.len()), ticks: axis.ticks(), rows, axis }
}

/// Where an outcome's samples are, in px, and which of them are outliers.
fn places(outcome: &Outcome, axis: &Axis) -> Vec<(f64, bool)> {
    outcome.samples.iter().map(|sample| (axis.x(sample.total_ms), sample.outlier)).collect()
}

#[cfg(test)]
mod tests;
