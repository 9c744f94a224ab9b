//! Cancelling: at once, nothing left running, and the next run works.

use crate::support::browser::PATIENCE;
use crate::support::server::Host;
use crate::support::slow_host::SlowHost;
use crate::support::{Page, Site};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

/// The promise is 200 ms.
const SETTLES_WITHIN_MS: f64 = 1_000.0;
/// Chromium waits 2 s before it ends a worker that does not return to its event
/// loop by force, and a thread of a pool never does.
const GONE_WITHIN: Duration = Duration::from_secs(4);
/// Threads stop after the task that they are at, processes after the message (some 0.1 s of
/// tasks), long before they would be ended by force.
const QUIET_WITHIN: Duration = Duration::from_millis(1_500);

/// Many seconds of work, in tasks that are over long before anybody is ended by force.
fn long(executors: Value) -> Value {
    json!({
        "workload": "mandelbrot", "params": { "width": 2048, "height": 2048, "maxIter": 3_000 },
        "executors": executors, "repeats": 20, "warmup": 0,
    })
}

async fn next_run_works(page: &Page) {
    let experiment = json!({
        "workload": "primes", "params": { "start": 0, "count": 1000 },
        "executors": [{ "id": "main-thread" }, { "id": "event-loop" }, { "id": "threads", "workers": 2 },
                      { "id": "threads-gil", "workers": 2 }, { "id": "processes", "workers": 2 }],
        "repeats": 2,
    });
    assert_eq!(page.report(&experiment).await.0["agreement"], true);
}

fn is_cancelled_in_time(ended: &Value, what: &str) {
    assert_eq!(ended["name"], "Cancelled", "{what}: {ended}");
    let took_ms = ended["tookMs"].as_f64().expect("a time");
    println!("{what}: settled {took_ms:.0} ms after the signal");
    assert!(took_ms < SETTLES_WITHIN_MS, "{what}: settled {took_ms:.0} ms after the signal");
}

/// Soon after its end no worker of a run uses the processor any more: it would
/// disturb whatever is measured next.
async fn nothing_computes(page: &Page, what: &str) {
    let ended = Instant::now();
    loop {
        let since = ended.elapsed();
        let ticks = page.worker_ticks_in(Duration::from_millis(300)).await;
        if ticks <= 5 {
            return println!("{what}: nothing computed {} ms later", since.as_millis());
        }
        let much = format!("{ticks} ticks in 300 ms, {} ms later", since.as_millis());
        assert!(since < QUIET_WITHIN, "{what}: workers still compute, {much}");
    }
}

#[tokio::test]
async fn a_signal_ends_threads_and_processes_and_nothing_is_left_of_them() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let before = page.workers();
    for executors in [
        json!([{ "id": "threads", "workers": 3 }]),
        json!([{ "id": "threads-gil", "workers": 3, "switchIntervalMs": 1_000 }]),
        json!([{ "id": "processes", "workers": 3 }]),
        json!([{ "id": "processes", "workers": 2 }, { "id": "threads", "workers": 2 }]),
    ] {
        page.begin(&long(executors.clone())).await;
        tokio::time::sleep(Duration::from_millis(300)).await;
        assert!(page.workers() >= before + 3, "{} workers run", page.workers());
        let ended = page.abort().await;
        is_cancelled_in_time(&ended, &executors.to_string());
        nothing_computes(&page, &executors.to_string()).await;
        let gone = page.workers_are_at_most(before, GONE_WITHIN).await;
        println!("{executors}: no worker left {} ms later", gone.as_millis());
        next_run_works(&page).await;
    }
    page.workers_are_at_most(before, GONE_WITHIN).await;
}

