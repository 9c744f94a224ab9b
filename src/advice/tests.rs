//! The advice as a whole: the article's recommendations for its own examples, every path of the
//! tree, and what must hold whatever the work is.

use super::evidence::{Evidence, Source};
use super::formulas::{Term, messages, terms};
use super::lens::Lens;
use super::recommendation::{AS_FAST, Advice, advise};
use super::{Costs, EvidencePath, Prediction, answering, home, own_work, sizing};
use crate::decision::{Model, TREE};
use crate::models::{Executor, ExecutorKind};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::BTreeSet;

const CORES: u32 = 4;

fn evidence(given: Value) -> Evidence {
    own_work::read(given.as_object().expect("an object"), CORES).expect("valid")
}

fn advice(lens: Lens, given: Value) -> Advice {
    advise(lens, evidence(given), None).expect("it can be advised")
}

fn path(advice: &Advice) -> String {
    let answers: Vec<_> = advice.path.iter().map(|step| step.answer.id).collect();
    answers.join(".")
}

/// Work for each path that the tree has, by Python's lens.
fn examples() -> [(&'static str, &'static str, Value); 8] {
    [
        // Twenty APIs that answer within a second each: the article's first paragraph.
        ("io.hundreds", "thread-pool", json!({ "tasks": 20, "waitMs": 1000, "computeMs": 1 })),
        // Thousands of connections, its reason for asyncio.
        ("io.thousands", "event-loop", json!({ "tasks": 5000, "waitMs": 500, "computeMs": 0.05 })),
        // Testing large numbers for primality in pure Python.
        (
            "cpu.one.bytecode.light",
            "process-pool",
            json!({ "tasks": 400, "computeMs": 40, "bytesIn": 60 }),
        ),
        (
            "cpu.one.bytecode.heavy",
            "shared-memory",
            json!({ "tasks": 64, "computeMs": 20, "bytesIn": 2e7 }),
        ),
        ("cpu.one.native", "threads", json!({ "tasks": 64, "computeMs": 50, "holdsGil": false })),
        // Terabytes: weeks on one machine.
        (
            "cpu.machines",
            "cluster",
            json!({ "tasks": 1_000_000, "computeMs": 2000, "targetMs": 3_600_000 }),
        ),
        // A hundred documents to fetch with twenty threads, then to be analysed.
        ("mixed", "hybrid", json!({ "tasks": 100, "waitMs": 200, "computeMs": 150 })),
        ("little", "one-thread", json!({ "tasks": 10, "computeMs": 0.1 })),
    ]
}

#[test]
fn every_path_of_the_tree_is_walked_by_evidence() {
    let mut reached = BTreeSet::new();
    for (wanted, leaf, given) in examples() {
        let advice = advice(Lens::Python, given);
        assert_eq!((path(&advice).as_str(), advice.leaf.id), (wanted, leaf));
        assert!(advice.path.iter().all(|step| step.because.ends_with('.')), "{wanted}");
        reached.insert(advice.leaf.id);
    }
    let leaves: BTreeSet<_> = Lens::Python.leaves().iter().map(|leaf| leaf.id).collect();
    assert_eq!(reached, leaves);
}

#[test]
fn every_leaf_is_reached_in_every_lens_that_has_it() {
    for lens in Lens::ALL {
        let reached: BTreeSet<_> =
            examples().into_iter().map(|(.., given)| advice(lens, given).leaf.id).collect();
        let leaves: BTreeSet<_> = lens.leaves().iter().map(|leaf| leaf.id).collect();
        assert_eq!(reached, leaves, "{}", lens.id());
    }
}

/// The five recommendations of its third step: a thread pool, asyncio, a process pool, a framework
/// for several machines, and both for a mixed load.
#[test]
fn article_recommendations_come_out_for_its_examples() {
    for (path, leaf, given) in examples() {
        let advice = advice(Lens::Python, given);
        let expected = match leaf {
            "thread-pool" | "threads" => ExecutorKind::ThreadsGil,
            "event-loop" => ExecutorKind::EventLoop,
            "hybrid" => ExecutorKind::Hybrid,
            "one-thread" => ExecutorKind::MainThread,
            _ => ExecutorKind::Processes,
        };
        assert_eq!(advice.recommended.kind(), expected, "{path}: {:?}", advice.caveats);
        let is_cluster = advice.leaf.model == Model::Machines;
        let says_so = advice.caveats.iter().any(|caveat| caveat.code() == "SeveralMachines");
        assert_eq!(is_cluster, says_so);
    }
}

