//! The programs in Python, run by the `python3` on `PATH`.

use super::cases::{Case, cases};
use super::{on_all_cores, wrong_output};
use concurrency_playground::highlight::Language;
use concurrency_playground::models::{Executor, ExecutorKind};
use concurrency_playground::programs::{Flavour, Program};
use concurrency_playground::workloads::{Workload, WorkloadId};
use serde_json::json;
use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use tempfile::tempdir;

const PYTHON: &str = "python3";
/// The versions that the programs say they need.
const OLDEST: (u32, u32) = (3, 11);
/// Longest that one may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// What a flavour imports that not every Python has.
fn import(flavour: Flavour) -> Option<&'static str> {
    match flavour {
        Flavour::PythonInterpreters => {
            Some("from concurrent.futures import InterpreterPoolExecutor")
        }
        Flavour::PythonJoblib => Some("import joblib"),
        Flavour::PythonDask => Some("import dask.distributed"),
        Flavour::PythonRay => Some("import ray"),
        Flavour::PythonSpark => Some("import pyspark"),
        _ => None,
    }
}

/// Runs Python with `arguments`.
fn python(arguments: &[&str]) -> Output {
    let mut command = Command::new(PYTHON);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap_or_else(|error| {
        let (major, minor) = OLDEST;
        panic!("{PYTHON} cannot be run ({error}): install Python {major}.{minor} or newer")
    });
    let start = Instant::now();
    while child.try_wait().expect("a child can be asked").is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().expect("a child can be ended");
            break;
        }
        thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("a child's output can be read")
}

fn check_version() {
    let output = python(&["-c", "import sys; print(*sys.version_info[:2])"]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let numbers: Vec<u32> = text.split_whitespace().filter_map(|n| n.parse().ok()).collect();
    let version = (numbers[0], numbers[1]);
    assert!(version >= OLDEST, "python3 is {version:?}: install Python {OLDEST:?} or newer");
}

/// What is wrong with the program of `case`, if anything.
fn run(case: &Case) -> Option<String> {
    let folder = tempdir().expect("a folder");
    let file = folder.path().join(&case.program.file_name);
    fs::write(&file, &case.program.text).expect("a file can be written");
    let file = file.to_str().expect("the path is text");
    let output = python(&[file]);
    let errors = String::from_utf8_lossy(&output.stderr);
    // Ray and Spark talk.
    if !output.status.success() || import(case.flavour).is_none() && !errors.is_empty() {
        return Some(format!("{case}: {}\n{errors}", output.status));
    }
    let printed = String::from_utf8_lossy(&output.stdout);
    wrong_output(case, &printed)
}

/// Checks the syntax of programs that cannot be run here.
fn compile(cases: &[Case]) {
    let folder = tempdir().expect("a folder");
    for (at, case) in cases.iter().enumerate() {
        let file = folder.path().join(format!("{at}_{}", case.program.file_name));
        fs::write(file, &case.program.text).expect("a file can be written");
    }
    let path = folder.path().to_str().expect("the path is text");
    let output = python(&["-m", "compileall", "-q", path]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
}

#[test]
fn python_programs_print_the_pages_digest() {
    check_version();
    let mut cases = cases();
    cases.retain(|case| case.is_in(Language::Python));
    let mut there = BTreeMap::new();
    for case in &cases {
        if let Some(import) = import(case.flavour) {
            there.entry(import).or_insert_with(|| python(&["-c", import]).status.success());
        }
    }
    // An engine takes many seconds to start, so that one workload has to do.
    let is_run = |case: &Case| match import(case.flavour) {
        None => true,
        Some(import) => there[import] && case.workload.id() == WorkloadId::Sha256,
    };
    let (run_here, not_here): (Vec<_>, Vec<_>) = cases.into_iter().partition(is_run);
    for (import, is_there) in there {
        let of_it = not_here.iter().filter(|case| self::import(case.flavour) == Some(import));
        let (count, can) = (of_it.count(), if is_there { "can" } else { "cannot" });
        println!("compiled, not run: {count} programs: this Python {can} `{import}`");
    }
    println!("run: {} programs in Python", run_here.len());
    assert!(run_here.len() >= 13 * 5 * 3, "too few were run");
    compile(&not_here);
    let wrong = on_all_cores(&run_here, run);
    assert!(wrong.is_empty(), "{} of {}:\n{}", wrong.len(), run_here.len(), wrong.join("\n"));
}

/// The scripts of which `shape` says that both languages agree about their letters.
#[test]
fn python_counts_the_same_letters_where_a_text_has_a_program() {
    check_version();
    let executor = Executor::new(ExecutorKind::MainThread, 1);
    let made = |text: &str| {
        let params = json!({ "text": text });
        let params = params.as_object().expect("an object");
        let workload = Workload::new(WorkloadId::WordCount, params).expect("valid");
        let program = Program::new(&workload, &executor, Flavour::PythonLoop);
        program.map(|program| (workload, program))
    };
    let mut buffer = [0; 4];
    let read_alike: Vec<char> =
        ('\0'..'\u{20000}').filter(|c| made(c.encode_utf8(&mut buffer)).is_ok()).collect();
    assert!(read_alike.len() > 30_000, "{}", read_alike.len());
    for some in read_alike.chunks(30_000) {
        // Each as a part of a word.
        let text: String = some.iter().flat_map(|c| ['a', *c, 'b', ' ']).collect();
        let (workload, program) = made(&text).expect("each has a program");
        let digest = workload.answer(&workload.solve(None).expect("fits")).digest;
        let (flavour, executor) = (Flavour::PythonLoop, executor.clone());
        assert_eq!(run(&Case { workload, executor, flavour, program, digest }), None);
    }
}
