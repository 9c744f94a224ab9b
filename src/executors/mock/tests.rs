use super::*;
use crate::executors::run::{self, Stage};
use crate::experiment::{Experiment, Repeats};
use crate::failure::FailureKind;
use crate::measure::verdict::VerdictKind;
use crate::measure::warning::Warning;

fn automatic() -> Experiment {
    Experiment { repeats: Repeats::Automatic, ..experiment() }
}

fn experiment() -> Experiment {
    let text = r#"{"workload":"primes","params":{"count":50},"repeats":3,"warmup":1,
                   "executors":[{"id":"main-thread"},{"id":"event-loop"},{"id":"threads"},
                                {"id":"processes"}]}"#;
    Experiment::from_json(text, 2).expect("valid")
}

#[test]
fn a_run_measures_every_model_as_often_as_asked() {
    let fleet = MockFleet {
        takes_ms: HashMap::from([(ExecutorKind::Threads, 50.0)]),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &experiment())).report;
    assert!(report.results.iter().all(|result| result.samples.len() == 3));
    assert_eq!(report.verdict.headline(), "Too few rounds to compare threads with the main thread");
    assert_eq!(report.agreement, Some(true));
}

#[test]
fn progress_goes_from_nothing_to_all() {
    let fleet = MockFleet::default();
    pollster::block_on(run::run(&fleet, &experiment()));
    let told = fleet.told.borrow();
    // Each start, each stage, each block; no sample of 100 ms.
    let done: Vec<_> = told.iter().map(|progress| progress.done).collect();
    assert_eq!(done, [0, 1, 2, 3, 4, 8, 12, 16, 20]);
    assert!(told.iter().all(|progress| progress.done <= progress.total));
    let measuring: Vec<_> =
        told.iter().filter(|progress| progress.stage == Stage::Measuring).collect();
    assert!(measuring.iter().all(|progress| progress.total == 20));
    // Three rounds of 400 ms, and what is beside them.
    let left_ms = measuring[0].left_ms.expect("it can be told");
    assert!((1_200.0..2_000.0).contains(&left_ms), "{left_ms}");
    assert_eq!(told[0].stage, Stage::Starting);
    assert_eq!(told[4].stage, Stage::WarmingUp);
}

fn with_warmup(warmup: u32) -> Experiment {
    Experiment { warmup, ..experiment() }
}

/// A first call in wasm can be four times slower.
#[test]
fn warming_up_ends_once_times_have_settled() {
    let fleet = MockFleet {
        cold: HashMap::from([(ExecutorKind::Threads, vec![40.0])]),
        takes_ms: ExecutorKind::ALL.map(|kind| (kind, 10.0)).into(),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &with_warmup(20))).report;
    let rounds: Vec<_> =
        report.results.iter().map(|result| result.warm_up.totals_ms.len()).collect();
    assert_eq!(rounds, [3, 3, 5, 3]);
    assert!(report.results.iter().all(|result| result.warm_up.settled));
    assert!(report.results[2].samples.iter().all(|sample| sample.total_ms == 10.0));
}

/// Four models of 500 ms: each has a turn, and no second one.
#[test]
fn warming_up_ends_when_time_is_up() {
    let fleet = MockFleet {
        takes_ms: ExecutorKind::ALL.map(|kind| (kind, 500.0)).into(),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &with_warmup(20))).report;
    assert!(report.results.iter().all(|result| result.warm_up.totals_ms.len() == 1));
}

#[test]
fn what_never_settles_is_warned_of() {
    let fleet = MockFleet {
        cold: HashMap::from([(ExecutorKind::Threads, vec![400.0, 100.0, 400.0, 100.0])]),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &with_warmup(4))).report;
    let codes: Vec<_> = report.warnings.iter().map(|warning| warning.code()).collect();
    assert!(codes.contains(&"NotSettled"), "{codes:?}");
}

/// The clock of a mock ticks every 5 µs, so that a sample has to last a
/// millisecond.
#[test]
fn what_is_too_short_for_the_clock_is_computed_again_and_again() {
    let fleet = MockFleet {
        takes_ms: HashMap::from([(ExecutorKind::MainThread, 0.1)]),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &experiment())).report;
    let main = &report.results[0];
    assert!(main.samples.iter().all(|sample| sample.computations >= 10), "{:?}", main.samples);
    assert_eq!(main.summary.as_ref().map(|summary| summary.median_ms), Some(0.1));
    assert!(report.warnings.iter().all(|warning| warning.code() != "TimerTooCoarse"));
}

