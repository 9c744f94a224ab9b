//! The same answer from every model, and the right one.

use crate::support::server::Host;
use crate::support::{Page, reference};
use concurrency_playground::workloads::{WorkloadId, splitmix};
use serde_json::{Value, json};
use std::ops::Range;

/// A model in pools of 1, 2, 3 and 5, with these options.
fn pools(id: &str, options: &Value) -> [Value; 4] {
    [1, 2, 3, 5].map(|workers| {
        let mut pool = options.clone();
        pool["id"] = json!(id);
        pool["workers"] = json!(workers);
        pool
    })
}

/// Every model, and every way in which processes come by their data; in two experiments, as
/// there are more than fit into one.
fn every_model() -> [Vec<Value>; 2] {
    let page = ["main-thread", "event-loop"].map(|id| json!({ "id": id }));
    let as_they_are = [
        ("threads", json!({})),
        // Handed over as often as can be.
        ("threads-gil", json!({ "switchIntervalMs": 0.1 })),
        ("processes", json!({})),
    ];
    let as_they_are = as_they_are.iter().flat_map(|(id, options)| pools(id, options));
    let released = json!({ "id": "threads-gil", "workers": 3, "releaseInNative": true });
    let ways = [
        json!({ "dataMode": "transfer" }),
        json!({ "dataMode": "shared" }),
        json!({ "staticData": "initializer" }),
        json!({ "dataMode": "shared", "staticData": "initializer", "chunkSize": 3 }),
    ];
    let ways = ways.iter().flat_map(|way| pools("processes", way));
    [page.into_iter().chain(as_they_are).chain([released]).collect(), ways.collect()]
}

/// Every page model, and a few pools of all, another choice with each `seed`.
fn some_models(seed: u64) -> Vec<Value> {
    const POOLS: u64 = 5;
    let all = every_model().concat();
    let (page, pools) = all.split_at(2);
    let drawn = |i: u64| pools[(splitmix::r(seed, i) % pools.len() as u64) as usize].clone();
    page.iter().cloned().chain((0..POOLS).map(drawn)).collect()
}

/// Runs a workload under these models and holds each answer to `digest`.
async fn holds(page: &Page, models: &[Vec<Value>], workload: &str, params: &Value, digest: &str) {
    for executors in models {
        let report = page
            .report(&json!({
                "workload": workload, "params": params, "executors": executors,
                "repeats": 1, "warmup": 0,
            }))
            .await;
        assert_eq!(report.results().len(), executors.len());
        for result in report.results() {
            let answer = &result["answer"];
            assert_eq!(
                answer["digest"], digest,
                "{workload} {params} by {}: {}",
                result["executor"], result["error"]
            );
        }
        assert_eq!(report.0["agreement"], true, "{workload} {params}");
    }
}

/// A workload, its parameters, and the digest of its answer by `tests/reference.py`.
type Case = (&'static str, Value, &'static str);

