//! Whether the advisor is right: its regret, and how far its predictions are off.

use super::support::Page;
use super::table::{self, Bar};
use concurrency_playground::measure::signed_ranks::SignedRanks;
use concurrency_playground::measure::stats::median;
use concurrency_playground::workloads::splitmix;
use serde_json::{Value, json};

/// Mixes of each kind and lens.
const MIXES: u64 = 15;
/// The seed that the mixes are drawn with; thresholds were not set on it.
const SEED: u64 = 20_261_705;
/// Samples of each model, as many as take about so many ms on one thread: a system may run the threads of a short
/// job on one core now, and on two the next time, so that few samples say little.
const FEWEST: f64 = 5.0;
const MOST: f64 = 21.0;
const SAMPLES_MS: f64 = 300.0;
/// More than the fewest are taken in so many runs: for seconds on end a system may do the one or the other.
const RUNS: u64 = 3;
/// Two models are tied where they differ by less than this factor.
const TIED: f64 = 1.05;
const LENSES: [&str; 2] = ["python", "rust"];

/// Draws whole numbers, as the workloads do.
struct Draw(u64);

impl Draw {
    /// A number from `low` to `high`, its logarithm evenly spread.
    fn from(&mut self, low: f64, high: f64) -> u64 {
        self.0 += 1;
        let part = (splitmix::r(SEED, self.0) >> 11) as f64 / (1_u64 << 53) as f64;
        (low.ln() + part * (high / low).ln()).exp().round() as u64
    }
}

/// A mix that takes one thread a second or two at the most: computing, waiting, both, or payloads.
fn mix(draw: &mut Draw, kind: u64) -> Value {
    let tasks = draw.from(4.0, 120.0);
    let each = |ms: f64, tasks: u64| (ms / tasks as f64).max(1.0);
    let units = |draw: &mut Draw, ms: f64| draw.from(2.0, 200.0 * each(ms, tasks) + 3.0);
    let waits = |draw: &mut Draw| draw.from(2.0, each(1_500.0, tasks) + 3.0);
    let (compute, wait, payload) = match kind {
        0 => (units(draw, 800.0), 0, 0),
        1 => (draw.from(1.0, 10.0), waits(draw), 0),
        2 => (units(draw, 600.0), waits(draw), 0),
        _ => (units(draw, 300.0), 0, draw.from(1e4, 5e7 / tasks as f64)),
    };
    json!({ "tasks": tasks, "computeUnits": compute, "waitMs": wait, "payloadBytes": payload,
            "variance": 20 })
}

/// What came of the advice on one mix.
struct Outcome {
    /// Of the model that the advice names for this page.
    regret: f64,
    /// The same by the medians of the samples.
    regret_of_medians: f64,
    /// Of the advice itself, which for Python goes by CPython's costs.
    regret_of_advice: f64,
    lens: &'static str,
    /// By which part each prediction was off, and whether its interval held.
    errors: Vec<(f64, bool)>,
}

/// Draws mixes, profiles each, and runs every model that was predicted.
pub async fn advice(page: &Page, busy: bool) {
    table::section(&format!(
        "Advice on mixes drawn with seed {SEED}: the model that the advice names for this page over the best, \
         {FEWEST} to {MOST} samples of each"
    ));
    let mut draw = Draw(0);
    let (mut outcomes, mut unprofiled, mut slowest_ms) = (Vec::new(), 0, 0.0_f64);
    for at in 0..MIXES * 4 {
        let (params, lens) = (mix(&mut draw, at % 4), LENSES[(at / 4 % 2) as usize]);
        let asked = json!({ "workload": "custom", "params": params, "lens": lens });
        let call = "const began = performance.now();
            try {
                const advice = await playground.recommend(arguments[0]);
                return { advice, ms: performance.now() - began };
            } catch ({ message }) { return { message }; }";
        let answer = page.js(call, &[asked]).await;
        match outcome(page, &params, &answer["advice"], lens).await {
            Some(outcome) => {
                slowest_ms = slowest_ms.max(answer["ms"].as_f64().unwrap_or_default());
                outcomes.push(outcome);
            }
            None => {
                unprofiled += 1;
                println!("  {lens} {params}: not profiled: {}", answer["message"]);
            }
        }
    }
    summary(&outcomes, unprofiled, slowest_ms, busy);
}

