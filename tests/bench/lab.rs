//! The figures that the page promises, measured in a browser: `cargo xtask bench`.
//!
//! Every line gives a figure, what it is compared with, its bar, and whether the
//! bar was met. A missed bar does not fail the benchmark: a busy machine misses
//! some. Only what cannot be measured at all does.
//!
//! `cargo xtask bench charts` measures only the sections whose names contain the word;
//! [`SECTIONS`] has the names.

#[allow(dead_code, unused_imports, reason = "the end-to-end tests use what this does not")]
#[path = "../support/mod.rs"]
mod support;

mod advice;
mod charts;
mod faults;
mod gil;
mod handoff;
mod kernels;
mod map;
mod native;
mod peers;
mod presets;
mod seconds;
mod sharing;
mod table;
mod trust;

use serde_json::{Value, json};
use std::env;
use support::download::{self, MOST_AT_FIRST, Size};
use support::page::{Report, longest_freeze_ms, longest_task_ms};
use support::server::Host;
use support::{Page, reference};
use table::Bar;

const FIRST_VISITS: usize = 5;
/// Files above this many bytes are listed by name.
const LARGE: usize = 4_000;

/// What can be measured alone, in the order in which all is.
const SECTIONS: [&str; 20] = [
    "speedups and freezes",
    "requests",
    "kernels",
    "efficiency",
    "gil",
    "handoff",
    "sharing",
    "presets",
    "advice",
    "map",
    "cost of measuring",
    "same twice",
    "seconds",
    "beside another",
    "charts",
    "peers",
    "faults",
    "left behind",
    "first visit",
    "sizes",
];

/// Whether a section is to be measured: all are, unless words choose.
fn is_chosen(section: &str) -> bool {
    // Cargo adds `--bench`.
    let mut words = env::args().skip(1).filter(|word| !word.starts_with('-')).peekable();
    words.peek().is_none() || words.any(|word| section.contains(&word))
}

#[tokio::main]
async fn main() {
    let chosen @ [
        speedups,
        requests,
        kernels,
        efficiency,
        gil,
        handoff,
        sharing,
        presets,
        advice,
        map,
        cost,
        twice,
        seconds,
        beside,
        charts,
        peers,
        faults,
        left_behind,
        visit,
        sizes,
    ] = SECTIONS.map(is_chosen);
    assert!(chosen.contains(&true), "no section is called so: there are {SECTIONS:?}");
    let mut busy = native::is_busy();
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    if speedups {
        let (params, report) = mandelbrot(&page).await;
        busy |= native::is_busy();
        self::speedups(&params, &report, busy);
        freezes(&report, busy);
    }
    if requests {
        self::requests(&page, busy).await;
    }
    if kernels {
        busy |= native::is_busy();
        kernels::kernels(&page, busy).await;
    }
    if efficiency {
        busy |= native::is_busy();
        kernels::efficiencies(&page, busy).await;
    }
    if sharing {
        // First, while no other array is left to be collected.
        sharing::peak(&page).await;
        sharing::beside_computing(&page, busy).await;
        sharing::ways(&page).await;
    }
    if presets {
        busy |= native::is_busy();
        presets::promises(&page, busy).await;
    }
    if advice {
        busy |= native::is_busy();
        advice::advice(&page, busy).await;
    }
    if map {
        busy |= native::is_busy();
        map::maps(&page, &site, busy).await;
    }
    if gil {
        busy |= native::is_busy();
        self::gil::gil(&page, busy).await;
    }
    if cost {
        trust::cost_of_measuring(&page, busy).await;
    }
    if twice {
        trust::same_twice(&page, busy).await;
    }
    if seconds {
        busy |= native::is_busy();
        seconds::seconds(&page, busy).await;
    }
    if beside {
        busy |= native::is_busy();
        seconds::beside_another(&page, busy).await;
    }
    if charts {
        charts::timeline(&page, busy).await;
        charts::refusals(&page, busy).await;
    }
    drop(page);
    if handoff {
        busy |= native::is_busy();
        handoff::handoff(busy).await;
    }
    if peers {
        peers::beside_libraries(busy).await;
    }
    if faults {
        faults::matrix(busy).await;
    }
    if left_behind {
        faults::switching_and_cancelling(busy).await;
    }
    if visit {
        first_visit(busy).await;
    }
    if sizes {
        self::sizes().await;
    }
}

/// Half a second of arithmetic on two workers.
async fn mandelbrot(page: &Page) -> (Value, Report) {
    let params = page.mandelbrot_of(500.0).await;
    let experiment = json!({
        "workload": "mandelbrot", "params": params, "repeats": 15, "warmup": 2,
        "executors": [{ "id": "main-thread" }, { "id": "event-loop" },
                      { "id": "threads", "workers": 2 }, { "id": "processes", "workers": 2 }],
    });
    let report = page.report(&experiment).await;
    (params, report)
}