/// While the queue is full, and while it is empty: whoever waits for it is let go.
#[tokio::test]
async fn a_signal_ends_pipelines_whose_stages_wait_for_one_another() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    for (units, wait_ms) in [(100_000, 1), (1, 2_000)] {
        for io_stage in ["event-loop", "threads"] {
            for cpu_stage in ["processes", "threads"] {
                let pipeline = json!({ "id": "hybrid", "ioStage": io_stage, "ioWorkers": 3,
                                       "cpuStage": cpu_stage, "cpuWorkers": 2, "queueMax": 1 });
                let params = json!({ "tasks": 30, "computeUnits": units, "waitMs": wait_ms });
                let experiment = json!({ "workload": "custom", "params": params,
                                         "executors": [pipeline], "repeats": 5, "warmup": 0 });
                page.begin(&experiment).await;
                tokio::time::sleep(Duration::from_millis(400)).await;
                let what = format!("{io_stage} and {cpu_stage}, {units} units, {wait_ms} ms");
                is_cancelled_in_time(&page.abort().await, &what);
                nothing_computes(&page, &what).await;
            }
        }
    }
    page.workers_are_at_most(0, 2 * GONE_WITHIN).await;
    let pipeline = json!({ "id": "hybrid", "ioStage": "threads", "cpuStage": "threads" });
    let experiment = json!({ "workload": "custom", "repeats": 2,
                             "executors": [{ "id": "main-thread" }, pipeline] });
    assert_eq!(page.report(&experiment).await.0["agreement"], true);
}

#[tokio::test]
async fn a_signal_ends_threads_that_wait_for_requests() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let experiment = json!({
        "workload": "requests", "params": { "kind": "network", "count": 8, "latencyMs": 5_000 },
        "executors": [{ "id": "threads", "workers": 4 }, { "id": "threads-gil", "workers": 4 },
                      { "id": "processes", "workers": 4 }, { "id": "event-loop" }],
        "repeats": 3, "warmup": 0,
    });
    page.begin(&experiment).await;
    tokio::time::sleep(Duration::from_millis(300)).await;
    is_cancelled_in_time(&page.abort().await, "requests");
    // A blocking request holds its thread until it is answered, or until Chromium ends
    // the thread by force, after 2 s for the coordinator and 2 s for its threads.
    page.workers_are_at_most(0, 2 * GONE_WITHIN).await;
    next_run_works(&page).await;
}

/// Six are as many connections as Chromium has to a host. If they stayed, the next run would
/// wait for them.
#[tokio::test]
async fn requests_of_a_cancelled_run_are_gone_and_do_not_hold_up_the_next() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let slow = SlowHost::start();
    for executor in [
        json!({ "id": "main-thread" }),
        json!({ "id": "event-loop" }),
        json!({ "id": "threads", "workers": 6 }),
        json!({ "id": "processes", "workers": 6 }),
    ] {
        let of = |path: &str| {
            json!({ "workload": "requests", "params": { "urls": vec![slow.url(path); 6] },
                    "executors": [executor], "repeats": 1, "warmup": 0 })
        };
        page.begin(&of("drip")).await;
        tokio::time::sleep(Duration::from_secs(2)).await;
        assert!(slow.open() > 0, "{executor}: nothing was asked");
        is_cancelled_in_time(&page.abort().await, &executor.to_string());
        let took = slow.is_left_alone_within(Duration::from_secs(1)).await;
        println!("{executor}: nothing under way {} ms later", took.as_millis());
        let report = page.report(&of("after/50")).await;
        assert!(report.median_ms(0) < 2_000.0, "{executor}: {} ms", report.median_ms(0));
    }
}

#[tokio::test]
async fn a_signal_ends_an_event_loop_between_two_tasks() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    page.begin(&long(json!([{ "id": "event-loop" }]))).await;
    is_cancelled_in_time(&page.abort().await, "event loop");
    next_run_works(&page).await;
}

/// Nothing reaches a main thread that computes; it listens between two samples.
#[tokio::test]
async fn a_signal_ends_a_main_thread_when_it_listens_again() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let params = page.mandelbrot_of(100.0).await;
    let experiment = json!({ "workload": "mandelbrot", "params": params,
                             "executors": [{ "id": "main-thread" }], "repeats": 100, "warmup": 0 });
    page.begin(&experiment).await;
    is_cancelled_in_time(&page.abort().await, "main thread");
    next_run_works(&page).await;
}

