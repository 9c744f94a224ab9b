//! The report and the object that scripts use, as they are documented.

use crate::support::page::Report;
use crate::support::server::Host;
use crate::support::{Page, reference};
use concurrency_playground::models::ExecutorKind;
use concurrency_playground::workloads::WorkloadId;
use serde_json::{Value, json};
use std::collections::HashSet;

const PHASES: [&str; 13] = [
    "spawn",
    "serialize",
    "copy",
    "transfer",
    "queue",
    "deserialize",
    "io-wait",
    "lock-wait",
    "queue-wait",
    "compute",
    "merge",
    "other",
    "idle",
];

fn number(value: &Value, key: &str) -> f64 {
    let number = value[key].as_f64();
    number.filter(|number| number.is_finite()).unwrap_or_else(|| panic!("{key} in {value}"))
}

/// A time, which is never negative. Clocks of two workers may differ by a tick.
fn time(value: &Value, key: &str) -> f64 {
    let time = number(value, key);
    assert!(time >= -1.0, "{key} is {time}");
    time
}

/// The keys of an object, in order.
fn keys(value: &Value) -> Vec<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

/// Every number of the result of a model that ran makes sense, alone and beside
/// the others.
fn is_well_formed(result: &Value, repeats: usize, seed_tasks: usize) {
    let id = result["executor"]["id"].as_str().expect("an id");
    let samples = result["samples"].as_array().expect("a list");
    assert_eq!(samples.len(), repeats, "{id}");
    assert!(time(result, "startupMs") < 60_000.0);
    for sample in samples {
        let total_ms = number(sample, "totalMs");
        assert!(total_ms > 0.0, "{id}: {sample}");
        let lasted_ms = total_ms * number(sample, "computations");
        assert!(time(sample, "mainThreadBlockedMs") <= lasted_ms + 0.01, "{id}: {sample}");
        let phases = sample["phasesMs"].as_object().expect("an object");
        assert!(phases.keys().all(|phase| PHASES.contains(&phase.as_str())), "{id}: {phases:?}");
        // What is computed of a request may be done within one tick of the clock.
        let worked = phases.contains_key("compute") || phases.contains_key("io-wait");
        assert!(worked, "{id}: {phases:?}");
        for phase in phases.keys() {
            time(&sample["phasesMs"], phase);
        }
        let concurrency = number(sample, "concurrency");
        let workers = result["executor"]["workers"].as_f64().unwrap_or(1.0);
        assert!(concurrency > 0.0, "{id}: {sample}");
        // An event loop waits for everything at once.
        assert!(
            id == "event-loop" || concurrency <= workers + 0.1,
            "{id}: {concurrency} of {workers}"
        );
        let moved = (number(sample, "bytesSent"), number(sample, "bytesReceived"));
        if id == "processes" {
            assert!(moved.0 > 0.0 && moved.1 > 0.0, "{id} copies: {sample}");
        }
        if ["main-thread", "event-loop"].contains(&id) && !phases.contains_key("io-wait") {
            assert_eq!(moved, (0.0, 0.0), "{id} sends nothing");
        }
    }
    let summary = &result["summary"];
    let (min, median, max) =
        (number(summary, "minMs"), number(summary, "medianMs"), number(summary, "maxMs"));
    assert!(min <= median && median <= max, "{id}: {summary}");
    assert!((min..=max).contains(&number(summary, "meanMs")), "{id}: {summary}");
    let [low, high] = [0, 1].map(|i| summary["ci95Ms"][i].as_f64().expect("a bound"));
    assert!(min <= low && low <= median && median <= high && high <= max, "{id}: {summary}");
    assert!(summary["outliers"].is_u64(), "{id}: {summary}");

    let lanes = result["lanes"].as_array().expect("a list");
    let names: Vec<_> = lanes.iter().map(|lane| lane["id"].as_str().expect("a name")).collect();
    let distinct: HashSet<_> = names.iter().collect();
    assert_eq!(distinct.len(), names.len(), "{id}: {names:?}");
    // A timeline is of all computations of its sample.
    let times = number(&samples[0], "computations");
    let longest = samples.iter().map(|sample| number(sample, "totalMs")).fold(0.0, f64::max);
    let longest = longest * times;
    let mut computed = Vec::new();
    for lane in lanes {
        assert!(
            ["page", "coordinator", "io-thread", "thread", "process"]
                .contains(&lane["kind"].as_str().unwrap_or_default())
        );
        for span in lane["spans"].as_array().expect("a list") {
            let (start, end) = (time(span, "startMs"), time(span, "endMs"));
            assert!(start <= end && end <= longest + 1.0, "{id}, {}: {span}", lane["id"]);
            assert!(PHASES.contains(&span["phase"].as_str().unwrap_or_default()), "{id}: {span}");
            if span["phase"] == "compute" {
                computed.push(span["task"].as_u64().expect("a task"));
            }
        }
    }
    computed.sort_unstable();
    let mut times = times as usize;
    if id == "threads-gil" {
        // A task goes on after the lock was handed over: then it is there once more.
        assert!(computed.len() >= times * seed_tasks, "{id}: {computed:?}");
        computed.dedup();
        times = 1;
    }
    let tasks = (0..seed_tasks as u64).flat_map(|task| vec![task; times]);
    assert_eq!(computed, tasks.collect::<Vec<_>>(), "{id}: each task is computed once a time");
    let answer = &result["answer"];
    assert_eq!(keys(answer), ["digest", "value", "summary", "code", "figures"]);
    assert!(answer["summary"].as_str().is_some_and(|line| line.ends_with('.')), "{answer}");
}

