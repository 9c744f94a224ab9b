//! Whether what is measured can be trusted: time that adds up, causes that are found,
//! disturbances that are noticed.

use crate::support::Page;
use crate::support::page::Report;
use crate::support::server::Host;
use serde_json::{Value, json};
use std::time::Duration;

const POOLS: [&str; 2] = ["threads", "processes"];

fn f64_of(value: &Value) -> f64 {
    value.as_f64().unwrap_or_else(|| panic!("a number, not {value}"))
}

fn list(value: &Value) -> &[Value] {
    value.as_array().unwrap_or_else(|| panic!("a list, not {value}"))
}

/// The time of the sample whose timeline a result shows, all its computations through.
fn shown_ms(result: &Value) -> f64 {
    let median_ms = f64_of(&result["summary"]["medianMs"]);
    let distance = |sample: &&Value| (f64_of(&sample["totalMs"]) - median_ms).abs();
    let samples = list(&result["samples"]).iter();
    let shown = samples.min_by(|a, b| distance(a).total_cmp(&distance(b))).expect("a sample");
    f64_of(&shown["totalMs"]) * f64_of(&shown["computations"])
}

/// How much of the time from 0 to `total_ms` some spans cover, reckoned apart from how
/// the page does.
fn covered_ms(lane: &Value, total_ms: f64) -> f64 {
    let spans = list(&lane["spans"]).iter();
    let mut spans: Vec<_> = spans
        .map(|span| (f64_of(&span["startMs"]).max(0.0), f64_of(&span["endMs"]).min(total_ms)))
        .collect();
    spans.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut covered, mut until) = (0.0, 0.0_f64);
    for (start, end) in spans {
        covered += (end - start.max(until)).max(0.0);
        until = until.max(end);
    }
    covered
}

fn sum(phases: &Value) -> f64 {
    phases.as_object().expect("an object").values().map(f64_of).sum()
}

/// Every moment of every lane is counted once: in a phase, or in the rest.
fn adds_up(result: &Value) {
    let id = &result["executor"]["id"];
    let total_ms = shown_ms(result);
    let within = |sum: f64, total: f64| (sum - total).abs() <= 0.01 * total;
    let (lanes, accounts) = (list(&result["lanes"]), list(&result["accounts"]));
    assert_eq!(lanes.len(), accounts.len());
    for (lane, account) in lanes.iter().zip(accounts) {
        assert_eq!(lane["id"], account["lane"]);
        let (phases, rest) = (sum(&account["phasesMs"]), f64_of(&account["restMs"]));
        assert!(rest >= 0.0, "{id}: {account}");
        assert!(within(phases + rest, total_ms), "{id}, {total_ms} ms: {account}");
        let covered = covered_ms(lane, total_ms);
        assert!((phases - covered).abs() <= 0.01 * total_ms, "{id}: {covered} of {account}");
        for span in list(&lane["spans"]) {
            let (start, end) = (f64_of(&span["startMs"]), f64_of(&span["endMs"]));
            assert!(end >= start - 0.05, "{id}: {span}");
            assert!(start >= -1.0 && end <= total_ms + 1.0, "{id}, {total_ms} ms: {span}");
        }
    }
    for sample in list(&result["samples"]) {
        let all_lanes = f64_of(&sample["totalMs"]) * lanes.len() as f64;
        let sum = sum(&sample["phasesMs"]) + f64_of(&sample["restMs"]);
        assert!(within(sum, all_lanes), "{id}: {sum} of {all_lanes}: {sample}");
    }
    let waterfall = &result["waterfall"];
    let steps: f64 = list(&waterfall["steps"]).iter().map(|step| f64_of(&step["ms"])).sum();
    let measured = f64_of(&waterfall["measuredMs"]);
    assert!(within(f64_of(&waterfall["idealMs"]) + steps, measured), "{id}: {waterfall}");
}

