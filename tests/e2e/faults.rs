//! Files that are missing or wrong: whoever needs them says so, the rest runs.

use crate::support::Page;
use crate::support::server::Host;
use serde_json::json;

const LINK: &str = "#/lab?workload=primes&count=2000&repeats=1&warmup=1&models=main-thread,event-loop,threads,processes";

const PROGRAM: &str = "compute/compute_bg.wasm";

/// Threads and processes fail with a word to the reader; the page's own thread
/// has its results.
async fn only_workers_fail(host: Host, what: &str) {
    let site = host.start();
    let page = Page::open_at(&site, LINK).await;
    page.run_by_hand().await;
    for id in ["threads", "processes"] {
        assert_eq!(page.state(id).await, "failed", "{what}: the row of {id}");
        let said = page.text(&format!("[data-result='{id}'] .failure")).await;
        assert!(said.len() > 20, "{what}: {id} says {said:?}");
    }
    for id in ["main-thread", "event-loop"] {
        assert_eq!(page.state(id).await, "done", "{what}: the row of {id}");
    }
    let experiment =
        json!({ "workload": "primes", "params": { "count": 2000 }, "repeats": 1, "warmup": 1 });
    let report = page.run(&experiment).await.expect("the others run");
    for id in ["threads", "processes"] {
        let error = &report.result(id)["error"];
        assert_eq!(error["name"], "WorkerLost", "{what}: {error}");
    }
    assert_eq!(report.0["agreement"], true);
    assert_eq!(page.workers(), 0, "{what}");
}

#[tokio::test]
async fn a_missing_worker_script_fails_the_models_that_need_it_and_no_other() {
    only_workers_fail(Host::isolated().without("compute/worker.js"), "a missing worker.js").await;
}

/// As hosts answer that send their first page for every unknown path.
#[tokio::test]
async fn a_worker_script_that_is_a_page_fails_the_models_that_need_it_and_no_other() {
    let host = Host::isolated().with("compute/worker.js", "text/html", "<!doctype html><p>Welcome");
    only_workers_fail(host, "a page for worker.js").await;
}

#[tokio::test]
async fn a_worker_script_that_throws_fails_the_models_that_need_it_and_no_other() {
    let host =
        Host::isolated().with("compute/worker.js", "text/javascript", "throw new Error('broken');");
    only_workers_fail(host, "a worker.js that throws").await;
}

#[tokio::test]
async fn without_the_page_s_own_glue_pools_run_and_no_other() {
    let site = Host::isolated().without("compute/compute.js").start();
    let page = Page::open(&site).await;
    let experiment =
        json!({ "workload": "primes", "params": { "count": 2000 }, "repeats": 1, "warmup": 1 });
    let report = page.run(&experiment).await.expect("the pools run");
    for id in ["main-thread", "event-loop"] {
        assert_eq!(report.result(id)["error"]["name"], "Unavailable", "{}", report.result(id));
    }
    for id in ["threads", "processes"] {
        assert!(report.result(id)["answer"].is_object(), "{}", report.result(id));
    }
}

/// Nothing tells the page: only its patience ends, after half a minute.
#[tokio::test]
async fn a_worker_that_ends_without_a_word_is_noticed() {
    let site =
        Host::isolated().with("compute/worker.js", "text/javascript", "self.close();").start();
    let page = Page::open(&site).await;
    let experiment = json!({ "workload": "primes", "params": { "count": 2000 }, "repeats": 1, "warmup": 1,
        "executors": [{ "id": "main-thread" }, { "id": "processes", "workers": 2 }] });
    let report = page.run(&experiment).await.expect("the main thread runs");
    let error = &report.result("processes")["error"];
    assert!(
        ["WorkerLost", "TimedOut"].contains(&error["name"].as_str().unwrap_or_default()),
        "{error}"
    );
    assert!(report.result("main-thread")["error"].is_null());
    assert_eq!(page.workers(), 0);
}

/// Every model runs that very program, so there is no result; but a word about it.
#[tokio::test]
async fn broken_compute_program_is_reported() {
    for (what, host) in [
        ("no program", Host::isolated().without("compute/compute_bg.wasm")),
        ("noise", Host::isolated().with(PROGRAM, "application/wasm", "this is no program")),
        ("a beginning", Host::isolated().with(PROGRAM, "application/wasm", "\0asm\u{1}\0\0\0 cut")),
    ] {
        let site = host.start();
        let page = Page::open_at(&site, LINK).await;
        page.run_by_hand().await;
        for card in ["main-thread", "event-loop", "threads", "processes"] {
            let said = page.text(&format!("[data-result='{card}'] .failure")).await;
            assert!(said.len() > 20, "{what}: the card of {card} says {said:?}");
        }
        let experiment =
            json!({ "workload": "primes", "params": { "count": 2000 }, "repeats": 1, "warmup": 1 });
        let thrown = page.run(&experiment).await.expect_err("nothing can run");
        println!("{what}: {thrown:?}");
        assert!(
            ["Unavailable", "WorkerLost"].contains(&thrown.name.as_str()),
            "{what}: {thrown:?}"
        );
        assert_eq!(page.workers(), 0, "{what}");
    }
}

/// Without them there is no page that could say anything by itself.
#[tokio::test]
async fn a_page_that_cannot_start_says_so() {
    let noise = "this is no program";
    for (what, host) in [
        ("no glue", Host::isolated().without("app.js")),
        ("no program", Host::isolated().without("app_bg.wasm")),
        ("noise", Host::isolated().with("app_bg.wasm", "application/wasm", noise)),
        ("a page for a module", Host::isolated().with("isolation.js", "text/html", "Welcome")),
    ] {
        let site = host.start();
        let page = Page::start().await;
        page.open(&site.url(LINK)).await;
        page.appears("#not-started").await;
        let text = page.text("#not-started").await;
        assert!(text.contains("did not start") && text.contains("reload"), "{what}: {text}");
        assert!(text.contains("workload=primes"), "{what}: {text}");
    }
}
