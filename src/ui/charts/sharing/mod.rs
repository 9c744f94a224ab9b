//! What sharing costs: the time of a sum over the size of its array, a line per way, with
//! equal factors equally far apart in both directions.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::format;
use crate::measure::sharing::{Costs, Overtaking, Row, SIZES, Way};
use crate::ui::charts::axis::{FOOT, LogScale, Tick};
use crate::ui::charts::speedups::path;

/// The chart's height, in px.
pub const HEIGHT: f64 = 340.0;
/// Room at the left for the times, in px.
const LEFT: f64 = 52.0;
/// Room at the right for the names of the lines, in px.
const RIGHT: f64 = 112.0;
/// Room above for what the times are, in px.
const TOP: f64 = 26.0;
/// Room for a size, in px.
const SIZE_ROOM: f64 = 54.0;
/// Room for a time, in px.
const TIME_ROOM: f64 = 30.0;
/// From one name to the next, in px at the least.
const NAME_ROOM: f64 = 15.0;
/// From the end of the longest line to the names, in px.
const TO_NAMES: f64 = 14.0;

/// A way's line.
#[derive(Clone, Debug, PartialEq)]
pub struct Line {
    /// The way.
    pub way: Way,
    /// The line as an SVG path; it has gaps where there are no results.
    pub path: String,
    /// What was measured, in px.
    pub points: Vec<(f64, f64)>,
    /// Where its name stands, in px from the top.
    pub name_y: f64,
    /// From where on, or up to where, moving costs more than the sum, in px.
    pub crossover: Option<(f64, f64)>,
    /// Whether it does up to there and not from there on.
    pub ends_there: bool,
}

/// A way that failed at a size, as a label at the foot of the chart.
#[derive(Clone, Debug, PartialEq)]
pub struct FailedPoint {
    /// Where the size is, in px.
    pub x: f64,
    /// Where the words stand, in px.
    pub y: f64,
    /// Which way it is, and what kind of failure it was.
    pub label: String,
}

/// The chart, all in px.
#[derive(Clone, Debug, PartialEq)]
pub struct SharingChart {
    /// Its width.
    pub width: f64,
    /// Where sizes begin and end.
    pub sides: [f64; 2],
    /// Where the least time is.
    pub foot: f64,
    /// The sizes.
    pub sizes: Vec<Tick>,
    /// The times; `x` is how far down each is.
    pub times: Vec<Tick>,
    /// A line per way that has results.
    pub lines: Vec<Line>,
    /// Where the names of the lines begin.
    pub names_x: f64,
    /// Twice the main thread's time: above it moving costs more than the sum.
    pub twice: String,
    /// The ways that failed.
    pub lost: Vec<FailedPoint>,
}

/// Lays the chart out for a width in px.
pub fn layout(costs: &Costs, width: f64) -> SharingChart {
    let right = (width - RIGHT).max(LEFT + 1.0);
    let ends = [SIZES[0], SIZES[SIZES.len() - 1]].map(|bytes| bytes as f64);
    let across = LogScale::new(ends, [LEFT, right]);
    let up = LogScale::new(decades_around(costs), [HEIGHT - FOOT, TOP]);
    let place = |bytes: u64, ms: f64| (across.px(bytes as f64), up.px(ms));
    let mut lines: Vec<_> =
        Way::ALL.into_iter().filter_map(|way| line(costs, way, place)).collect();
    spread_names(&mut lines);
    let lasts = lines.iter().filter_map(|line| line.points.last());
    let names_x = lasts.map(|(x, _)| *x).fold(LEFT, f64::max) + TO_NAMES;
    let twice = costs
        .rows()
        .iter()
        .filter_map(|row| Some(place(row.bytes, 2.0 * row.ms(Way::MainThread)?)));
    SharingChart {
        width,
        sides: [LEFT, right],
        foot: HEIGHT - FOOT,
        sizes: sizes(across, right - LEFT),
        times: up.decades(TIME_ROOM, format::short_duration),
        twice: path(&twice.collect::<Vec<_>>()),
        lost: lost(costs, across),
        lines,
        names_x,
    }
}

