//! Whether presets keep what they promise.

use super::support::Page;
use super::table::{self, Bar};
use serde_json::{Value, json};

/// Samples of each model.
const SAMPLES: u32 = 6;
/// A pool helps from this many times the main thread's speed on.
const HELPS: f64 = 1.2;
/// Processes do as well as threads up to this many times their time.
const AS_WELL: f64 = 1.2;

/// Every preset of every workload, on two workers: who wins, in times of who should not.
pub async fn promises(page: &Page, busy: bool) {
    table::section(&format!("What presets promise, 2 workers, medians of {SAMPLES} samples"));
    let workloads = page.js("return playground.workloads()", &[]).await;
    for workload in workloads.as_array().expect("a list") {
        for preset in workload["presets"].as_array().expect("a list") {
            promise(page, workload, preset, busy).await;
        }
    }
}

async fn promise(page: &Page, workload: &Value, preset: &Value, busy: bool) {
    let pool = |id: &str| -> Value {
        let mut executor = json!({ "id": id, "workers": 2 });
        for (option, value) in preset["options"][id].as_object().into_iter().flatten() {
            executor[option] = value.clone();
        }
        executor
    };
    let report = page
        .report(&json!({
            "workload": workload["id"], "params": preset["params"], "spans": false,
            "repeats": SAMPLES, "warmup": 2,
            "executors": [{ "id": "main-thread" }, { "id": "event-loop" },
                          pool("threads"), pool("processes")],
        }))
        .await;
    let [alone, event_loop, threads, processes] = [0, 1, 2, 3].map(|at| report.median_ms(at));
    let name = |said: &str| format!("{}, {}: {said}", text(&workload["id"]), text(&preset["name"]));
    let line = |said: &str, ratio: f64, bar: Bar| {
        table::figure(&name(said), &format!("{ratio:.2}"), ratio, bar, busy);
    };
    match text(&preset["lesson"]) {
        "threads" => {
            line("processes / threads", processes / threads, Bar::AtLeast(AS_WELL));
            line("main thread / threads", alone / threads, Bar::AtLeast(HELPS));
        }
        "processes" => {
            line("processes / threads", processes / threads, Bar::AtMost(AS_WELL));
            line("main thread / processes", alone / processes, Bar::AtLeast(HELPS));
        }
        "neither" => {
            let best = alone.min(event_loop) / threads.min(processes);
            line("best without a pool / best pool", best, Bar::Below(HELPS));
        }
        other => panic!("a lesson that nobody knows: {other}"),
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