fn cases() -> Vec<Case> {
    vec![
        (
            "primes",
            json!({ "start": 10_000_000, "count": 1000 }),
            "dfa9ee825c9a36b69de42200293c7b0be42cd38173ea2d8b1dd7dcd789a61cef",
        ),
        (
            "primes",
            json!({ "numbers": [10_000_019, 10_000_079, 10_000_103, 10_000_129] }),
            "f896c3a5f9841b6e1f0a22bd35a6a1bc5efb28aaa23b66301ec8098ce57cf99a",
        ),
        (
            "primes",
            json!({ "numbers": [999_999_999_989_u64, 4_294_967_291_u64, 4_294_967_297_u64] }),
            "9f44ac6acb8a37b00b615dc89259d306035be82dee7db2b472e4c48326195440",
        ),
        (
            "mandelbrot",
            json!({ "width": 130, "height": 70, "maxIter": 200,
                    "centerX": -0.743, "centerY": 0.1318, "span": 0.01 }),
            "8ef6c2d5eced8fdb3f65b50121d35eb33c20c2e759a32759baa558cb792f945b",
        ),
        (
            "matmul",
            json!({ "n": 150, "seed": 1 }),
            "206954fba59f8f96280c5b3c68003110f56fc070aa2ac70058b2b3a75b50335b",
        ),
        (
            "monte-carlo-pi",
            json!({ "samples": 2_100_000, "seed": 1 }),
            "9f3b968edac4bf80b3b87080dfdb95718e68912cd910f7cc0b573e40ec5a3e54",
        ),
        (
            "sha256",
            json!({ "chains": 9, "rounds": 7000, "seed": 1 }),
            "aa7556fbbdacb7879ef44460e74b089643c5d8fcde75e8b5abac470c4b1bac7f",
        ),
        (
            "array-sum",
            json!({ "n": 300_000, "seed": 1 }),
            "c5c72e16a2e037006349bc357d9776663db182104e806988ddb05cd3eff33392",
        ),
        (
            "array-sum",
            json!({ "n": 1, "seed": 1 }),
            "a52c4438b8603f74dc3892a7d56bb2d8e37c20e331ec65d68fef5869294c7f86",
        ),
        (
            "sort",
            json!({ "n": 200_000, "seed": 3 }),
            "3f54c4473906f07c8f27cd31db6f0e983f952f432f45ea45e3a5d361ea0e255e",
        ),
        (
            "blur",
            json!({ "width": 33, "height": 150, "radius": 20, "passes": 3, "seed": 5 }),
            "651bae38acdadfcd050a4502492f71f8dfaf4ba1fbfab9701017e82c8a009484",
        ),
        (
            "word-count",
            json!({ "words": 40_000, "seed": 9 }),
            "1d13251bc626d8a8f6b57c30e2a4f141499e312abe90f2c2a88608c06813fca0",
        ),
        (
            "word-count",
            json!({ "text": "Straße, STRASSE; der Ärger — ärger! 2 mal 2.ΟΔΟΣ" }),
            "ba3eac2dd80fb5eb3a099bac38d3c21c5f1af190cee8d02a19fb854e8e54c655",
        ),
        (
            "requests",
            json!({ "kind": "network", "count": 12, "latencyMs": 5, "varianceMs": 20, "seed": 1 }),
            "f9b38206df1ae2dd7569bb57e1347f3723aea2cf07410e2175e29acfc306a4bd",
        ),
        (
            "requests",
            json!({ "kind": "timer", "count": 12, "latencyMs": 5, "varianceMs": 20, "seed": 1 }),
            "f9b38206df1ae2dd7569bb57e1347f3723aea2cf07410e2175e29acfc306a4bd",
        ),
        (
            "requests",
            json!({ "kind": "network", "delaysMs": [20, 0, 10], "bytes": 5, "seed": 9 }),
            "350eaf4637cc7c21162d563cc5e75100d4e060979392edd7a1dd58b85a4811dc",
        ),
        (
            "requests",
            json!({ "kind": "disk", "count": 12, "seed": 1 }),
            "f9b38206df1ae2dd7569bb57e1347f3723aea2cf07410e2175e29acfc306a4bd",
        ),
        (
            "requests",
            json!({ "kind": "database", "count": 12, "seed": 1 }),
            "f9b38206df1ae2dd7569bb57e1347f3723aea2cf07410e2175e29acfc306a4bd",
        ),
        (
            "pipeline",
            json!({ "count": 12, "latencyMs": 5, "varianceMs": 5, "seed": 1, "rounds": 5 }),
            "89aa8fc4a7d61413128f0d314797dc5c9a0b686451edad8f2c03bb9b706ca3ba",
        ),
        (
            "pipeline",
            json!({ "kind": "disk", "count": 3, "bytes": 0, "seed": 9, "rounds": 1 }),
            "1a03c02fb531d7e1ce353b2f20711c79af2b66730d6de865fb130734973ccd2c",
        ),
        (
            "mixed-threads",
            json!({ "computeUnits": 20, "requests": 3, "seed": 1 }),
            "d843d99d046b7dd4cff52f09a9547db4ef00faff9d7979144c45982e1fc92d06",
        ),
        (
            "mixed-threads",
            json!({ "computeUnits": 50, "requests": 8, "seed": 7, "latencyMs": 1 }),
            "de40bf5d9002d0158e0dbc9483ca733b158d1e6168bbd8b8676978d36cd2caec",
        ),
        (
            "custom",
            json!({ "tasks": 10, "computeUnits": 20, "waitMs": 5, "payloadBytes": 100_000,
                    "resultBytes": 50_000, "seed": 1 }),
            "ee71265d86d8b1c2627ac4ac5e8b6e761ee611b75087dd837e3c95ff9a748b58",
        ),
        (
            "custom",
            json!({ "tasks": 7, "computeUnits": 30, "variance": 50, "seed": 9, "waitMs": 0 }),
            "d0a35af610363ea6e1592393334a549101f34eacd5cf202dddd4e4a067d56e9b",
        ),
        (
            "faults",
            json!({ "computeUnits": 20, "seed": 1 }),
            "52b76469063fefb2111b5b4f87106f20e1388cb3664ad608df14fea23abeb47f",
        ),
    ]
}

