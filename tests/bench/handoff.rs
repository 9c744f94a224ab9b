//! What it costs to give a pool of threads a job, and get it back.

use super::support::Page;
use super::support::server::Host;
use super::table::{self, Bar};
use concurrency_playground::measure::stats::median;
use serde_json::{Value, json};

/// Rounds of messages and jobs, in turns.
const ROUNDS: usize = 5;
/// Tasks of about 20 µs.
const SMALL: [(&str, u64); 5] =
    [("tasks", 100), ("computeUnits", 4), ("waitMs", 0), ("payloadBytes", 0), ("resultBytes", 8)];

/// A worker that sends back what it is sent.
const ECHO: &str = "onmessage = ({ data }) => postMessage(data);";

/// How long a message to an idle worker and back takes, in ms.
const TRIP: &str = "
    const worker = new Worker('echo.js');
    const trip = () => new Promise((back) => {
        worker.onmessage = back;
        worker.postMessage(0);
    });
    for (let i = 0; i < 50; i += 1) await trip();
    const began = performance.now();
    for (let i = 0; i < 300; i += 1) await trip();
    const took = performance.now() - began;
    worker.terminate();
    return took / 300;";

/// A job that computes nothing, beside a bare message; and tasks that are hardly worth a thread.
pub async fn handoff(busy: bool) {
    let site = Host::isolated().with("echo.js", "text/javascript", ECHO).start();
    let page = Page::open(&site).await;
    table::section(&format!("An empty job to a pool of threads and back, {ROUNDS} rounds, in µs"));
    for workers in [1, 2] {
        let (mut trips, mut jobs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            let before = trip_ms(&page).await;
            let experiment = json!({
                "workload": "array-sum", "params": { "n": 1 }, "repeats": 6, "spans": false,
                "executors": [{ "id": "threads", "workers": workers }],
            });
            let job = page.report(&experiment).await.median_ms(0);
            let trip = f64::midpoint(before, trip_ms(&page).await);
            trips.push(trip * 1000.0);
            jobs.push(job * 1000.0);
            ratios.push(job / trip);
        }
        let of = |figures: Vec<f64>| median(figures.into_iter());
        let (trip, job, ratio) = (of(trips), of(jobs), of(ratios));
        let name = format!("{workers} threads, over postMessage to a worker and back");
        let shown = format!("{ratio:.2} ({job:.0} of {trip:.0})");
        table::figure(&name, &shown, ratio, Bar::AtMost(0.3), busy);
    }
    // Kernels may run on one core what lasts a millisecond or two, though another core is free.
    let spread = "each thread kept on a core of its own";
    table::section("100 tasks of 20 µs: threads, 2 workers, over the main thread");
    speedup("as the system runs them", small_tasks(&page).await, busy);
    speedup(spread, page.with_workers_spread(small_tasks(&page)).await, busy);
    table::section("array-sum of 64 MB on two threads: all but computing, of the total");
    overhead("as the system runs them", sum(&page).await, busy);
    overhead(spread, page.with_workers_spread(sum(&page)).await, busy);
}

/// How long the main thread takes, and two threads, in ms.
async fn small_tasks(page: &Page) -> [f64; 2] {
    let params: serde_json::Map<_, _> =
        SMALL.iter().map(|(key, value)| ((*key).to_owned(), json!(value))).collect();
    let experiment = json!({
        "workload": "custom", "params": params, "repeats": 20,
        "executors": [{ "id": "main-thread" }, { "id": "threads", "workers": 2 }],
    });
    let report = page.report(&experiment).await;
    [0, 1].map(|i| report.median_ms(i))
}

fn speedup(name: &str, [main_ms, threads_ms]: [f64; 2], busy: bool) {
    let speedup = main_ms / threads_ms;
    let shown = format!("{speedup:.2} ({threads_ms:.2} of {main_ms:.2} ms)");
    table::figure(name, &shown, speedup, Bar::AtLeast(1.5), busy);
}

/// How long a sum of 64 MB takes on two threads, and how long each of them computes of that, in ms.
async fn sum(page: &Page) -> [f64; 2] {
    let experiment = json!({
        "workload": "array-sum", "params": { "n": 16_000_000 }, "repeats": 20,
        "executors": [{ "id": "threads", "workers": 2 }],
    });
    let report = page.report(&experiment).await;
    let samples = report.results()[0]["samples"].as_array().cloned().unwrap_or_default();
    let of = |key: fn(&Value) -> &Value| {
        median(samples.iter().filter_map(|sample| key(sample).as_f64()))
    };
    [of(|sample| &sample["totalMs"]), of(|sample| &sample["phasesMs"]["compute"]) / 2.0]
}

fn overhead(name: &str, [total_ms, compute_ms]: [f64; 2], busy: bool) {
    let part = 1.0 - compute_ms / total_ms;
    let shown = format!("{:.1}% of {total_ms:.2} ms", 100.0 * part);
    table::figure(name, &shown, part, Bar::AtMost(0.05), busy);
}

async fn trip_ms(page: &Page) -> f64 {
    page.js(TRIP, &[]).await.as_f64().expect("a time")
}
