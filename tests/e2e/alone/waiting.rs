//! What large responses cost a model that waits for many at once.

use crate::support::server::Host;
use crate::support::{Page, reference};
use serde_json::json;

/// Making a megabyte takes the service worker some milliseconds, and it has one thread.
#[tokio::test]
async fn large_bodies_cost_an_event_loop_little_more_than_one_wait() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let params = json!({ "count": 12, "bytes": 1 << 20, "latencyMs": 40, "varianceMs": 0 });
    let experiment = json!({ "workload": "requests", "params": params, "repeats": 5, "warmup": 1,
        "executors": [{ "id": "main-thread" }, { "id": "event-loop" }] });
    let report = page.report(&experiment).await;
    let digest = reference::digest("requests", &params);
    assert!(report.results().iter().all(|result| result["answer"]["digest"] == *digest));
    let (main_ms, event_loop_ms) = (report.median_ms(0), report.median_ms(1));
    println!("main thread {main_ms:.0} ms, event loop {event_loop_ms:.0} ms");
    assert!(main_ms > 12.0 * 40.0, "{main_ms} ms one after another");
    assert!(event_loop_ms < 0.6 * main_ms, "{event_loop_ms} ms together, {main_ms} ms in turn");
}
