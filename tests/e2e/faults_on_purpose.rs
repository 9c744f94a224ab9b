//! Tasks that fail on purpose: every fault, under every model that can have it, in the first, a middle and the
//! last task, with siblings and alone. What fails is named, results of the others are kept where the
//! model can keep them, the next run works, and nothing is left behind.

use crate::support::Page;
use crate::support::fault_matrix::{Case, FAULTS, experiment};
use crate::support::server::Host;
use serde_json::json;
use std::time::{Duration, Instant};

/// How long a task may run, in ms.
const TIMEOUT_MS: u64 = 1_500;

#[tokio::test]
async fn panics_and_traps_are_named_and_cost_one_task_of_a_pool_of_processes() {
    each_place(&FAULTS[..3]).await;
}

#[tokio::test]
async fn hanging_closing_and_running_out_of_memory_are_noticed_and_cost_one_task() {
    each_place(&FAULTS[3..]).await;
}

async fn each_place(faults: &[(&'static str, &'static str)]) {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for case in Case::of(faults, TIMEOUT_MS) {
        let began = Instant::now();
        let report = page.run(&case.experiment()).await.expect("it reports");
        println!("{case:?}: {:?}", began.elapsed());
        case.check(&report).unwrap_or_else(|flaw| panic!("{flaw}"));
        let (took_ms, limit_ms) = (Case::took_ms(&report), TIMEOUT_MS as f64);
        assert!(case.fault != "hang" || took_ms >= limit_ms, "it was ended after {took_ms} ms");
        // Several times what is promised: a machine that runs tests is a busy one.
        assert!(took_ms < 3.0 * limit_ms, "{case:?} took {took_ms} ms");
        // The next run works.
        let report = page.report(&experiment(json!({ "computeUnits": 20 }))).await;
        assert_eq!(report.0["agreement"], true, "after {case:?}");
    }
    page.workers_are_at_most(0, Duration::from_secs(10)).await;
}

/// Tasks that are sent together fail together, and the one that fails on purpose is named.
#[tokio::test]
async fn the_task_that_fails_is_named_where_several_are_sent_together() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for (fault, name, timeout_ms) in [("panic", "TaskFailed", 1_500), ("hang", "TimedOut", 200)] {
        let experiment = json!({
            "workload": "faults", "repeats": 1, "warmup": 0,
            "params": { "fault": fault, "tasks": 8, "at": 3, "computeUnits": 20, "timeoutMs": timeout_ms },
            "executors": [{ "id": "processes", "workers": 2, "chunkSize": 4 }],
        });
        let report = page.run(&experiment).await.expect("it reports");
        let error = &report.result("processes")["error"];
        assert_eq!(
            (&error["name"], &error["figures"]["task"]),
            (&json!(name), &json!(3)),
            "{error}"
        );
        assert_eq!(error["figures"]["survived"], 4, "{error}");
        // The limit is each task's, and four go together.
        let took_ms = Case::took_ms(&report);
        assert!(fault != "hang" || took_ms >= 4.0 * 200.0, "it was ended after {took_ms} ms");
    }
}

/// The fault happens once, so the second try has a result.
#[tokio::test]
async fn a_task_that_may_be_repeated_is_run_again_where_its_worker_was_lost() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    for fault in ["panic", "close", "out-of-memory"] {
        let params = json!({
            "fault": fault, "repeatable": "yes", "computeUnits": 20, "seed": 1, "timeoutMs": 20_000,
        });
        let report = page.run(&experiment(params)).await.expect("it reports");
        let result = report.result("processes");
        assert_eq!(
            result["answer"]["digest"],
            "52b76469063fefb2111b5b4f87106f20e1388cb3664ad608df14fea23abeb47f",
            "{fault}: {result}"
        );
    }
}

#[tokio::test]
async fn the_card_says_what_each_model_kept_and_what_cpython_would() {
    let site = Host::isolated().start();
    let link = "#/lab?workload=faults&fault=trap&repeats=1&warmup=1&models=main-thread,threads:2,processes:2";
    let page = Page::open_at(&site, link).await;
    page.run_by_hand().await;
    let kept = |model: &str| format!("#faults-table [data-model='{model}'] td");
    assert_eq!(page.text(&kept("processes")).await, "7 of 8");
    assert_eq!(page.text(&kept("threads")).await, "0 of 8");
    assert_eq!(page.text(&kept("main-thread")).await, "0 of 8");
    let table = page.text("#faults-table").await;
    assert!(table.contains("BrokenProcessPool"), "{table}");
}

/// As where its heap is full: nothing is heard of it any more. Without its lock, that would take minutes to notice.
#[tokio::test]
async fn a_worker_that_ends_without_a_word_in_ordinary_work_is_noticed() {
    let site = Host::isolated().start();
    let page = Page::open(&site).await;
    let body = "
        const Real = window.Worker;
        const started = [];
        window.Worker = class extends Real {
            constructor(...given) { super(...given); started.push(this); }
        };
        try {
            const experiment = { workload: 'primes', params: { start: 1e9, count: 2_000_000 },
                                 repeats: 20, warmup: 0, executors: [{ id: args[0], workers: 2 }] };
            const running = playground.run(experiment);
            while (started.length < 2) await new Promise((turn) => setTimeout(turn, 10));
            await new Promise((turn) => setTimeout(turn, 2_500));
            const ended = performance.now();
            Real.prototype.terminate.call(started.at(-1));
            const name = await running.then(() => 'nothing', (error) => error.name);
            return { name, tookMs: performance.now() - ended };
        } finally {
            window.Worker = Real;
        }";
    for model in ["processes", "threads"] {
        let came = page.js(body, &[json!(model)]).await;
        println!("{model}: {came}");
        assert_eq!(came["name"], "WorkerLost", "{model}: {came}");
        assert!(came["tookMs"].as_f64().is_some_and(|ms| ms < 5_000.0), "{model}: {came}");
    }
    page.workers_are_at_most(0, Duration::from_secs(10)).await;
}
