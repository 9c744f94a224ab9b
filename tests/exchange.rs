//! A report leaves the page and comes back: as JSON, as a table, as a trace, and in
//! the history.

mod by_hand;

use concurrency_playground::exchange::history::{History, Kept, MAX_RUNS};
use concurrency_playground::exchange::memory_store::{FailingStore, MemoryStore};
use concurrency_playground::exchange::read::{self, MAX_REPORT_BYTES};
use concurrency_playground::exchange::{csv, json, trace};
use concurrency_playground::executors::mock::MockFleet;
use concurrency_playground::executors::run;
use concurrency_playground::experiment::Experiment;
use concurrency_playground::failure::{Lack, WorkerProblem};
use concurrency_playground::measure::report::{
    Availability, Block, Environment, Facts, Measured, Measuring, ModelFacts, Producer, Report,
    Sample, WarmedUp,
};
use concurrency_playground::measure::{Lane, LaneKind, Phase, Span};
use concurrency_playground::models::{Executor, ExecutorKind};
use concurrency_playground::workloads::WorkloadId;
use concurrency_playground::workloads::answer::{self, Answer};
use concurrency_playground::workloads::summary::Summary;
use serde_json::Value;

fn environment() -> Environment {
    let mut environment = by_hand::environment();
    environment.machine.effective_cores = Some(1.9);
    environment.browser.as_mut().expect("a browser").shared_memory =
        Availability::Lacking(Lack::NotIsolated);
    environment
}

/// Requests side by side on the page: their waits overlap.
fn sample(total_ms: f64) -> Sample {
    let at = |ms: f64| 1_000.0 / 3.0 + ms;
    let mut page = Lane::new(
        LaneKind::Page,
        1,
        vec![
            Span::new(Phase::IoWait, 0, at(0.0), at(total_ms * 0.5)),
            Span::new(Phase::IoWait, 1, at(0.1), at(total_ms * 0.9)),
            Span::new(Phase::Merge, None, at(total_ms * 0.9), at(total_ms)),
        ],
    );
    page.beats_ms = vec![at(-2.0), at(8.0)];
    Sample {
        started_ms: at(0.0),
        ended_ms: at(total_ms),
        computations: 1,
        lanes: vec![page],
        blocked_ms: 0.0,
        bytes_sent: 0,
        bytes_received: 24,
        answer: Answer { digest: answer::digest(b"abc"), value: None, summary: Summary::Nothing },
    }
}

fn measured(kind: ExecutorKind, totals_ms: &[f64]) -> Measured {
    Measured {
        executor: Executor::new(kind, 2),
        startup_ms: 1.0 / 3.0,
        started_again: false,
        warm_up: WarmedUp { totals_ms: totals_ms.to_vec(), settled: true },
        samples: Ok(totals_ms.iter().map(|total_ms| sample(*total_ms)).collect()),
    }
}

fn report() -> Report {
    let lost = Measured {
        samples: Err(WorkerProblem::Gone.into()),
        ..measured(ExecutorKind::Processes, &[])
    };
    let measured = [
        measured(ExecutorKind::MainThread, &[50.0, 51.0, 50.5, 49.5, 50.2]),
        measured(ExecutorKind::EventLoop, &[25.1, 25.6, 25.2, 24.8, 25.0]),
        lost,
    ];
    let mut experiment = Experiment::default_for(WorkloadId::Requests, 2).expect("valid");
    experiment.executors = measured.iter().map(|one| one.executor.clone()).collect();
    Report::of(Facts {
        producer: Producer::this(),
        environment: environment(),
        experiment,
        order: vec![vec![0, 1, 2], vec![2, 1, 0]],
        measuring: Measuring {
            calibrated: true,
            blocks: vec![
                Block {
                    drift: 0.01 / 3.0,
                    cores: Some(5.0 / 3.0),
                    disturbed: None,
                    kept: true
                };
                5
            ],
            looks: 1,
        },
        results: measured.iter().map(ModelFacts::of).collect(),
    })
}

#[test]
fn a_report_comes_back_as_it_went() {
    let report = report();
    let text = json::write(&report);
    assert_eq!(read::read(&text), Ok(report));
    assert_eq!(read::read(&text).map(|report| json::write(&report)), Ok(text));
}

