//! Every sample as a dot, stacked where they fall together: what a median hides.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::report::Outcome;
use crate::ui::charts::axis::{Axis, FOOT, Tick};

/// A row's height, in px: a line of text above the dots, the interval below them.
pub const ROW: f64 = 84.0;
/// Where in its row the lowest dots stand, in px.
pub const BASE: f64 = 62.0;
/// A dot's radius, in px.
pub const RADIUS: f64 = 3.5;
/// Where in its row the interval is, in px.
pub const BRACKET: f64 = 72.0;
/// Room for stacks above their lowest dot, in px.
const STACK: f64 = 34.0;
/// How much of the samples' range the axis shows beyond it, either way.
const BEYOND: f64 = 0.04;
/// Samples fall in two groups where a gap takes more than this part of their range…
const GROUP_GAP: f64 = 0.5;
/// …and either side of it has this many of them.
const FEWEST_IN_GROUP: usize = 4;

/// A sample.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dot {
    /// Where it is, in px.
    pub x: f64,
    /// How far down in its row, in px.
    pub y: f64,
    /// Whether it is an outlier.
    pub outlier: bool,
}

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
            dots: dots(outcome, &axis),
            median: axis.x(summary.median_ms),
            interval: summary.ci95_ms.map(|ms| axis.x(ms)),
        })
    };
    let rows = results.iter().enumerate().filter_map(row).collect();
    DistributionLayout { height: height(results.len()), ticks: axis.ticks(), rows, axis }
}

/// The dot plot of Wilkinson, "Dot Plots", The American Statistician 53, 1999: from
/// the least sample on, all that are within a dot's width become one stack, which
/// stands in the middle of them.
fn dots(outcome: &Outcome, axis: &Axis) -> Vec<Dot> {
    let places = outcome.samples.iter().map(|sample| (axis.x(sample.total_ms), sample.outlier));
    let mut places: Vec<_> = places.collect();
    places.sort_by(|a, b| a.0.total_cmp(&b.0));
    let stacks: Vec<_> = {
        let mut rest = &places[..];
        std::iter::from_fn(|| {
            let first = rest.first()?.0;
            let end = rest.partition_point(|place| place.0 < first + 2.0 * RADIUS);
            let (stack, behind) = rest.split_at(end);
            rest = behind;
            Some(stack)
        })
        .collect()
    };
    let tallest = stacks.iter().map(|stack| stack.len()).max().unwrap_or(1);
    // Higher stacks are pressed together rather than cut off.
    let up = (STACK / (tallest.saturating_sub(1).max(1)) as f64).min(2.0 * RADIUS);
    let stack = |stack: &&[(f64, bool)]| {
        let (first, last) = (stack[0].0, stack[stack.len() - 1].0);
        let x = (first + last) / 2.0;
        let dot = |(at, (_, outlier)): (usize, &(f64, bool))| Dot {
            x,
            y: BASE - at as f64 * up,
            outlier: *outlier,
        };
        stack.iter().enumerate().map(dot).collect::<Vec<_>>()
    };
    stacks.iter().flat_map(stack).collect()
}

#[cfg(test)]
mod tests;
