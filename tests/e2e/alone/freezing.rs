//! The page's own thread: who freezes it, and who does not.

use crate::support::Page;
use crate::support::page::{longest_task_ms, typical_freeze_ms};
use crate::support::server::Host;
use serde_json::json;

/// The W3C's threshold for a long task.
const LONG_MS: f64 = 50.0;

#[tokio::test]
async fn only_the_main_thread_freezes_the_page() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let params = page.mandelbrot_of(300.0).await;
    let experiment = json!({ "workload": "mandelbrot", "params": params, "repeats": 5, "warmup": 1,
        "executors": [{ "id": "main-thread" }, { "id": "event-loop" },
                      { "id": "threads", "workers": 2 }, { "id": "processes", "workers": 2 }] });
    let report = page.report(&experiment).await;

    for id in ["threads", "processes"] {
        let freeze_ms = typical_freeze_ms(report.result(id));
        println!("{id} froze the page for {freeze_ms:.0} ms");
        assert!(freeze_ms < LONG_MS, "{id} froze the page for {freeze_ms:.0} ms");
    }
    let event_loop = report.result("event-loop");
    let (freeze_ms, task_ms) = (typical_freeze_ms(event_loop), longest_task_ms(event_loop));
    println!("event-loop froze the page for {freeze_ms:.0} ms; its longest task took {task_ms:.0}");
    assert!(freeze_ms < task_ms + LONG_MS, "{freeze_ms:.0} ms beside tasks of {task_ms:.0}");
    for sample in report.result("main-thread")["samples"].as_array().expect("samples") {
        let blocked_ms = sample["mainThreadBlockedMs"].as_f64().expect("a time");
        let total_ms = sample["totalMs"].as_f64().expect("a time");
        assert!(blocked_ms > total_ms / 2.0, "blocked for {blocked_ms:.0} of {total_ms:.0} ms");
    }
}

/// What the page says of itself is checked from outside of it, by another timer.
#[tokio::test]
async fn a_timer_of_somebody_else_s_sees_the_same_freezes() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let params = page.mandelbrot_of(300.0).await;
    for id in ["main-thread", "event-loop", "threads", "processes"] {
        let experiment = json!({ "workload": "mandelbrot", "params": params, "repeats": 5, "warmup": 1,
                                 "executors": [{ "id": id }] });
        let body = "
            let last = performance.now();
            const gaps = [];
            const timer = setInterval(() => {
                const now = performance.now();
                gaps.push(now - last);
                last = now;
            }, 5);
            await playground.run(args[0]);
            clearInterval(timer);
            return gaps.sort((a, b) => b - a);";
        let gaps = page.js(body, &[experiment]).await;
        // The worst of each of the five rounds: noise hits fewer.
        let gap_ms = gaps[4].as_f64().expect("a time");
        println!("{id}: a timer of 5 ms stopped for {gap_ms:.0} ms, five times at least");
        let frozen = id == "main-thread";
        assert_eq!(gap_ms > 200.0, frozen, "{id}: a timer stopped for {gap_ms:.0} ms");
        assert!(frozen || gap_ms < 2.0 * LONG_MS, "{id}: a timer stopped for {gap_ms:.0} ms");
    }
}
