//! From samples to the sentence on the page, with samples made by hand.

mod by_hand;

use by_hand::{measured, report, report_of};
use concurrency_playground::experiment::{Experiment, Repeats};
use concurrency_playground::failure::{FailureKind, WorkerProblem};
use concurrency_playground::measure::report::{Measured, WarmedUp};
use concurrency_playground::measure::verdict::VerdictKind;
use concurrency_playground::models::{Executor, ExecutorKind};
use concurrency_playground::workloads::WorkloadId;

/// Ten rounds: enough to compare three models.
const MAIN: &[f64] = &[500.0, 510.0, 505.0, 495.0, 502.0, 500.0, 510.0, 505.0, 495.0, 502.0];

/// Ten rounds of a model that takes `share` of what the main thread takes, to half a percent.
fn rounds(share: f64) -> Vec<f64> {
    let noise = (0..MAIN.len()).map(|at| 1.0 + 0.005 * (at as f64 - 4.5) / 4.5);
    MAIN.iter().zip(noise).map(|(ms, noise)| ms * share * noise).collect()
}

#[test]
fn the_fastest_model_makes_the_headline() {
    let report = report(&[
        measured(ExecutorKind::MainThread, MAIN, "a"),
        measured(ExecutorKind::Threads, &rounds(0.5), "a"),
        measured(ExecutorKind::Processes, &rounds(0.52), "a"),
    ]);
    assert_eq!(report.verdict.headline(), "Threads were 2.00× faster than the main thread");
    assert_eq!(report.verdict.kind(), VerdictKind::Faster);
    assert_eq!(report.verdict.detail(), "Processes were 1.92× faster.");
    assert_eq!(report.agreement, Some(true));
    let places: Vec<_> = report.ranking.iter().map(|rank| rank.result).collect();
    assert_eq!(places, [1, 2, 0]);
    assert_eq!(report.results[0].speedup, None);
    assert_eq!(report.warnings, []);
}

#[test]
fn no_difference_is_said_as_such() {
    let report = report(&[
        measured(ExecutorKind::MainThread, MAIN, "a"),
        measured(ExecutorKind::EventLoop, &rounds(0.997), "a"),
    ]);
    assert_eq!(
        report.verdict.headline(),
        "No difference between the event loop and the main thread"
    );
    assert_eq!(report.verdict.kind(), VerdictKind::NoDifference);
    assert_eq!(report.ranking[0].tied_with, [ExecutorKind::MainThread]);
    assert_eq!(report.ranking[1].tied_with, [ExecutorKind::EventLoop]);
    assert!(report.verdict.ci95().is_some_and(|[low, high]| low <= 1.0 && high >= 1.0));
}

#[test]
fn a_main_thread_that_wins_is_compared_with_the_next() {
    let report = report(&[
        measured(ExecutorKind::MainThread, MAIN, "a"),
        measured(ExecutorKind::Processes, &rounds(3.0), "a"),
    ]);
    assert_eq!(report.verdict.headline(), "The main thread was 3.00× faster than processes");
    assert_eq!(report.verdict.detail(), "Processes took 3.00× as long.");
}

#[test]
fn a_disagreement_is_loud_and_names_the_model() {
    let report = report(&[
        measured(ExecutorKind::MainThread, MAIN, "right"),
        measured(ExecutorKind::Threads, MAIN, "wrong"),
        measured(ExecutorKind::Processes, MAIN, "right"),
    ]);
    assert_eq!(report.agreement, Some(false));
    let warning = &report.warnings[0];
    assert_eq!(warning.code(), "AnswersDisagree");
    assert!(warning.message().contains("Threads × 2 differed"), "{}", warning.message());
}

#[test]
fn a_model_that_contradicts_itself_disagrees() {
    let mut odd = measured(ExecutorKind::Threads, MAIN, "right");
    if let Ok(samples) = &mut odd.samples {
        samples[2].answer.digest = "wrong".into();
    }
    let report = report(&[measured(ExecutorKind::MainThread, MAIN, "right"), odd]);
    assert_eq!(report.agreement, Some(false));
    assert_eq!(report.results[1].answer, None);
}

#[test]
fn a_failure_leaves_the_other_results_standing() {
    let lost = Measured {
        executor: Executor::new(ExecutorKind::Processes, 2),
        startup_ms: 0.0,
        started_again: false,
        warm_up: WarmedUp::default(),
        samples: Err(WorkerProblem::Gone.into()),
    };
    let report = report(&[measured(ExecutorKind::MainThread, MAIN, "a"), lost]);
    assert_eq!(report.verdict.headline(), "The main thread took 502 ms");
    assert_eq!(report.verdict.detail(), "Without a result: processes.");
    assert_eq!(report.agreement, None);
    assert_eq!(report.results[1].error.as_ref().map(|e| e.kind()), Some(FailureKind::WorkerLost));
}

