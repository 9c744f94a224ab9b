//! What a GIL costs and what it does not, and how its switch interval decides.

use super::support::Page;
use super::support::gil::{hand_overs_per_s, latencies_ms, two_threads};
use super::table::{self, Bar};
use concurrency_playground::measure::stats::median;
use serde_json::{Value, json};

/// Switch intervals, each about half of the next, in ms.
const INTERVALS_MS: [f64; 5] = [1.0, 2.0, 5.0, 10.0, 20.0];
/// Runs of each, in turns: the timeline of one has few hand-overs.
const ROUNDS: usize = 5;
/// What a request of the convoy takes by itself, in ms.
const LATENCY_MS: f64 = 2.0;

/// All of it.
pub async fn gil(page: &Page, busy: bool) {
    table::section("Two threads with a GIL, primes: the speed of one thread in times of theirs");
    let pool =
        |released: bool| json!({ "id": "threads-gil", "workers": 2, "releaseInNative": released });
    let report = page
        .report(&json!({
            "workload": "primes", "params": { "count": 100_000 }, "repeats": 12, "warmup": 2,
            "executors": [{ "id": "threads-gil", "workers": 1 }, pool(false), pool(true)],
        }))
        .await;
    let [held, released] = [1, 2].map(|at| report.median_ms(0) / report.median_ms(at));
    table::figure("the GIL held", &format!("{held:.3}"), held, Bar::AtLeast(0.90), busy);
    table::figure("the same", &format!("{held:.3}"), held, Bar::AtMost(1.03), busy);
    let shown = format!("{released:.3}");
    table::figure("released while kernels compute", &shown, released, Bar::AtLeast(1.8), busy);
    requests(page, busy).await;
    hand_overs(page, busy).await;
    convoy(page, busy).await;
}

async fn requests(page: &Page, busy: bool) {
    table::section("Requests of 200 ms under the GIL, 16 threads: 16 of them over one");
    let mut took = Vec::new();
    for count in [1, 16] {
        let experiment = json!({
            "workload": "requests", "params": { "count": count, "latencyMs": 200, "varianceMs": 0 },
            "executors": [{ "id": "threads-gil", "workers": 16 }], "repeats": 7, "warmup": 1,
        });
        took.push(page.report(&experiment).await.median_ms(0));
    }
    let ratio = took[1] / took[0];
    let shown = format!("{ratio:.3} ({:.0} of {:.0} ms)", took[1], took[0]);
    table::figure("16 requests", &shown, ratio, Bar::AtMost(1.2), busy);
}

async fn hand_overs(page: &Page, busy: bool) {
    table::section("Hand-overs a second, as the switch interval halves or nearly so");
    let mut counted = vec![Vec::new(); INTERVALS_MS.len()];
    for _ in 0..ROUNDS {
        let report = page
            .report(&json!({
                "workload": "primes", "params": { "count": 200_000 }, "repeats": 3, "warmup": 1,
                "executors": INTERVALS_MS.map(two_threads),
            }))
            .await;
        for (all, result) in counted.iter_mut().zip(report.results()) {
            all.push(hand_overs_per_s(result));
        }
    }
    let counted: Vec<f64> = counted.into_iter().map(|all| median(all.into_iter())).collect();
    for (intervals, counts) in INTERVALS_MS.windows(2).zip(counted.windows(2)) {
        // Where the interval is not quite halved, as if it were.
        let times = (counts[0] / counts[1]).powf(2.0_f64.ln() / (intervals[1] / intervals[0]).ln());
        let name = format!("{} ms instead of {} ms, for a half", intervals[0], intervals[1]);
        let shown = format!("{times:.2} ({:.0} of {:.0})", counts[0], counts[1]);
        table::figure(&name, &shown, times, Bar::AtLeast(1.7), busy);
        table::figure("the same", &format!("{times:.2}"), times, Bar::AtMost(2.3), busy);
    }
}

/// The convoy: what a request waits beside a thread that computes.
async fn convoy(page: &Page, busy: bool) {
    table::section(
        "A request of 2 ms beside a thread that computes: how far the median latency is from the interval and its own time",
    );
    let intervals = &INTERVALS_MS[1..];
    let mut executors = vec![json!({ "id": "threads", "workers": 2 })];
    executors.extend(intervals.iter().map(|ms| two_threads(*ms)));
    let experiment = json!({ "workload": "mixed-threads", "params": { "latencyMs": LATENCY_MS },
                             "repeats": 5, "warmup": 1, "executors": executors });
    let report = page.report(&experiment).await;
    let expected = std::iter::once(0.0).chain(intervals.iter().copied());
    for (interval_ms, result) in expected.zip(report.results()) {
        off(interval_ms, result, busy);
    }
}

fn off(interval_ms: f64, result: &Value, busy: bool) {
    let latency_ms = median(latencies_ms(result).into_iter());
    let ratio = latency_ms / (interval_ms + LATENCY_MS);
    let name = match interval_ms {
        0.0 => "without a GIL".to_owned(),
        _ => format!("switch interval {interval_ms} ms"),
    };
    let shown = format!("{:+.1}% ({latency_ms:.2} ms)", 100.0 * (ratio - 1.0));
    table::figure(&name, &shown, (ratio - 1.0).abs(), Bar::AtMost(0.25), busy);
}