#[tokio::test]
async fn phases_and_rest_add_up_to_the_total_on_every_executor() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    for (workload, params) in [
        ("mandelbrot", json!({ "maxIter": 100 })),
        ("primes", json!({ "count": 20_000 })),
        ("array-sum", json!({ "n": 1_000_000 })),
        ("requests", json!({ "kind": "network", "count": 6, "latencyMs": 20, "varianceMs": 30 })),
        // So short that a sample is of many computations.
        ("primes", json!({ "count": 100, "start": 1 })),
    ] {
        let experiment =
            json!({ "workload": workload, "params": params, "repeats": 3, "warmup": 1 });
        let report = page.report(&experiment).await;
        for result in report.results() {
            adds_up(result);
        }
    }
}

#[tokio::test]
async fn what_is_shorter_than_the_clock_can_tell_is_computed_many_times_a_sample() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let experiment = json!({ "workload": "primes", "params": { "numbers": [999_999_999_989_u64] },
                             "repeats": 6, "warmup": 1, "executors": [{ "id": "main-thread" }] });
    let report = page.report(&experiment).await;
    let sample = &report.results()[0]["samples"][0];
    assert!(f64_of(&sample["computations"]) > 1.0, "{sample}");
    let codes: Vec<_> =
        list(&report.0["warnings"]).iter().map(|warning| &warning["code"]).collect();
    assert!(!codes.contains(&&json!("TimerTooCoarse")), "{codes:?}");
}

/// Without spans there is no timeline, and the answer is the same.
#[tokio::test]
async fn spans_can_be_switched_off() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let experiment = |spans: bool| json!({ "workload": "primes", "params": { "count": 5_000 }, "repeats": 2, "warmup": 1, "spans": spans });
    let (with, without) =
        (page.report(&experiment(true)).await, page.report(&experiment(false)).await);
    for (with, without) in with.results().iter().zip(without.results()) {
        assert_eq!(with["answer"], without["answer"]);
        let spans: usize =
            list(&without["lanes"]).iter().map(|lane| list(&lane["spans"]).len()).sum();
        assert_eq!(spans, 0);
    }
}

/// The step that cost most.
fn largest_step(report: &Report, at: usize) -> String {
    let steps = list(&report.results()[at]["waterfall"]["steps"]);
    let largest = steps.iter().max_by(|a, b| f64_of(&a["ms"]).total_cmp(&f64_of(&b["ms"])));
    largest.expect("there are steps")["step"].as_str().expect("a word").to_owned()
}

/// The rules that found something about a model.
fn found(report: &Report, at: usize) -> Vec<String> {
    list(&report.0["findings"])
        .iter()
        .filter(|finding| finding["result"] == at && finding["status"] == "found")
        .map(|finding| finding["rule"].as_str().expect("a word").to_owned())
        .collect()
}

/// All tasks in one hand, and the other hands empty.
#[tokio::test]
async fn of_an_unbalanced_run_imbalance_is_the_largest_step() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    for pool in POOLS {
        let experiment = json!({
            "workload": "mandelbrot", "params": { "maxIter": 1000 }, "repeats": 6, "warmup": 1,
            "executors": [{ "id": "main-thread" }, { "id": pool, "workers": 2, "chunkSize": 4096 }],
        });
        let report = page.report(&experiment).await;
        assert_eq!(largest_step(&report, 1), "imbalance", "{}", report.results()[1]["waterfall"]);
        assert!(found(&report, 1).contains(&"imbalance".to_owned()), "{}", report.0["findings"]);
    }
}

#[tokio::test]
async fn of_an_oversubscribed_run_oversubscription_is_the_largest_step() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let cores = page.capabilities().await["hardwareConcurrency"].as_u64().expect("a number");
    let workers = (4 * cores).min(32);
    for pool in POOLS {
        let experiment = json!({
            // Tasks that take alike, and all that a worker is to do at once: so that nothing is
            // unbalanced, and no message waits for a core.
            "workload": "primes", "params": { "count": 700_000 }, "repeats": 6, "warmup": 1,
            "executors": [{ "id": "main-thread" },
                          { "id": pool, "workers": workers, "chunkSize": 128 / workers }],
        });
        let report = page.report(&experiment).await;
        let waterfall = &report.results()[1]["waterfall"];
        assert_eq!(largest_step(&report, 1), "oversubscription", "{pool}: {waterfall}");
        let found = found(&report, 1);
        assert!(found.contains(&"more-workers-than-cores".to_owned()), "{found:?}");
    }
}

