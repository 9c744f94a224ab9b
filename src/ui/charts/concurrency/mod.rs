//! How much went on at once, moment by moment, and whether the page could answer.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::heartbeat::{BEAT_MS, FREEZE_MS};
use crate::measure::time_breakdown::{Stretch, stretches};
use crate::measure::{Lane, LaneKind, Phase, format};
use crate::ui::charts::axis::{Axis, FOOT, Tick};
use crate::ui::charts::timeline::{GUTTER, WIDE};
use crate::ui::charts::{px, timeline};
use std::rc::Rc;

/// Where the plot begins, below its line of text, in px.
pub const TOP: f64 = 32.0;
/// The plot's height, in px.
pub const PLOT: f64 = 120.0;
/// Where the words above the heartbeat stand, in px.
pub const STRIP_LABEL: f64 = TOP + PLOT + 22.0;
/// Where the heartbeat's strip begins, in px.
pub const STRIP_TOP: f64 = TOP + PLOT + 30.0;
/// The strip's height, in px.
pub const STRIP: f64 = 14.0;
/// Where the axis is, in px.
pub const AXIS: f64 = STRIP_TOP + STRIP + 4.0;
/// The chart's height, in px.
pub const HEIGHT: f64 = AXIS + FOOT;
/// Room for the counts where the chart is narrow, in px.
const NARROW_GUTTER: f64 = 28.0;
/// Smaller changes between two columns are not drawn.
const LEAST_CHANGE: f64 = 0.005;
/// The table cuts the time in so many parts.
const PARTS: usize = 10;

/// How much went on in a stretch of time, on average.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// How many workers were computing.
    pub computing: f64,
    /// How many requests were waited for.
    pub waiting: f64,
}

/// A range of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TimeRange {
    /// Its beginning, in ms.
    pub start_ms: f64,
    /// Its end, in ms.
    pub end_ms: f64,
}

/// What went on at once in a sample.
#[derive(Clone, Debug, PartialEq)]
pub struct Concurrency {
    /// How long it lasted, in ms.
    pub total_ms: f64,
    /// How many lanes compute.
    pub workers: usize,
    /// On average over all of it.
    pub mean: Level,
    /// Every stretch in which the page did not answer, as far as its heart tells.
    pub freezes: Vec<TimeRange>,
    /// When the heart was seen to beat, in ms.
    beats_ms: Vec<f64>,
    computing: Vec<TimeRange>,
    waiting: Vec<TimeRange>,
}

impl Concurrency {
    /// What went on in some lanes: in those of workers, or else in the page's.
    pub fn of(lanes: &[Lane]) -> Self {
        let ends = lanes.iter().filter_map(Lane::end_ms);
        let beats = lanes.iter().flat_map(|lane| lane.beats_ms.iter().copied());
        let total_ms = ends.chain(beats).fold(0.0, f64::max);
        let pool: Vec<_> = lanes.iter().filter(|lane| lane.kind.is_worker()).collect();
        let workers = if pool.is_empty() { lanes.iter().take(1).collect() } else { pool };
        let mut computing = Vec::new();
        let mut waiting = Vec::new();
        for lane in &workers {
            for Stretch { phase, start_ms, end_ms } in stretches(&lane.spans, 0.0, total_ms) {
                if phase == Some(Phase::Compute) {
                    computing.push(TimeRange { start_ms, end_ms });
                }
            }
            let waits = lane.spans.iter().filter(|span| span.phase == Phase::IoWait);
            waiting.extend(
                waits.map(|span| TimeRange { start_ms: span.start_ms, end_ms: span.end_ms }),
            );
        }
        let page = lanes.iter().find(|lane| lane.kind == LaneKind::Page);
        let beats_ms = page.map_or_else(Vec::new, |page| page.beats_ms.clone());
        let mut found = Self {
            total_ms,
            workers: workers.len(),
            mean: Level { computing: 0.0, waiting: 0.0 },
            freezes: freezes(&beats_ms, total_ms),
            beats_ms,
            computing,
            waiting,
        };
        found.mean = found.levels(1)[0];
        found
    }

    /// The time cut in `parts` of the same length, and how much went on in each.
    fn levels(&self, parts: usize) -> Vec<Level> {
        let part_ms = self.total_ms / parts as f64;
        let computing = averages(&self.computing, part_ms, parts);
        let waiting = averages(&self.waiting, part_ms, parts);
        let both = computing.into_iter().zip(waiting);
        both.map(|(computing, waiting)| Level { computing, waiting }).collect()
    }

    /// The same in few rows: from and to, in ms, and how much went on.
    pub fn table(&self) -> impl Iterator<Item = ([f64; 2], Level)> {
        let part_ms = self.total_ms / PARTS as f64;
        let from_to = move |at: usize| [at as f64 * part_ms, (at + 1) as f64 * part_ms];
        self.levels(PARTS).into_iter().enumerate().map(move |(at, level)| (from_to(at), level))
    }

    /// For how long at a time the page did not answer, in words.
    pub fn frozen(&self) -> String {
        // What is shorter than a freeze had none.
        if self.beats_ms.is_empty() && self.total_ms >= FREEZE_MS {
            return "It is not known whether the page was frozen in this sample".to_owned();
        }
        let freezes = self.freezes.iter().map(|freeze| freeze.end_ms - freeze.start_ms);
        match freezes.reduce(f64::max) {
            None => "The page was never frozen in this sample".to_owned(),
            Some(longest_ms) => {
                format!("The page was frozen for {} at a time", format::duration(longest_ms))
            }
        }
    }
}