#[test]
fn blocks_are_kept_whatever_the_calibration_says() {
    let fleet = MockFleet {
        drifts: RefCell::new([0.0, 0.0, 0.2, 0.0, 0.2, 0.0].into()),
        takes_ms: HashMap::from([(ExecutorKind::Threads, 50.0)]),
        ..MockFleet::default()
    };
    let long = Experiment { repeats: Repeats::Fixed(12), ..experiment() };
    let report = pollster::block_on(run::run(&fleet, &long)).report;
    assert_eq!((report.measuring.blocks.len(), report.measuring.drifted()), (12, 4));
    assert!(report.results.iter().all(|result| result.samples.len() == 12));
    assert_eq!(report.verdict.kind(), VerdictKind::Faster);
    let unsteady = |warning: &&Warning| warning.code() == "MachineUnsteady";
    let message = report.warnings.iter().find(unsteady).map(Warning::message);
    let message = message.expect("it is warned of");
    assert!(message.contains("by up to 20% in 4 of 12 rounds"), "{message}");
}

#[test]
fn an_automatic_run_ends_once_it_is_clear() {
    let fleet = MockFleet {
        takes_ms: HashMap::from([(ExecutorKind::Threads, 50.0)]),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &automatic())).report;
    assert_eq!((report.rounds(), report.measuring.looks), (10, 1));
    assert_eq!(report.verdict.headline(), "Threads were 2.00× faster than the main thread");
}

#[test]
fn enough_ends_a_run_that_keeps_what_it_has() {
    let fleet = MockFleet { enough_at_ms: Some(2_400.0), ..MockFleet::default() };
    let report = pollster::block_on(run::run(&fleet, &automatic())).report;
    // One round to warm up and five that count, of 400 ms each.
    assert_eq!(report.rounds(), 5);
    assert_eq!(report.verdict.kind(), VerdictKind::TooFewRounds);
    let told = fleet.told.borrow();
    let last = &told.last().expect("it was told").interim;
    assert_eq!(last.models[0].samples_ms, [100.0; 5]);
    assert_eq!(last.models[0].warm_up_ms, [100.0]);
}

#[test]
fn measuring_on_adds_to_what_there_is() {
    let fleet = MockFleet::default();
    let first = pollster::block_on(run::run(&fleet, &experiment())).report;
    let before = Some(first.facts());
    let more = pollster::block_on(run::go_on(&fleet, &automatic(), before)).report;
    assert_eq!((first.rounds(), more.rounds()), (3, 10));
    assert_eq!((more.measuring.looks, more.measuring.blocks.len()), (2, 10));
    assert_eq!(more.order.len(), 2 + 3 + 7);
    assert_eq!(more.verdict.kind(), VerdictKind::NoDifference);
    // Nobody runs in the same order again.
    assert_ne!(more.order[1..4], more.order[5..8]);
}

#[test]
fn a_hidden_tab_costs_its_block_and_asks_to_go_on() {
    let hidden = Some(Disturbance::TabHidden);
    let fleet = MockFleet {
        // Asked once before warming up, once after each block, and once more after
        // it has gone on. One block is to warm up.
        disturbances: RefCell::new([None, None, None, hidden, None].into()),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &experiment())).report;
    assert_eq!(fleet.gone_on.get(), 1);
    assert_eq!(report.measuring.lost_to(Disturbance::TabHidden), 1);
    assert!(report.results.iter().all(|result| result.samples.len() == 3));
    assert!(report.warnings.iter().any(|warning| warning.code() == "TabHidden"));
    let told = fleet.told.borrow();
    let paused = |progress: &&Progress| progress.stage == Stage::Paused(Disturbance::TabHidden);
    assert_eq!(told.iter().filter(paused).count(), 1);
}