#[tokio::test]
async fn a_report_is_whole_and_its_numbers_agree() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for (workload, params) in [
        ("mandelbrot", json!({ "width": 300, "height": 200, "maxIter": 300 })),
        ("array-sum", json!({ "n": 2_000_000 })),
        ("requests", json!({ "kind": "network", "count": 5, "latencyMs": 20, "varianceMs": 30 })),
        ("requests", json!({ "kind": "timer", "count": 5, "latencyMs": 20, "varianceMs": 30 })),
    ] {
        let models = reference::models_of(workload).len();
        let experiment = json!({ "workload": workload, "params": params, "repeats": 4, "seed": 7 });
        let Report(report) = page.report(&experiment).await;
        assert_eq!(report["schema"], 5);
        assert_eq!(
            report["producer"],
            json!({ "name": "concurrency-playground", "version": env!("CARGO_PKG_VERSION") })
        );

        let environment = &report["environment"];
        assert_eq!(environment["crossOriginIsolated"], true);
        assert!(number(environment, "hardwareConcurrency") >= 1.0);
        assert!(number(environment, "clockResolutionUs") <= 100.0, "{environment}");
        assert!(environment["userAgent"].as_str().is_some_and(|agent| agent.contains("Chrom")));
        assert!(
            environment["startedAt"].as_str().is_some_and(|at| at.len() == 24 && at.ends_with('Z'))
        );
        assert_eq!(environment["visibility"], "visible");

        let run = &report["experiment"];
        assert_eq!(run["workload"], workload);
        let work = reference::workload(workload, &params);
        assert_eq!(reference::workload(workload, &run["params"]), work);
        let given: HashSet<_> = keys(&run["params"]).into_iter().map(str::to_owned).collect();
        assert_eq!(given, work.params().keys().cloned().collect(), "every default is filled in");
        assert_eq!(
            (&run["repeats"], &run["warmup"], &run["seed"]),
            (&json!(4), &json!(8), &json!(7))
        );
        let order = run["order"].as_array().expect("a list");
        let blocks = report["measuring"]["blocks"].as_array().expect("a list");
        let kept = blocks.iter().filter(|block| block["kept"] == true).count();
        assert_eq!(kept, 4);
        let warming_up = order.len() - blocks.len();
        assert!((1..=8).contains(&warming_up), "{warming_up} blocks to warm up");
        for round in order {
            let mut round: Vec<_> =
                round.as_array().into_iter().flatten().filter_map(Value::as_u64).collect();
            round.sort_unstable();
            assert!(round.into_iter().eq(0..models as u64), "every model once a round");
        }

        let results = report["results"].as_array().expect("a list");
        assert_eq!(results.len(), models);
        for result in results {
            is_well_formed(result, 4, work.work().task_count());
        }
        assert!(
            results[0]["speedup"].is_null(),
            "the main thread is what others are compared with"
        );
        for result in &results[1..] {
            let speedup = &result["speedup"];
            assert_eq!(speedup["over"], "main-thread");
            let [low, high] = [0, 1].map(|i| speedup["ci95"][i].as_f64().expect("a bound"));
            assert!(
                low <= number(speedup, "ratio") && number(speedup, "ratio") <= high,
                "{speedup}"
            );
        }
        assert_eq!(report["agreement"], true);
        assert_eq!(report["ranking"].as_array().map(Vec::len), Some(models));
        assert!(
            report["verdict"]["headline"].as_str().is_some_and(|headline| !headline.is_empty())
        );
        for warning in report["warnings"].as_array().expect("a list") {
            // Its figures are between these.
            let keys = keys(warning);
            assert_eq!((keys.first(), keys.last()), (Some(&"code"), Some(&"message")), "{warning}");
        }
        // It runs again as it is written down.
        let again = json!({ "workload": run["workload"], "params": run["params"], "executors": run["executors"],
                            "repeats": 1, "warmup": 0, "seed": run["seed"] });
        let again = page.report(&again).await;
        assert_eq!(again.results()[0]["answer"], results[0]["answer"]);
    }
}

