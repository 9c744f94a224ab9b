//! The pitfalls on shared memory: each fails for real, is found, leaves nothing behind, and its cures
//! hold.

use crate::support::browser::{ENTER, PATIENCE, TAB};
use crate::support::server::Host;
use crate::support::{Page, Site};
use serde_json::{Value, json};
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

async fn open(site: &Site, name: &str) -> Page {
    Page::open_alone_at(site, &format!("#/pitfalls/{name}")).await
}

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
    let page = open(&site, "lost-update").await;
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

/// Each deadlock of a pitfall is found every time, the page stays alive meanwhile, and each cure ends.
async fn deadlocks(name: &str, fails: &[(&str, usize, &[&str])]) {
    let site = Host::isolated().start();
    let page = open(&site, name).await;
    // The longest time that the page's own thread is busy or blocked.
    let watch = "let last = performance.now(); window.longest = 0;
        setInterval(() => { const now = performance.now();
            window.longest = Math.max(window.longest, now - last); last = now; }, 20);";
    page.js(watch, &[]).await;
    let mut in_use = Vec::new();
    for (fails, arrows, cures) in fails {
        for time in 1..=TIMES {
            let started = Instant::now();
            let came = run(&page, fails).await;
            assert_eq!(came, "deadlock", "{fails}, run {time}: {}", said(&page, fails).await);
            assert!(started.elapsed() < FOUND_WITHIN, "{fails}: after {:?}", started.elapsed());
            let drawn = format!(
                "return document.querySelectorAll(\"[data-attempt='{fails}'] .line\").length"
            );
            assert_eq!(page.js(&drawn, &[]).await, *arrows, "{fails}");
            if time == 1 || time == TIMES {
                page.workers_are_at_most(0, GONE_WITHIN).await;
                in_use.extend(page.memory_in_use());
            }
        }
        println!("{fails}: {}", said(&page, fails).await);
        for cure in *cures {
            for time in 1..=TIMES {
                let came = run(&page, cure).await;
                assert_eq!(came, "right", "{cure}, run {time}: {}", said(&page, cure).await);
            }
            println!("{cure}: {}", said(&page, cure).await);
        }
    }
    page.workers_are_at_most(0, GONE_WITHIN).await;
    println!("in use, in MB: {:?}", in_use.iter().map(|b| b >> 20).collect::<Vec<_>>());
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
    deadlocks("lock-order", &[("opposite", 4, &["same", "retry", "owner"])]).await;
}

#[tokio::test]
async fn queues_deadlock_and_the_cures_get_through() {
    deadlocks(
        "queue-deadlock",
        &[
            ("join-first", 4, &["drain-first"]),
            ("consume-after", 4, &["unbounded", "meanwhile"]),
            ("in-pool", 8, &["second-pool", "outside"]),
        ],
    )
    .await;
}

#[tokio::test]
async fn while_an_attempt_runs_all_else_waits_and_cancel_ends_it() {
    let site = Host::isolated().start();
    let page = open(&site, "lock-order").await;
    page.click("#run-opposite").await;
    page.appears("#cancel-opposite").await;
    page.appears("#run-same:disabled").await;
    page.appears(".head[inert]").await;
    let thrown = page.run(&json!({ "workload": "primes", "params": { "count": 100 } })).await;
    assert_eq!(thrown.expect_err("one thing runs at a time").name, "Unavailable");
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.click("#cancel-opposite").await;
    page.appears("#run-opposite:enabled").await;
    assert_eq!(said(&page, "opposite").await, "Cancelled.");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    // Escape does the same.
    page.click("#run-opposite").await;
    page.appears("#cancel-opposite").await;
    tokio::time::sleep(Duration::from_millis(600)).await;
    page.press(ESCAPE).await;
    page.appears("#run-opposite:enabled").await;
    // Whoever goes elsewhere cancels, too.
    page.click("#run-opposite").await;
    page.appears("#cancel-opposite").await;
    page.js("location.hash = '#/lab?workload=primes&count=100&repeats=1&warmup=0'", &[]).await;
    page.appears("#run:enabled").await;
    page.run_by_hand().await;
    assert_eq!(page.state("threads").await, "done");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

const ESCAPE: char = '\u{e00c}';

#[tokio::test]
async fn a_pitfall_can_be_run_by_keyboard() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls").await;
    choose(&page, "Lost update").await;
    page.until("location.hash === '#/pitfalls/lost-update'").await;
    page.until("document.activeElement.matches('h1')").await;
    choose(&page, "See it fail").await;
    page.appears("[data-attempt='apart'][data-runs='1']").await;
    page.until("document.activeElement.id === 'run-apart'").await;
    let told = page.text("#pitfall-status").await;
    assert!(told.contains("Expected 2,000,000"), "{told}");
}