/// Runs those of the cases whose workloads are `of`, on every model in every way. In several
/// tests, so that they run side by side: what takes time is starting 2,000 workers.
async fn reference_answers(of: &[&str]) {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let models = every_model();
    for (workload, params, digest) in cases().iter().filter(|(id, ..)| of.contains(id)) {
        assert_eq!(reference::digest(workload, params), *digest, "{workload} {params}, natively");
        holds(&page, &models, workload, params, digest).await;
    }
}

const COMPUTE: [&str; 6] = ["primes", "mandelbrot", "matmul", "monte-carlo-pi", "sha256", "faults"];
const MOVE_MEMORY: [&str; 4] = ["array-sum", "sort", "blur", "word-count"];
const WAIT: [&str; 1] = ["requests"];
const COMPUTE_AND_WAIT: [&str; 3] = ["pipeline", "mixed-threads", "custom"];

#[test]
fn every_workload_has_a_reference_answer_that_some_test_asks_for() {
    let asked = [&COMPUTE[..], &MOVE_MEMORY, &WAIT, &COMPUTE_AND_WAIT].concat();
    for id in WorkloadId::ALL.iter().map(|id| id.id()) {
        assert_eq!(asked.iter().filter(|one| **one == id).count(), 1, "{id}");
        assert!(cases().iter().any(|(of, ..)| *of == id), "{id}");
    }
}

#[tokio::test]
async fn workloads_that_compute_give_the_reference_answer_on_every_executor() {
    reference_answers(&COMPUTE).await;
}

#[tokio::test]
async fn workloads_that_move_memory_give_the_reference_answer_on_every_executor() {
    reference_answers(&MOVE_MEMORY).await;
}

#[tokio::test]
async fn workloads_that_wait_give_the_reference_answer_on_every_executor() {
    reference_answers(&WAIT).await;
}

#[tokio::test]
async fn workloads_that_compute_and_wait_give_the_reference_answer_on_every_executor() {
    reference_answers(&COMPUTE_AND_WAIT).await;
}

#[tokio::test]
async fn random_parameters_agree_between_executors_and_with_the_library() {
    random_parameters_agree(0..2).await;
}

#[tokio::test]
async fn other_random_parameters_agree_between_executors_and_with_the_library() {
    random_parameters_agree(2..4).await;
}

