//! What a script gets from `playground.recommend()`.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::time::Duration;

/// Calls `recommend`; gives the advice with how long it took, or the error.
const RECOMMEND: &str = "const began = performance.now();
    try {
        const advice = await playground.recommend(arguments[0]);
        return { advice, ms: performance.now() - began };
    } catch ({ name, message }) { return { name, message }; }";
/// Profiling is to take 1.5 s; a machine that runs tests beside it is slower.
const MOST_MS: f64 = 4_000.0;

async fn recommended(page: &Page, asked: Value) -> Value {
    page.js(RECOMMEND, &[asked]).await
}

/// As [`recommended`], and again where something else kept the machine so busy that too little was
/// done in time: the page says so, as it should, and what it advises is still to be seen.
async fn recommended_in_the_end(page: &Page, asked: Value) -> Value {
    let mut answer = recommended(page, asked.clone()).await;
    for _ in 0..5 {
        if answer["name"] != "TimedOut" {
            break;
        }
        eprintln!("{asked}: {answer}");
        tokio::time::sleep(Duration::from_secs(2)).await;
        answer = recommended(page, asked.clone()).await;
    }
    answer
}

#[tokio::test]
async fn work_is_profiled_and_advised_on_with_reasons() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    for (asked, path) in [
        (
            json!({ "workload": "primes", "params": { "start": 1_000_000_000, "count": 100_000 } }),
            "cpu.one.bytecode.light",
        ),
        (
            json!({ "workload": "primes", "params": { "start": 1_000_000_000, "count": 100_000 }, "lens": "rust" }),
            "cpu.one.native",
        ),
        (
            json!({ "workload": "requests", "params": { "kind": "timer", "count": 20, "latencyMs": 40 } }),
            "io.hundreds",
        ),
        (
            json!({ "workload": "pipeline", "params": { "kind": "timer", "rounds": 20_000 } }),
            "mixed",
        ),
    ] {
        let answer = recommended_in_the_end(&page, asked.clone()).await;
        println!("{asked}: {answer:#}");
        let advice = &answer["advice"];
        let steps = advice["path"].as_array().expect("a path");
        let walked: Vec<_> = steps.iter().filter_map(|step| step["answer"].as_str()).collect();
        assert_eq!(walked.join("."), path, "{asked}");
        assert!(answer["ms"].as_f64().is_some_and(|ms| ms < MOST_MS), "{}", answer["ms"]);
        // What is advised can be run as it is.
        let mut experiment = asked;
        experiment.as_object_mut().expect("an object").remove("lens");
        experiment["executors"] = json!([advice["recommended"]]);
        experiment["repeats"] = json!(1);
        let report = page.report(&experiment).await;
        assert!(report.median_ms(0) > 0.0);
    }
    page.workers_are_at_most(0, Duration::from_secs(10)).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn what_cannot_be_profiled_leads_to_the_questions() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let slow = json!({ "kind": "timer", "count": 2, "latencyMs": 5_000 });
    let late = recommended(&page, json!({ "workload": "requests", "params": slow })).await;
    assert_eq!(late["name"], "TimedOut");
    assert!(late["message"].as_str().is_some_and(|text| text.contains("#/decide")), "{late}");
    let unknown = recommended(&page, json!({ "workload": "primes", "lens": "go" })).await;
    assert_eq!(unknown["name"], "InvalidInput");
    assert!(unknown["message"].as_str().is_some_and(|text| text.starts_with("lens: ")));
    let described = json!({ "work": { "tasks": 100, "computeMs": 50, "waitMs": 100 } });
    let described = recommended(&page, described).await;
    assert_eq!(described["advice"]["recommended"]["id"], "hybrid", "{described}");
}

#[tokio::test]
async fn without_shared_memory_threads_are_not_predicted() {
    let site = Host::plain().without("sw.js").start();
    let page = Page::open_alone(&site).await;
    let asked = json!({ "workload": "primes", "lens": "rust" });
    let answer = recommended_in_the_end(&page, asked).await;
    let predicted = answer["advice"]["predicted"].as_array().expect("predictions");
    let ids: Vec<_> = predicted.iter().filter_map(|one| one["executor"]["id"].as_str()).collect();
    assert_eq!(ids, ["main-thread", "event-loop", "processes"], "{answer}");
}
