//! What is read is what was written, and what is wrong is refused by its path.

use super::*;
use crate::exchange::example;
use crate::exchange::json::write;
use crate::experiment::MAX_EXECUTORS;
use crate::failure::{Failure, FailureKind, Lack};
use crate::measure::report::MAX_ROUNDS;
use crate::measure::report::limits::{MAX_BEATS, MAX_SPANS};
use crate::measure::report::{Availability, ModelFacts};
use crate::measure::warning::Warning;
use crate::measure::{Lane, LaneKind, Phase, Span};
use crate::models::{Executor, ExecutorKind};
use crate::workloads::params::Params;
use crate::workloads::{Workload, WorkloadId};
use proptest::prelude::*;
use serde_json::json;
use std::time::{Duration, Instant};

fn example() -> Value {
    example::report().to_json()
}

fn refused(text: &str) -> String {
    let bound = Duration::from_millis(if cfg!(debug_assertions) { 2_000 } else { 100 });
    let timed = || {
        let begun = Instant::now();
        let failure = read(text).expect_err("is refused");
        (failure, begun.elapsed())
    };
    let (failure, mut took) = timed();
    // What else the machine does is no matter of ours.
    for _ in 0..4 {
        if took >= bound {
            took = timed().1;
        }
    }
    assert!(took < bound, "took {took:?}");
    assert_eq!(failure.kind(), FailureKind::InvalidInput);
    failure.message()
}

/// The example with `value` at `pointer`, which may be new.
fn with(pointer: &str, value: Value) -> String {
    let mut report = example();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    match report.pointer_mut(parent).expect("is there") {
        Value::Object(fields) => drop(fields.insert(key.to_owned(), value)),
        Value::Array(items) => items[key.parse::<usize>().expect("an index")] = value,
        _ => panic!("{parent} holds nothing"),
    }
    report.to_string()
}

#[test]
fn what_was_written_is_read() {
    let report = example::report();
    assert_eq!(read(&write(&report)), Ok(report));
}

#[test]
fn what_is_made_of_the_facts_is_never_believed() {
    let honest = write(&example::report());
    for (pointer, claim) in [
        ("/verdict", json!({ "headline": "Processes were 99 times as fast" })),
        ("/ranking", json!([])),
        ("/agreement", json!(false)),
        ("/warnings", json!("none")),
        ("/findings", json!([{ "__proto__": 1 }])),
        ("/scaling", json!(null)),
        ("/results/1/speedup", json!({ "over": "main-thread", "ratio": 99, "ci95": [98, 99] })),
        ("/results/1/summary", json!({ "medianMs": 1 })),
        ("/results/1/accounts", json!([])),
        ("/results/1/waterfall", json!(null)),
        ("/results/1/samples/0/outlier", json!(true)),
    ] {
        let report = read(&with(pointer, claim)).expect(pointer);
        assert_eq!(write(&report), honest, "{pointer}");
    }
}

#[test]
fn what_is_wrong_is_refused_by_its_path() {
    let long = |n: usize| json!("x".repeat(n));
    for (pointer, value) in [
        ("/producer/name", json!("<img src=x onerror=alert(1)>")),
        ("/producer/version", long(65)),
        ("/producer/__proto__", json!({})),
        ("/environment/userAgent", long(1001)),
        ("/environment/hardwareConcurrency", json!(0)),
        ("/environment/effectiveCores", json!(-1)),
        ("/environment/clockResolutionUs", json!("5")),
        ("/environment/startedAt", json!("yesterday")),
        ("/environment/visibility", json!("dim")),
        ("/environment/workers/available", json!(1)),
        ("/environment/workers/reason", long(1001)),
        ("/experiment/workload", json!("<b>primes</b>")),
        ("/experiment/params/limit", json!(-1)),
        ("/experiment/executors", json!([])),
        ("/experiment/executors/0/id", json!("<script>")),
        ("/experiment/executors/1/workers", json!(33)),
        ("/experiment/repeats", json!(101)),
        ("/experiment/seed", json!(1.5)),
        ("/experiment/order/0/2", json!(3)),
        ("/experiment/order/1", json!([0, 1, 2, 0])),
        ("/measuring/blocks/0/drift", json!(-0.1)),
        ("/measuring/blocks/1/disturbed", json!("noise")),
        ("/measuring/calibrated", json!(null)),
        ("/results/1/executor/workers", json!(32.5)),
        ("/results/0/startupMs", json!(null)),
        ("/results/0/warmUp/totalsMs/2", json!(1e10)),
        ("/results/0/samples/3/totalMs", json!(-1)),
        ("/results/0/samples/3/computations", json!(0)),
        ("/results/0/samples/3/phasesMs/<b>", json!(1)),
        ("/results/0/samples/3/phasesMs/compute", json!(-1)),
        ("/results/0/samples/3/bytesSent", json!(1.5)),
        ("/results/0/samples/3/concurrency", json!(1e10)),
        ("/results/0/lanes/0/id", json!("Page<img src=x>")),
        ("/results/0/lanes/1/id", json!("Process 01")),
        ("/results/0/lanes/1/id", json!("Process 67")),
        ("/results/0/lanes/1/kind", json!("thread")),
        ("/results/0/lanes/1/spans/0/endMs", json!(-5)),
        ("/results/0/lanes/1/spans/0/task", json!(-1)),
        ("/results/0/lanes/1/spans/0/phase", json!("naps")),
        ("/results/0/lanes/0/beatsMs/1", json!("x")),
        ("/results/0/lanes/1/clock/offsetMs", json!(true)),
        ("/results/0/answer/digest", json!("A".repeat(64))),
        ("/results/0/answer/value", json!(-1)),
        ("/results/0/answer/summary", long(301)),
        ("/results/2/error/name", json!("Boredom")),
        ("/results/2/error/message", long(1001)),
        ("/results/0/error", json!({ "name": "TaskFailed", "message": "No." })),
        ("/results/0/surprise", json!(1)),
        ("/schema", json!(null)),
        ("/colour", json!("red")),
        ("/__proto__", json!({})),
    ] {
        let message = refused(&with(pointer, value));
        let path = message.split(": ").next().expect("a path").replace(['[', '.'], "/");
        let path = path.replace([']', '"'], "");
        // A lane's kind is wrong together with its name.
        let pointer = if pointer.ends_with("1/kind") { "/results/0/lanes/1/id" } else { pointer };
        assert_eq!(format!("/{path}"), pointer, "{message}");
    }
}