/// Profile first and find the bottleneck (steps 1 and 2): the evidence and the first answer say
/// which it is. Measure and iterate (4 and 5): another figure, another answer.
#[test]
fn another_figure_gives_another_answer() {
    let first = |wait_ms: f64| {
        let given = json!({ "tasks": 50, "computeMs": 10, "waitMs": wait_ms });
        let advice = advice(Lens::Python, given);
        (advice.path[0].answer.id, advice.path[0].is_close())
    };
    assert_eq!(first(0.0), ("cpu", false));
    assert_eq!(first(1.0), ("cpu", true));
    assert_eq!(first(1.3), ("mixed", true));
    assert_eq!(first(10.0), ("mixed", false));
    assert_eq!(first(85.0), ("mixed", true));
    assert_eq!(first(1_000.0), ("io", false));
}

#[test]
fn reasons_have_the_figure_and_its_bound() {
    let advice = advice(Lens::Python, json!({ "tasks": 20, "waitMs": 1000, "computeMs": 1 }));
    let reasons: Vec<_> = advice.path.iter().map(|step| step.because.as_str()).collect();
    assert_eq!(
        reasons,
        [
            "A task waits for 1.00 s and computes for 1.00 ms, so 100% of its time is waiting; from \
             90% on, waiting is all that counts.",
            "All 20 waits can be open at once; from 1,000 on, a thread for each costs too much \
             memory."
        ]
    );
}

#[test]
fn figures_for_the_drawn_tree_are_short() {
    let figures = |lens, given: Value| -> Vec<String> {
        advice(lens, given).path.into_iter().map(|step| step.figure).collect()
    };
    let python = |given| figures(Lens::Python, given);
    assert_eq!(
        python(json!({ "tasks": 2000, "waitMs": 49, "computeMs": 1 })),
        ["98% waiting", "2,000 at once"]
    );
    let light = python(json!({ "tasks": 400, "computeMs": 40, "bytesIn": 60 }));
    assert_eq!(light[..3], ["100% computing", "4.00 s on 4 cores", "as you say"]);
    assert!(light[3].ends_with("% of computing"), "{light:?}");
    assert_eq!(python(json!({ "tasks": 10, "computeMs": 0.1 })), ["1.00 ms in all"]);
    let rust = figures(Lens::Rust, json!({ "tasks": 400, "computeMs": 40 }));
    assert_eq!(rust[2], "Rust");
    for (path, _, given) in examples() {
        for figure in python(given) {
            assert!(figure.len() <= 24 && !figure.ends_with('.'), "{path}: {figure}");
        }
    }
}

#[test]
fn evidence_leads_to_the_path_that_its_figures_stand_on() {
    let advice = advice(Lens::Python, json!({ "tasks": 20, "waitMs": 1000, "computeMs": 1 }));
    let path = EvidencePath::of(&advice, "#/decide/own-work".to_owned());
    assert_eq!(
        (path.text().as_str(), path.href().as_str()),
        ("io.hundreds", "#/decide?path=io.hundreds")
    );
    let figures: Vec<_> = path.figures().into_iter().map(|it| (it.path, it.text)).collect();
    let figure = |path: &str, text: &str| (path.to_owned(), text.to_owned());
    assert_eq!(figures, [figure("io", "100% waiting"), figure("io.hundreds", "20 at once")]);
}

#[test]
fn threads_of_the_lens_are_advised() {
    let work = || json!({ "tasks": 64, "computeMs": 50 });
    let kind = |lens| advice(lens, work()).recommended.kind();
    assert_eq!(kind(Lens::Python), ExecutorKind::Processes);
    assert_eq!(kind(Lens::FreeThreaded), ExecutorKind::Threads);
    assert_eq!(kind(Lens::Rust), ExecutorKind::Threads);
    assert_eq!(advice(Lens::Rust, work()).recommended.workers(), CORES);
}

