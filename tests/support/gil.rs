//! What a report tells of a GIL: how often it changed hands, and how long requests took beside a thread that computes.

use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Threads with a GIL that is asked for after so many ms.
pub fn two_threads(switch_interval_ms: f64) -> Value {
    json!({ "id": "threads-gil", "workers": 2, "switchIntervalMs": switch_interval_ms })
}

/// How often the lock changed hands in the sample whose timeline a result has, by who computed.
pub fn hand_overs(result: &Value) -> f64 {
    let lanes = result["lanes"].as_array().expect("a list");
    let threads = lanes.iter().filter(|lane| lane["kind"] == "thread").enumerate();
    let mut held: Vec<(f64, usize)> = threads
        .flat_map(|(thread, lane)| {
            let spans = lane["spans"].as_array().expect("a list").iter();
            let computing = spans.filter(|span| span["phase"] == "compute");
            computing.filter_map(move |span| Some((span["startMs"].as_f64()?, thread)))
        })
        .collect();
    held.sort_by(|a, b| a.0.total_cmp(&b.0));
    held.windows(2).filter(|two| two[0].1 != two[1].1).count() as f64
}

/// The same for each second of that sample.
pub fn hand_overs_per_s(result: &Value) -> f64 {
    let at = result["timelineOf"].as_u64().expect("a sample") as usize;
    let sample = &result["samples"][at];
    let lasted = |key: &str| sample[key].as_f64().expect("a number");
    hand_overs(result) / (lasted("totalMs") * lasted("computations")) * 1_000.0
}

/// How long each request took, from when it was made to when its answer had been computed with, in ms, sorted.
pub fn latencies_ms(result: &Value) -> Vec<f64> {
    let lanes = result["lanes"].as_array().expect("a list").iter();
    let spans = lanes.flat_map(|lane| lane["spans"].as_array().expect("a list"));
    // By task: when it began to wait, and when it had computed.
    let mut requests: BTreeMap<u64, (f64, f64)> = BTreeMap::new();
    for span in spans {
        let (Some(task), Some(from), Some(to)) =
            (span["task"].as_u64(), span["startMs"].as_f64(), span["endMs"].as_f64())
        else {
            continue;
        };
        let entry = requests.entry(task).or_insert((f64::INFINITY, 0.0));
        match span["phase"].as_str() {
            Some("io-wait") => entry.0 = from,
            Some("compute" | "lock-wait") => entry.1 = entry.1.max(to),
            _ => {}
        }
    }
    let mut all: Vec<_> = requests.into_values().map(|(from, to)| to - from).collect();
    all.retain(|ms| ms.is_finite());
    all.sort_by(f64::total_cmp);
    all
}
