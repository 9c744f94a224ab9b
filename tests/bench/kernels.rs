//! How near the page's kernels come to the same source as a native program, and how well
//! two workers share them.

use super::native::{self, Kernels};
use super::support::Page;
use super::table::{self, Bar};
use concurrency_playground::measure::stats::median;
use serde_json::{Value, json};

/// A kernel, and work that takes one thread some 300 to 600 ms.
struct Kernel {
    workload: &'static str,
    /// Its parameters, as JSON.
    params: &'static str,
    /// The least that it should reach of the native program's speed, if it has a bar of
    /// its own.
    least: Option<f64>,
    /// Whether it computes with whole numbers, one by one.
    scalar: bool,
    /// Whether its parallel efficiency is measured.
    shared: bool,
}

const KERNELS: [Kernel; 6] = [
    Kernel {
        workload: "primes",
        params: r#"{ "start": 1000000000, "count": 700000 }"#,
        least: Some(0.95),
        scalar: true,
        shared: true,
    },
    Kernel {
        workload: "mandelbrot",
        params: r#"{ "maxIter": 4000 }"#,
        least: None,
        scalar: false,
        shared: true,
    },
    Kernel {
        workload: "matmul",
        params: r#"{ "n": 1536 }"#,
        least: Some(0.9),
        scalar: false,
        shared: true,
    },
    Kernel {
        workload: "monte-carlo-pi",
        params: r#"{ "samples": 200000000 }"#,
        least: Some(0.95),
        scalar: true,
        shared: false,
    },
    Kernel {
        workload: "sha256",
        params: r#"{ "chains": 512, "rounds": 5000 }"#,
        least: Some(0.95),
        scalar: true,
        shared: false,
    },
    Kernel {
        workload: "blur",
        params: r#"{ "width": 2560, "height": 1440, "passes": 12 }"#,
        least: None,
        scalar: false,
        shared: false,
    },
];

/// Rounds of native program and page, in turns.
const ROUNDS: usize = 6;
/// Samples of each in a round.
const TIMES: usize = 3;
/// Samples of each model where they are compared with each other.
const SAMPLES: usize = 12;

impl Kernel {
    fn params(&self) -> Value {
        serde_json::from_str(self.params).expect("the parameters are JSON")
    }

    /// The page's median in ms under one model, and the answer's digest.
    async fn on_page(&self, page: &Page, executor: &Value) -> (f64, String) {
        let report = page
            .report(&json!({
                "workload": self.workload, "params": self.params(), "executors": [executor],
                "repeats": TIMES, "warmup": 1, "spans": false,
            }))
            .await;
        let digest = report.results()[0]["answer"]["digest"].as_str().expect("an answer");
        (report.median_ms(0), digest.to_owned())
    }
}

/// What was measured of a kernel in all rounds.
struct Measured {
    native_ms: f64,
    wasm_ms: f64,
    /// Native time over the page's: the median of the rounds' ratios.
    ratio: f64,
}

/// Native program and page in turns, each first in every other round, so that whatever
/// drifts hits both alike.
async fn in_turns(
    kernel: &Kernel,
    page: &Page,
    native: &mut Kernels,
    executor: &Value,
    threads: usize,
) -> Measured {
    let params = kernel.params();
    let (mut natives, mut wasms, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let mut on_host = || native.run(kernel.workload, &params, threads, TIMES);
        let ((native_ms, expected), (wasm_ms, digest)) = if round.is_multiple_of(2) {
            let native = on_host();
            (native, kernel.on_page(page, executor).await)
        } else {
            let wasm = kernel.on_page(page, executor).await;
            (on_host(), wasm)
        };
        assert_eq!(digest, expected, "{}", kernel.workload);
        natives.push(native_ms);
        wasms.push(wasm_ms);
        ratios.push(native_ms / wasm_ms);
    }
    let [native_ms, wasm_ms, ratio] = [natives, wasms, ratios].map(|all| median(all.into_iter()));
    Measured { native_ms, wasm_ms, ratio }
}

