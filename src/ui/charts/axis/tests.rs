use super::*;
use proptest::prelude::*;

#[test]
fn ticks_are_round() {
    let axis = Axis { start_ms: 0.0, end_ms: 272.0, left: 80.0, width: 400.0 };
    let labels: Vec<_> = axis.ticks().into_iter().map(|tick| tick.label).collect();
    assert_eq!(labels, ["0", "100 ms", "200 ms"]);
}

#[test]
fn ticks_have_enough_decimals_when_zoomed_in() {
    let axis = Axis { start_ms: 100.0, end_ms: 100.5, left: 0.0, width: 400.0 };
    let labels: Vec<_> = axis.ticks().into_iter().map(|tick| tick.label).collect();
    assert_eq!(labels[..3], ["100.0 ms", "100.1 ms", "100.2 ms"]);
}

#[test]
fn whole_numbers_are_round_and_go_either_way() {
    let across = Scale { start: 1.0, end: 8.0, from: 30.0, to: 310.0 };
    let numbers: Vec<_> = across.whole_numbers(28.0).into_iter().map(|tick| tick.label).collect();
    assert_eq!(numbers, ["1", "2", "3", "4", "5", "6", "7", "8"]);
    let up = Scale { start: 0.0, end: 32.0, from: 200.0, to: 0.0 };
    let places: Vec<_> = up.whole_numbers(50.0).into_iter().map(|tick| tick.x).collect();
    assert_eq!(places, [200.0, 137.5, 75.0, 12.5]);
    assert_eq!((up.px(16.0), up.number(50.0), up.px(40.0)), (100.0, 24.0, 0.0));
}

#[test]
fn equal_factors_are_equally_far_apart() {
    let up = LogScale::new([0.01, 100.0], [200.0, 0.0]);
    assert_eq!(
        [0.01, 0.1, 1.0, 10.0, 1e9].map(|n| up.px(n).round()),
        [200.0, 150.0, 100.0, 50.0, 0.0]
    );
    let labels = |room| {
        let marks = up.decades(room, |number| number.to_string());
        marks.into_iter().map(|tick| tick.label).collect::<Vec<_>>()
    };
    assert_eq!(labels(40.0), ["0.01", "0.1", "1", "10", "100"]);
    assert_eq!(labels(100.0), ["0.01", "1", "100"]);
    assert_eq!(LogScale::new([1.0, 1.0], [0.0, 9.0]).px(1.0), 0.0);
}

proptest! {
    #[test]
    fn ticks_are_inside_and_apart(start in 0f64..1e5, span in 1e-3f64..1e6, width in 120f64..3000.0) {
        let axis = Axis { start_ms: start, end_ms: start + span, left: 10.0, width };
        let ticks = axis.ticks();
        for tick in &ticks {
            prop_assert!((10.0 - 1.0..=10.0 + width + 1.0).contains(&tick.x), "{:?}", tick);
        }
        for pair in ticks.windows(2) {
            prop_assert!(pair[1].x - pair[0].x > LABEL_PX * 0.9, "{:?}", pair);
        }
    }

    #[test]
    fn a_place_is_the_time_it_shows(ms in 0f64..1000.0) {
        let axis = Axis { start_ms: 0.0, end_ms: 1000.0, left: 60.0, width: 500.0 };
        prop_assert!((axis.ms(axis.x(ms)) - ms).abs() < 1e-6);
    }
}
