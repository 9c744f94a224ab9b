//! The primitives' pages: each is used by real threads, which do what it promises, and what they did is
//! drawn and told.

use crate::support::Page;
use crate::support::browser::PATIENCE;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::time::Duration;

/// Chromium takes up to 2 s to end workers.
const GONE_WITHIN: Duration = Duration::from_secs(10);
/// How often additions are to be lost without the lock, and none with it.
const TIMES: u32 = 5;

/// Runs an attempt, waits for its result, and gives its verdict.
async fn run(page: &Page, attempt: &str) -> String {
    let row = format!("[data-attempt='{attempt}']");
    page.appears(&format!("{row} #run-{attempt}:enabled")).await;
    let body = "return Number(document.querySelector(args[0]).dataset.runs)";
    let runs = page.js(body, &[row.as_str().into()]).await.as_u64().expect("a count") + 1;
    page.click(&format!("#run-{attempt}")).await;
    page.until_within(PATIENCE, &format!("document.querySelector(\"{row}[data-runs='{runs}']\")"))
        .await;
    page.appears(&format!("#run-{attempt}:enabled")).await;
    let verdict = "return document.querySelector(args[0]).dataset.verdict";
    page.js(verdict, &[row.into()]).await.as_str().unwrap_or_default().to_owned()
}

/// Goes to the page of a primitive, on which nothing has been run yet, unless it is there.
async fn go(page: &Page, hash: &str) {
    if page.js("return location.hash === args[0]", &[hash.into()]).await == json!(true) {
        return;
    }
    page.js("location.hash = args[0]", &[hash.into()]).await;
    page.until(
        "document.querySelector('.attempt') && !document.querySelector(\".attempt:not([data-runs='0'])\")",
    )
    .await;
}

/// What the page says of an attempt.
async fn said(page: &Page, attempt: &str) -> String {
    page.text(&format!("[data-attempt='{attempt}'] .outcome > p")).await
}

/// Chooses how many threads take part.
async fn choose(page: &Page, threads: u32) {
    let choose = "const select = document.querySelector('#threads-use');
        select.value = args[0];
        select.dispatchEvent(new Event('change', { bubbles: true }))";
    page.js(choose, &[threads.to_string().into()]).await;
}

/// What is drawn, and what else is said of the attempt that every primitive has.
async fn shown(page: &Page) -> Value {
    let shown = "const attempt = document.querySelector(\"[data-attempt='use']\");
        const all = (css) => [...attempt.querySelectorAll(css)];
        return {
            lanes: all('svg[role=img] text.over').length,
            bars: all('svg[role=img] rect').length,
            arrows: all('svg[role=img] .wake').length,
            rows: all('table tbody tr').length,
            woken: all('table td:last-child').filter((it) => it.textContent !== '–').length,
            label: attempt.querySelector('svg[role=img]').getAttribute('aria-label'),
            costNs: parseFloat(attempt.querySelector('[data-figure=cost] dd').textContent),
            status: document.querySelector('#pitfall-status').textContent,
        }";
    page.js(shown, &[]).await
}

