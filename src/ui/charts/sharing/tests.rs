use super::*;
use crate::failure::{Failure, MemoryProblem};
use crate::measure::sharing::{self, steps};
use proptest::prelude::*;

fn costs(rows: &[(u64, &[(Way, f64)])]) -> Costs {
    sharing::costs(rows)
}

#[test]
fn a_line_goes_from_the_least_size_to_the_greatest() {
    let costs = costs(&[
        (1 << 16, &[(Way::MainThread, 0.01), (Way::Copy, 0.015)]),
        (1 << 28, &[(Way::MainThread, 10.0), (Way::Copy, 100.0)]),
    ]);
    let chart = layout(&costs, 600.0);
    let copy = &chart.lines[1];
    assert_eq!((copy.points[0].0, copy.points[1].0), (LEFT, 600.0 - RIGHT));
    assert_eq!(copy.points[1].1, TOP);
    assert_eq!((copy.crossover, copy.ends_there), (Some(copy.points[1]), false));
    assert_eq!(chart.lines[0].crossover, None);
    assert_eq!(chart.names_x, 600.0 - RIGHT + TO_NAMES);
    let labels: Vec<_> = chart.times.iter().map(|tick| tick.label.as_str()).collect();
    assert_eq!(labels, ["10 µs", "100 µs", "1 ms", "10 ms", "100 ms"]);
    assert_eq!(chart.sizes.len(), 7);
    assert!(layout(&costs, 296.0).sizes.len() < 7);
}

#[test]
fn what_failed_is_said_at_its_size_and_leaves_a_gap() {
    let mut costs = costs(&[(1 << 16, &[(Way::Copy, 1.0)]), (1 << 20, &[(Way::Copy, 2.0)])]);
    let all = steps(&[Way::Copy]).expect("within bounds");
    let failure = Failure::from(MemoryProblem::DoesNotFit { bytes: 2, most: 1 });
    costs.note(&all[1], Err(&failure));
    let chart = layout(&costs, 600.0);
    assert_eq!(chart.lines[0].path.matches('M').count(), 2);
    assert_eq!(chart.lost[0].label, "Copied: OutOfMemory");
    assert!(chart.lost[0].x > LEFT);
}

#[test]
fn before_anything_is_measured_there_are_axes() {
    let chart = layout(&Costs::default(), 600.0);
    assert!(chart.lines.is_empty() && chart.times.len() > 3);
}

proptest! {
    #[test]
    fn names_stand_apart_and_nothing_is_outside(
        times in prop::collection::vec(1e-4f64..1e5, 6), width in 0f64..2_000.0,
    ) {
        let ways: Vec<_> = Way::ALL.into_iter().zip(times).collect();
        let chart = layout(&costs(&[(1 << 24, &ways)]), width);
        let mut names: Vec<_> = chart.lines.iter().map(|line| line.name_y).collect();
        names.sort_by(f64::total_cmp);
        for pair in names.windows(2) {
            prop_assert!(pair[1] - pair[0] >= NAME_ROOM - 1e-9, "{:?}", names);
        }
        for line in &chart.lines {
            prop_assert!((TOP..=HEIGHT - FOOT).contains(&line.points[0].1));
            prop_assert!((TOP..=HEIGHT - FOOT).contains(&line.name_y));
        }
    }
}
