//! Memory: what does not fit says so, and nothing is left behind.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;
use std::time::Duration;

/// Chromium takes up to 2 s to end a pool's idle threads.
const GONE_WITHIN: Duration = Duration::from_secs(10);
/// By how much more the page's process may have in use after ten more runs, in bytes: less
/// than half of what they would have left behind if each had left one array of 16 MB.
const MOST_LEFT: u64 = 64 << 20;

fn megabytes(said: &str, before: &str, after: &str) -> Option<u64> {
    said.split_once(before)?.1.split_once(after)?.0.parse().ok()
}

#[tokio::test]
async fn what_does_not_fit_says_what_would_and_the_page_works_on() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let of = |n: u64, id: &str| {
        json!({ "workload": "array-sum", "params": { "n": n }, "repeats": 1, "warmup": 0,
                "executors": [{ "id": id }] })
    };
    for id in ["threads", "main-thread"] {
        let thrown = page.run(&of(1 << 28, id)).await.expect_err("is too large");
        assert_eq!(thrown.name, "OutOfMemory", "{id}: {thrown:?}");
        let most = megabytes(&thrown.message, "the most that fits here is ", " MB");
        let most = most.filter(|most| (500..1074).contains(most)).expect(&thrown.message);
        // What would fit does.
        page.run(&of(most * 1_000_000 / 4, id)).await.expect("what would fit does");
        page.run(&of(100_000, id)).await.expect("the page works on");
    }
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
