//! What a pipeline's stages cost together, and what its queue holds them to.

use crate::support::Page;
use crate::support::page::Report;
use crate::support::server::Host;
use serde_json::{Value, json};

/// How deep the queue of a result was, its bound, and for what part of the time it was full
/// and empty.
fn queue(report: &Report, result: usize) -> (f64, f64, f64, f64) {
    let result = &report.results()[result];
    let mut queues = result["lanes"].as_array().expect("a list").iter();
    let queue = queues.find_map(|lane| lane["queue"].as_object()).expect("a lane owns the queue");
    let bound = queue["bound"].as_f64().expect("a number");
    let number = |change: &Value, key: &str| change[key].as_f64().expect("a number");
    let changes = queue["changes"].as_array().expect("a list");
    let at = result["timelineOf"].as_u64().expect("a sample") as usize;
    let sample = &result["samples"][at];
    let total_ms = number(sample, "totalMs") * number(sample, "computations");
    let (mut last_ms, mut depth, mut deepest) = (0.0, 0.0, 0.0_f64);
    let (mut full_ms, mut empty_ms) = (0.0, 0.0);
    for change in changes {
        let ms = number(change, "atMs") - last_ms;
        full_ms += if depth >= bound { ms } else { 0.0 };
        empty_ms += if depth == 0.0 { ms } else { 0.0 };
        (last_ms, depth) = (number(change, "atMs"), number(change, "depth"));
        deepest = deepest.max(depth);
    }
    (deepest, bound, full_ms / total_ms, (empty_ms + total_ms - last_ms) / total_ms)
}

/// A mix whose tasks wait by a timer and then compute.
const LOAD: &str = "custom";

/// What the two stages can be.
const STAGES: [(&str, &str); 4] = [
    ("event-loop", "processes"),
    ("event-loop", "threads"),
    ("threads", "threads"),
    ("threads", "processes"),
];

async fn units_of(page: &Page, ms: f64) -> u64 {
    let params = json!({ "tasks": 8, "computeUnits": 1_000, "waitMs": 0, "payloadBytes": 0 });
    let experiment = json!({ "workload": LOAD, "params": params, "repeats": 5, "warmup": 3,
                             "executors": [{ "id": "main-thread" }] });
    let each_ms = page.report(&experiment).await.median_ms(0) / 8.0;
    (1_000.0 * ms / each_ms) as u64
}

/// Streaming is promised 1.15 times what the slower stage takes alone; one stage after the other
/// takes what both take.
#[tokio::test]
async fn streaming_stages_overlap_and_others_add_up() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let units = units_of(&page, 20.0).await;
    for (io_stage, cpu_stage) in STAGES {
        let pipeline = |streaming: bool| {
            json!({ "id": "hybrid", "ioStage": io_stage, "cpuStage": cpu_stage, "ioWorkers": 1,
                    "cpuWorkers": 1, "streaming": streaming })
        };
        let run = async |units: u64, wait_ms: u64, executors: Value| {
            let params = json!({ "tasks": 16, "computeUnits": units, "waitMs": wait_ms,
                                 "payloadBytes": 0 });
            let experiment = json!({ "workload": LOAD, "params": params, "executors": executors,
                                     "repeats": 1, "warmup": 0 });
            page.report(&experiment).await
        };
        let both = run(units, 20, json!([pipeline(true), pipeline(false)])).await;
        let [waiting, computing] = [
            run(0, 20, json!([pipeline(true)])).await.median_ms(0),
            run(units, 0, json!([pipeline(true)])).await.median_ms(0),
        ];
        let slower_ms = waiting.max(computing);
        let streamed = both.median_ms(0) / slower_ms;
        let in_turn = both.median_ms(1) / (waiting + computing);
        println!(
            "{io_stage} and {cpu_stage}: alone {waiting:.0} and {computing:.0} ms; streaming {streamed:.3} \
             of the slower, one after the other {in_turn:.3} of both"
        );
        assert!(streamed < 1.5, "streaming takes {streamed} times as long as the slower stage");
        assert!((0.8..1.2).contains(&in_turn), "one after the other {in_turn} of both");
    }
}

/// Where computing is slower the queue fills up to its bound and the first stage waits; where waiting
/// is slower it stays empty.
#[tokio::test]
async fn a_full_queue_makes_the_first_stage_wait() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let units = units_of(&page, 10.0).await;
    for (io_stage, cpu_stage) in STAGES {
        let pipeline = json!({ "id": "hybrid", "ioStage": io_stage, "cpuStage": cpu_stage,
                               "ioWorkers": 4, "cpuWorkers": 1, "queueMax": 3 });
        let run = async |units: u64, wait_ms: u64| {
            let params = json!({ "tasks": 20, "computeUnits": units, "waitMs": wait_ms,
                                 "payloadBytes": 0 });
            let experiment = json!({ "workload": LOAD, "params": params, "executors": [pipeline],
                                     "repeats": 1, "warmup": 0 });
            page.report(&experiment).await
        };
        let (slow_to_compute, slow_to_wait) = (run(units, 2).await, run(1, 20).await);
        let (deepest, bound, full, empty) = queue(&slow_to_compute, 0);
        println!("{io_stage} and {cpu_stage}: full {full:.2}, empty {empty:.2} of the time");
        assert_eq!((deepest, bound), (3.0, 3.0));
        assert!(full > 0.4, "the queue was full for {full} of the time");
        let waited = &slow_to_compute.results()[0]["samples"][0]["phasesMs"]["queue-wait"];
        assert!(waited.as_f64().is_some_and(|ms| ms > 50.0), "the first stage waited {waited} ms");
        let (deepest, _, full, empty) = queue(&slow_to_wait, 0);
        println!(
            "    where waiting is slower: deepest {deepest}, full {full:.2}, empty {empty:.2}"
        );
        assert!(empty > 0.6, "the queue was empty for {empty} of the time");
    }
}