/// The kernels against the native program, on one thread and on two.
pub async fn kernels(page: &Page, busy: bool) {
    let mut native = Kernels::start();
    let title = format!("the median of {ROUNDS} rounds in turns");
    table::section(&format!(
        "Kernels on the page's thread, in times of native speed (baseline x86-64), {title}"
    ));
    let mut ratios = Vec::new();
    for kernel in &KERNELS {
        let one = json!({ "id": "main-thread" });
        let measured = in_turns(kernel, page, &mut native, &one, 1).await;
        let bar = kernel.least.map(Bar::AtLeast);
        line(kernel.workload, &measured, bar, busy);
        ratios.push(measured.ratio);
    }
    means(&ratios, busy);

    table::section(&format!("Kernels on two threads, in times of two native ones, {title}"));
    let mut ratios = Vec::new();
    for kernel in &KERNELS {
        let two = json!({ "id": "threads", "workers": 2 });
        let measured = in_turns(kernel, page, &mut native, &two, 2).await;
        line(kernel.workload, &measured, None, busy);
        ratios.push(measured.ratio);
    }
    ratio("geometric mean of all", geometric_mean(&ratios), 0.82, busy);
}

fn line(name: &str, measured: &Measured, bar: Option<Bar>, busy: bool) {
    let Measured { native_ms, wasm_ms, ratio } = *measured;
    let shown = format!("{ratio:.3} ({native_ms:.0}/{wasm_ms:.0} ms)");
    match bar {
        Some(bar) => table::figure(name, &shown, ratio, bar, busy),
        None => table::plain(name, &shown),
    }
}

/// The geometric means of these ratios, one for each of the kernels.
fn means(ratios: &[f64], busy: bool) {
    let scalar = KERNELS.iter().zip(ratios).filter(|(kernel, _)| kernel.scalar);
    let scalar: Vec<_> = scalar.map(|(_, ratio)| *ratio).collect();
    ratio("geometric mean of whole-number kernels", geometric_mean(&scalar), 0.95, busy);
    ratio("geometric mean of all", geometric_mean(ratios), 0.88, busy);
}

fn ratio(name: &str, ratio: f64, least: f64, busy: bool) {
    table::figure(name, &format!("{ratio:.3}"), ratio, Bar::AtLeast(least), busy);
}

/// How much of two workers' time is work: one thread's time over twice that of two.
pub async fn efficiencies(page: &Page, mut busy: bool) {
    table::section(&format!(
        "Parallel efficiency of two workers, T1 / (2 · T2), medians of {SAMPLES} samples; \
         processes have the static data beforehand"
    ));
    for kernel in KERNELS.iter().filter(|kernel| kernel.shared) {
        // What is measured is the pool; what moving data costs has a section of its own.
        let executors = json!([
            { "id": "main-thread" },
            { "id": "threads", "workers": 2 },
            { "id": "processes", "workers": 2, "dataMode": "transfer", "staticData": "initializer" },
        ]);
        let report = page
            .report(&json!({
                "workload": kernel.workload, "params": kernel.params(), "executors": executors,
                "repeats": SAMPLES, "warmup": 1, "spans": false,
            }))
            .await;
        // Two workers can be no better than the machine was then.
        busy |= native::is_busy();
        let alone_ms = report.median_ms(0);
        for (i, id) in [(1, "threads"), (2, "processes")] {
            let together_ms = report.median_ms(i);
            let efficiency = alone_ms / (2.0 * together_ms);
            let shown = format!("{efficiency:.3} ({alone_ms:.0}/{together_ms:.0} ms)");
            let name = format!("{}, {id}", kernel.workload);
            table::figure(&name, &shown, efficiency, Bar::AtLeast(0.95), busy);
        }
    }
}

fn geometric_mean(ratios: &[f64]) -> f64 {
    (ratios.iter().map(|ratio| ratio.ln()).sum::<f64>() / ratios.len() as f64).exp()
}
