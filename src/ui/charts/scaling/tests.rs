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
fn layout_places_dots_curves_and_marks() {
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
    fn layout_stays_within_the_chart(
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
