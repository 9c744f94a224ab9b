//! What sharing costs: memory, and time that is not computing.

use super::support::Page;
use super::table::{self, Bar};
use concurrency_playground::measure::stats::median;
use serde_json::{Value, json};

/// Numbers of 4 bytes.
const MB: u64 = 1 << 18;
/// Samples of each.
const SAMPLES: u32 = 12;
/// What the array of the memory's peak has, in MB.
const LARGE: u64 = 256;

async fn array_sum(page: &Page, megabytes: u64, executors: Value, repeats: u32) -> Vec<Value> {
    let params = json!({ "n": megabytes * MB });
    let experiment = json!({ "workload": "array-sum", "params": params, "executors": executors,
                             "repeats": repeats, "warmup": 3, "seed": 1 });
    page.report(&experiment).await.results().to_vec()
}

/// What part of the time threads spend on anything but computing, where nothing moves.
pub async fn beside_computing(page: &Page, busy: bool) {
    table::section(&format!("Threads and an array of 64 MB, {SAMPLES} samples"));
    let threads = json!([{ "id": "threads", "workers": 2 }]);
    let results = array_sum(page, 64, threads, SAMPLES).await;
    let [total, compute] = ["totalMs", "compute"].map(|what| {
        let of = |sample: &Value| match what {
            "compute" => sample["phasesMs"]["compute"].as_f64(),
            _ => sample["totalMs"].as_f64(),
        };
        let samples = results[0]["samples"].as_array().into_iter().flatten();
        median(samples.filter_map(of))
    });
    // Two threads compute side by side.
    let rest = 1.0 - compute / 2.0 / total;
    let shown = format!("{:.1}% of {total:.2} ms", 100.0 * rest);
    table::figure("everything but computing, of the total", &shown, rest, Bar::Below(0.02), busy);
}

/// How much memory the page's process takes for an array that threads share.
pub async fn peak(page: &Page) {
    table::section(&format!("The page's process while threads add up {LARGE} MB"));
    let threads = json!([{ "id": "threads", "workers": 2 }]);
    // What the program itself takes is there already.
    array_sum(page, 1, threads.clone(), 2).await;
    let before = page.memory_in_use();
    page.forget_peak_memory();
    array_sum(page, LARGE, threads, 2).await;
    match before.zip(page.peak_memory()) {
        Some((before, peak)) => {
            let ratio = peak.saturating_sub(before) as f64 / (LARGE << 20) as f64;
            let shown = format!("{ratio:.2}");
            table::figure("its peak over the data", &shown, ratio, Bar::Below(1.3), false);
        }
        None => table::plain("its peak over the data", "not to be seen here"),
    }
}

/// What one array costs to be given to a process, each way, beside adding it up.
pub async fn ways(page: &Page) {
    table::section("Processes and an array of 64 MB, 2 workers, in ms");
    let ways = [
        ("copied", json!({})),
        ("handed over", json!({ "dataMode": "transfer" })),
        ("in a shared buffer", json!({ "dataMode": "shared" })),
        ("given beforehand", json!({ "staticData": "initializer" })),
    ];
    let executors = ways.iter().map(|(_, options)| {
        let mut executor = options.clone();
        executor["id"] = json!("processes");
        executor["workers"] = json!(2);
        executor
    });
    let results = array_sum(page, 64, executors.collect(), SAMPLES / 2).await;
    for ((name, _), result) in ways.iter().zip(results) {
        let median = result["summary"]["medianMs"].as_f64();
        table::plain(name, &median.map_or("failed".to_owned(), |ms| format!("{ms:.1}")));
    }
}
