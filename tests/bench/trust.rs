//! Whether the page's own figures can be trusted: what measuring costs, and whether it
//! sees differences that are not there.

use super::support::Page;
use super::support::page::Report;
use super::table::{self, Bar};
use concurrency_playground::measure::stats::median;
use serde_json::json;
use std::collections::BTreeMap;

/// Runs with spans and without, of each.
const PAIRS: usize = 8;
/// Experiments with the same model twice.
const SAME: usize = 20;

/// The lab's default experiment with spans noted, over the same without, in turns.
pub async fn cost_of_measuring(page: &Page, busy: bool) {
    table::section(&format!(
        "What noting spans costs: the lab's default experiment, with over without, {} samples of each",
        6 * PAIRS
    ));
    // By model, without and with.
    let mut totals: [BTreeMap<String, Vec<f64>>; 2] = Default::default();
    for turn in 0..2 * PAIRS {
        // On, off, off, on: whatever drifts hits both alike.
        let spans = matches!(turn % 4, 0 | 3);
        let experiment = json!({ "workload": "mandelbrot", "repeats": 6, "warmup": 3,
                                 "seed": turn, "spans": spans });
        let report = page.report(&experiment).await;
        for result in report.results() {
            let samples = result["samples"].as_array().into_iter().flatten();
            let times = samples.filter_map(|sample| sample["totalMs"].as_f64());
            let model = result["executor"]["id"].as_str().unwrap_or_default().to_owned();
            totals[usize::from(spans)].entry(model).or_default().extend(times);
        }
    }
    let of = |samples: &Vec<f64>| median(samples.iter().copied());
    let [without, with] = &totals;
    for ((model, without), with) in without.iter().zip(with.values()) {
        table::plain(model, &format!("{:.4}", of(with) / of(without)));
    }
    let [without, with] = [without, with].map(|models| models.values().map(of).sum::<f64>());
    let all = with / without;
    table::figure("all together", &format!("{all:.4}"), all, Bar::AtMost(1.01), busy);
}

/// The same model twice, again and again.
pub async fn same_twice(page: &Page, busy: bool) {
    table::section(&format!("The same model twice, {SAME} experiments"));
    for (name, executor) in [
        ("main thread", json!({ "id": "main-thread" })),
        ("threads, 2 workers", json!({ "id": "threads", "workers": 2 })),
    ] {
        let (mut different, mut noisy) = (0, 0);
        for seed in 0..SAME {
            let experiment = json!({ "workload": "mandelbrot", "params": { "maxIter": 120 },
                                     "executors": [executor, executor], "seed": seed });
            let Report(report) = page.report(&experiment).await;
            let kind = &report["verdict"]["kind"];
            different += u32::from(kind == "faster");
            noisy += u32::from(kind == "too-noisy");
        }
        let shown = format!("{different}, {noisy} too noisy");
        let name = format!("{name}: called different");
        // One in twenty is what an interval of 95% promises.
        table::figure(&name, &shown, f64::from(different), Bar::AtMost(1.0), busy);
    }
}
