//! What devices and browsers limit: how large a memory may become, how many workers one site
//! may have. What fits runs, and what does not says how much would.

use crate::support::Page;
use crate::support::browser::Browser;
use crate::support::server::{Host, Site, site_dir};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

const GONE_WITHIN: Duration = Duration::from_secs(10);
const SCRIPT: &str = "text/javascript";

/// Refuses shared memories of more than so many MB, as phones do.
fn small_memories(most: u32) -> String {
    let pages = most * 16;
    format!(
        "{{
            const Own = WebAssembly.Memory;
            WebAssembly.Memory = function (descriptor) {{
                if (descriptor.shared && descriptor.maximum > {pages}) {{
                    throw new RangeError('WebAssembly.Memory(): could not allocate memory');
                }}
                return new Own(descriptor);
            }};
            WebAssembly.Memory.prototype = Own.prototype;
        }}"
    )
}

/// Starts `most` workers at a time and lets the others wait, without a word and without a thread,
/// as Firefox does.
fn few_workers(most: &str) -> String {
    format!(
        "{{
            const Own = Worker;
            let active = 0;
            class Active extends Own {{
                terminate() {{
                    active -= 1;
                    super.terminate();
                }}
            }}
            class Waiting extends EventTarget {{
                postMessage() {{}}
                terminate() {{}}
            }}
            globalThis.Worker = function (url, options) {{
                if (active >= {most}) return new Waiting();
                active += 1;
                return new Active(url, options);
            }};
        }}"
    )
}

/// A page whose own scripts run after `of_page`, and those of its workers after `of_workers`.
async fn open(of_page: &str, of_workers: &str) -> (Site, Page) {
    let worker = site_dir().join("compute/worker.js");
    let worker = std::fs::read_to_string(worker).expect("the site has it");
    let host = Host::isolated()
        .with("compute/worker.js", SCRIPT, format!("{of_workers};\n{worker}"))
        .with("compute/stuck.js", SCRIPT, "postMessage({ starting: 'begun' });");
    let site = host.start();
    let page = Page::start_with_half().await;
    before_all_scripts(&page, of_page).await;
    page.visit(&site.url("#/lab")).await;
    (site, page)
}

async fn before_all_scripts(page: &Browser, script: &str) {
    let source = json!({ "source": script });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await;
}

fn megabytes(said: &str, before: &str, after: &str) -> Option<u64> {
    said.split_once(before)?.1.split_once(after)?.0.parse().ok()
}

fn array_sum(n: u64, executors: &Value) -> Value {
    json!({ "workload": "array-sum", "params": { "n": n }, "repeats": 1, "warmup": 0,
            "executors": executors })
}

#[tokio::test]
async fn where_memories_are_small_what_fits_runs_and_what_does_not_says_so() {
    let small = small_memories(256);
    let (_site, page) = open(&small, &small).await;
    let all = json!([{ "id": "main-thread" }, { "id": "event-loop" },
                     { "id": "threads", "workers": 2 }, { "id": "processes", "workers": 2 }]);
    assert_eq!(page.report(&array_sum(1_000_000, &all)).await.0["agreement"], true);
    for id in ["main-thread", "threads"] {
        let thrown = page.run(&array_sum(1 << 27, &json!([{ "id": id }]))).await;
        let thrown = thrown.expect_err("half a gigabyte does not fit");
        assert_eq!(thrown.name, "OutOfMemory", "{id}: {thrown:?}");
        let most = megabytes(&thrown.message, "the most that fits here is ", " MB");
        let most = most.filter(|most| (100..268).contains(most)).expect(&thrown.message);
        page.report(&array_sum(most * 1_000_000 / 4, &json!([{ "id": id }]))).await;
    }
}

/// The kernel itself runs out of memory: its results do not fit. The thread that holds the GIL traps
/// then, and nobody waits for it.
#[tokio::test]
async fn work_that_runs_out_of_memory_is_called_so_by_every_model() {
    let small = small_memories(128);
    let (_site, page) = open(&small, &small).await;
    let executors = json!([{ "id": "main-thread" }, { "id": "event-loop" },
                           { "id": "threads", "workers": 2 }, { "id": "threads", "workers": 1 },
                           { "id": "threads-gil", "workers": 3 }]);
    let experiment = json!({
        "workload": "custom", "repeats": 1, "warmup": 0, "executors": executors,
        "params": { "tasks": 16, "computeUnits": 1, "waitMs": 0, "resultBytes": 16_000_000 },
    });
    // No model has a result, so the first failure is thrown, and the report is on the page.
    let ran = page.run(&experiment).await.map(|report| report.0["results"].to_string().len());
    let thrown = ran.expect_err("nothing fits");
    assert_eq!(thrown.name, "OutOfMemory", "{thrown:?}");
    assert!(thrown.message.contains("% of it fits here"), "{thrown:?}");
    let pipelines = ["event-loop", "threads"].map(|io_stage| {
        json!({ "id": "hybrid", "ioStage": io_stage, "cpuStage": "threads", "cpuWorkers": 2 })
    });
    for executor in executors.as_array().expect("a list").iter().chain(&pipelines) {
        let mut experiment = experiment.clone();
        // Beside one that fails, processes have a memory each.
        experiment["executors"] = json!([executor, { "id": "processes", "workers": 2 }]);
        let report = page.run(&experiment).await.expect("processes run");
        let error = &report.results()[0]["error"];
        assert_eq!(error["name"], "OutOfMemory", "{executor}: {error}");
    }
    page.workers_are_at_most(0, 4 * GONE_WITHIN).await;
    // The page works on.
    page.report(&array_sum(100_000, &executors)).await;
}

