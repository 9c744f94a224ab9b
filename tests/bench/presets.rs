//! Whether presets keep what they promise.

use super::support::Page;
use super::table::{self, Bar};
use serde_json::{Map, Value, json};

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
    for workload in workloads.as_array().into_iter().flatten() {
        for preset in workload["presets"].as_array().into_iter().flatten() {
            promise(page, workload, preset, busy).await;
        }
    }
}

async fn promise(page: &Page, workload: &Value, preset: &Value, busy: bool) {
    let pool = |id: &str| -> Value {
        let own = json!({ "id": id, "workers": 2 });
        let options = preset["options"][id].as_object().cloned().unwrap_or_default();
        own.as_object()
            .into_iter()
            .flatten()
            .map(|(key, value)| (key.clone(), value.clone()))
            .chain(options)
            .collect::<Map<_, _>>()
            .into()
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
        "threads" => line("processes / threads", processes / threads, Bar::AtLeast(AS_WELL)),
        "processes" => {
            line("processes / threads", processes / threads, Bar::AtMost(AS_WELL));
            line("main thread / processes", alone / processes, Bar::AtLeast(HELPS));
        }
        // Whatever computes or waits in a pool does so as fast on the page's own thread.
        _ => {
            let best = alone.min(event_loop) / threads.min(processes);
            line("best without a pool / best pool", best, Bar::Below(HELPS));
        }
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap_or_default()
}
