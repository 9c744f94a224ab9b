use super::*;
use crate::advice::{Lens, home, own_work};
use crate::measure::LaneKind::{Coordinator, IoThread, Page, Process, Thread};
use crate::measure::report::{ReportedSample, WarmedUp};
use crate::measure::{LaneKind, Phase::*};
use crate::models::Executor;
use serde_json::json;
use std::collections::BTreeMap;

/// Lanes, each with how long its phases lasted, in ms, all computations through.
type Lanes<'a> = &'a [(LaneKind, &'a [(Phase, f64)])];

/// What a model did whose sample computed the work `computations` times.
fn outcome(kind: ExecutorKind, computations: u32, lanes: Lanes) -> Outcome {
    let sample = ReportedSample {
        total_ms: 100.0,
        computations,
        outlier: false,
        phases_ms: BTreeMap::new(),
        rest_ms: 0.0,
        main_thread_blocked_ms: 0.0,
        bytes_sent: 0,
        bytes_received: 0,
        concurrency: 1.0,
    };
    let account = |(_, phases): &(LaneKind, &[(Phase, f64)])| LaneBreakdown {
        lane: String::new(),
        phases_ms: phases.iter().copied().collect(),
        rest_ms: 0.0,
    };
    Outcome {
        executor: Executor::new(kind, 2),
        startup_ms: 0.0,
        started_again: false,
        warm_up: WarmedUp::default(),
        samples: vec![sample],
        summary: None,
        speedup: None,
        timeline_of: Some(0),
        lanes: lanes.iter().map(|(kind, _)| Lane::new(*kind, 1, vec![])).collect(),
        accounts: lanes.iter().map(account).collect(),
        waterfall: None,
        answer: None,
        error: None,
    }
}

#[test]
fn every_phase_that_costs_time_has_one_part_at_most() {
    for phase in Phase::ALL {
        assert!(Part::ALL.iter().filter(|part| part.has(phase)).count() <= 1, "{phase:?}");
    }
    let terms: Vec<_> = Part::ALL.iter().flat_map(|part| part.terms()).collect();
    // In the lab, starting is not part of a sample.
    let left: Vec<_> = Term::ALL.iter().filter(|term| !terms.contains(term)).collect();
    assert_eq!(left, [&Term::Start]);
}

#[test]
fn page_that_works_alone_is_measured_by_its_own_lane() {
    let page = [(Page, &[(Compute, 30.0), (IoWait, 60.0), (Merge, 2.0)][..])];
    let of = |computations| outcome(ExecutorKind::MainThread, computations, &page);
    assert_eq!(measured_ms(&of(1), Part::Compute), Some(30.0));
    assert_eq!(measured_ms(&of(1), Part::Wait), Some(60.0));
    assert_eq!(measured_ms(&of(1), Part::Lock), Some(0.0));
    // Of a sample that computes the work several times, one of them counts.
    assert_eq!(measured_ms(&of(2), Part::Compute), Some(15.0));
    assert_eq!(measured_ms(&of(2), Part::Merge), Some(1.0));
}

#[test]
fn workers_count_by_their_mean_and_the_page_beside_them_comes_on_top() {
    let lanes = [
        (Page, &[(Serialize, 4.0), (Merge, 3.0), (Idle, 80.0)][..]),
        (Process, &[(Deserialize, 1.0), (Compute, 50.0)][..]),
        (Process, &[(Deserialize, 3.0), (Compute, 70.0), (Copy, 2.0)][..]),
    ];
    let of = outcome(ExecutorKind::Processes, 1, &lanes);
    assert_eq!(measured_ms(&of, Part::Compute), Some(60.0));
    assert_eq!(measured_ms(&of, Part::HandOver), Some(3.0 + 4.0));
    assert_eq!(measured_ms(&of, Part::Merge), Some(3.0));
    assert_eq!(measured_ms(&of, Part::Wait), Some(0.0));
}

#[test]
fn coordinator_merges_beside_its_threads() {
    let lanes = [
        (Page, &[(Idle, 90.0)][..]),
        (Coordinator, &[(Merge, 5.0)][..]),
        (Thread, &[(Compute, 40.0)][..]),
        (Thread, &[(Compute, 44.0)][..]),
    ];
    let of = outcome(ExecutorKind::Threads, 1, &lanes);
    assert_eq!(measured_ms(&of, Part::Merge), Some(5.0));
    assert_eq!(measured_ms(&of, Part::Compute), Some(42.0));
}

#[test]
fn threads_with_a_gil_compute_one_at_a_time() {
    let lanes = [
        (Page, &[][..]),
        (Thread, &[(Compute, 40.0), (LockWait, 50.0)][..]),
        (Thread, &[(Compute, 50.0), (LockWait, 40.0)][..]),
    ];
    let mut of = outcome(ExecutorKind::ThreadsGil, 1, &lanes);
    assert_eq!(measured_ms(&of, Part::Compute), Some(90.0));
    // Waiting for the lock is the others' computing.
    assert_eq!(measured_ms(&of, Part::Lock), None);
    of.executor.options.release_in_native = true;
    assert_eq!(measured_ms(&of, Part::Compute), Some(45.0));
    assert_eq!(measured_ms(&of, Part::Lock), Some(45.0));
}

#[test]
fn first_stage_of_a_pipeline_waits_beside_the_workers() {
    let on_page = [
        (Page, &[(IoWait, 40.0), (Serialize, 2.0)][..]),
        (Process, &[(Compute, 30.0), (QueueWait, 40.0)][..]),
        (Process, &[(Compute, 20.0), (QueueWait, 50.0)][..]),
    ];
    let of = outcome(ExecutorKind::Hybrid, 1, &on_page);
    assert_eq!(measured_ms(&of, Part::Wait), Some(40.0));
    assert_eq!(measured_ms(&of, Part::Compute), Some(25.0));
    // Threads of the first stage wait at the same time.
    let on_threads = [
        (Page, &[][..]),
        (IoThread, &[(IoWait, 40.0)][..]),
        (IoThread, &[(IoWait, 44.0)][..]),
        (Thread, &[(Compute, 30.0)][..]),
        (Thread, &[(Compute, 20.0)][..]),
    ];
    let of = outcome(ExecutorKind::Hybrid, 1, &on_threads);
    assert_eq!(measured_ms(&of, Part::Wait), Some(44.0));
    assert_eq!(measured_ms(&of, Part::Compute), Some(25.0));
}

#[test]
fn without_a_timeline_nothing_is_told() {
    let mut of = outcome(ExecutorKind::Processes, 1, &[]);
    assert_eq!(measured_ms(&of, Part::Compute), None);
    of.timeline_of = None;
    assert_eq!(measured_ms(&of, Part::Compute), None);
}

fn predicted(kind: ExecutorKind) -> Prediction {
    let given = json!({ "tasks": 100, "computeMs": 1, "bytesIn": 0, "bytesOut": 0 });
    let evidence = own_work::read(given.as_object().expect("an object"), 2).expect("valid");
    let costs = home::costs(Lens::Rust);
    Prediction::of(&Executor::new(kind, 2), &evidence, &costs).expect("it can run")
}

#[test]
fn part_that_is_most_off_is_named() {
    let lanes = [(Page, &[(Compute, 130.0), (Merge, 2.0)][..])];
    let of = outcome(ExecutorKind::MainThread, 1, &lanes);
    let why = most_off(&predicted(ExecutorKind::MainThread), &|part| measured_ms(&of, part));
    let Some(Why::Off { model, part, predicted_ms, measured_ms }) = why else { panic!("{why:?}") };
    assert_eq!((model, part), (ExecutorKind::MainThread, Part::Compute));
    assert_eq!((predicted_ms.round(), measured_ms), (100.0, 130.0));
}

#[test]
fn what_was_predicted_says_what_the_advice_goes_by() {
    let said = |basis| Why::Predicted(basis).sentence();
    assert!(said(Basis::Costs).contains("CPython"), "{}", said(Basis::Costs));
    assert!(said(Basis::Tree).starts_with("The profile predicted that"), "{}", said(Basis::Tree));
}