#[test]
fn pool_options_suit_the_work() {
    let short = advice(Lens::Python, json!({ "tasks": 100_000, "computeMs": 0.5 }));
    // Twenty times the cost of a message is about 2 ms.
    assert_eq!(
        (short.recommended.kind(), short.recommended.chunk_size()),
        (ExecutorKind::Processes, 5)
    );
    let long = advice(Lens::Python, json!({ "tasks": 100, "computeMs": 500 }));
    assert_eq!(long.recommended.chunk_size(), 1);
    let heavy = advice(Lens::Python, json!({ "tasks": 64, "computeMs": 20, "bytesIn": 2e7 }));
    assert_eq!(heavy.recommended.options.data_mode.id(), "shared");
    let hybrid = advice(Lens::Python, json!({ "tasks": 100, "waitMs": 200, "computeMs": 150 }));
    assert_eq!((hybrid.recommended.workers(), hybrid.recommended.options.queue_max), (4, 8));
    let memory = json!({ "tasks": 64, "computeMs": 500, "memoryPerWorker": 6e9, "memory": 1.6e10 });
    let memory = advice(Lens::Python, memory);
    assert_eq!(memory.recommended.workers(), 2);
    assert!(memory.caveats.iter().any(|caveat| caveat.code() == "MemoryLimits"));
}

#[test]
fn no_more_processes_are_proposed_than_python_starts_everywhere() {
    let given = |cores| json!({ "tasks": 2_000, "computeMs": 1, "waitMs": 49, "cores": cores });
    let costs = home::costs(Lens::Python);
    let workers = |kind, cores| {
        let sized = sizing::sized(kind, &evidence(given(cores)), &costs).expect("it can run");
        sized.executor.workers()
    };
    assert_eq!(workers(ExecutorKind::Processes, 2), 61);
    assert_eq!(workers(ExecutorKind::Processes, 128), 128);
    assert!(workers(ExecutorKind::ThreadsGil, 2) > 61);
    assert_eq!(advice(Lens::Python, given(2)).recommended.kind(), ExecutorKind::EventLoop);
}

#[test]
fn python_is_advised_by_its_own_costs_and_says_so() {
    let work = evidence(json!({ "tasks": 200, "computeMs": 2 }));
    // A page on which a message costs more than the task.
    let mut slow = home::costs(Lens::Python);
    slow.counts_start = false;
    (slow.most_workers, slow.most_processes) = (32, 32);
    slow.processes.iter_mut().for_each(|pool| pool.message_ms.value = 100.0);
    let python = advise(Lens::Python, work.clone(), Some(slow.clone())).expect("advice");
    assert_eq!(python.recommended.kind(), ExecutorKind::Processes);
    let codes: Vec<_> = python.caveats.iter().map(super::Caveat::code).collect();
    for code in ["PythonCosts", "OtherFastestHere", "CompiledKernel", "StartNotCounted"] {
        assert!(codes.contains(&code), "{codes:?}");
    }
    assert!(python.at_home.is_some());
    let rust = advise(Lens::Rust, work, Some(slow)).expect("advice");
    assert!(rust.at_home.is_none());
    assert!(rust.caveats.iter().all(|caveat| caveat.code() != "PythonCosts"));
}

#[test]
fn advice_for_a_model_that_cannot_run_here_says_so() {
    let mut costs = home::costs(Lens::Python);
    costs.processes = None;
    let advice =
        advise(Lens::Python, evidence(json!({ "tasks": 200, "computeMs": 20 })), Some(costs));
    let advice = advice.expect("advice");
    assert_eq!(advice.recommended.kind(), ExecutorKind::Processes);
    assert!(advice.caveats.iter().any(|caveat| caveat.code() == "CannotRunHere"));
    let predicted = |kind| advice.predicted.iter().any(|one| one.kind() == kind);
    assert!(predicted(ExecutorKind::Threads) && !predicted(ExecutorKind::Processes));
}

