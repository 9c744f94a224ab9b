//! A pipeline of two stages, in every combination of what they can be.

use crate::support::server::Host;
use crate::support::{Page, reference};
use serde_json::{Value, json};

/// Every combination of stages, for so many workers in each of them.
fn every_pipeline(workers: u32, streaming: bool) -> Vec<Value> {
    let mut pipelines = Vec::new();
    for io_stage in ["event-loop", "threads"] {
        for cpu_stage in ["processes", "threads"] {
            let mut pipeline = json!({
                "id": "hybrid", "ioStage": io_stage, "ioWorkers": workers, "cpuStage": cpu_stage,
                "cpuWorkers": workers, "streaming": streaming,
            });
            if streaming {
                pipeline["queueMax"] = json!(1 + workers / 2);
            }
            pipelines.push(pipeline);
        }
    }
    pipelines
}

/// The depths of the queue that a result's timeline has, and its bound.
fn depths(result: &Value) -> (Vec<u64>, u64) {
    let mut queues = result["lanes"].as_array().expect("a list").iter();
    let queue = queues.find_map(|lane| lane["queue"].as_object()).expect("a lane owns the queue");
    let changes = queue["changes"].as_array().expect("a list").iter();
    let depths = changes.filter_map(|change| change["depth"].as_u64()).collect();
    (depths, queue["bound"].as_u64().expect("a number"))
}

/// Every task is waited for and computed once, and where the queue had no room for all the stages
/// were never further apart than its bound.
fn is_whole(result: &Value, tasks: usize, waits: usize) {
    let (depths, bound) = depths(result);
    assert!(depths.iter().all(|depth| *depth <= bound), "{depths:?} of {bound}");
    let lanes = result["lanes"].as_array().expect("a list").iter();
    let spans: Vec<_> = lanes.flat_map(|lane| lane["spans"].as_array().expect("a list")).collect();
    let times = |phase: &str| spans.iter().filter(|span| span["phase"] == phase).count();
    let at = result["timelineOf"].as_u64().expect("a sample") as usize;
    let computations = result["samples"][at]["computations"].as_u64().expect("a number") as usize;
    assert_eq!(depths.len(), 2 * tasks * computations, "{}", result["executor"]);
    assert_eq!(times("compute"), tasks * computations, "{}", result["executor"]);
    assert_eq!(times("io-wait"), waits * computations, "{}", result["executor"]);
}

#[tokio::test]
async fn every_combination_of_stages_gives_the_reference_answer() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let cases = [
        (
            "pipeline",
            json!({ "count": 12, "latencyMs": 5, "varianceMs": 5, "seed": 1, "rounds": 5 }),
        ),
        (
            "custom",
            json!({ "tasks": 10, "computeUnits": 20, "waitMs": 5, "payloadBytes": 100_000,
                    "resultBytes": 50_000, "seed": 1 }),
        ),
        // Some of the tasks do not wait at all.
        (
            "custom",
            json!({ "tasks": 10, "computeUnits": 20, "waitMs": 1, "variance": 100,
                    "payloadBytes": 100, "seed": 2 }),
        ),
    ];
    for (workload, params) in cases {
        let known = reference::workload(workload, &params);
        let tasks = known.work().task_count();
        let waits = (0..tasks).filter(|task| known.work().request(*task).is_some()).count();
        let digest = reference::digest(workload, &params);
        for workers in [1, 2, 3, 5] {
            let executors = [true, false].map(|streaming| every_pipeline(workers, streaming));
            let experiment = json!({ "workload": workload, "params": params, "warmup": 0,
                                     "executors": executors.concat(), "repeats": 1 });
            let report = page.report(&experiment).await;
            for result in report.results() {
                let executor = &result["executor"];
                let answer = &result["answer"]["digest"];
                assert_eq!(*answer, digest, "{workload} by {executor}: {}", result["error"]);
                is_whole(result, tasks, waits);
            }
        }
    }
}

#[tokio::test]
async fn files_and_records_flow_through_every_pipeline() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for kind in ["disk", "database"] {
        let params = json!({ "kind": kind, "count": 30, "bytes": 100_000, "seed": 9, "rounds": 3 });
        let experiment = json!({ "workload": "pipeline", "params": params, "warmup": 0,
                                 "executors": every_pipeline(2, true), "repeats": 2 });
        let report = page.report(&experiment).await;
        let digest = reference::digest("pipeline", &params);
        for result in report.results() {
            assert_eq!(result["answer"]["digest"], digest, "{}", result["error"]);
            is_whole(result, 30, 30);
        }
    }
}

