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
mod tests {
    use super::*;
    use crate::measure::scaling::measured;
    use proptest::prelude::*;

    fn places(path: &str) -> Vec<(f64, f64)> {
        let places = path.split(['M', 'L']).skip(1).map(|place| {
            let (x, y) = place.split_once(' ').expect("two numbers");
            (x.parse().expect("a number"), y.parse().expect("a number"))
        });
        places.collect()
    }

    #[test]
    fn everything_has_its_place() {
        let scaling = measured(&[(1, 1.0), (2, 1.9), (4, 3.0), (8, 3.0)]);
        let mut sketch = Sketch::flat(8);
        sketch.set(8, 4.0);
        let chart = layout(&scaling, Some(3.8), Some(&sketch), 400.0);
        assert_eq!(chart.dots.len(), 4);
        assert_eq!((chart.dots[0].x, chart.dots[3].x), (LEFT, 400.0 - RIGHT));
        assert!(chart.dots[2].y < chart.dots[0].y, "faster is further up");
        assert!(chart.dots[2].interval[0] > chart.dots[2].interval[1]);
        let cores = chart.cores.expect("it is in the chart");
        assert_eq!((cores.label.as_str(), cores.ends_here), ("3.80 cores in effect", false));
        assert_eq!(chart.enough.map(|mark| mark.label), Some("4 are enough".to_owned()));
        // The sketch reaches higher than what was measured, and is in the chart, too.
        let sketch = places(&chart.sketch.expect("there is one"));
        assert_eq!(sketch.len(), 8);
        assert!(sketch[7].1 > TOP && sketch[7].1 < chart.dots[3].y);
        assert_eq!(places(&chart.usl.expect("it fits")).len(), 65);
        assert!(chart.amdahl.is_some());
    }

    #[test]
    fn the_ideal_line_is_straight_and_ends_at_the_top() {
        let chart = layout(&measured(&[(1, 1.0), (8, 2.0)]), None, None, 400.0);
        let ideal = places(&chart.ideal);
        assert!((ideal[1].1 - TOP).abs() < 0.1, "{ideal:?}");
        let reached = chart.across.number(ideal[1].0);
        assert!((reached - chart.up.end).abs() < 0.05, "{reached}");
        assert_eq!((chart.usl, chart.sketch, chart.cores), (None, None, None));
    }

    #[test]
    fn cores_beyond_the_chart_have_no_mark() {
        let scaling = measured(&[(1, 1.0), (2, 1.9)]);
        assert_eq!(layout(&scaling, Some(7.5), None, 400.0).cores, None);
        assert_eq!(layout(&scaling, Some(f64::NAN), None, 400.0).cores, None);
    }

    proptest! {
        #[test]
        fn nothing_is_outside(
            speedups in prop::collection::vec(0.01f64..60.0, 0..12),
            width in 0f64..2_000.0,
            sketched in prop::option::of(1u32..=32),
        ) {
            let points: Vec<_> = (1..).zip(speedups).collect();
            let sketch = sketched.map(Sketch::flat);
            let chart = layout(&measured(&points), Some(3.0), sketch.as_ref(), width);
            let paths = [Some(chart.ideal), chart.amdahl, chart.usl, chart.sketch];
            let drawn = paths.iter().flatten().flat_map(|path| places(path));
            let dots = chart.dots.iter().flat_map(|dot| {
                [(dot.x, dot.y), (dot.x, dot.interval[0]), (dot.x, dot.interval[1])]
            });
            for (x, y) in drawn.chain(dots) {
                prop_assert!((LEFT..=width.max(LEFT + 1.0)).contains(&x), "{}", x);
                prop_assert!((TOP..=HEIGHT - FOOT).contains(&y), "{}", y);
            }
        }
    }
}