fn speedups(params: &Value, report: &Report, busy: bool) {
    let main = report.median_ms(0);
    table::section(&format!(
        "Mandelbrot, 900 by 600, {} iterations: the main thread took {main:.0} ms, median of 15",
        params["maxIter"]
    ));
    for id in ["threads", "processes"] {
        let speedup = &report.result(id)["speedup"];
        let [low, high] = [0, 1].map(|i| speedup["ci95"][i].as_f64().unwrap_or_default());
        let ratio = speedup["ratio"].as_f64().unwrap_or_default();
        let shown = format!("{ratio:.2} [{low:.2}, {high:.2}]");
        let name = format!("{id}, 2 workers, over the main thread");
        table::figure(&name, &shown, ratio, Bar::AtLeast(1.8), busy);
    }
    let event_loop = report.median_ms(1) / main;
    table::plain("event loop, in times of the main thread", &format!("{event_loop:.2}"));
}

fn freezes(report: &Report, busy: bool) {
    table::section("The longest freeze of the page in that run, of 15 samples each, in ms");
    let event_loop = report.result("event-loop");
    for (id, name, bar) in [
        // The W3C's threshold for a long task.
        ("threads", "threads", Some(Bar::Below(50.0))),
        ("processes", "processes", Some(Bar::Below(50.0))),
        (
            "event-loop",
            "event loop, beside its longest task",
            Some(Bar::AtMost(longest_task_ms(event_loop))),
        ),
        ("main-thread", "main thread, for which freezing is the lesson", None),
    ] {
        let freeze = longest_freeze_ms(report.result(id));
        let shown = format!("{freeze:.1}");
        match bar {
            Some(bar) => table::figure(name, &shown, freeze, bar, busy),
            None => table::plain(name, &shown),
        }
    }
}

/// Twelve requests of mixed latency, against the slowest of them and their sum.
async fn requests(page: &Page, busy: bool) {
    let params = json!({ "kind": "network", "count": 12, "latencyMs": 100, "varianceMs": 300 });
    let delays = reference::delays_ms(&params);
    let slowest = delays.iter().copied().fold(0.0, f64::max);
    let sum: f64 = delays.iter().sum();
    table::section(&format!(
        "Twelve requests of 100 to 400 ms: the slowest takes {slowest:.0} ms, their sum is {sum:.0}"
    ));
    let run = async |executors: Value, repeats: u32| -> Report {
        page.report(&json!({ "workload": "requests", "params": params, "repeats": repeats,
                             "executors": executors }))
            .await
    };
    let pools = [
        json!({ "id": "event-loop" }),
        json!({ "id": "threads", "workers": 12 }),
        json!({ "id": "processes", "workers": 12 }),
    ];
    let report = run(pools.into_iter().collect(), 7).await;
    for (i, (name, bar)) in [
        ("event loop, over the slowest request", Some(1.05)),
        ("threads, 12 workers, over the slowest request", Some(1.15)),
        ("processes, 12 workers, over the slowest request", None),
    ]
    .into_iter()
    .enumerate()
    {
        let took = report.median_ms(i);
        let shown = format!("{:.3} ({took:.0} ms)", took / slowest);
        match bar {
            Some(bar) => table::figure(name, &shown, took / slowest, Bar::AtMost(bar), busy),
            None => table::plain(name, &shown),
        }
    }
    let took = run(json!([{ "id": "main-thread" }]), 1).await.median_ms(0);
    let shown = format!("{:.3} ({took:.0} ms)", took / sum);
    table::plain("main thread, over the sum of all", &shown);
}

/// From setting out to a Run button that works, with nothing in any cache.
async fn first_visit(busy: bool) {
    table::section(&format!(
        "A first visit until Run can be pressed, median of {FIRST_VISITS} fresh profiles, in ms"
    ));
    for (name, isolated) in [
        ("a host that isolates the page", true),
        ("a host without headers, with its reload", false),
    ] {
        let mut took = Vec::new();
        for _ in 0..FIRST_VISITS {
            let site = if isolated { Host::isolated().start() } else { Host::plain().start() };
            let page = Page::start().await;
            page.open(&site.url("")).await;
            page.isolates_itself().await;
            took.push(page.ready_after_ms().await);
        }
        let (median, spread) = table::spread(took);
        table::figure(name, &spread, median, Bar::Below(1000.0), busy);
    }
}

/// What a reader downloads, as a host that compresses sends it.
async fn sizes() {
    table::section(
        "Downloaded, in KB of 1000 bytes: after Brotli (quality 11); after gzip (level 9)",
    );
    let kilobytes = |bytes: usize| bytes as f64 / 1000.0;
    let shown = |size: Size| format!("{:.1}; {:.1}", kilobytes(size.brotli), kilobytes(size.gzip));
    let mut small = Vec::new();
    for path in download::all_files() {
        let size = Size::of(&path);
        match size.brotli > LARGE {
            true => table::plain(&path, &shown(size)),
            false => small.push(size),
        }
    }
    let number = small.len();
    table::plain(&format!("{number} smaller files"), &shown(small.into_iter().sum()));
    let all: Size = download::all_files().iter().map(|path| Size::of(path)).sum();
    table::plain("everything", &shown(all));
    let site = Host::isolated().start();
    let files = download::first_visit(&Page::open(&site).await).await;
    let first: Size = files.iter().map(|path| Size::of(path)).sum();
    let bar = Bar::Below(kilobytes(MOST_AT_FIRST));
    table::figure("a first visit", &shown(first), kilobytes(first.brotli), bar, false);
}