#[test]
fn whatever_is_wrong_with_own_work_is_refused_by_name() {
    let refused = |given: Value| {
        let read = own_work::read(given.as_object().expect("an object"), CORES);
        read.expect_err("is wrong").message()
    };
    for (key, given) in [
        ("tasks", json!({ "computeMs": 1 })),
        ("tasks", json!({ "tasks": 0, "computeMs": 1 })),
        ("tasks", json!({ "tasks": 1.5, "computeMs": 1 })),
        ("computeMs", json!({ "tasks": 1 })),
        ("computeMs", json!({ "tasks": 1, "computeMs": -1 })),
        ("waitMs", json!({ "tasks": 1, "computeMs": 1, "waitMs": "long" })),
        ("bytesIn", json!({ "tasks": 1, "computeMs": 1, "bytesIn": 1e16 })),
        ("bytesOut", json!({ "tasks": 1, "computeMs": 1, "bytesOut": null })),
        ("cores", json!({ "tasks": 1, "computeMs": 1, "cores": 0 })),
        ("holdsGil", json!({ "tasks": 1, "computeMs": 1, "holdsGil": 1 })),
        ("memoryPerWorker", json!({ "tasks": 1, "computeMs": 1, "memoryPerWorker": -1 })),
        ("memory", json!({ "tasks": 1, "computeMs": 1, "memory": 0 })),
        ("targetMs", json!({ "tasks": 1, "computeMs": 1, "targetMs": 0 })),
        ("threads", json!({ "tasks": 1, "computeMs": 1, "threads": 4 })),
    ] {
        let message = refused(given);
        assert!(message.starts_with(&format!("{key}: ")), "{message}");
    }
}

#[test]
fn advice_is_plain_data_with_every_documented_field() {
    let json = advice(Lens::Python, json!({ "tasks": 64, "computeMs": 50 })).to_json();
    let keys: Vec<_> = json.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(
        keys,
        [
            "lens",
            "evidence",
            "path",
            "leaf",
            "predicted",
            "atHome",
            "recommended",
            "alternatives",
            "confidence",
            "caveats"
        ]
    );
    assert_eq!(json["recommended"]["id"], "processes");
    assert_eq!(json["path"][0]["question"], "work");
    let predicted = &json["predicted"][0];
    let [low, high] = [0, 1].map(|at| predicted["interval90Ms"][at].as_f64().expect("a number"));
    assert!(low < predicted["medianMs"].as_f64().expect("a number") && low < high);
    assert!(predicted["terms"]["compute"].is_f64());
}

mod one_core;
mod properties;

/// Seven items on two workers: one of them computes four.
#[test]
fn the_second_stage_of_a_pipeline_takes_whole_rounds() {
    let evidence = evidence(json!({ "tasks": 7, "waitMs": 1, "computeMs": 20, "cores": 2 }));
    let here = home::costs(Lens::Python);
    let hybrid =
        terms(&Executor::new(ExecutorKind::Hybrid, 2), &evidence, &here).expect("it has stages");
    assert!((hybrid.ms(Term::Compute) - 80.0).abs() < 1e-9, "{hybrid:?}");
}

#[test]
fn a_pipeline_waits_for_its_longest_wait_and_for_a_round_trip_with_each_item() {
    let costs = Costs { counts_start: false, ..home::costs(Lens::Python) };
    let mut evidence = evidence(json!({ "tasks": 20, "waitMs": 30, "computeMs": 0.01 }));
    let mut executor = Executor::new(ExecutorKind::Hybrid, 2);
    executor.options.io_workers = 32;
    let even = terms(&executor, &evidence, &costs).expect("can run");
    evidence.work.wait_ms.sd = 3.0;
    let uneven = terms(&executor, &evidence, &costs).expect("can run");
    assert_eq!(even.ms(Term::Wait), 30.0);
    assert!(uneven.ms(Term::Wait) > 34.0, "{uneven:?}");
    let mut slow = costs.clone();
    slow.processes.as_mut().expect("has processes").job_ms = super::Uncertain::exact(10.0);
    let slow = terms(&executor, &evidence, &slow).expect("can run");
    // Ten items for each of two workers, and the beginning of it all.
    assert!(slow.ms(Term::HandOver) > 110.0, "{slow:?}");
}