#[tokio::test]
async fn other_workloads_say_why_not_and_options_without_meaning_are_refused() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let experiment = json!({ "workload": "primes", "params": { "count": 100 }, "repeats": 1,
                             "executors": [{ "id": "main-thread" }, { "id": "hybrid" }] });
    let report = page.run(&experiment).await.expect("one of the models runs");
    let error = &report.result("hybrid")["error"];
    assert_eq!(error["name"], "Unavailable");
    let message = error["message"].as_str().expect("a message");
    assert!(message.contains("Choose one of: Pipeline, A mix of your own"), "{message}");
    assert!(report.result("main-thread")["error"].is_null());
    for (options, key) in [
        (json!({ "streaming": false, "queueMax": 4 }), "queueMax"),
        (json!({ "queueMax": 0 }), "queueMax"),
        (json!({ "ioStage": "fibers" }), "ioStage"),
        (json!({ "cpuStage": "event-loop" }), "cpuStage"),
        (json!({ "cpuWorkers": 33 }), "cpuWorkers"),
        (json!({ "ioWorkers": 0 }), "ioWorkers"),
        (json!({ "workers": 2 }), "workers"),
        (json!({ "streaming": 1 }), "streaming"),
    ] {
        let mut executor = options.clone();
        executor["id"] = json!("hybrid");
        let experiment = json!({ "workload": "pipeline", "executors": [executor] });
        let refused = page.run(&experiment).await.err().expect("is refused");
        assert_eq!(refused.name, "InvalidInput", "{options}");
        assert!(refused.message.starts_with(&format!("{key}: ")), "{options}: {}", refused.message);
    }
}

/// Requests that fail do so alone: the run says what failed once all others are done, and the next
/// run works.
#[tokio::test]
async fn a_request_that_fails_ends_its_pipeline_with_the_reason() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let urls = [site.url("/"), site.url("/is-not-there")];
    for pipeline in every_pipeline(2, true) {
        let experiment = json!({ "workload": "pipeline", "params": { "urls": urls, "rounds": 1 },
                                 "executors": [pipeline], "repeats": 1 });
        let thrown = page.run(&experiment).await.err().expect("a request failed");
        assert_eq!(thrown.name, "TaskFailed", "{pipeline}: {}", thrown.message);
        assert!(thrown.message.contains("404"), "{pipeline}: {}", thrown.message);
    }
    let experiment = json!({ "workload": "pipeline", "params": { "count": 3, "rounds": 1 },
                             "executors": every_pipeline(2, true), "repeats": 1 });
    assert_eq!(page.report(&experiment).await.0["agreement"], true);
}

/// An option that another one makes meaningless goes away, and the keyboard stays where it was.
#[tokio::test]
async fn stages_are_chosen_by_keyboard_and_the_bound_goes_with_streaming() {
    const LEFT: char = '\u{E012}';
    const CHOSEN: &str = "return [document.activeElement.name, ...[...document
        .querySelectorAll('#options-hybrid input[type=radio]:checked')].map(({ value }) => value),
        document.querySelector('#queueMax-hybrid') !== null]";
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/lab?workload=pipeline").await;
    page.click("#options-hybrid summary").await;
    let focus = "document.querySelector(\"input[name='streaming-hybrid'][value='true']\").focus()";
    page.js(focus, &[]).await;
    for streaming in ["false", "true", "false"] {
        page.press(LEFT).await;
        let bounded = streaming == "true";
        let expected = json!(["streaming-hybrid", "processes", "event-loop", streaming, bounded]);
        assert_eq!(page.js(CHOSEN, &[]).await, expected);
    }
}

/// Without shared memory the stages that need none run, and the others say why not.
#[tokio::test]
async fn without_isolation_event_loop_and_processes_make_a_pipeline() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::open(&site).await;
    let params = json!({ "kind": "timer", "count": 4, "latencyMs": 3, "rounds": 2 });
    let experiment = json!({ "workload": "pipeline", "params": params, "warmup": 0,
                             "executors": every_pipeline(2, true), "repeats": 1 });
    let report = page.run(&experiment).await.expect("one of the models runs");
    let digest = reference::digest("pipeline", &params);
    for result in report.results() {
        let executor = &result["executor"];
        match (executor["ioStage"].as_str(), executor["cpuStage"].as_str()) {
            (Some("event-loop"), Some("processes")) => {
                assert_eq!(result["answer"]["digest"], digest, "{}", result["error"]);
            }
            _ => {
                assert_eq!(result["error"]["name"], "Unavailable", "{executor}");
                let message = result["error"]["message"].as_str().expect("a message");
                assert!(message.contains("isolated"), "{message}");
            }
        }
    }
}