#[test]
fn warming_up_begins_anew_where_the_tab_was_hidden() {
    let hidden = Some(Disturbance::TabHidden);
    let fleet = MockFleet {
        disturbances: RefCell::new([None, None, hidden, None].into()),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &with_warmup(20))).report;
    assert_eq!(fleet.gone_on.get(), 1);
    // Two blocks were disturbed, three settled.
    assert_eq!(report.order.len(), 2 + 3 + 3);
    assert!(report.results.iter().all(|result| result.warm_up.totals_ms.len() == 3));
}

#[test]
fn a_pool_beside_which_the_page_stood_still_for_long_was_asleep() {
    let fleet =
        MockFleet { blocked_ms: RefCell::new([0.0, 60_000.0].into()), ..MockFleet::default() };
    let report = pollster::block_on(run::run(&fleet, &with_warmup(0))).report;
    assert_eq!(report.measuring.lost_to(Disturbance::ClockJumped), 1);
}

/// Nobody has warmed up: the first block tells that it is too short.
#[test]
fn without_warming_up_samples_are_sized_for_the_clock_as_well() {
    let fleet = MockFleet {
        takes_ms: HashMap::from([(ExecutorKind::MainThread, 0.1)]),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &with_warmup(0))).report;
    let samples = &report.results[0].samples;
    assert_eq!(samples.len(), 3);
    assert!(samples.iter().all(|sample| sample.computations >= 10), "{samples:?}");
}

/// One that was held up in its only sample of warming up tells nothing of how long the next take.
#[test]
fn after_a_warm_up_that_was_held_up_samples_are_sized_for_the_clock_as_well() {
    let fleet = MockFleet {
        takes_ms: HashMap::from([(ExecutorKind::MainThread, 0.1)]),
        cold: HashMap::from([(ExecutorKind::MainThread, vec![20.0])]),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &with_warmup(1))).report;
    let samples = &report.results[0].samples;
    assert_eq!(samples.len(), 3);
    assert!(samples.iter().all(|sample| sample.computations >= 10), "{samples:?}");
}

#[test]
fn where_all_have_failed_nothing_goes_on() {
    let fleet = MockFleet { broken: ExecutorKind::ALL.to_vec(), ..MockFleet::default() };
    let report = pollster::block_on(run::run(&fleet, &experiment())).report;
    assert!(report.measuring.blocks.is_empty());
    assert!(report.failure_of_all().is_some());
}

#[test]
fn a_model_that_cannot_start_leaves_the_others_running() {
    let fleet = MockFleet { broken: vec![ExecutorKind::Threads], ..MockFleet::default() };
    let report = pollster::block_on(run::run(&fleet, &experiment())).report;
    let failed: Vec<_> = report.results.iter().map(|result| result.error.is_some()).collect();
    assert_eq!(failed, [false, false, true, false]);
    assert_eq!(report.agreement, Some(true));
}

#[test]
fn a_worker_lost_in_mid_run_leaves_the_others_running() {
    let fleet = MockFleet {
        fails_at: HashMap::from([(ExecutorKind::Processes, 2)]),
        ..MockFleet::default()
    };
    let report = pollster::block_on(run::run(&fleet, &experiment())).report;
    let lost = &report.results[3];
    assert_eq!(lost.error.as_ref().map(|e| e.kind()), Some(FailureKind::WorkerLost));
    assert!(lost.samples.is_empty());
    assert_eq!(report.results[0].samples.len(), 3);
}

#[test]
fn a_model_that_takes_too_long_is_ended_and_the_others_go_on() {
    let fleet = MockFleet {
        hanging: vec![ExecutorKind::Processes],
        takes_ms: HashMap::from([
            (ExecutorKind::MainThread, 5_001.0),
            (ExecutorKind::Threads, 5_000.0),
        ]),
        ..MockFleet::default()
    };
    let limited = Experiment { timeout_ms: Some(5_000), ..experiment() };
    let report = pollster::block_on(run::run(&fleet, &limited)).report;
    for result in &report.results {
        let late =
            [ExecutorKind::MainThread, ExecutorKind::Processes].contains(&result.executor.kind());
        let kind = result.error.as_ref().map(|error| error.kind());
        assert_eq!(kind, late.then_some(FailureKind::TimedOut), "{:?}", result.executor);
    }
    assert_eq!(report.experiment.timeout_ms, Some(5_000));
}