async fn fails_with(page: &Page, executor: Value, beginning: &str) {
    let started = Instant::now();
    let experiment = json!({ "workload": "primes", "params": { "count": 2000 }, "repeats": 1,
                             "executors": [executor] });
    let thrown = page.run(&experiment).await.expect_err("they do not start");
    println!("after {} ms: {thrown:?}", started.elapsed().as_millis());
    assert!(thrown.message.starts_with(beginning), "{executor}: {thrown:?}");
    // The promise is 5 s.
    assert!(started.elapsed() < Duration::from_secs(12), "after {:?}", started.elapsed());
    page.workers_are_at_most(0, GONE_WITHIN).await;
}

#[tokio::test]
async fn a_browser_that_starts_fewer_workers_is_told_with_their_number() {
    // The calibrator has a worker for each core.
    let (_site, page) = open(&few_workers("6 + navigator.hardwareConcurrency"), "").await;
    let said = "Only 6 of 16 workers started: this browser starts no more for one site. Use 6";
    fails_with(&page, json!({ "id": "processes", "workers": 16 }), said).await;
    fails_with(&page, json!({ "id": "threads", "workers": 16 }), said).await;
    // So many do start.
    let few = json!([{ "id": "threads", "workers": 3 }, { "id": "processes", "workers": 3 }]);
    page.report(&array_sum(1_000, &few)).await;
}

#[tokio::test]
async fn a_model_that_takes_longer_than_it_may_times_out_and_nothing_is_left_of_it() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let workload = json!({ "workload": "mandelbrot", "repeats": 1, "warmup": 0,
                           "params": { "width": 1024, "height": 1024, "maxIter": 4_000 } });
    let with = |limit_ms: u32, executor: &Value| {
        let mut experiment = workload.clone();
        experiment["timeoutMs"] = json!(limit_ms);
        experiment["executors"] = json!([executor]);
        experiment
    };
    for executor in [
        json!({ "id": "main-thread" }),
        json!({ "id": "event-loop" }),
        json!({ "id": "threads", "workers": 2 }),
        json!({ "id": "threads-gil", "workers": 2 }),
        json!({ "id": "processes", "workers": 2 }),
    ] {
        let started = Instant::now();
        let thrown = page.run(&with(200, &executor)).await.expect_err("it takes seconds");
        println!("{executor}: {:?}, {thrown:?}", started.elapsed());
        assert_eq!(thrown.name, "TimedOut", "{executor}: {thrown:?}");
        assert!(thrown.message.contains("200 ms"), "{executor}: {thrown:?}");
        // On the page's own thread between two turns only.
        assert!(started.elapsed() < Duration::from_secs(20), "{executor}: {:?}", started.elapsed());
        page.workers_are_at_most(0, GONE_WITHIN).await;
    }
    let mut small = with(60_000, &json!({ "id": "processes", "workers": 2 }));
    small["params"] = json!({ "width": 64, "height": 64, "maxIter": 50 });
    page.report(&small).await;
    // A link says so, too, and the page shows it.
    page.visit(&site.url("#/lab?workload=primes&models=main-thread&runTimeoutMs=1500")).await;
    page.until("document.querySelector('#time-limit')?.textContent.includes('1.50 s')").await;
}

/// Gives the worker after those of the calibrator a script that says that it has begun, and nothing
/// more.
const STUCK_ONCE: &str = "{
    const Own = Worker;
    let started = 0;
    globalThis.Worker = class extends Own {
        constructor(url, options) {
            started += 1;
            const stuck = started === 1 + navigator.hardwareConcurrency;
            super(stuck ? new URL('stuck.js', url) : url, options);
        }
    };
}";

#[tokio::test]
async fn a_start_that_gets_stuck_is_tried_once_more_and_said() {
    for id in ["threads", "processes"] {
        let (_site, page) = open(STUCK_ONCE, "").await;
        let report = page.report(&array_sum(1_000, &json!([{ "id": id, "workers": 2 }]))).await;
        let warnings = report.0["warnings"].as_array().expect("a list");
        let told = warnings.iter().any(|warning| warning["code"] == "StartedAgain");
        assert!(told, "{id}: {}", report.0["warnings"]);
        page.workers_are_at_most(0, GONE_WITHIN).await;
        // The next run starts at once, and has nothing to say.
        let next = page.report(&array_sum(1_000, &json!([{ "id": id, "workers": 2 }]))).await;
        assert!(!next.0["warnings"].to_string().contains("StartedAgain"));
    }
}

#[tokio::test]
async fn what_cannot_fit_into_a_tab_is_refused_before_it_starts() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let with_half_a_gigabyte =
        json!([{ "id": "processes", "workers": 32, "staticData": "initializer" }]);
    let pool = json!({ "id": "processes", "workers": 32 });
    for (experiment, said) in [
        (array_sum(1 << 27, &with_half_a_gigabyte), "This run needs 17180 MB at once"),
        (
            array_sum(1_000, &json!([pool, pool, pool, pool])),
            "This run needs 128 WebAssembly memories at once",
        ),
    ] {
        let started = Instant::now();
        let thrown = page.run(&experiment).await.expect_err("cannot fit");
        assert_eq!(thrown.name, "OutOfMemory", "{thrown:?}");
        assert!(thrown.message.starts_with(said), "{thrown:?}");
        assert_eq!(page.workers(), 0);
        assert!(started.elapsed() < Duration::from_secs(2), "after {:?}", started.elapsed());
    }
}