/// How many of some stretches go on, on average over each of `parts` parts.
fn averages(of: &[TimeRange], part_ms: f64, parts: usize) -> Vec<f64> {
    // In each part: what is there for a part of it, and what begins to fill all of it.
    let mut partly = vec![0.0; parts];
    let mut wholly = vec![0.0; parts + 1];
    if part_ms <= 0.0 {
        return partly;
    }
    for one in of {
        let from = (one.start_ms / part_ms).clamp(0.0, parts as f64);
        let to = (one.end_ms / part_ms).clamp(from, parts as f64);
        let (first, last) = (from as usize, to as usize);
        if first == last {
            if let Some(part) = partly.get_mut(first) {
                *part += to - from;
            }
            continue;
        }
        partly[first] += (first + 1) as f64 - from;
        wholly[first + 1] += 1.0;
        wholly[last] -= 1.0;
        if let Some(part) = partly.get_mut(last) {
            *part += to - last as f64;
        }
    }
    let mut all = 0.0;
    let sum = |(part, change): (f64, f64)| {
        all += change;
        part + all
    };
    partly.into_iter().zip(wholly).map(sum).collect()
}

/// The stretches without a beat that are too long to be on time, before the first beat
/// and behind the last, too. Where there is no beat at all, nothing is known.
fn freezes(beats_ms: &[f64], total_ms: f64) -> Vec<TimeRange> {
    if beats_ms.is_empty() {
        return Vec::new();
    }
    let beats = || beats_ms.iter().copied();
    let before = [0.0].into_iter().chain(beats().map(|beat| beat + f64::from(BEAT_MS)));
    let after = beats().chain([total_ms]);
    let gaps = before.zip(after).map(|(start_ms, end_ms)| TimeRange { start_ms, end_ms });
    gaps.filter(|gap| gap.end_ms - gap.start_ms >= FREEZE_MS).collect()
}

/// The chart, laid out.
#[derive(Clone, Debug, PartialEq)]
pub struct ConcurrencyLayout {
    /// Its time axis.
    pub axis: Axis,
    /// The marks of its time axis.
    pub ticks: Vec<Tick>,
    /// The marks of its counts; `x` is how far down, in px.
    pub counts: Vec<Tick>,
    /// What was computing, as SVG path data of an area.
    pub computing: String,
    /// What waited, on top of it.
    pub waiting: String,
    /// How far down the line of the cores is, in px.
    pub cores: f64,
    /// How far down the line of the mean is, in px.
    pub mean: f64,
    /// The beats, as SVG path data of short strokes.
    pub beats: Rc<str>,
    /// The freezes: where, and how wide, in px.
    pub freezes: Vec<(f64, f64)>,
}

/// Lays the chart out for a width. `cores` is how many there are to compute on.
pub fn layout(of: &Concurrency, cores: f64, width: f64) -> ConcurrencyLayout {
    let left = if width >= WIDE { GUTTER } else { NARROW_GUTTER };
    let axis = Axis::new([0.0, of.total_ms], left, width);
    let levels = of.levels(axis.width as usize);
    let highest = levels.iter().map(|level| level.computing + level.waiting).fold(0.0, f64::max);
    let most = highest.max(cores).max(of.workers as f64).max(1.0);
    let y = |count: f64| TOP + PLOT * (1.0 - count / most);
    let column = axis.width / levels.len().max(1) as f64;
    let edge = |value: fn(&Level) -> f64| {
        let mut steps = Vec::new();
        let mut last = f64::NEG_INFINITY;
        for (at, level) in levels.iter().enumerate() {
            let value = value(level);
            if (value - last).abs() > LEAST_CHANGE {
                steps.push((axis.left + at as f64 * column, y(value)));
                last = value;
            }
        }
        steps
    };
    let right = axis.left + axis.width;
    let ground = vec![(axis.left, y(0.0))];
    let computing = edge(|level| level.computing);
    let both = edge(|level| level.computing + level.waiting);
    let width_of = |freeze: &TimeRange| {
        let (from, to) = (axis.x(freeze.start_ms), axis.x(freeze.end_ms).min(right));
        (from, to - from)
    };
    ConcurrencyLayout {
        computing: area(&computing, &ground, right),
        waiting: if of.waiting.is_empty() { String::new() } else { area(&both, &computing, right) },
        cores: y(cores),
        mean: y(of.mean.computing + of.mean.waiting),
        counts: counts(most, y),
        beats: timeline::beats(&of.beats_ms, STRIP_TOP + STRIP / 2.0, &axis),
        freezes: of.freezes.iter().map(width_of).collect(),
        ticks: axis.ticks(),
        axis,
    }
}

/// Between two lines of steps, each beginning where they do, up to `right`.
fn area(above: &[(f64, f64)], below: &[(f64, f64)], right: f64) -> String {
    let mut path = String::new();
    for (at, (x, y)) in above.iter().enumerate() {
        let to = if at == 0 { format!("M{} ", px(*x)) } else { format!("H{}V", px(*x)) };
        path.push_str(&to);
        path.push_str(&px(*y));
    }
    path.push_str(&format!("H{}", px(right)));
    // Back again: each step's height, and then to where it began.
    for (x, y) in below.iter().rev() {
        path.push_str(&format!("V{}H{}", px(*y), px(*x)));
    }
    path.push('z');
    path
}

/// Marks at whole counts, four at the most.
fn counts(most: f64, y: impl Fn(f64) -> f64) -> Vec<Tick> {
    let step = (most / 4.0).ceil().max(1.0);
    let whole = (0..5).map(|at| f64::from(at) * step).take_while(|count| *count <= most);
    whole.map(|count| Tick { x: y(count), label: count.to_string() }).collect()
}

#[cfg(test)]
mod tests;
