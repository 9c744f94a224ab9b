//! The pitfalls on shared memory: each fails for real, is found, leaves nothing behind, and its cures
//! hold, 20 of 20 times.

use crate::support::Page;
use crate::support::browser::PATIENCE;
use crate::support::server::Host;
use std::time::{Duration, Instant};

/// How often each attempt is run.
const TIMES: u32 = 20;
/// A deadlock is found once nothing has changed for a second; starting the threads comes before.
const FOUND_WITHIN: Duration = Duration::from_secs(5);
/// Chromium takes up to 2 s to end threads that are blocked.
const GONE_WITHIN: Duration = Duration::from_secs(10);
/// By how much more the page's process may have in use after many more runs, in bytes. Each has a memory
/// of its own, of some MB.
const MOST_LEFT: u64 = 64 << 20;

/// Runs an attempt, waits for its result, and gives its verdict.
async fn run(page: &Page, attempt: &str) -> String {
    let row = format!("[data-attempt='{attempt}']");
    let runs = "return Number(document.querySelector(args[0]).dataset.runs)";
    let runs = page.js(runs, &[row.as_str().into()]).await.as_u64().expect("a count") + 1;
    page.click(&format!("#run-{attempt}:enabled")).await;
    page.until_within(PATIENCE, &format!("document.querySelector(\"{row}[data-runs='{runs}']\")"))
        .await;
    page.appears(&format!("#run-{attempt}:enabled")).await;
    let verdict = "return document.querySelector(args[0]).dataset.verdict";
    page.js(verdict, &[row.into()]).await.as_str().unwrap_or_default().to_owned()
}

/// What the page says of an attempt.
async fn said(page: &Page, attempt: &str) -> String {
    page.text(&format!("[data-attempt='{attempt}'] .outcome > p")).await
}

#[tokio::test]
async fn lost_update_loses_and_its_cures_lose_nothing() {
    let site = Host::isolated().start();
    let page = Page::open_alone_at(&site, "#/pitfalls/lost-update").await;
    for (attempt, verdict) in
        [("apart", "wrong"), ("lock", "right"), ("atomic", "right"), ("message", "right")]
    {
        for time in 1..=TIMES {
            let came = run(&page, attempt).await;
            assert_eq!(came, verdict, "{attempt}, run {time}: {}", said(&page, attempt).await);
        }
        println!("{attempt}: {}", said(&page, attempt).await);
    }
    let costs = page.text("#costs").await;
    println!("{costs}");
    assert!(costs.contains("With a lock") && costs.contains(" ms"), "{costs}");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// The attempt `fails` of a pitfall deadlocks and is found every time, drawn with so many arrows, and the
/// page stays alive meanwhile; each cure ends. Threads that are blocked need no core.
async fn deadlocks(name: &str, fails: &str, arrows: usize, cures: &[&str]) {
    let site = Host::isolated().start();
    let page = Page::open_with_half_at(&site, &format!("#/pitfalls/{name}")).await;
    // The longest time that the page's own thread is busy or blocked.
    let watch = "let last = performance.now(); window.longest = 0;
        setInterval(() => { const now = performance.now();
            window.longest = Math.max(window.longest, now - last); last = now; }, 20);";
    page.js(watch, &[]).await;
    let mut in_use = Vec::new();
    for time in 1..=TIMES {
        let started = Instant::now();
        let came = run(&page, fails).await;
        assert_eq!(came, "deadlock", "{fails}, run {time}: {}", said(&page, fails).await);
        assert!(started.elapsed() < FOUND_WITHIN, "{fails}: after {:?}", started.elapsed());
        let drawn =
            format!("return document.querySelectorAll(\"[data-attempt='{fails}'] .line\").length");
        assert_eq!(page.js(&drawn, &[]).await, arrows, "{fails}");
        // Whatever any of them leaves behind is still there after the last.
        if time == 1 || time == TIMES {
            page.workers_are_at_most(0, GONE_WITHIN).await;
            in_use.extend(page.memory_left().await);
        }
    }
    println!("{fails}: {}", said(&page, fails).await);
    for cure in cures {
        for time in 1..=TIMES {
            let came = run(&page, cure).await;
            assert_eq!(came, "right", "{cure}, run {time}: {}", said(&page, cure).await);
        }
        println!("{cure}: {}", said(&page, cure).await);
    }
    page.workers_are_at_most(0, GONE_WITHIN).await;
    println!("in use, in MB: {:?}", in_use.iter().map(|b| b >> 20).collect::<Vec<_>>());
    assert!(!in_use.is_empty() || cfg!(not(target_os = "linux")), "nobody could tell");
    if let [first, .., last] = in_use[..] {
        assert!(
            last < first + MOST_LEFT,
            "{first} bytes after the first run, {last} after the last"
        );
    }
    let longest = page.js("return window.longest", &[]).await.as_f64().unwrap_or(f64::MAX);
    println!("the page was busy for {longest} ms at the longest");
    assert!(longest < 1_000.0, "the page stood still for {longest} ms");
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn two_locks_deadlock_and_the_cures_get_through() {
    deadlocks("lock-order", "opposite", 4, &["same", "retry", "owner"]).await;
}

#[tokio::test]
async fn join_before_drain_deadlocks_and_the_cure_gets_through() {
    deadlocks("queue-deadlock", "join-first", 4, &["drain-first"]).await;
}

#[tokio::test]
async fn a_consumer_that_waits_deadlocks_and_the_cures_get_through() {
    deadlocks("queue-deadlock", "consume-after", 4, &["unbounded", "meanwhile"]).await;
}

#[tokio::test]
async fn tasks_that_wait_in_their_pool_deadlock_and_the_cures_get_through() {
    deadlocks("queue-deadlock", "in-pool", 8, &["second-pool", "outside"]).await;
}
