//! Whether there is a verdict in seconds: of every workload's defaults and every preset,
//! and beside another program that takes a core.

use super::native::Neighbour;
use super::support::Page;
use super::support::page::Report;
use super::table::{self, Bar};
use serde_json::{Value, json};

/// Runs of each workload and preset.
const RUNS: usize = 5;
/// Runs beside another program.
const TRIES: usize = 20;
/// A run of defaults ends within this time, in s, where nothing else is busy.
const RUN_S: f64 = 8.0;
/// The same beside another program.
const BUSY_RUN_S: f64 = 12.0;
/// The first bars stand within this time, in s.
const FIRST_BAR_S: f64 = 2.0;

/// What a run took, in s.
struct Took {
    /// Until the first sample of every model, which the page draws.
    first_bars_s: f64,
    /// Until the report.
    all_s: f64,
    report: Report,
}

/// Runs an experiment as the page's button does, and notes when what happened. The second
/// word after a model's start comes once its first sample is there.
async fn timed(page: &Page, experiment: &Value) -> Took {
    let body = "
        const [experiment] = args, began = performance.now();
        let firstBarMs = null, samples = 0;
        const onProgress = ({ stage }) => {
            if (stage === 'starting') return;
            if (samples === 1) firstBarMs ??= performance.now() - began;
            samples += 1;
        };
        const report = await playground.run(experiment, { onProgress });
        return { firstBarMs, allMs: performance.now() - began, report };";
    let ran = page.call(body, std::slice::from_ref(experiment)).await.expect("it runs");
    let seconds = |key: &str| ran[key].as_f64().unwrap_or(f64::NAN) / 1000.0;
    Took {
        first_bars_s: seconds("firstBarMs"),
        all_s: seconds("allMs"),
        report: Report(ran["report"].clone()),
    }
}

/// How long the first bar and the whole run take, of all defaults and presets.
pub async fn seconds(page: &Page, busy: bool) {
    table::section(&format!("Seconds until a verdict, the default models, medians of {RUNS} runs"));
    let workloads = page.js("return playground.workloads()", &[]).await;
    for workload in workloads.as_array().expect("a list") {
        let defaults = json!({ "workload": workload["id"] });
        line(page, workload["id"].as_str().unwrap_or_default(), &defaults, busy).await;
        for preset in workload["presets"].as_array().expect("a list") {
            let experiment = json!({ "workload": workload["id"], "params": preset["params"] });
            line(page, preset["name"].as_str().unwrap_or_default(), &experiment, busy).await;
        }
    }
}

async fn line(page: &Page, name: &str, experiment: &Value, busy: bool) {
    let (mut first, mut all) = (Vec::new(), Vec::new());
    for _ in 0..RUNS {
        let took = timed(page, experiment).await;
        first.push(took.first_bars_s);
        all.push(took.all_s);
    }
    let (median, shown) = table::spread_to(1, first);
    table::figure(&format!("{name}: first bar"), &shown, median, Bar::AtMost(FIRST_BAR_S), busy);
    let (median, shown) = table::spread_to(1, all);
    table::figure(&format!("{name}: run"), &shown, median, Bar::AtMost(RUN_S), busy);
}

/// The default experiment, and the same model twice, while another program takes a core for
/// half of every second.
pub async fn beside_another(page: &Page, busy: bool) {
    table::section(&format!(
        "Beside a program that takes a core for half of every second, {TRIES} runs"
    ));
    let defaults = json!({ "workload": "mandelbrot" });
    let mut ratios = Vec::new();
    for _ in 0..RUNS {
        ratios.push(threads_ratio(&timed(page, &defaults).await.report).0);
    }
    let (undisturbed, shown) = table::spread_to(2, ratios);
    table::plain("undisturbed: main thread / threads", &shown);
    let neighbour = Neighbour::start();
    let (mut clear, mut holds, mut longest_s) = (0, 0, 0.0_f64);
    for _ in 0..TRIES {
        let took = timed(page, &defaults).await;
        longest_s = longest_s.max(took.all_s);
        clear += u32::from(took.report.0["verdict"]["kind"] == "faster");
        let (_, [low, high]) = threads_ratio(&took.report);
        holds += u32::from((low..=high).contains(&undisturbed));
    }
    let count = |name: &str, figure: u32, least: f64| {
        table::figure(name, &figure.to_string(), figure.into(), Bar::AtLeast(least), busy);
    };
    count("a clear headline", clear, 20.0);
    count("the interval holds the undisturbed ratio", holds, 17.0);
    let shown = format!("{longest_s:.1}");
    table::figure("the longest run, s", &shown, longest_s, Bar::AtMost(BUSY_RUN_S), busy);
    let twice = json!({ "workload": "mandelbrot",
                        "executors": [{ "id": "main-thread" }, { "id": "main-thread" }] });
    let mut right = 0;
    for _ in 0..TRIES {
        let kind = timed(page, &twice).await.report.0["verdict"]["kind"].clone();
        right += u32::from(kind == "no-difference" || kind == "too-noisy");
    }
    count("the same model twice: not called different", right, 19.0);
    drop(neighbour);
}

/// How many times as fast as the main thread threads were, and the interval.
fn threads_ratio(report: &Report) -> (f64, [f64; 2]) {
    let speedup = &report.results()[2]["speedup"];
    let number = |value: &Value| value.as_f64().unwrap_or(f64::NAN);
    let ci95 = &speedup["ci95"];
    (number(&speedup["ratio"]), [number(&ci95[0]), number(&ci95[1])])
}