#[tokio::test]
async fn the_scripting_interface_describes_itself() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    assert_eq!(page.js("return playground.version", &[]).await, env!("CARGO_PKG_VERSION"));
    assert_eq!(page.js("return playground.schema", &[]).await, 5);
    let capabilities = page.capabilities().await;
    assert_eq!(capabilities["sharedMemory"], json!({ "available": true, "reason": null }));
    assert_eq!(capabilities["serviceWorker"]["available"], true);

    let workloads = page.js("return JSON.parse(JSON.stringify(playground.workloads()))", &[]).await;
    let ids: Vec<_> = workloads.as_array().expect("a list").iter().map(|one| &one["id"]).collect();
    let known: Vec<_> = WorkloadId::ALL.iter().map(|workload| workload.id()).collect();
    assert_eq!(ids, known);
    let kinds = ["cpu", "memory", "io", "mixed"];
    for workload in workloads.as_array().into_iter().flatten() {
        assert!(kinds.contains(&workload["kind"].as_str().unwrap_or_default()));
        assert!(workload["title"].is_string());
        for param in workload["params"].as_array().expect("a list") {
            assert!(
                param["name"].is_string() && param["type"].is_string() && param["help"].is_string(),
                "{param}"
            );
        }
    }

    let executors = page.js("return JSON.parse(JSON.stringify(playground.executors()))", &[]).await;
    let ids: Vec<_> = executors.as_array().expect("a list").iter().map(|one| &one["id"]).collect();
    assert_eq!(ids, ExecutorKind::ALL.map(ExecutorKind::id));
    for executor in executors.as_array().into_iter().flatten() {
        assert_eq!(executor["available"], true, "{executor}");
        assert!(
            executor["title"].is_string()
                && executor["python"].is_string()
                && executor["options"].is_array()
        );
    }
}

#[tokio::test]
async fn progress_is_told_in_order() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let body = "
        const seen = [];
        await playground.run({ workload: 'primes', params: { count: 500 }, repeats: 2, warmup: 1 },
                             { onProgress: (progress) => seen.push(progress) });
        return seen;";
    let seen = page.js(body, &[]).await;
    let seen = seen.as_array().expect("a list");
    let stages: Vec<_> =
        seen.iter().map(|progress| progress["stage"].as_str().expect("a word")).collect();
    let models = reference::models_of("primes").len();
    assert_eq!(stages[..models], vec!["starting"; models]);
    let mut later = stages[models..].to_vec();
    later.dedup();
    assert_eq!(later, ["warming-up", "measuring"]);
    let count = |progress: &Value, key: &str| progress[key].as_u64().expect("a count");
    let done: Vec<_> = seen.iter().map(|progress| count(progress, "done")).collect();
    let starting = 0..=models as u64;
    assert!(done[..=models].iter().copied().eq(starting) && done.is_sorted(), "{done:?}");
    // Each model is started, warmed up once and measured twice.
    let all = 4 * models as u64;
    assert_eq!(done.last(), Some(&all));
    // How long warming up takes is not known before.
    let measuring = seen.iter().filter(|progress| progress["stage"] == "measuring");
    assert!(measuring.clone().all(|progress| count(progress, "total") == all), "{seen:?}");
    // Each block, and the machine's speed before the first.
    assert!(measuring.count() >= 3, "{seen:?}");
}

#[tokio::test]
async fn a_listener_that_throws_does_not_end_the_run() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let body = "
        const onProgress = () => { throw new Error('mine'); };
        const run = { workload: 'primes', params: { count: 500 }, repeats: 1 };
        return (await playground.run(run, { onProgress })).agreement;";
    assert_eq!(page.js(body, &[]).await, true);
}
