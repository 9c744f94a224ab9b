//! Scaling: the speedup over the number of workers, with its intervals, the ideal
//! line, the fitted laws, and what the reader had expected.

#[cfg(feature = "app")]
pub(crate) mod view;

use crate::measure::format;
use crate::measure::scaling::{Scaling, ScalingPoint};
use crate::measure::stats::Ratio;
use crate::ui::charts::axis::{FOOT, Scale};
use crate::ui::charts::sketch::Sketch;
use crate::ui::charts::speedups::{LEFT, RIGHT, path};

/// The chart's height, in px.
pub const HEIGHT: f64 = 280.0;
/// Room above for the words at the marks, a line each, in px.
const TOP: f64 = 40.0;
/// A curve is drawn with so many straight pieces: on a phone one per 5 px.
const PIECES: u32 = 64;
/// An interval may stretch the chart by this factor; a longer one is cut.
const STRETCH: f64 = 1.5;

/// A measured pool.
#[derive(Clone, Debug, PartialEq)]
pub struct Dot {
    /// Where it is, in px.
    pub x: f64,
    /// Where its speedup is, in px.
    pub y: f64,
    /// Where its interval begins and ends, in px; the beginning is further down.
    pub interval: [f64; 2],
}

/// A vertical line with words at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Mark {
    /// Where it is, in px.
    pub x: f64,
    /// What it says.
    pub label: String,
    /// Whether the words end at the line, as there is no room behind it.
    pub ends_here: bool,
}

/// The chart. Curves are SVG paths.
#[derive(Clone, Debug, PartialEq)]
pub struct ScalingChart {
    /// Its width, in px.
    pub width: f64,
    /// The worker counts, across.
    pub across: Scale,
    /// The speedups, upwards.
    pub up: Scale,
    /// The measured pools.
    pub dots: Vec<Dot>,
    /// n times as fast with n workers, as far as it is in the chart.
    pub ideal: String,
    /// Amdahl's law, where it could be fitted.
    pub amdahl: Option<String>,
    /// The Universal Scalability Law, where it could be fitted.
    pub usl: Option<String>,
    /// What the reader had expected.
    pub sketch: Option<String>,
    /// The cores in effect, where they are within the chart.
    pub cores: Option<Mark>,
    /// From where on more workers stop helping.
    pub enough: Option<Mark>,
}

/// Lays the chart out for a width.
pub fn layout(
    scaling: &Scaling,
    cores: Option<f64>,
    sketch: Option<&Sketch>,
    width: f64,
) -> ScalingChart {
    let widest = scaling.widest().map_or(1, |point| point.workers);
    let most = f64::from(widest.max(sketch.map_or(1, Sketch::workers)).max(2));
    let highs = scaling.points.iter().map(|point| {
        let Ratio { ratio, ci95 } = point.speedup;
        ci95[1].min(ratio * STRETCH).max(ratio)
    });
    let expected = sketch.map_or(&[][..], Sketch::speedups).iter().copied();
    let top = highs.chain(expected).fold(2.0, f64::max) * 1.05;
    let right = (width - RIGHT).max(LEFT + 1.0);
    let across = Scale { start: 1.0, end: most, from: LEFT, to: right };
    let up = Scale { start: 0.0, end: top, from: HEIGHT - FOOT, to: TOP };

    let dot = |point: &ScalingPoint| Dot {
        x: across.px(point.workers.into()),
        y: up.px(point.speedup.ratio),
        interval: point.speedup.ci95.map(|end| up.px(end)),
    };
    let curve = |speedup: &dyn Fn(f64) -> f64| {
        let places = (0..=PIECES).map(|piece| {
            let workers = 1.0 + f64::from(piece) / f64::from(PIECES) * (most - 1.0);
            (across.px(workers), up.px(speedup(workers)))
        });
        path(&places.collect::<Vec<_>>())
    };
    let mark = |workers: f64, label: String| {
        let x = across.px(workers);
        Mark { x, label, ends_here: x > (LEFT + right) / 2.0 }
    };
    let end = most.min(top);
    ScalingChart {
        width,
        across,
        up,
        dots: scaling.points.iter().map(dot).collect(),
        ideal: path(&[(across.px(1.0), up.px(1.0)), (across.px(end), up.px(end))]),
        amdahl: scaling.amdahl.map(|law| curve(&|workers| law.speedup(workers))),
        usl: scaling.usl.map(|law| curve(&|workers| law.speedup(workers))),
        sketch: sketch.map(|sketch| {
            let places = (1..)
                .zip(sketch.speedups())
                .map(|(workers, speedup)| (across.px(f64::from(workers)), up.px(*speedup)));
            path(&places.collect::<Vec<_>>())
        }),
        cores: cores
            .filter(|cores| (1.0..=most).contains(cores))
            .map(|cores| mark(cores, format!("{} cores in effect", format::digits(cores)))),
        enough: scaling
            .enough_workers
            .map(|workers| mark(workers.into(), format!("{workers} are enough"))),
    }
}

#[cfg(test)]
mod tests;