#[tokio::test]
async fn each_primitive_does_what_it_promises_and_shows_who_waited() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/primitives").await;
    let links = "const list = document.querySelector('.pitfall-list');
        return [...list.querySelectorAll('a')].map((a) => a.hash)";
    let links = page.js(links, &[]).await;
    let links = links.as_array().cloned().unwrap_or_default();
    assert_eq!(links.len(), 8, "{links:?}");
    for link in links {
        go(&page, link.as_str().unwrap_or_default()).await;
        for threads in [2, 8] {
            choose(&page, threads).await;
            let verdict = run(&page, "use").await;
            let said = said(&page, "use").await;
            assert_eq!(verdict, "right", "{link} with {threads}: {said}");
            let shown = shown(&page).await;
            assert_eq!(shown["lanes"], threads, "{link}: {shown}");
            assert_eq!(shown["rows"], shown["bars"], "{link}: {shown}");
            assert_eq!(shown["woken"], shown["arrows"], "{link}: {shown}");
            assert!(shown["arrows"].as_u64() >= Some(1), "{link}: nobody was woken: {shown}");
            assert!(shown["costNs"].as_f64() > Some(0.0), "{link}: {shown}");
            let label = shown["label"].as_str().unwrap_or_default();
            assert!(label.contains(&format!("thread {threads} waited")), "{label}");
            assert_eq!(shown["status"], said.as_str());
            println!("{link} with {threads}: {said} {} ns", shown["costNs"]);
        }
    }
    go(&page, "#/primitives/barrier").await;
    assert_eq!(run(&page, "absent").await, "right", "{}", said(&page, "absent").await);
    let broken = said(&page, "absent").await;
    assert!(broken.contains("all 3 who waited got a BrokenBarrierError"), "{broken}");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn without_the_lock_additions_are_lost_and_with_it_none() {
    let site = Host::isolated().start();
    let page = Page::open_alone_at(&site, "#/primitives/lock").await;
    loses_and_holds(&page, "without", "with").await;
    go(&page, "#/primitives/value").await;
    loses_and_holds(&page, "unlocked", "locked").await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

/// The first attempt loses additions each time, and the second none.
async fn loses_and_holds(page: &Page, loses: &str, holds: &str) {
    for (attempt, verdict) in [(loses, "wrong"), (holds, "right")] {
        for time in 1..=TIMES {
            let came = run(page, attempt).await;
            assert_eq!(came, verdict, "{attempt}, run {time}: {}", said(page, attempt).await);
        }
        let said = said(page, attempt).await;
        println!("{attempt}: {said}");
        assert!(said.starts_with("Expected ") && said.contains("000, got "), "{said}");
    }
}

#[tokio::test]
async fn processes_do_what_their_primitives_promise() {
    let site = Host::isolated().start();
    let page = Page::open_with_half_at(&site, "#/primitives").await;
    for (name, attempt, verdict) in [
        ("process", "use", "right"),
        ("process-queue", "use", "right"),
        ("pipe", "use", "right"),
        ("manager", "use", "wrong"),
        ("manager", "one-call", "right"),
        ("value", "locked", "right"),
        ("value", "own", "right"),
    ] {
        go(&page, &format!("#/primitives/{name}")).await;
        let came = run(&page, attempt).await;
        let said = said(&page, attempt).await;
        assert_eq!(came, verdict, "{name}, {attempt}: {said}");
        let figures = page.text(&format!("[data-attempt='{attempt}'] .demo-figures")).await;
        let has_cost = [" ms", " µs", " ns"].iter().any(|unit| figures.contains(unit));
        assert!(has_cost, "{figures}");
        println!("{name}, {attempt}: {said} {}", figures.replace('\n', " "));
    }
    page.workers_are_at_most(0, GONE_WITHIN).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn unknown_names_and_browsers_without_threads_are_told() {
    let site = Host::isolated().start();
    let page = Page::open_at(&site, "#/primitives/%3Cimg%20src=x%3E").await;
    let told = page.text("[role=alert]").await;
    assert!(told.starts_with("There is no primitive named “") && told.contains("img"), "{told}");
    assert!(!page.has("main img").await);
    page.appears(".pitfall-list a[href='#/primitives/queue']").await;
    // Whoever has a browser and waits for another one may wait for ever.
    drop(page);
    let site = Host::plain().without("sw.js").start();
    let page = Page::open_at(&site, "#/primitives/queue").await;
    let missing = page.text("#missing").await;
    assert!(missing.contains("isolated"), "{missing}");
    assert!(!page.has("#run-use").await);
    page.appears("#python-1").await;
    let found = "return document.querySelectorAll('.attempt').length";
    assert_eq!(page.js(found, &[]).await, json!(0));
}
