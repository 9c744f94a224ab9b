use super::*;
use proptest::prelude::*;

fn lane(kind: LaneKind, spans: &[(Phase, f64, f64)]) -> Lane {
    let spans = spans.iter().map(|(phase, from, to)| Span::new(*phase, None, *from, *to));
    Lane::new(kind, 1, spans.collect())
}

fn one_thread(compute_ms: f64) -> TimeBreakdown {
    let spans = lane(LaneKind::Page, &[(Phase::Compute, 0.0, compute_ms)]);
    TimeBreakdown::of(&spans, 0.0, compute_ms)
}

fn waterfall(lanes: &[Lane], total_ms: f64, one: &TimeBreakdown, cores: f64) -> Waterfall {
    of(OneSample { lanes, total_ms, computations: 1 }, Some(one), cores)
}

#[test]
fn a_worker_without_work_is_imbalance() {
    let lanes = [
        lane(LaneKind::Page, &[(Phase::Idle, 0.0, 100.0)]),
        lane(LaneKind::Thread, &[(Phase::Compute, 0.0, 100.0)]),
        lane(LaneKind::Thread, &[(Phase::Compute, 0.0, 20.0), (Phase::Idle, 20.0, 100.0)]),
    ];
    let found = waterfall(&lanes, 100.0, &one_thread(120.0), 2.0);
    assert_eq!((found.ideal_ms, found.measured_ms), (60.0, 100.0));
    assert_eq!(found.ms(Step::Imbalance), 40.0);
    assert_eq!(found.largest().map(|largest| largest.step), Some(Step::Imbalance));
}

#[test]
fn workers_that_wait_for_the_merge_are_not_out_of_balance() {
    let worker = [(Phase::Compute, 0.0, 50.0), (Phase::Idle, 50.0, 60.0)];
    let lanes = [
        lane(LaneKind::Page, &[(Phase::Merge, 50.0, 60.0)]),
        lane(LaneKind::Process, &worker),
        lane(LaneKind::Process, &worker),
    ];
    let found = waterfall(&lanes, 60.0, &one_thread(100.0), 2.0);
    assert_eq!(found.ms(Step::Merge), 10.0);
    assert_eq!(found.ms(Step::Imbalance), 0.0);
}

#[test]
fn a_worker_that_waits_while_the_page_serializes_waits_for_that() {
    let lanes = [
        lane(LaneKind::Page, &[(Phase::Serialize, 0.0, 30.0), (Phase::Copy, 30.0, 40.0)]),
        lane(
            LaneKind::Process,
            &[
                (Phase::Queue, 0.0, 45.0),
                (Phase::Transfer, 45.0, 50.0),
                (Phase::Compute, 50.0, 60.0),
            ],
        ),
    ];
    let found = waterfall(&lanes, 60.0, &one_thread(10.0), 2.0);
    assert_eq!(found.ms(Step::Serialize), 30.0);
    assert_eq!(found.ms(Step::Copy), 10.0);
    assert_eq!(found.ms(Step::Queue), 5.0);
    assert_eq!(found.ms(Step::Transfer), 5.0);
    assert_eq!(found.ideal_ms, 10.0);
}

#[test]
fn four_workers_on_two_cores_take_turns() {
    let worker = lane(LaneKind::Thread, &[(Phase::Compute, 0.0, 100.0)]);
    let lanes = vec![worker; 4];
    let found = waterfall(&lanes, 100.0, &one_thread(200.0), 2.0);
    assert_eq!(found.ideal_ms, 50.0);
    assert_eq!(found.ms(Step::Oversubscription), 50.0);
}

#[test]
fn requests_side_by_side_win_time() {
    let spans: Vec<_> = (0..5).map(|_| (Phase::IoWait, 0.0, 20.0)).collect();
    let mut one = TimeBreakdown::default();
    one.phases_ms.insert(Phase::IoWait, 100.0);
    let found = waterfall(&[lane(LaneKind::Page, &spans)], 21.0, &one, 2.0);
    assert_eq!(found.ms(Step::Overlap), -80.0);
    assert_eq!(found.ms(Step::Rest), 1.0);
    assert_eq!(found.ideal_ms, 100.0);
}

proptest! {
    #[test]
    fn ideal_and_steps_add_up_to_what_was_measured(
        page in prop::collection::vec((0usize..12, 0f64..90.0, 0f64..30.0), 0..20),
        workers in prop::collection::vec(
            prop::collection::vec((0usize..12, 0f64..90.0, 0f64..30.0), 0..20), 0..5),
        one in prop::option::of(1f64..500.0), cores in 1f64..8.0, computations in 1u32..9,
    ) {
        let spans = |list: &[(usize, f64, f64)]| list.iter()
            .map(|(phase, at, ms)| (Phase::ALL[*phase], *at, at + ms)).collect::<Vec<_>>();
        let mut lanes = vec![lane(LaneKind::Page, &spans(&page))];
        lanes.extend(workers.iter().map(|list| lane(LaneKind::Process, &spans(list))));
        let one = one.map(one_thread);
        let sample = OneSample { lanes: &lanes, total_ms: 100.0, computations };
        let found = of(sample, one.as_ref(), cores);
        let sum = found.ideal_ms + found.steps.iter().map(|step| step.ms).sum::<f64>();
        prop_assert!((sum - found.measured_ms).abs() < 1e-6, "{} {:?}", sum, found);
    }
}