#[test]
fn what_is_missing_is_refused_unless_it_is_made_anew() {
    let Value::Object(whole) = example() else { panic!("is an object") };
    for key in whole.keys() {
        let mut less = whole.clone();
        less.shift_remove(key);
        let facts = ["schema", "producer", "environment", "experiment", "measuring", "results"];
        let found = read(&Value::Object(less).to_string());
        assert_eq!(found.is_err(), facts.contains(&key.as_str()), "{key}");
    }
    let mut less = example();
    less["experiment"]["executors"][1].as_object_mut().expect("a model").shift_remove("workers");
    assert!(refused(&less.to_string()).starts_with("experiment.executors[1].workers: is missing"));
}

#[test]
fn results_belong_to_the_experiments_models() {
    let mut report = example();
    report["results"].as_array_mut().expect("a list").pop();
    assert!(refused(&report.to_string()).starts_with("results: there are 2,"));
    let other = with("/results/1/executor/workers", json!(4));
    assert!(refused(&other).starts_with("results[1].executor: is not the model"));
}

#[test]
fn another_schema_says_which_it_is() {
    let newer = refused(&with("/schema", json!(SCHEMA + 1)));
    assert!(newer.starts_with("schema: this report is of the newer schema"), "{newer}");
    assert!(newer.ends_with("Open it in the version that wrote it."), "{newer}");
    assert!(refused(&with("/schema", json!(1))).contains("the older schema 1,"));
    // What else a newer one has is not held against it.
    assert!(refused(r#"{"schema":99,"weather":"fine"}"#).starts_with("schema: "));
}

#[test]
fn what_is_huge_deep_or_no_json_is_refused_at_once() {
    let text = write(&example::report());
    for bad in [
        String::new(),
        "null".to_owned(),
        "[".repeat(100_000),
        r#"{"a":"#.repeat(100_000),
        " ".repeat(50_000_000),
        format!("[{}0]", "0,".repeat(4_000_000)),
        text.replacen("\"startupMs\":4.5", "\"startupMs\":NaN", 1),
        text.replacen("\"startupMs\":4.5", "\"startupMs\":-Infinity", 1),
        text[..text.len() / 2].to_owned(),
    ] {
        let message = refused(&bad);
        assert!(message.starts_with("report: "), "{message}");
    }
    assert!(check_size(MAX_REPORT_BYTES as f64).is_ok());
    assert!(check_size(50e6).is_err() && check_size(f64::NAN).is_err());
}

#[test]
fn a_number_too_large_is_refused_by_its_path() {
    let text = write(&example::report());
    let report = text.replacen("\"startupMs\":4.5", "\"startupMs\":1e999", 1);
    let said = refused(&report);
    assert!(said.starts_with("results[0].startupMs: is too large for a number"), "{said}");
    assert!(refused("-1e999").starts_with("report: is too large for a number"));
}

/// A lane with as many spans and heartbeats as no report holds, whose numbers are as long
/// as they come.
fn long_lane(number: usize, spans: usize, beats: usize) -> Lane {
    let span = |at: usize| {
        let start_ms = 123_456.789_1 + 3.0 * at as f64;
        let phase = [Phase::Deserialize, Phase::Compute][at % 2];
        Span::new(phase, 4_000_000_000 + at as u32, start_ms, start_ms + 2.345_6)
    };
    let kind = if number == 0 { LaneKind::Page } else { LaneKind::Thread };
    let mut lane = Lane::new(kind, number.max(1), (0..spans).map(span).collect());
    lane.beats_ms = (0..beats).map(|at| 123_456.789_1 + 10.0 * at as f64).collect();
    lane
}

/// Sixteen models with ten thousand tasks and as many rounds as there may be, and all else as long as it
/// may be.
#[test]
fn the_largest_report_is_read_back() {
    let mut facts = example::report().facts();
    let executors = (1..=MAX_EXECUTORS as u32).map(|n| Executor::new(ExecutorKind::Threads, n));
    facts.experiment.executors = executors.clone().collect();
    let text = Value::from(",\u{1}".repeat(100_000));
    let params = Params::from_iter([("text".to_owned(), text)]);
    facts.experiment.workload = Workload::new(WorkloadId::WordCount, &params).expect("valid");
    facts.environment.user_agent = Some("a".repeat(5_000));
    facts.environment.browser.as_mut().expect("a browser").shared_memory =
        Availability::Lacking(Lack::Foreign { said: "ä".repeat(5_000).into() });
    let one = facts.results[0].clone();
    let model = |executor: Executor| {
        let mut model = ModelFacts { executor, ..one.clone() };
        let mut sample = model.samples[0].clone();
        sample.phases_ms = Phase::ALL.map(|phase| (phase, 123_456.789_1)).into();
        model.samples = vec![sample; MAX_ROUNDS];
        model.lanes = (0..34).map(|lane| long_lane(lane, 2_500, 2_500)).collect();
        model
    };
    facts.results = executors.map(model).collect();
    let mut failed = facts.clone();
    let report = Report::of(facts);
    let text = write(&report);
    assert!(text.len() > MAX_REPORT_BYTES / 2, "{}", text.len());
    assert_eq!(read(&text).as_ref(), Ok(&report));
    assert!(report.warnings.iter().any(|warning| matches!(warning, Warning::SpansJoined { .. })));
    for model in &mut failed.results {
        let error = Some(Failure::stored(FailureKind::TaskFailed, &"é".repeat(5_000), None, None));
        *model = ModelFacts {
            samples: Vec::new(),
            timeline_of: None,
            lanes: Vec::new(),
            error,
            ..model.clone()
        };
    }
    let report = Report::of(failed);
    assert_eq!(read(&write(&report)), Ok(report));
}

#[test]
fn no_more_spans_are_read_than_can_be_drawn() {
    let span = json!({ "phase": "compute", "task": null, "startMs": 0, "endMs": 1 });
    let spans = vec![span; MAX_SPANS / 2];
    let mut report = example();
    for result in 0..2 {
        report["results"][result]["lanes"][0]["spans"] = json!(spans);
    }
    let message = refused(&report.to_string());
    assert!(message.starts_with("results[1].lanes[0].spans: give a list of"), "{message}");
    let beats = with("/results/0/lanes/0/beatsMs", json!(vec![0; MAX_BEATS + 1]));
    assert!(refused(&beats).starts_with("results[0].lanes[0].beatsMs: give a list of 60000"));
}

/// `text` with some bytes left out, doubled, swapped or made others: three times in four
/// a digit, as most others only break the JSON.
fn spoilt(text: &str, changes: &[(usize, usize, u8)]) -> String {
    let mut bytes = text.as_bytes().to_vec();
    for (at, other, how) in changes {
        let (mut at, other) = (at % bytes.len(), other % bytes.len());
        let digit = how % 4 != 0;
        if digit && let Some(next) = bytes[at..].iter().position(u8::is_ascii_digit) {
            at += next;
        }
        match how / 4 % 5 {
            0 => drop(bytes.remove(at)),
            1 => bytes.insert(at, bytes[at]),
            2 => bytes.swap(at, other),
            3 if digit => bytes[at] = b'0' + (other % 10) as u8,
            3 => bytes[at] = b"0919-e.\"{}[],:"[other % 14],
            _ if digit => bytes.insert(at, b'0' + (other % 10) as u8),
            _ => drop(bytes.drain(at..(at + other % 64).min(bytes.len()))),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_report_survives_the_round(report in example::reports()) {
        let text = write(&report);
        let again = read(&text);
        prop_assert_eq!(again.as_ref().map(write), Ok(text));
        prop_assert_eq!(again, Ok(report));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    /// The fuzz target `report`, in small.
    #[test]
    fn what_is_read_of_a_spoilt_text_survives_the_round(
        changes in prop::collection::vec((any::<usize>(), any::<usize>(), any::<u8>()), 1..4),
    ) {
        thread_local!(static TEXT: String = write(&example::report()));
        if let Ok(report) = read(&TEXT.with(|text| spoilt(text, &changes))) {
            let text = write(&report);
            let again = read(&text);
            prop_assert_eq!(again.as_ref().map(write), Ok(text));
            prop_assert_eq!(again, Ok(report));
        }
    }

    #[test]
    fn arbitrary_text_is_refused_without_panic(text in ".{0,200}") {
        prop_assert!(read(&text).is_err());
    }
}