async fn outcome(
    page: &Page,
    params: &Value,
    advice: &Value,
    lens: &'static str,
) -> Option<Outcome> {
    let predicted = advice["predicted"].as_array()?;
    let executors: Vec<_> = predicted.iter().map(|one| one["executor"].clone()).collect();
    let on_one_thread = predicted.iter().find(|one| one["executor"]["id"] == "main-thread")?;
    let samples = SAMPLES_MS / on_one_thread["medianMs"].as_f64()?;
    let samples = samples.clamp(FEWEST, MOST).round();
    let runs = if samples > FEWEST { RUNS } else { 1 };
    let repeats = (samples as u64).div_ceil(runs);
    let experiment = json!({ "workload": "custom", "params": params, "executors": executors,
                             "repeats": repeats, "warmup": 2, "spans": false });
    let mut samples_ms = vec![Vec::new(); executors.len()];
    for _ in 0..runs {
        let report = page.report(&experiment).await;
        for (all, result) in samples_ms.iter_mut().zip(report.results()) {
            let samples = result["samples"].as_array()?;
            all.extend(samples.iter().filter_map(|sample| sample["totalMs"].as_f64()));
        }
    }
    // A model that fails must not take its mix out of the figures.
    let measured = samples_ms.iter().map(|all| typical_ms(all)).collect::<Option<Vec<_>>>();
    let measured = measured.expect("every model that was predicted runs");
    let medians: Vec<_> = samples_ms.iter().map(|all| median(all.iter().copied())).collect();
    // Of threads the lens has one kind.
    let without = if lens == "python" { "threads" } else { "threads-gil" };
    let regret = |model: &Value, measured: &[f64]| {
        let of_lens = executors.iter().zip(measured).filter(|(one, _)| one["id"] != without);
        let best = of_lens.map(|(_, ms)| *ms).fold(f64::INFINITY, f64::min);
        Some(measured[executors.iter().position(|one| one["id"] == *model)?] / best)
    };
    let advised = here(advice, without)?;
    let regret_of_medians = regret(advised, &medians)?;
    let itself = &advice["recommended"]["id"];
    let regret_of_advice = regret(itself, &measured).unwrap_or(f64::NAN);
    let regret = regret(advised, &measured)?;
    let errors = predicted.iter().zip(&measured).filter_map(|(one, ms)| {
        let [low, high] = [0, 1].map(|at| one["interval90Ms"][at].as_f64());
        let error = one["medianMs"].as_f64()? / ms - 1.0;
        Some((error, (low?..=high?).contains(ms)))
    });
    let errors: Vec<_> = errors.collect();
    let shown =
        executors.iter().zip(measured.iter().zip(&errors)).map(|(one, (ms, (error, _)))| {
            format!("{} {ms:.1} ({:+.0}%)", one["id"].as_str().unwrap_or(""), 100.0 * error)
        });
    let shown: Vec<_> = shown.collect();
    println!(
        "  {lens} {params}: {regret:.2} by {advised}, advised {itself}: {regret_of_advice:.2}; {} samples: {}",
        repeats * runs,
        shown.join(", ")
    );
    Some(Outcome { regret, regret_of_medians, regret_of_advice, lens, errors })
}

/// What a model typically took, in ms: the estimate by which the lab compares models. The median of samples
/// of which about half are twice as long as the others is one or the other by chance.
fn typical_ms(samples_ms: &[f64]) -> Option<f64> {
    let (typical_ms, _) = SignedRanks::new(samples_ms.len(), 0.05).estimate(samples_ms)?;
    Some(typical_ms)
}

/// The mean of all regrets, the worst, and how many are best or tied.
fn regrets(of: impl Iterator<Item = f64>) -> [f64; 3] {
    let regrets: Vec<_> = of.collect();
    let n = regrets.len().max(1) as f64;
    let tied = regrets.iter().filter(|regret| **regret <= TIED).count() as f64;
    [regrets.iter().sum::<f64>() / n, regrets.iter().copied().fold(0.0, f64::max), tied / n]
}

/// The model that the advice has as the fastest here: for Python CPython's costs decide, and where this browser's
/// differ, a caveat names another one.
fn here<'a>(advice: &'a Value, without: &str) -> Option<&'a Value> {
    let id = |one: &'a Value| &one["executor"]["id"];
    let median_ms = |one: &Value| one["medianMs"].as_f64().unwrap_or(f64::INFINITY);
    let of_lens =
        || advice["predicted"].as_array().into_iter().flatten().filter(|one| *id(one) != without);
    let recommended = &advice["recommended"]["id"];
    let fastest = of_lens().min_by(|a, b| median_ms(a).total_cmp(&median_ms(b)))?;
    let of_recommended = of_lens().find(|one| id(one) == recommended)?;
    let is_as_fast = median_ms(of_recommended) <= TIED * median_ms(fastest);
    Some(if is_as_fast { recommended } else { id(fastest) })
}

fn summary(outcomes: &[Outcome], unprofiled: u64, slowest_ms: f64, busy: bool) {
    let [mean, worst, best] = regrets(outcomes.iter().map(|one| one.regret));
    let errors: Vec<_> = outcomes.iter().flat_map(|one| &one.errors).collect();
    let error = median(errors.iter().map(|(error, _)| error.abs()));
    let held = errors.iter().filter(|(_, held)| *held).count() as f64 / errors.len().max(1) as f64;
    table::plain(
        "mixes advised on; that could not be profiled",
        &format!("{}; {unprofiled}", outcomes.len()),
    );
    for (name, figure, bar) in [
        ("regret, mean", mean, Bar::AtMost(1.05)),
        ("regret, worst", worst, Bar::AtMost(1.25)),
        ("best or tied, of all", best, Bar::AtLeast(0.9)),
        ("error of predictions, median", error, Bar::AtMost(0.15)),
        ("predictions within their 90% interval", held, Bar::AtLeast(0.85)),
    ] {
        table::figure(name, &format!("{figure:.3}"), figure, bar, busy);
    }
    let plain = |name: &str, [mean, worst, best]: [f64; 3]| {
        let name = format!("regret {name}: mean; worst; best or tied");
        table::plain(&name, &format!("{mean:.3}; {worst:.2}; {best:.3}"));
    };
    plain("by medians", regrets(outcomes.iter().map(|one| one.regret_of_medians)));
    for lens in LENSES {
        let of_lens = outcomes.iter().filter(|one| one.lens == lens);
        let regrets = regrets(of_lens.map(|one| one.regret_of_advice));
        plain(&format!("of the advice itself, {lens}"), regrets);
    }
    table::figure(
        "profiling, slowest, in ms",
        &format!("{slowest_ms:.0}"),
        slowest_ms,
        Bar::AtMost(1_500.0),
        busy,
    );
}
