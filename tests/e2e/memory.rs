//! Memory: what does not fit says so, and nothing is left behind.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::time::Duration;

/// Chromium takes up to 2 s to end a pool's idle threads.
const GONE_WITHIN: Duration = Duration::from_secs(10);
/// By how much more the page's process may have in use after ten runs than after one, in bytes:
/// what one run that left its data behind would cost, twice.
const MOST_LEFT: u64 = 32 << 20;

fn megabytes(said: &str, before: &str, after: &str) -> Option<u64> {
    said.split_once(before)?.1.split_once(after)?.0.parse().ok()
}

#[tokio::test]
async fn what_does_not_fit_says_what_would_and_the_page_works_on() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let run = async |n: u64, executors: Value| {
        let params = json!({ "n": n });
        page.report(&json!({ "workload": "array-sum", "params": params, "executors": executors,
                             "repeats": 1, "warmup": 0 }))
            .await
    };
    let executors = json!([{ "id": "main-thread" }, { "id": "threads", "workers": 2 }]);
    let report = run(1 << 28, executors.clone()).await;
    for result in report.results() {
        let error = &result["error"];
        assert_eq!(error["name"], "OutOfMemory", "{result}");
        let said = error["message"].as_str().unwrap_or_default();
        let most = megabytes(said, "the most that fits here is ", " MB").expect("a size");
        assert!((500..1074).contains(&most), "{said}");
        // What would fit does.
        let fits = run(most * 1_000_000 / 4, json!([result["executor"]])).await;
        assert_eq!(fits.results()[0]["error"], Value::Null, "{most} MB by {}", result["executor"]);
    }
    assert_eq!(run(100_000, executors).await.0["agreement"], true);
}

#[tokio::test]
async fn after_ten_runs_workers_and_memory_are_as_after_one() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let ways = [
        json!({ "id": "threads", "workers": 3 }),
        json!({ "id": "processes", "workers": 3 }),
        json!({ "id": "processes", "workers": 3, "dataMode": "transfer" }),
        json!({ "id": "processes", "workers": 3, "dataMode": "shared" }),
        json!({ "id": "processes", "workers": 3, "staticData": "initializer" }),
        json!({ "id": "main-thread" }),
    ];
    let experiment = json!({ "workload": "array-sum", "params": { "n": 1 << 22 }, "executors": ways,
                             "repeats": 1, "warmup": 0 });
    let mut in_use = Vec::new();
    for _ in 0..11 {
        assert_eq!(page.report(&experiment).await.0["agreement"], true);
        page.workers_are_at_most(0, GONE_WITHIN).await;
        in_use.extend(page.memory_in_use());
    }
    println!(
        "in use after each run, in MB: {:?}",
        in_use.iter().map(|b| b >> 20).collect::<Vec<_>>()
    );
    assert!(!in_use.is_empty() || cfg!(not(target_os = "linux")), "nobody could tell");
    if let [first, .., last] = in_use[..] {
        assert!(
            last < first + MOST_LEFT,
            "{first} bytes after the first run, {last} after ten more"
        );
    }
}