#[test]
fn where_nothing_ran_the_report_says_so() {
    let failed = |kind| Measured {
        executor: Executor::new(kind, 2),
        startup_ms: 0.0,
        started_again: false,
        warm_up: WarmedUp::default(),
        samples: Err(WorkerProblem::Gone.into()),
    };
    let none = report(&[failed(ExecutorKind::Threads), failed(ExecutorKind::Processes)]);
    assert_eq!(none.verdict.headline(), "No model could run");
    assert_eq!(none.failure_of_all().map(|failure| failure.kind()), Some(FailureKind::WorkerLost));
    let some =
        report(&[measured(ExecutorKind::MainThread, MAIN, "a"), failed(ExecutorKind::Threads)]);
    assert_eq!(some.failure_of_all(), None);
}

#[test]
fn one_round_is_no_ratio_and_few_are_warned_of() {
    let mut experiment = Experiment::default_for(WorkloadId::Primes, 2).expect("valid");
    experiment.repeats = Repeats::Fixed(1);
    let once = [
        measured(ExecutorKind::MainThread, &[500.0], "a"),
        measured(ExecutorKind::Threads, &[490.0], "a"),
    ];
    let report = report_of(experiment, &once);
    assert_eq!(report.results[1].speedup, None);
    let headline = "Too few rounds to compare threads with the main thread";
    assert_eq!(report.verdict.headline(), headline);
    assert_eq!(report.warnings[0].code(), "FewRounds");
    let message = report.warnings[0].message();
    assert_eq!(message, "1 measured round is too few to tell a difference. Measure 7 or more.");
}

#[test]
fn few_rounds_claim_nothing_however_far_they_are_apart() {
    let six = |ms: f64| [ms, ms * 1.01, ms, ms * 0.99, ms, ms * 1.02];
    let report = report(&[
        measured(ExecutorKind::MainThread, &six(500.0), "a"),
        measured(ExecutorKind::Threads, &six(250.0), "a"),
    ]);
    assert_eq!(report.verdict.kind(), VerdictKind::TooFewRounds);
    assert_eq!(report.verdict.ci95(), None);
    assert_eq!(
        report.verdict.detail(),
        "There were 6 rounds, with a ratio of about 2.00. A comparison takes 7 or more: measure \
         more."
    );
}

#[test]
fn what_is_too_noisy_to_tell_says_how_noisy() {
    let noisy: Vec<_> =
        MAIN.iter().zip([0.6, 1.4].into_iter().cycle()).map(|(ms, by)| ms * by).collect();
    let report = report(&[
        measured(ExecutorKind::MainThread, MAIN, "a"),
        measured(ExecutorKind::EventLoop, &noisy, "a"),
    ]);
    assert_eq!(report.verdict.kind(), VerdictKind::TooNoisy);
    let headline = "Too noisy to tell the event loop from the main thread";
    assert_eq!(report.verdict.headline(), headline);
    assert_eq!(report.verdict.ci95(), Some([1.0 / 1.4, 1.0 / 0.6]));
    assert_eq!(report.verdict.detail(), "Measure more, or close other busy programs.");
}

#[test]
fn what_a_reader_should_know_is_warned_of() {
    let mut wide = measured(ExecutorKind::Threads, &[0.5, 0.5, 0.5], "a");
    wide.executor = Executor::new(ExecutorKind::Threads, 8);
    let report = report(&[measured(ExecutorKind::MainThread, MAIN, "a"), wide]);
    let codes: Vec<_> = report.warnings.iter().map(|warning| warning.code()).collect();
    assert_eq!(codes, ["TimerTooCoarse", "MoreWorkersThanCores"]);
}

#[test]
fn the_report_has_the_documented_form() {
    let report = report(&[
        measured(ExecutorKind::MainThread, &[502.0; 5], "a"),
        measured(ExecutorKind::Threads, &[251.0; 5], "a"),
    ]);
    let json = serde_json::to_value(&report).expect("plain JSON");
    assert_eq!(json["schema"], 5);
    assert_eq!(json["producer"]["name"], "concurrency-playground");
    assert_eq!(json["environment"]["crossOriginIsolated"], true);
    assert_eq!(json["environment"]["sharedMemory"]["available"], true);
    assert_eq!(json["experiment"]["workload"], "primes");
    let threads = &json["results"][1];
    assert_eq!(threads["executor"]["id"], "threads");
    assert_eq!(threads["executor"]["chunkSize"], 0);
    assert_eq!(threads["samples"][0]["totalMs"], 251.0);
    assert_eq!(threads["samples"][0]["phasesMs"]["compute"], 251.0);
    assert_eq!(threads["samples"][0]["mainThreadBlockedMs"], 0.0);
    assert_eq!(threads["samples"][0]["concurrency"], 1.0);
    assert_eq!(threads["summary"]["medianMs"], 251.0);
    assert_eq!(threads["summary"]["ci95Ms"][0], 251.0);
    assert_eq!(threads["speedup"]["over"], "main-thread");
    assert_eq!(threads["speedup"]["ratio"], 2.0);
    assert_eq!(threads["lanes"][0]["spans"][0]["startMs"], 0.0);
    assert_eq!(threads["lanes"][0]["spans"][0]["phase"], "compute");
    assert_eq!(threads["answer"]["digest"], "a");
    assert_eq!(threads["error"], serde_json::Value::Null);
    assert_eq!(json["agreement"], true);
    assert_eq!(json["ranking"][0]["executor"], "threads");
}
