//! The programs that the page offers, run: each prints the digest of the answer that is computed
//! here. Every workload, model and flavour, with three random sets of parameters and options each.
//!
//! `PROGRAMS_SEED` repeats a run whose failure printed it.

mod cases;
mod python;
mod rust;

use cases::{Case, cases};
use concurrency_playground::highlight::Language;
use concurrency_playground::models::{Executor, ExecutorKind};
use concurrency_playground::programs::{Flavour, NoProgram, Program};
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::{Value, json};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// Calls `check` with every case on all cores, and gives what it finds wrong.
fn on_all_cores(cases: &[Case], check: impl Fn(&Case) -> Option<String> + Sync) -> Vec<String> {
    let (next, wrong) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let workers = thread::available_parallelism().map_or(2, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some(case) = cases.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let found = check(case);
                    wrong.lock().expect("no worker panics").extend(found);
                }
            });
        }
    });
    wrong.into_inner().expect("no worker panics")
}

/// What is wrong with what a program printed, if anything.
fn wrong_output(case: &Case, printed: &str) -> Option<String> {
    let mut lines = printed.lines();
    let (digest, time) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
    let is_time = time.strip_suffix(" s").is_some_and(|time| time.parse::<f64>().is_ok());
    (digest != case.digest || !is_time || lines.next().is_some())
        .then(|| format!("{case}: wanted {}, printed {printed:?}", case.digest))
}

fn program(id: WorkloadId, params: Value, flavour: Flavour) -> Result<Program, NoProgram> {
    let params = params.as_object().expect("parameters are an object");
    let workload = Workload::new(id, params).expect("valid");
    Program::new(&workload, &Executor::new(flavour.model(), 4), flavour)
}

#[test]
fn every_workload_has_a_program_for_every_model_that_suits_it() {
    let cases = cases();
    // Faults on purpose have none, and say so.
    let with_programs = |id: &&WorkloadId| **id != WorkloadId::Faults;
    for &workload in WorkloadId::ALL.iter().filter(with_programs) {
        for kind in ExecutorKind::ALL.into_iter().filter(|kind| kind.suits(workload)) {
            let of = |case: &&Case| case.workload.id() == workload && case.executor.kind() == kind;
            let python = cases.iter().filter(of).filter(|case| case.is_in(Language::Python));
            assert!(python.count() >= 3, "{workload:?} {kind:?}");
        }
    }
}

#[test]
fn constants_at_the_top_are_the_readers() {
    let text = program(
        WorkloadId::Primes,
        json!({ "start": 1_000_000_007, "count": 50 }),
        Flavour::PythonProcesses,
    );
    let text = text.expect("has a program").text;
    for line in
        ["START = 1_000_000_007", "COUNT = 50", "WORKERS = 4", "START_METHOD = \"forkserver\""]
    {
        assert!(text.contains(&format!("\n{line}")), "{line} is not in {text}");
    }
}

#[test]
fn what_has_no_program_says_why() {
    let why = |id, params, flavour| program(id, params, flavour).expect_err("has none");
    let own = json!({ "source": "own", "width": 8, "height": 8 });
    assert_eq!(why(WorkloadId::Blur, own, Flavour::PythonLoop), NoProgram::OwnFile);
    let urls = json!({ "urls": ["https://example.org/"] });
    assert_eq!(why(WorkloadId::Requests, urls, Flavour::RustLoop), NoProgram::OwnAddresses);
    let no = |flavour| why(WorkloadId::Primes, json!({}), flavour);
    assert_eq!(no(Flavour::PythonHybrid), NoProgram::NeedsStages);
    assert_eq!(no(Flavour::RustTokio), NoProgram::OnlyComputes);
    let marks = json!({ "text": "कि" });
    assert_eq!(
        why(WorkloadId::WordCount, marks.clone(), Flavour::PythonLoop),
        NoProgram::OtherLetters
    );
    assert!(program(WorkloadId::WordCount, marks, Flavour::RustLoop).is_ok());
}