/// The powers of ten, in ms, that all times lie between.
fn decades_around(costs: &Costs) -> [f64; 2] {
    let all = costs.rows().iter().flat_map(|row| Way::ALL.map(|way| row.ms(way)));
    let exponents = all.flatten().filter(|ms| *ms > 0.0).map(f64::log10);
    let ends = exponents.fold(None, |ends: Option<(f64, f64)>, exponent| {
        let (low, high) = ends.unwrap_or((exponent, exponent));
        Some((low.min(exponent), high.max(exponent)))
    });
    let (low, high) = ends.map_or((-2.0, 3.0), |(low, high)| (low.floor(), high.ceil()));
    [low, high.max(low + 1.0)].map(|exponent| 10_f64.powf(exponent))
}

fn line(costs: &Costs, way: Way, place: impl Fn(u64, f64) -> (f64, f64)) -> Option<Line> {
    let of = |row: &Row| Some(place(row.bytes, row.ms(way)?));
    let places: Vec<_> = costs.rows().iter().map(of).collect();
    let points: Vec<_> = places.iter().flatten().copied().collect();
    let (_, name_y) = *points.last()?;
    let stretches = places.split(Option::is_none);
    let drawn =
        stretches.map(|stretch| path(&stretch.iter().flatten().copied().collect::<Vec<_>>()));
    let crossover = costs.crossover(way).filter(|_| way != Way::MainThread).and_then(of);
    let ends_there = matches!(costs.overtaking(way), Some(Overtaking::UpTo(_)));
    Some(Line { way, path: drawn.collect(), points, name_y, crossover, ends_there })
}

/// Moves names apart that would stand in one another, and keeps all of them in the chart.
fn spread_names(lines: &mut [Line]) {
    let mut order: Vec<_> = (0..lines.len()).collect();
    order.sort_by(|a, b| lines[*a].name_y.total_cmp(&lines[*b].name_y));
    let mut least = TOP;
    for at in &order {
        lines[*at].name_y = lines[*at].name_y.max(least);
        least = lines[*at].name_y + NAME_ROOM;
    }
    let mut most = HEIGHT - FOOT;
    for at in order.iter().rev() {
        lines[*at].name_y = lines[*at].name_y.min(most);
        most = lines[*at].name_y - NAME_ROOM;
    }
}

/// Marks at the sizes, as many as there is room for on `length` px.
fn sizes(across: LogScale, length: f64) -> Vec<Tick> {
    let steps = SIZES.len() - 1;
    let fits = |every: &usize| length / (steps / every) as f64 >= SIZE_ROOM;
    // Both ends are marked, whatever the room.
    let every = [1, 2, 3].into_iter().find(fits).unwrap_or(steps);
    let tick = |bytes: &u64| Tick { x: across.px(*bytes as f64), label: format::memory(*bytes) };
    SIZES.iter().step_by(every).map(tick).collect()
}

fn lost(costs: &Costs, across: LogScale) -> Vec<FailedPoint> {
    let of = |row: &Row| {
        let x = across.px(row.bytes as f64);
        let failed = row.costs.iter().filter_map(|(way, cost)| Some((way, cost.as_ref().err()?)));
        let label = |(way, failure): (&Way, &crate::failure::Failure)| {
            (x, format!("{}: {}", way.title(), failure.kind().name()))
        };
        failed.map(label).collect::<Vec<_>>()
    };
    let all = costs.rows().iter().flat_map(of);
    let line = |(at, (x, label))| FailedPoint {
        x,
        y: HEIGHT - FOOT - 8.0 - NAME_ROOM * f64::from(at),
        label,
    };
    (0..).zip(all).map(line).collect()
}

#[cfg(test)]
mod tests;
