//! What a script gets from `playground.pool()`. The cases are in `pool_cases`, an async function for each; where
//! they come from is in `tests/process_pool/conformance.md`.

use crate::support::server::Host;
use crate::support::{Page, Site};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::env;
use std::time::{Duration, Instant};

/// What every case uses.
const HELPERS: &str = include_str!("pool_cases/helpers.js");
/// All cases of a page, and all races, take no longer than this, on a busy machine, too; about half a minute
/// otherwise.
const PATIENCE: Duration = Duration::from_secs(400);
/// Workers that were ended are gone after this time. Chromium gives one that computes about two seconds.
const WORKERS_END: Duration = Duration::from_secs(20);
/// How many races there are.
const RACES: u64 = 1_000;
/// In how many parts they are run.
const PARTS: u64 = 4;
/// How many of them at a time.
const AT_ONCE: u64 = 40;

/// Where the cases are, relative to the page: a browser tells a page only of errors of its own scripts.
const CASES: &str = "pool_cases.js";

/// A page whose site has these files of cases as well, and what calls a function in them.
async fn with_cases(files: &[&str], call: &str) -> (Site, Page, String) {
    let script =
        format!("{HELPERS}\n{}\nexport const called = (args) => {call};", files.join("\n"));
    let site = Host::isolated().with(CASES, "text/javascript", script).start();
    let page = Page::open(&site).await;
    let body = format!(
        "const {{ called }} = await import(new URL('{CASES}', document.baseURI));
         return await called(args)"
    );
    (site, page, body)
}

/// Runs all cases of these files, one after the other, in one page, and names those that fail.
async fn all_hold(files: &[&str]) {
    let (_site, page, body) = with_cases(files, "runCases('')").await;
    let began = Instant::now();
    let results = page.js(&body, &[]).await;
    let took = began.elapsed();
    let results = results.as_array().expect("a list of results");
    let slowest = results.iter().max_by_key(|result| result["ms"].as_u64());
    println!("{} cases in {took:.1?}; the slowest: {slowest:?}", results.len());
    let is_bad = |result: &&Value| !result["failure"].is_null();
    let failed: Vec<_> = results
        .iter()
        .filter(is_bad)
        .map(|result| format!("{}: {}", result["name"], result["failure"].as_str().unwrap_or("")))
        .collect();
    assert!(failed.is_empty(), "{} cases fail:\n{}", failed.len(), failed.join("\n"));
    assert!(results.len() > 50, "only {} cases were run", results.len());
    assert!(took < PATIENCE, "the cases took {took:?}");
    page.workers_are_at_most(0, WORKERS_END).await;
    assert_eq!(page.errors().await, Vec::<String>::new());
}

#[tokio::test]
async fn futures_maps_and_waits_do_what_python_s_do() {
    all_hold(&[
        include_str!("pool_cases/futures.js"),
        include_str!("pool_cases/mapping.js"),
        include_str!("pool_cases/waiting.js"),
    ])
    .await;
}

#[tokio::test]
async fn pools_end_lose_workers_and_refuse_what_they_do_not_know() {
    all_hold(&[
        include_str!("pool_cases/ending.js"),
        include_str!("pool_cases/losing.js"),
        include_str!("pool_cases/options.js"),
    ])
    .await;
}

#[tokio::test]
async fn every_future_settles_once_however_a_pool_is_raced() {
    let first = match env::var("POOL_SEED") {
        Ok(seed) => seed.parse().expect("POOL_SEED is a number"),
        Err(_) => u64::from(std::process::id()),
    };
    println!("Seeds {first} to {}; POOL_SEED repeats them.", first + RACES - 1);
    let races = include_str!("pool_cases/races.js");
    let (_site, page, body) = with_cases(&[races], "races(...args)").await;
    let began = Instant::now();
    let mut seen = BTreeMap::new();
    // In parts, as a browser's driver waits for a script for three minutes only.
    for part in 0..PARTS {
        let (from, races) = (first + part * RACES / PARTS, RACES / PARTS);
        let came = page.js(&body, &[json!(from), json!(races), json!(AT_ONCE)]).await;
        for what in ["finished", "failed", "cancelled"] {
            *seen.entry(what).or_insert(0) += came[what].as_u64().unwrap_or_default();
        }
    }
    let took = began.elapsed();
    println!("{RACES} races in {took:.1?}: {seen:?}");
    // Races in which nothing happens would show nothing.
    assert!(seen.values().all(|times| *times > RACES / 20), "{seen:?}");
    assert!(took < PATIENCE, "the races took {took:?}");
    page.workers_are_at_most(0, WORKERS_END).await;
}

#[tokio::test]
async fn leaving_the_page_leaves_no_worker_of_a_pool() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let body = format!(
        "{HELPERS}
         window.kept = await playground.pool({{ workers: 4 }});
         for (let task = 0; task < 6; task += 1) kept.submit(endless);
         await until(() => kept.state.busy === 4, 'four tasks run');"
    );
    page.js(&body, &[]).await;
    assert!(page.workers() >= 4, "{} workers", page.workers());
    page.open("about:blank").await;
    page.workers_are_at_most(0, WORKERS_END).await;
}

#[tokio::test]
async fn a_pool_that_is_shut_down_leaves_no_worker() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for end in [".shutdown()", ".terminateWorkers()", "[Symbol.asyncDispose]()"] {
        let body = format!(
            "{HELPERS}
             const pool = await playground.pool({{ workers: 3 }});
             await pool.wait([work(20), work(20), work(20)].map((call) => pool.submit(call)));
             const there = pool.state.workers;
             await pool{end};
             return there"
        );
        assert!(page.js(&body, &[]).await.as_u64() >= Some(1), "no worker was there");
        page.workers_are_at_most(0, WORKERS_END).await;
    }
}