async fn random_parameters_agree(seeds: Range<u64>) {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for seed in seeds {
        // Seeded, so that what fails once fails again.
        let mut drawn = 0;
        let mut below = |bound: u64| {
            drawn += 1;
            splitmix::r(seed, drawn) % bound
        };
        let kind = if below(2) == 0 { "network" } else { "timer" };
        let stored = if below(2) == 0 { "disk" } else { "database" };
        let cases = [
            ("primes", json!({ "start": below(1 << 30), "count": 1 + below(3_000) })),
            (
                "mandelbrot",
                json!({ "width": 1 + below(300), "height": 1 + below(300), "maxIter": 1 + below(300),
                        "centerX": below(1_000) as f64 / 500.0 - 1.5, "centerY": below(1_000) as f64 / 500.0 - 1.0,
                        "span": (1 + below(1_000)) as f64 / 250.0 }),
            ),
            ("matmul", json!({ "n": 1 + below(200), "seed": below(1 << 53) })),
            ("monte-carlo-pi", json!({ "samples": 1 + below(5_000_000), "seed": below(1 << 53) })),
            (
                "sha256",
                json!({ "chains": 1 + below(200), "rounds": 1 + below(500), "seed": below(1 << 53) }),
            ),
            ("array-sum", json!({ "n": 1 + below(1 << 20), "seed": below(1 << 53) })),
            ("sort", json!({ "n": 1 + below(1 << 19), "seed": below(1 << 53) })),
            (
                "blur",
                json!({ "width": 1 + below(200), "height": 1 + below(400), "radius": 1 + below(30),
                        "passes": 1 + below(4), "seed": below(1 << 53) }),
            ),
            ("word-count", json!({ "words": 1 + below(100_000), "seed": below(1 << 53) })),
            (
                "requests",
                json!({ "kind": kind, "count": 1 + below(20), "latencyMs": below(10),
                        "varianceMs": below(10), "bytes": below(3_000), "seed": below(1 << 40) }),
            ),
            (
                "pipeline",
                json!({ "kind": stored, "count": 1 + below(20), "bytes": below(3_000),
                        "rounds": 1 + below(50), "seed": below(1 << 40) }),
            ),
            (
                "custom",
                json!({ "tasks": 1 + below(40), "computeUnits": below(50), "waitMs": below(3),
                        "payloadBytes": below(5_000), "resultBytes": 8 + below(5_000),
                        "variance": below(101), "seed": below(1 << 53) }),
            ),
        ];
        for (at, (workload, params)) in cases.into_iter().enumerate() {
            let models = [some_models(100 * seed + at as u64)];
            let digest = reference::digest(workload, &params);
            holds(&page, &models, workload, &params, &digest).await;
        }
    }
}

#[tokio::test]
async fn options_of_a_model_do_not_change_the_answer() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let mut executors = vec![json!({ "id": "threads", "workers": 2, "chunkSize": 7 })];
    for start_method in ["spawn", "forkserver"] {
        for data_mode in ["copy", "transfer", "shared"] {
            executors.push(json!({ "id": "processes", "workers": 2, "chunkSize": 3,
                                   "startMethod": start_method, "dataMode": data_mode }));
        }
    }
    for (workload, params) in [
        ("array-sum", json!({ "n": 3_000_000 })),
        ("mandelbrot", json!({ "width": 300, "height": 200, "maxIter": 100 })),
    ] {
        let experiment = json!({ "workload": workload, "params": params, "executors": executors,
                                 "repeats": 2, "warmup": 0 });
        let report = page.report(&experiment).await;
        let digest = reference::digest(workload, &params);
        for result in report.results() {
            assert_eq!(result["answer"]["digest"], *digest, "{}", result["executor"]);
        }
    }
}

/// Older browsers cannot await a word of shared memory: there a pool of threads says by a message that
/// a job is done.
#[tokio::test]
async fn threads_answer_where_memory_cannot_be_awaited() {
    let site = Host::isolated().start();
    let page = Page::start().await;
    let source = json!({ "source": "delete Atomics.waitAsync;" });
    page.devtools("Page.addScriptToEvaluateOnNewDocument", source).await;
    page.visit(&site.url("#/lab")).await;
    assert_eq!(page.js("return 'waitAsync' in Atomics", &[]).await, false);
    let experiment = json!({
        "workload": "primes", "params": { "count": 1000 }, "repeats": 3,
        "executors": [{ "id": "main-thread" }, { "id": "threads", "workers": 2 },
                      { "id": "threads-gil", "workers": 2 }],
    });
    let report = page.report(&experiment).await;
    assert_eq!(report.0["agreement"], true);
}