#[test]
fn what_a_run_reports_comes_back_as_it_went() {
    for workload in [WorkloadId::Primes, WorkloadId::Requests, WorkloadId::ArraySum] {
        let experiment = Experiment::default_for(workload, 2).expect("valid");
        let fleet = MockFleet { broken: vec![ExecutorKind::Threads], ..MockFleet::default() };
        let report = pollster::block_on(run::run(&fleet, &experiment)).report;
        assert_eq!(read::read(&json::write(&report)), Ok(report));
    }
}

#[test]
fn a_forged_verdict_does_not_come_in() {
    let honest = report();
    let text = json::write(&honest);
    let forged = text.replace(&honest.verdict.headline(), "Processes were 99 times as fast");
    assert_ne!(forged, text);
    assert_eq!(read::read(&forged), Ok(honest));
}

#[test]
fn what_is_no_report_is_refused_with_the_path() {
    let text = json::write(&report());
    let refused = |text: &str| read::read(text).expect_err("is refused").message();
    for (from, to, path) in [
        ("\"schema\":5", "\"schema\":6", "schema: "),
        ("\"startupMs\":0.3333", "\"startupMs\":-1", "results[0].startupMs: "),
        ("\"id\":\"Page\"", "\"id\":\"<b>Page</b>\"", "results[0].lanes[0].id: "),
        ("\"verdict\":", "\"__proto__\":", "__proto__: "),
        ("\"startupMs\":0.3333", "\"startupMs\":1e309", "results[0].startupMs: "),
    ] {
        let message = refused(&text.replacen(from, to, 1));
        assert!(message.starts_with(path), "{message}");
    }
    assert!(refused(&" ".repeat(MAX_REPORT_BYTES + 1)).starts_with("report: is larger than 16 MB"));
    assert!(read::check_size(50e6).is_err());
}

#[test]
fn the_table_has_a_row_per_sample() {
    let table = csv::write(&report());
    let rows: Vec<Vec<_>> =
        table.split_terminator("\r\n").map(|row| row.split(',').collect()).collect();
    assert_eq!(rows.len(), 1 + 5 + 5);
    assert!(rows.iter().all(|row| row.len() == rows[0].len()));
    assert_eq!(rows[6][..3], ["1", "event-loop", "1"]);
}

#[test]
fn the_trace_has_every_span() {
    let report = report();
    let trace: Value = serde_json::from_str(&trace::write(&report)).expect("is JSON");
    let events = trace["traceEvents"].as_array().expect("a list");
    let complete: Vec<_> = events.iter().filter(|event| event["ph"] == "X").collect();
    let lanes = report.results.iter().flat_map(|result| &result.lanes);
    let spans: Vec<_> = lanes.flat_map(|lane| &lane.spans).collect();
    assert_eq!(complete.len(), spans.len());
    let spans_ms: f64 = spans.iter().map(|span| span.duration_ms()).sum();
    let trace_us: f64 = complete.iter().filter_map(|event| event["dur"].as_f64()).sum();
    assert!((trace_us / 1000.0 - spans_ms).abs() < 1e-3);
}

#[test]
fn the_history_keeps_the_last_runs_wherever_it_can() {
    let store = MemoryStore::default();
    for _ in 0..MAX_RUNS + 2 {
        assert_eq!(History::load(&store).add(&report()), Kept::Here);
    }
    let history = History::load(&store);
    assert_eq!(history.entries().len(), MAX_RUNS);
    let newest = history.entries()[0].key.clone();
    assert_eq!(history.report(&newest), Ok(report()));
    let mut closed = History::load(FailingStore);
    assert_eq!(closed.add(&report()), Kept::InMemory);
    let only = closed.entries()[0].key.clone();
    assert_eq!(closed.report(&only), Ok(report()));
}

/// What fuzzing begins with is a report; otherwise it would never get far.
#[test]
fn the_seed_of_fuzzing_is_a_report() {
    let seed = include_str!("../fuzz/seeds/report/example.json");
    assert!(read::read(seed.trim_end()).is_ok(), "{:?}", read::read(seed.trim_end()).err());
}