/// Light work over megabytes: most of the time the array is on its way.
#[tokio::test]
async fn of_a_run_that_is_heavy_in_payload_moving_it_is_the_largest_step() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let experiment = json!({
        "workload": "array-sum", "params": { "n": 8_000_000 }, "repeats": 6, "warmup": 1,
        "executors": [{ "id": "main-thread" }, { "id": "processes", "workers": 2 }],
    });
    let report = page.report(&experiment).await;
    let largest = largest_step(&report, 1);
    let moving = ["serialize", "copy", "transfer"];
    assert!(moving.contains(&largest.as_str()), "{}", report.results()[1]["waterfall"]);
    let found = found(&report, 1);
    assert!(found.contains(&"serialization-dominates".to_owned()), "{found:?}");
}

/// As the browser tells a page that its tab is hidden, or in view again.
const SHOW: &str =
    "Object.defineProperty(document, 'hidden', { value: args[0], configurable: true });
    document.dispatchEvent(new Event('visibilitychange'))";

#[tokio::test]
async fn a_hidden_tab_costs_what_it_touched_and_the_page_offers_to_go_on() {
    let site = Host::isolated().start();
    let link = "#/lab?workload=mandelbrot&maxIter=100&models=main-thread,threads:2&repeats=6";
    let page = Page::open_with_half_at(&site, link).await;
    page.click("#run").await;
    page.until("document.querySelector('#headline')?.textContent.startsWith('Measuring')").await;
    page.js(SHOW, &[true.into()]).await;
    page.appears("#go-on").await;
    let headline = page.js("return document.querySelector('#headline').textContent", &[]).await;
    assert!(headline.as_str().is_some_and(|text| text.contains("hidden")), "{headline}");
    page.js(SHOW, &[false.into()]).await;
    page.click("#go-on").await;
    page.until_within(Duration::from_secs(120), "document.querySelector('#run:enabled')").await;
    let warned = "return [...document.querySelectorAll('.warnings li')].map(li => li.dataset.code)";
    let codes = page.js(warned, &[]).await;
    assert!(list(&codes).contains(&json!("TabHidden")), "{codes}");
}

/// A machine that sleeps wakes up to another time of day.
#[tokio::test]
async fn a_clock_that_jumps_costs_its_block() {
    let site = Host::isolated().start();
    let page = Page::open_with_half(&site).await;
    let body = "
        let jumped = false;
        const now = Date.now;
        const onProgress = ({ stage, done, total }) => {
            if (stage !== 'measuring' || jumped) return;
            jumped = true;
            Date.now = () => now.call(Date) + 3_600_000;
        };
        const report = await playground.run(args[0], { onProgress });
        Date.now = now;
        return JSON.stringify(report.measuring)";
    let experiment = json!({ "workload": "primes", "params": { "count": 20_000 }, "repeats": 3,
                             "executors": [{ "id": "main-thread" }] });
    let measuring = page.call(body, &[experiment]).await.expect("it runs");
    let measuring: Value = serde_json::from_str(measuring.as_str().expect("text")).expect("JSON");
    let blocks = list(&measuring["blocks"]);
    assert_eq!(blocks[0]["disturbed"], "clock-jumped", "{measuring}");
    assert_eq!(blocks[0]["kept"], false);
    assert!(blocks.iter().filter(|block| block["kept"] == true).count() == 3, "{measuring}");
}

/// The browser may claim any number of cores; the page has looked.
#[tokio::test]
async fn cores_are_measured() {
    let site = Host::isolated().start();
    let page = Page::open_alone(&site).await;
    let experiment = json!({ "workload": "primes", "params": { "count": 1_000 }, "repeats": 1,
                             "warmup": 0, "executors": [{ "id": "main-thread" }] });
    let report = page.report(&experiment).await;
    let environment = &report.0["environment"];
    let (cores, claimed) =
        (f64_of(&environment["effectiveCores"]), f64_of(&environment["hardwareConcurrency"]));
    assert!((1.0..=claimed).contains(&cores), "{environment}");
    assert_eq!(report.0["measuring"]["calibrated"], true);
}
