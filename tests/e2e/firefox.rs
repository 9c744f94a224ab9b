//! The page in Firefox, where it may start few workers: `dom.workers.maxPerDomain` bounds those of a site, in
//! all its tabs. `cargo xtask test --firefox` runs these.

use crate::support::page::Report;
use crate::support::server::Host;
use crate::support::{Page, Site};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// How many workers a site may have here.
const MOST: u64 = 6;
/// Within this time the page says that no more start.
const SAID_WITHIN: Duration = Duration::from_secs(10);
/// A run of small work ends within this time, on a busy machine, too; else within a second or two. One
/// whose workers never get their places, or that calibrates slowly, takes longer.
const RUNS_WITHIN: Duration = Duration::from_secs(10);

/// A small run of these models.
fn small(executors: &Value) -> Value {
    json!({ "workload": "primes", "params": { "start": 0, "count": 2000 }, "repeats": 2, "warmup": 1,
            "executors": executors })
}

async fn with_few_workers() -> (Site, Page) {
    let site = Host::isolated().start();
    let page = Page::open_in_firefox(&site, json!({ "dom.workers.maxPerDomain": MOST })).await;
    (site, page)
}

/// Runs it and looks that it took no longer than it may.
async fn runs(page: &Page, executors: &Value) -> Report {
    let began = Instant::now();
    let report = page.report(&small(executors)).await;
    let took = began.elapsed();
    println!("{executors}: {took:.1?}");
    assert!(took < RUNS_WITHIN, "{executors} took {took:?}");
    report
}

/// The page is not frozen: its timers come.
async fn answers(page: &Page) {
    let body = "
        const began = performance.now();
        for (let turn = 0; turn < 20; turn += 1) await new Promise((next) => setTimeout(next, 10));
        return performance.now() - began";
    let took_ms = page.js(body, &[]).await.as_f64().expect("a time");
    assert!(took_ms < 5_000.0, "20 timers of 10 ms took {took_ms} ms");
}

/// How many workers started, as the message says, which advises to use so many.
fn started(message: &str) -> Option<u64> {
    let (started, advice) = message
        .strip_prefix("Only ")?
        .split_once(" of 16 workers started: this browser starts no more for one site. Use ")?;
    if !advice.starts_with(&format!("{started} or fewer")) {
        return None;
    }
    started.parse().ok()
}

/// Each is told how many started: the calibrator of the run, a worker for each core, may have the other places.
/// That the next run works shows that all places were given back, and that no worker ended while another
/// waited for its place, which freezes the page in Firefox.
#[tokio::test]
#[ignore = "needs Firefox: cargo xtask test --firefox"]
async fn a_pool_of_more_workers_than_firefox_starts_fails_with_their_number() {
    let (_site, page) = with_few_workers().await;
    let cores = page.js("return navigator.hardwareConcurrency", &[]).await;
    let beside_calibrator = MOST.saturating_sub(cores.as_u64().expect("a number"));
    for id in ["processes", "threads", "threads-gil"] {
        let began = Instant::now();
        let run = page.run(&small(&json!([{ "id": id, "workers": 16 }]))).await;
        let took = began.elapsed();
        let thrown = run.map(|report| report.0.to_string()).expect_err("so many do not start");
        println!("16 {id}, after {took:.1?}: {thrown:?}");
        assert_eq!(thrown.name, "WorkerLost", "{thrown:?}");
        let started = started(&thrown.message).unwrap_or_else(|| panic!("{thrown:?}"));
        assert!((beside_calibrator..=MOST).contains(&started), "{id}: {thrown:?}");
        assert!(took < SAID_WITHIN, "{id} took {took:?}");
        answers(&page).await;
        runs(&page, &json!([{ "id": id, "workers": 4 }])).await;
    }
}

/// A pool that has sixty tasks: its limit, how long it took until the pool knew it, and what is so after the last
/// task.
const POOL: &str = "
    const began = performance.now();
    const pool = await playground.pool({ kind: 'processes', workers: args[0] });
    const call = { workload: 'primes', params: { start: 1_000_000_000, count: 2000 } };
    const answers = Promise.all([...Array(60)].map(() => pool.submit(call).result()));
    while (pool.state.limit === null && performance.now() - began < args[1]) {
        await new Promise((next) => setTimeout(next, 50));
    }
    const limitMs = performance.now() - began;
    const { limit } = pool.state;
    const values = new Set((await answers).map(({ value }) => value));
    const { workers, broken } = pool.state;
    await pool.shutdown();
    return { limit, limitMs, workers, broken: String(broken), values: values.size };";

#[tokio::test]
#[ignore = "needs Firefox: cargo xtask test --firefox"]
async fn a_script_s_pool_goes_on_with_the_workers_that_firefox_starts() {
    let (_site, page) = with_few_workers().await;
    for _ in 0..2 {
        let patience = json!(SAID_WITHIN.as_millis() as u64);
        let pool = page.js(POOL, &[json!(16), patience]).await;
        println!("16 workers of a script's pool: {pool}");
        assert_eq!(pool["limit"], MOST, "{pool}");
        assert_eq!(pool["workers"], MOST, "{pool}");
        assert_eq!(pool["values"], 1, "{pool}");
        assert_eq!(pool["broken"], "null", "{pool}");
        answers(&page).await;
        // A pool that fits has no limit, and a run in the lab its workers.
        let pool = page.js(POOL, &[json!(4), json!(3_000)]).await;
        assert_eq!(pool["limit"], Value::Null, "{pool}");
        assert_eq!(pool["values"], 1, "{pool}");
        for id in ["processes", "threads"] {
            runs(&page, &json!([{ "id": id, "workers": 4 }])).await;
        }
    }
}

#[tokio::test]
#[ignore = "needs Firefox: cargo xtask test --firefox"]
async fn all_models_run_in_firefox_and_agree() {
    let site = Host::isolated().start();
    let page = Page::open_in_firefox(&site, json!({})).await;
    let executors = json!([{ "id": "main-thread" }, { "id": "event-loop" }, { "id": "threads", "workers": 2 },
                           { "id": "threads-gil", "workers": 2 }, { "id": "processes", "workers": 2 }]);
    let report = runs(&page, &executors).await;
    assert_eq!(report.0["agreement"], true);
    assert_eq!(report.0["measuring"]["calibrated"], true, "{}", report.0["measuring"]);
    let stages = [("event-loop", "processes"), ("threads", "threads")].map(|(io_stage, cpu_stage)| {
        json!({ "id": "hybrid", "ioStage": io_stage, "cpuStage": cpu_stage, "cpuWorkers": 2 })
    });
    let pipeline = json!({ "workload": "custom", "repeats": 2, "warmup": 1,
                           "executors": [{ "id": "main-thread" }, stages[0], stages[1]] });
    assert_eq!(page.report(&pipeline).await.0["agreement"], true);
    let pool = page.js(POOL, &[json!(2), json!(0)]).await;
    assert_eq!(pool["values"], 1, "{pool}");
}
