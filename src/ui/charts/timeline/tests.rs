use super::*;
use crate::measure::Lane;
use crate::measure::gil_use::GilUse;

fn lane(spans: Vec<Span>) -> Lane {
    Lane::new(LaneKind::Process, 1, spans)
}

fn in_a_row(count: u32, each_ms: f64) -> Vec<Span> {
    let span = |task: u32| {
        let start = f64::from(task) * each_ms;
        Span::new(Phase::Compute, task, start, start + each_ms * 0.9)
    };
    (0..count).map(span).collect()
}

fn laid_out(lanes: &[Lane], total_ms: f64, width: f64) -> (PreparedTimeline, Timeline) {
    let prepared = PreparedTimeline::of(lanes);
    let timeline = layout(&prepared, View::whole(total_ms), width);
    (prepared, timeline)
}

fn count(timeline: &Timeline) -> usize {
    let shapes = timeline.rows.iter().flat_map(|row| &row.shapes);
    shapes.map(|shapes| shapes.path.matches('M').count()).sum()
}

/// Ten thousand spans are no more to draw than the pixels they fall on.
#[test]
fn what_is_drawn_is_bounded_by_the_pixels() {
    let (_, timeline) = laid_out(&[lane(in_a_row(10_000, 0.05))], 500.0, 1000.0);
    assert!(count(&timeline) <= 500, "{}", count(&timeline));
}

/// Work and messages by turns, in four lanes: the worst that a run brings.
#[test]
fn ten_thousand_spans_in_four_lanes_are_few_shapes_at_every_zoom() {
    let spans = |_| {
        let span = |at: u32| {
            let start = f64::from(at) * 0.2;
            let phase = if at.is_multiple_of(2) { Phase::Compute } else { Phase::Transfer };
            Span::new(phase, at, start, start + 0.15)
        };
        lane((0..2_500).map(span).collect())
    };
    let prepared = PreparedTimeline::of(&[0, 1, 2, 3].map(spans));
    assert_eq!((prepared.spans, prepared.phases.len()), (10_000, 2));
    let mut view = View::whole(prepared.total_ms);
    for _ in 0..24 {
        let timeline = layout(&prepared, view, 1000.0);
        assert!(count(&timeline) <= 4 * 2 * 500, "{} at {view:?}", count(&timeline));
        view = view.zoomed(0.6, view.middle_ms(), prepared.total_ms);
    }
    assert!(count(&layout(&prepared, view, 1000.0)) <= 4 * 2);
}

#[test]
fn a_place_finds_the_span_it_shows() {
    let lanes = [lane(in_a_row(10, 10.0)), lane(in_a_row(5, 20.0))];
    let (prepared, timeline) = laid_out(&lanes, 100.0, 800.0);
    let (row, axis) = (&timeline.rows[1], &timeline.axis);
    assert_eq!(hit(&timeline, &prepared, axis.x(45.0), row.y + 5.0), Some((1, 2)));
    assert_eq!(hit(&timeline, &prepared, axis.x(45.0), timeline.height - 1.0), None);
    let nothing = axis.x(39.0);
    assert_eq!(hit(&timeline, &prepared, nothing, row.y + 5.0), None);
}

#[test]
fn of_requests_side_by_side_one_is_marked() {
    let together: Vec<_> = (0..4).map(|i| Span::new(Phase::IoWait, i, 0.0, 9.0)).collect();
    let (prepared, timeline) = laid_out(&[lane(together)], 9.0, 800.0);
    let place = |at| timeline.rows[0].place(&prepared.lanes[0], at);
    assert_eq!(place(0), Some((0.0, 7.0)));
    assert_eq!(place(3), Some((21.0, 7.0)));
    assert_eq!(place(4), None);
}

#[test]
fn on_a_phone_labels_stand_above_their_lanes() {
    let lanes = [lane(in_a_row(3, 10.0)), lane(in_a_row(3, 10.0))];
    let (_, narrow) = laid_out(&lanes, 30.0, 300.0);
    assert_eq!(narrow.axis.left, 0.0);
    assert_eq!(narrow.height, height(2, 300.0));
    assert_eq!(laid_out(&lanes, 30.0, 900.0).1.height, height(2, 900.0));
}

#[test]
fn a_step_dims_what_it_is_not_about() {
    let spans = vec![
        Span::new(Phase::Compute, 0, 0.0, 10.0),
        Span::new(Phase::Transfer, 0, 10.0, 20.0),
        Span::new(Phase::Idle, None, 20.0, 30.0),
    ];
    let (_, timeline) = laid_out(&[lane(spans)], 30.0, 800.0);
    let dim = |lit| {
        let by_light = timeline.rows[0].by_light(lit);
        by_light.map(|(shapes, dim)| (shapes.phase, dim)).collect::<Vec<_>>()
    };
    let (idle, transfer, compute) = (Phase::Idle, Phase::Transfer, Phase::Compute);
    assert_eq!(dim(None), [(idle, false), (transfer, false), (compute, false)]);
    let lit = dim(Some(Step::Transfer));
    assert_eq!(lit, [(idle, true), (compute, true), (transfer, false)]);
}

#[test]
fn numbers_are_written_to_a_tenth() {
    let written = |px| {
        let mut text = String::new();
        tenths(&mut text, px);
        text
    };
    assert_eq!([12.04, 0.75, -3.21, 0.0].map(written), ["12", "0.8", "-3.2", "0"]);
}

#[test]
fn threads_that_share_a_style_are_all_named() {
    assert_eq!(gil::holders_of(2, 6), "thread 2 holds the GIL");
    assert_eq!(gil::holders_of(2, 14), "threads 2, 8, 14 hold the GIL");
}

#[test]
fn whoever_holds_the_gil_has_a_stretch_of_the_strip() {
    let thread = |number, spans: &[(Phase, f64, f64)]| {
        let spans = spans.iter().map(|(phase, from, to)| Span::new(*phase, 0, *from, *to));
        Lane::new(LaneKind::Thread, number, spans.collect())
    };
    let lanes = [
        thread(1, &[(Phase::Compute, 0.0, 50.0), (Phase::LockWait, 50.0, 100.0)]),
        thread(2, &[(Phase::LockWait, 0.0, 50.0), (Phase::Compute, 50.0, 100.0)]),
    ];
    let gil = Some(Gil::Held(Some(GilUse::of(&lanes).holds)));
    let prepared = PreparedTimeline { gil, ..PreparedTimeline::of(&lanes) };
    assert_eq!(prepared.title(Phase::LockWait), "wait for the GIL");
    let timeline = layout(&prepared, View::whole(100.0), 1000.0);
    let strip = timeline.gil.expect("there is a GIL");
    let drawn: Vec<_> = strip.holders.iter().map(|path| path.matches('M').count()).collect();
    assert_eq!(drawn, [1, 1, 0, 0, 0, 0]);
    let plain = layout(&PreparedTimeline::of(&lanes), View::whole(100.0), 1000.0);
    assert_eq!(plain.gil, None);
    assert!(timeline.height > plain.height);
}
