//! How long a run will take, by the runs before it.

mod by_hand;

use by_hand::{measured, report_of};
use concurrency_playground::experiment::{Experiment, Repeats};
use concurrency_playground::measure::estimate::{Budget, Timing, about, estimate};
use concurrency_playground::models::{Executor, ExecutorKind};
use concurrency_playground::workloads::params::Params;
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::json;

const BUDGET: Budget = Budget { ms: 7_000.0, warm_up_ms: 2_000.0, fewest_rounds: 3 };

fn sum(n: u64) -> Workload {
    let params = Params::from_iter([("n".to_owned(), json!(n))]);
    Workload::new(WorkloadId::ArraySum, &params).expect("valid")
}

/// A sum under the main thread and threads.
fn experiment(n: u64, repeats: Repeats) -> Experiment {
    Experiment {
        workload: sum(n),
        executors: vec![
            Executor::new(ExecutorKind::MainThread, 1),
            Executor::new(ExecutorKind::Threads, 2),
        ],
        repeats,
        ..Experiment::default_for(WorkloadId::ArraySum, 2).expect("valid")
    }
}

/// Ten rounds of 100 and 50 ms, as much to warm up, and 200 ms in all between samples.
fn timing(repeats: Repeats) -> Timing {
    let models = [
        measured(ExecutorKind::MainThread, &[100.0; 10], "a"),
        measured(ExecutorKind::Threads, &[50.0; 10], "a"),
    ];
    let report = report_of(experiment(1 << 20, repeats), &models);
    Timing::of(&report, 3_200.0).expect("it was measured")
}

/// The estimate in ms, rounded.
fn ms(next: &Experiment, past: &[Timing]) -> Option<u64> {
    estimate(next, past, BUDGET).map(|ms| ms.round() as u64)
}

#[test]
fn the_same_again_takes_as_long() {
    for repeats in [Repeats::Fixed(10), Repeats::Automatic] {
        assert_eq!(ms(&experiment(1 << 20, repeats), &[timing(repeats)]), Some(3_200));
    }
}

#[test]
fn rounds_parameters_and_models_scale_it() {
    let past = [timing(Repeats::Fixed(10))];
    let next = |n, rounds| experiment(n, Repeats::Fixed(rounds));
    // 1.5 s of warming up, and 170 ms a round.
    assert_eq!(ms(&next(1 << 20, 20), &past), Some(1_500 + 20 * 170));
    // Ten times the work, but no longer a pause, and no more warming up than is allowed.
    assert_eq!(ms(&next(10 << 20, 10), &past), Some(2_000 + 10 * 1_520));
    let cold = Experiment { warmup: 0, ..next(1 << 20, 10) };
    assert_eq!(ms(&cold, &past), Some(10 * 170));
    let mut alone = next(1 << 20, 10);
    alone.executors.truncate(1);
    assert_eq!(ms(&alone, &past), Some(750 + 10 * 110));
    // A pool of another size takes about as long as one that ran.
    let mut wider = next(1 << 20, 10);
    wider.executors[1] = Executor::new(ExecutorKind::Threads, 4);
    assert_eq!(ms(&wider, &past), Some(3_200));
}

#[test]
fn automatic_rounds_end_with_their_budget_but_not_before_the_fewest() {
    let past = [timing(Repeats::Automatic)];
    let next = |n| experiment(n, Repeats::Automatic);
    assert_eq!(ms(&next(4 << 20), &past), Some(7_000));
    assert_eq!(ms(&next(20 << 20), &past), Some(3_020 + 3 * 3_020));
    // How many rounds it will take, rounds that were ordered do not tell.
    assert_eq!(ms(&next(1 << 20), &[timing(Repeats::Fixed(10))]), Some(7_000));
}

#[test]
fn estimate_is_none_without_a_comparable_run() {
    let past = [timing(Repeats::Fixed(10))];
    let mut unknown = experiment(1 << 20, Repeats::Fixed(10));
    unknown.executors.push(Executor::new(ExecutorKind::Processes, 2));
    assert_eq!(ms(&unknown, &past), None);
    let other = Experiment::default_for(WorkloadId::Sort, 2).expect("valid");
    let fixed = Experiment { repeats: Repeats::Fixed(5), ..other.clone() };
    assert_eq!(ms(&fixed, &past), None);
    // Rounds adapt to the default's work, and to what is about as much.
    assert_eq!(ms(&other, &past), Some(7_000));
    assert_eq!(ms(&experiment(1 << 27, Repeats::Automatic), &[]), None);
    assert_eq!(ms(&experiment(1_000, Repeats::Automatic), &[]), None);
    let urls = Params::from_iter([("urls".to_owned(), json!(["https://a.test/"]))]);
    let workload = Workload::new(WorkloadId::Requests, &urls).expect("valid");
    assert_eq!(ms(&Experiment { workload, ..other }, &past), None);
}

#[test]
fn a_run_in_which_a_model_failed_tells_nothing() {
    let models = [
        measured(ExecutorKind::MainThread, &[100.0; 10], "a"),
        measured(ExecutorKind::Threads, &[], "a"),
    ];
    let report = report_of(experiment(1 << 20, Repeats::Fixed(10)), &models);
    assert_eq!(Timing::of(&report, 3_000.0), None);
}

#[test]
fn a_wait_is_told_in_words() {
    let said = [200.0, 1_499.0, 6_800.0, 89_000.0, 90_000.0, 200_000.0].map(about);
    assert_eq!(
        said,
        ["about 1 s", "about 1 s", "about 7 s", "about 89 s", "about 2 min", "about 3 min"]
    );
}
