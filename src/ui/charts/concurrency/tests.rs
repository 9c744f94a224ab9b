use super::*;
use crate::measure::Span;
use proptest::prelude::*;

fn lane(kind: LaneKind, spans: &[(Phase, f64, f64)]) -> Lane {
    let spans = spans.iter().map(|(phase, from, to)| Span::new(*phase, None, *from, *to));
    Lane::new(kind, 1, spans.collect())
}

fn two_workers() -> Concurrency {
    let mut page = lane(LaneKind::Page, &[(Phase::Idle, 0.0, 100.0)]);
    page.beats_ms = (0..10).map(|beat| f64::from(beat) * 10.0).collect();
    Concurrency::of(&[
        page,
        lane(LaneKind::Thread, &[(Phase::Compute, 0.0, 100.0)]),
        lane(LaneKind::Thread, &[(Phase::Compute, 0.0, 50.0), (Phase::Idle, 50.0, 100.0)]),
    ])
}

#[test]
fn one_and_a_half_workers_compute_on_average() {
    let found = two_workers();
    assert_eq!((found.workers, found.mean.computing, found.mean.waiting), (2, 1.5, 0.0));
    let levels: Vec<_> = found.table().map(|(_, level)| level.computing).collect();
    assert_eq!(levels, [2.0, 2.0, 2.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0, 1.0]);
    assert!(found.freezes.is_empty());
    let chart = layout(&found, 2.0, 1000.0);
    assert_eq!(chart.cores, TOP);
    // One step down and no more, however many columns there are.
    assert_eq!(chart.computing.matches('H').count(), 3, "{}", chart.computing);
    assert_eq!(chart.waiting, "");
}

#[test]
fn requests_in_flight_are_counted_where_there_is_one_lane() {
    let waits: Vec<_> = (0..8).map(|_| (Phase::IoWait, 0.0, 50.0)).collect();
    let found = Concurrency::of(&[lane(LaneKind::Page, &waits)]);
    assert_eq!((found.workers, found.mean.waiting), (1, 8.0));
    let counts: Vec<_> = layout(&found, 2.0, 360.0).counts;
    let counts: Vec<_> = counts.iter().map(|tick| tick.label.as_str()).collect();
    assert_eq!(counts, ["0", "2", "4", "6", "8"]);
}

#[test]
fn a_heart_that_stops_is_a_freeze() {
    let mut page = lane(LaneKind::Page, &[(Phase::Compute, 0.0, 400.0)]);
    page.beats_ms = vec![5.0, 15.0, 225.0, 235.0];
    let found = Concurrency::of(std::slice::from_ref(&page));
    let freeze = |start_ms, end_ms| TimeRange { start_ms, end_ms };
    assert_eq!(found.freezes, [freeze(25.0, 225.0), freeze(245.0, 400.0)]);
    assert_eq!(found.frozen(), "The page was frozen for 200 ms at a time");
    assert_eq!(two_workers().frozen(), "The page was never frozen in this sample");
}

#[test]
fn without_a_beat_nothing_is_known() {
    let without = |ms| Concurrency::of(&[lane(LaneKind::Page, &[(Phase::Compute, 0.0, ms)])]);
    assert_eq!(without(4.0).frozen(), "The page was never frozen in this sample");
    let found = without(400.0);
    assert_eq!(found.freezes, []);
    assert_eq!(found.frozen(), "It is not known whether the page was frozen in this sample");
}

#[test]
fn nothing_at_all_is_no_chart_to_fall_over() {
    let found = Concurrency::of(&[]);
    assert_eq!(found.mean.computing, 0.0);
    assert!(layout(&found, 2.0, 0.0).freezes.is_empty());
}

proptest! {
    /// Ten thousand spans are no more to draw than there are columns.
    #[test]
    fn the_area_holds_and_is_bounded(spans in prop::collection::vec((0f64..100.0, 0f64..9.0), 0..200)) {
        let spans: Vec<_> = spans.iter().map(|(at, ms)| (Phase::IoWait, *at, at + ms)).collect();
        let found = Concurrency::of(&[lane(LaneKind::Page, &spans)]);
        let sum: f64 = spans.iter().map(|(_, from, to)| to - from).sum();
        for parts in [1, 7, 300] {
            let part_ms = found.total_ms / parts as f64;
            let levels: f64 = found.levels(parts).iter().map(|level| level.waiting * part_ms).sum();
            prop_assert!((levels - sum).abs() < 1e-6 * (1.0 + sum), "{levels} of {sum}");
        }
        let chart = layout(&found, 2.0, 400.0);
        prop_assert!(chart.waiting.matches('H').count() <= 2 * 400);
    }
}
