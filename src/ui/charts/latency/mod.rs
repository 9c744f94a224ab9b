//! How long each request took, by model: a dot for each, on a scale where equal factors are equally
//! far apart.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::format;
use crate::measure::latency::{median, request_times};
use crate::measure::report::Outcome;
use crate::ui::charts::axis::{FOOT, LogScale, Tick};
use crate::ui::charts::dot_plot::{BASE, Dot, RADIUS, stacked};

/// Switch intervals of a GIL to compare, in ms.
pub const INTERVALS_MS: [u32; 5] = [1, 2, 5, 10, 20];

/// A row's height, in px: a line of text, and the dots below it.
const ROW: f64 = 68.0;
/// Where in its row the lowest dots stand, in px.
const LOWEST: f64 = 57.0;

/// The scale shows so many times less than the least, and more than the most.
const BEYOND: f64 = 1.15;
/// The least time that the scale tells apart, in ms.
const LEAST_MS: f64 = 0.01;
/// Room for a mark of the scale, in px.
const MARK: f64 = 56.0;

/// The requests of a model.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which of the results it is.
    pub result: usize,
    /// Its top, in px.
    pub y: f64,
    /// Its requests.
    pub dots: Vec<Dot>,
    /// Where the median is, in px.
    pub median: f64,
    /// How long requests took, in ms.
    pub latencies_ms: Vec<f64>,
    /// Their median, in ms.
    pub median_ms: f64,
}

/// The chart.
#[derive(Clone, Debug, PartialEq)]
pub struct LatencyLayout {
    /// Its height, in px.
    pub height: f64,
    /// The marks of its scale.
    pub ticks: Vec<Tick>,
    /// A row for each model that made requests.
    pub rows: Vec<Row>,
}

/// Lays the chart out for a width; `None` where nobody made requests, or no timeline has them.
pub fn layout(results: &[Outcome], width: f64) -> Option<LatencyLayout> {
    let found: Vec<(usize, Vec<f64>, f64)> = (0..)
        .zip(results)
        .filter_map(|(result, outcome)| {
            let requests = request_times(&outcome.lanes);
            let median_ms = median(&requests, |one| one.total_ms)?;
            Some((result, requests.iter().map(|one| one.total_ms).collect(), median_ms))
        })
        .collect();
    let all = || found.iter().flat_map(|(_, latencies, _)| latencies.iter().copied());
    let least = all().reduce(f64::min)?.max(LEAST_MS);
    let most = all().fold(least, f64::max);
    let scale = LogScale::new([least / BEYOND, most * BEYOND], [RADIUS, width - RADIUS]);
    let row = |(at, (result, latencies_ms, median_ms)): (usize, (usize, Vec<f64>, f64))| Row {
        result,
        y: at as f64 * ROW,
        dots: dots(latencies_ms.iter().map(|ms| scale.px(*ms))),
        median: scale.px(median_ms),
        latencies_ms,
        median_ms,
    };
    let rows: Vec<_> = found.into_iter().enumerate().map(row).collect();
    let height = rows.len() as f64 * ROW + FOOT;
    Some(LatencyLayout { height, ticks: scale.round_marks(MARK, format::short_duration), rows })
}

/// Dots at these places, in px.
fn dots(places: impl Iterator<Item = f64>) -> Vec<Dot> {
    let mut dots = stacked(places.map(|place| (place, false)).collect());
    dots.iter_mut().for_each(|dot| dot.y -= BASE - LOWEST);
    dots
}

/// From where to where in its row the stroke at the median goes, in px.
pub fn median_stroke() -> [f64; 2] {
    [LOWEST + RADIUS + 1.0, ROW - 2.0]
}

#[cfg(test)]
mod tests;