/// Goes from one focusable element to the next until the one that has the focus begins with `label`, and
/// presses Enter.
async fn choose(page: &Page, label: &str) {
    for _ in 0..60 {
        page.press(TAB).await;
        let focused = page.js("return document.activeElement?.innerText ?? ''", &[]).await;
        if focused.as_str().is_some_and(|text| text.trim().starts_with(label)) {
            return page.press(ENTER).await;
        }
    }
    panic!("{label} cannot be reached by keyboard");
}

#[tokio::test]
async fn an_unknown_name_leads_to_the_list() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls/%3Cimg%20src=x%3E").await;
    let said = page.text("[role=alert]").await;
    assert!(said.starts_with("There is no pitfall named “") && said.contains("img"), "{said}");
    assert!(!page.has("main img").await);
    let links = "return document.querySelectorAll('.pitfall-list a').length";
    assert!(page.js(links, &[]).await.as_u64() >= Some(7));
    for name in ["", "/"] {
        page.js("location.hash = args[0]", &[format!("#/pitfalls{name}").into()]).await;
        page.until("!document.querySelector('[role=alert]')").await;
        page.appears(".pitfall-list").await;
    }
}

#[tokio::test]
async fn every_pitfall_opens_and_its_experiments_are_accepted() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/pitfalls").await;
    let links = |css: &'static str| {
        format!("return [...document.querySelectorAll('{css}')].map((a) => a.getAttribute('href'))")
    };
    let pitfalls = page.js(&links(".pitfall-list a"), &[]).await;
    let pitfalls = pitfalls.as_array().cloned().unwrap_or_default();
    let mut experiments = Vec::new();
    for pitfall in pitfalls {
        page.js("location.hash = args[0]", std::slice::from_ref(&pitfall)).await;
        page.appears(".pitfall-case").await;
        page.until(&format!("location.hash === '{}'", pitfall.as_str().unwrap_or_default())).await;
        let found = page.js(&links("a[href^=\"#/lab?\"]"), &[]).await;
        experiments.extend(found.as_array().cloned().unwrap_or_default());
    }
    assert!(experiments.len() >= 9, "{experiments:?}");
    for link in experiments {
        page.js("location.hash = args[0]", std::slice::from_ref(&link)).await;
        page.appears("#run:enabled").await;
        let refused = "return [...document.querySelectorAll('[role=alert]')]
            .map((alert) => alert.innerText.trim()).join('')";
        assert_eq!(page.js(refused, &[]).await, "", "{link} is refused");
    }
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// A page that is not isolated says what is missing, and shows what came of it elsewhere.
#[tokio::test]
async fn without_shared_memory_a_recorded_result_is_shown_and_marked() {
    let site = Host::plain().without("sw.js").start();
    for name in ["lost-update", "lock-order", "queue-deadlock"] {
        let page = Page::open_at(&site, &format!("#/pitfalls/{name}")).await;
        let missing = page.text("#missing").await;
        assert!(missing.contains("isolated"), "{missing}");
        let shown = "return [...document.querySelectorAll('.attempt')].map((attempt) => ({
            name: attempt.dataset.attempt, button: attempt.querySelector('button') !== null,
            said: attempt.querySelector('.recorded')?.innerText ?? '' }))";
        let shown = page.js(shown, &[]).await;
        for attempt in shown.as_array().into_iter().flatten() {
            let said = attempt["said"].as_str().unwrap_or_default();
            assert!(said.contains("Recorded on"), "{attempt}");
            assert_eq!(attempt["button"], Value::Bool(false), "{attempt}");
        }
        assert!(page.text("#costs").await.contains("ms"));
    }
}