#[tokio::test]
async fn a_signal_that_came_before_the_run_lets_nothing_start() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let run = "await playground.run(args[0], { signal: AbortSignal.abort() })";
    let experiment = long(json!([{ "id": "processes", "workers": 2 }]));
    let thrown = page.call(run, &[experiment]).await.expect_err("it is cancelled");
    assert_eq!(thrown.name, "Cancelled", "{thrown:?}");
    assert_eq!(page.workers(), 0);
    next_run_works(&page).await;
}

async fn open_long_run(site: &Site, models: &str) -> Page {
    let link = "#/lab?workload=mandelbrot&width=2048&height=2048&maxIter=10000&models=";
    Page::open_with_half_at(site, &format!("{link}{models}")).await
}

#[tokio::test]
async fn the_cancel_button_ends_a_run_and_the_run_button_starts_the_next() {
    let site = Host::isolated().start();
    for models in ["threads:2", "processes:2", "event-loop"] {
        let page = open_long_run(&site, models).await;
        page.click("#run").await;
        page.appears("#cancel").await;
        if models != "event-loop" {
            let started = Instant::now();
            while page.workers() < 2 {
                assert!(started.elapsed() < PATIENCE, "no worker started");
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        }
        page.press_cancel().await;
        page.until("/cancel/i.test(document.querySelector('#status').textContent)").await;
        page.until("document.querySelector('#run:enabled')").await;
        page.workers_are_at_most(0, GONE_WITHIN).await;

        page.fill("#param-width", "64").await;
        page.fill("#param-maxIter", "50").await;
        page.run_by_hand().await;
        let id = models.split(':').next().unwrap_or_default();
        assert_eq!(page.state(id).await, "done");
    }
}

/// The browser may keep a page that is left, idle workers and all, for the way back;
/// but none of them works on.
#[tokio::test]
async fn a_page_that_is_left_in_the_middle_of_a_run_computes_no_more() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    page.begin(&long(both_pools())).await;
    assert!(page.workers() >= 4, "{} workers run", page.workers());
    page.open("about:blank").await;
    nothing_computes(&page, "a page that was left").await;
}

#[tokio::test]
async fn a_tab_that_is_closed_in_the_middle_of_a_run_leaves_no_worker() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let first = page.client().window().await.expect("a window");
    let second = page.client().new_window(true).await.expect("a second tab").handle;
    page.client().switch_to_window(second).await.expect("the second tab");
    page.visit(&site.url("#/lab")).await;
    page.begin(&long(both_pools())).await;
    assert!(page.workers() >= 4, "{} workers run", page.workers());
    page.client().close_window().await.expect("the tab closes");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    page.client().switch_to_window(first).await.expect("the first tab");
}

fn both_pools() -> Value {
    json!([{ "id": "processes", "workers": 2 }, { "id": "threads", "workers": 2 }])
}

#[tokio::test]
async fn two_runs_at_a_time_do_not_mix() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    // Either both give their own answer, or one is refused by a typed error.
    let body = "
        const settled = await Promise.allSettled([
            playground.run({ workload: 'primes', params: { start: 0, count: 1000 }, repeats: 2, warmup: 1 }),
            playground.run({ workload: 'array-sum', params: { n: 1000, seed: 7 }, repeats: 2, warmup: 1 }),
        ]);
        return settled.map(({ value, reason }) => reason ? { name: reason.name }
            : { digests: value.results.map(({ answer }) => answer.digest) });";
    let settled = page.js(body, &[]).await;
    for (i, digest) in [
        "ecc916542ac351d473ee2f629b27f45a14df9ba6b79a2d00297d169478e27d34",
        "6f5e7193e6cc03f1dac2dfc8e524a34c755bc547fe4c04f034c246f406e551cf",
    ]
    .into_iter()
    .enumerate()
    {
        match settled[i]["digests"].as_array() {
            Some(digests) => assert!(digests.iter().all(|one| one == digest), "{settled}"),
            None => assert_eq!(settled[i]["name"], "Unavailable", "{settled}"),
        }
    }
    assert!(settled[0]["digests"].is_array() || settled[1]["digests"].is_array(), "{settled}");
    page.workers_are_at_most(0, GONE_WITHIN).await;
    next_run_works(&page).await;
}
