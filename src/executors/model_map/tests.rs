//! Maps on a fleet whose pools take the time they are told to take.

use super::*;
use crate::executors::mock::MockFleet;
use crate::measure::model_map::View;
use crate::measure::report::Disturbance;
use std::cell::Cell as Counter;

const MODELS: [ExecutorKind; 3] =
    [ExecutorKind::MainThread, ExecutorKind::ThreadsGil, ExecutorKind::Processes];

fn fleet(times_ms: [f64; 3]) -> MockFleet {
    MockFleet {
        takes_ms: MODELS.into_iter().zip(times_ms).collect(),
        computes_nothing: true,
        ..MockFleet::default()
    }
}

fn measured(fleet: &MockFleet, view: View) -> ModelMap {
    let plan = Plan::new(view, ExecutorKind::ThreadsGil, 2);
    let map = RefCell::new(ModelMap::new(plan));
    let told = Counter::new(0);
    let tell = async || told.set(told.get() + 1);
    pollster::block_on(measure(fleet, &map, tell)).expect("within bounds");
    let map = map.into_inner();
    // Some are measured twice.
    assert!(told.get() >= map.measured());
    map
}

#[test]
fn models_that_come_into_question_are_sampled_often_and_the_others_once() {
    let map = measured(&fleet([1.0, 5.0, 1.5]), View::Payload);
    // All alike: the first picture is all there is to measure.
    assert_eq!(map.measured(), 12);
    for (_, cell) in map.cells() {
        assert_eq!(cell.fastest(), Some((ExecutorKind::MainThread, 1.0)));
        assert_eq!(cell.timing(ExecutorKind::MainThread), Some(&Timing::Ran(vec![1.0; SAMPLES])));
        assert_eq!(cell.timing(ExecutorKind::ThreadsGil), Some(&Timing::Ran(vec![5.0; POOLS])));
        assert!(!cell.is_close());
    }
}

#[test]
fn where_the_same_models_are_alike_everywhere_the_first_picture_is_enough() {
    let map = measured(&fleet([1.0, 5.0, 1.0]), View::Payload);
    assert_eq!(map.measured(), 12);
    assert!(map.is_refined() && map.cells().all(|(_, cell)| cell.is_close()));
}

#[test]
fn a_cell_that_is_clear_by_a_little_is_measured_twice() {
    let map = measured(&fleet([1.0, 5.0, 1.25]), View::Payload);
    assert_eq!((map.measured(), map.unconfirmed()), (12, 0));
    for (_, cell) in map.cells() {
        let timing = |kind| cell.timing(kind).cloned();
        assert_eq!(timing(ExecutorKind::MainThread), Some(Timing::Ran(vec![1.0; 2 * SAMPLES])));
        assert_eq!(timing(ExecutorKind::ThreadsGil), Some(Timing::Ran(vec![5.0; POOLS])));
        assert_eq!(timing(ExecutorKind::Processes), Some(Timing::Ran(vec![1.25; 2 * SAMPLES])));
        assert!(!cell.is_close());
    }
}

#[test]
fn a_model_that_fails_when_a_cell_is_measured_again_is_noted() {
    let mut fleet = fleet([1.0, 5.0, 1.25]);
    // Two samples before anything, and three in each of twelve cells.
    fleet.fails_at.insert(ExecutorKind::Processes, 40);
    let map = measured(&fleet, View::Payload);
    assert_eq!((map.measured(), map.unconfirmed()), (12, 0));
    let failed = |cell: &&Cell| cell.has_failed(ExecutorKind::Processes);
    assert_eq!(map.cells().map(|(_, cell)| cell).filter(failed).count(), 12);
}

#[test]
fn what_two_pools_of_a_model_do_not_agree_on_is_too_close_to_call() {
    let fleet = fleet([1.0, 5.0, 0.5]);
    fleet.processes_take_ms.borrow_mut().extend([0.75, 1.25]);
    let map = measured(&fleet, View::Payload);
    for (_, cell) in map.cells() {
        let Some(Timing::Ran(samples_ms)) = cell.timing(ExecutorKind::Processes) else {
            panic!("it ran");
        };
        assert_eq!(samples_ms.len(), SAMPLES);
        let of = |ms: f64| samples_ms.iter().filter(|sample_ms| **sample_ms == ms).count();
        assert_eq!([of(0.75), of(1.25)], [SAMPLES / 2; 2]);
        assert!(cell.is_close());
    }
}

#[test]
fn the_main_thread_is_not_run_where_waiting_alone_takes_too_long() {
    let map = measured(&fleet([500.0, 5.0, 50.0]), View::Waiting);
    let skipped = map.cells().filter(|(_, cell)| {
        matches!(cell.timing(ExecutorKind::MainThread), Some(Timing::AtLeast(_)))
    });
    assert!(skipped.count() > 0);
}

#[test]
fn a_model_that_fails_is_noted_and_leaves_the_others() {
    let mut fleet = fleet([1.0, 5.0, 0.5]);
    fleet.broken = vec![ExecutorKind::ThreadsGil];
    fleet.fails_at.insert(ExecutorKind::Processes, 10);
    let map = measured(&fleet, View::Payload);
    for (_, cell) in map.cells() {
        assert!(cell.has_failed(ExecutorKind::ThreadsGil));
    }
    let fastest: Vec<_> = map.cells().filter_map(|(_, cell)| cell.fastest()).collect();
    assert!(fastest.contains(&(ExecutorKind::Processes, 0.5)));
    assert!(fastest.contains(&(ExecutorKind::MainThread, 1.0)));
}

#[test]
fn a_disturbed_cell_is_measured_anew() {
    let fleet = fleet([1.0, 5.0, 1.5]);
    let disturbances = [None, Some(Disturbance::TabHidden), None];
    fleet.disturbances.borrow_mut().extend(disturbances);
    let map = measured(&fleet, View::Payload);
    assert_eq!((map.measured(), fleet.gone_on.get()), (12, 1));
}
