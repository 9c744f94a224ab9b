//! Programs in Python.

use super::assembly::assembled;
use super::constants::{self, Constant};
use super::flavour::Flavour;
use super::no_program::NoProgram;
use super::notes;
use super::shape::{self, Wait};
use crate::models::option::{CPU_WORKERS, START_METHOD, SWITCH_INTERVAL, WORKERS};
use crate::models::stage_options::{IO_WORKERS, QUEUE_MAX};
use crate::models::{CpuStage, IoStage, StaticData};
use crate::models::{Executor, ExecutorKind};
use crate::workloads::{Workload, WorkloadId};
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// A part of a program, from a file beside this one.
macro_rules! part {
    ($name:literal) => {
        include_str!(concat!($name, ".py"))
    };
}

/// The text of a program.
///
/// # Errors
/// That Python may read the text that is worked on otherwise than the page.
pub fn text(
    workload: &Workload,
    executor: &Executor,
    flavour: Flavour,
    wait: Wait,
    file_name: &str,
) -> Result<String, NoProgram> {
    let params = workload.params();
    if params.get("text").and_then(Value::as_str).is_some_and(|text| !shape::is_read_alike(text)) {
        return Err(NoProgram::OtherLetters);
    }
    let mut parts = Vec::new();
    work(workload, wait, &mut parts);
    if wait != Wait::Nothing {
        parts.extend(waiting(workload, executor, flavour, wait));
    }
    parts.extend(pool(workload, executor, flavour, wait));
    parts.push(part!("main"));
    let (imports, rest) = assembled(&parts, &["import ", "from "], "\n\n\n");
    let mut sections = vec![docstring(workload, executor, flavour, wait, file_name)];
    sections.push(sorted(imports));
    sections.push(written(&constants::of_workload(workload)));
    sections.extend(derived(workload).map(str::to_owned));
    sections.push(written(&options(workload, executor, flavour)));
    sections.retain(|section| !section.is_empty());
    Ok(format!("{}\n\n\n{rest}\n", sections.join("\n\n")))
}

fn docstring(
    workload: &Workload,
    executor: &Executor,
    flavour: Flavour,
    wait: Wait,
    file_name: &str,
) -> String {
    let (id, with) = (workload.id().id(), flavour.in_text());
    let mut paragraphs = vec![format!("The playground's workload {id}, with {with}.")];
    paragraphs.push(notes::prints(flavour).to_owned());
    paragraphs.push(format!("Run it: python3 {file_name}"));
    paragraphs
        .extend(notes::notes(workload, executor, flavour, wait).into_iter().map(str::to_owned));
    let lines = |text: &String| constants::filled(text.split(' ').map(str::to_owned)).join("\n");
    let paragraphs: Vec<_> = paragraphs.iter().map(lines).collect();
    format!("\"\"\"{}\n\"\"\"", paragraphs.join("\n\n"))
}

/// The imports as PEP 8 has them: those of the standard library, then others.
fn sorted(imports: BTreeSet<String>) -> String {
    const OTHERS: [&str; 4] = ["joblib", "dask", "ray", "pyspark"];
    let is_other = |line: &String| {
        let module = line.split([' ', '.']).nth(1).unwrap_or_default();
        OTHERS.contains(&module)
    };
    let imports = merged(imports);
    let (others, standard): (Vec<_>, Vec<_>) = imports.into_iter().partition(is_other);
    let groups = [standard, others].map(|lines| lines.join("\n"));
    groups.into_iter().filter(|group| !group.is_empty()).collect::<Vec<_>>().join("\n\n")
}

/// The imports with one line for each module: plain ones first.
fn merged(imports: BTreeSet<String>) -> Vec<String> {
    let (mut plain, mut from) = (Vec::new(), std::collections::BTreeMap::new());
    for line in imports {
        match line.strip_prefix("from ").and_then(|rest| rest.split_once(" import ")) {
            Some((module, names)) => {
                let known: &mut BTreeSet<String> = from.entry(module.to_owned()).or_default();
                known.extend(names.split(", ").map(str::to_owned));
            }
            None => plain.push(line),
        }
    }
    let names = |names: BTreeSet<String>| names.into_iter().collect::<Vec<_>>().join(", ");
    plain
        .extend(from.into_iter().map(|(module, of)| format!("from {module} import {}", names(of))));
    plain
}

fn written(constants: &[Constant]) -> String {
    let lines = constants.iter().map(|constant| {
        let Constant { name, value, about } = constant;
        let about = if about.is_empty() { String::new() } else { format!("  # {about}") };
        format!("{name} = {}{about}", literal(value))
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => match constants::text_pieces(text).as_slice() {
            [] => "\"\"".to_owned(),
            [only] => json!(only).to_string(),
            // What JSON escapes, Python does, too.
            pieces => {
                let lines: Vec<_> =
                    pieces.iter().map(|piece| format!("    {}", json!(piece))).collect();
                format!("(\n{}\n)", lines.join("\n"))
            }
        },
        Value::Array(items) => match constants::list_lines(items).as_slice() {
            [only] => format!("[{}]", only.trim_end_matches(',')),
            lines => format!("[\n    {}\n]", lines.join("\n    ")),
        },
        Value::Bool(flag) => (if *flag { "True" } else { "False" }).to_owned(),
        other => constants::number(other),
    }
}

/// Constants that are made of the parameters.
fn derived(workload: &Workload) -> Option<&'static str> {
    match workload.id() {
        WorkloadId::Primes if workload.params().contains_key("start") => {
            Some("NUMBERS = range(START, START + COUNT)")
        }
        _ if workload.params().contains_key("delaysMs") => Some("COUNT = len(DELAYS_MS)"),
        _ => None,
    }
}

fn options(workload: &Workload, executor: &Executor, flavour: Flavour) -> Vec<Constant> {
    let workers = || Constant::new(WORKERS.name, json!(executor.workers()), "");
    let option = |spec, about| constants::of_option(executor, spec, about);
    match flavour {
        Flavour::PythonThreads => {
            let interval = option(&SWITCH_INTERVAL, "how long to wait before asking for the GIL");
            [Some(workers()), interval].into_iter().flatten().collect()
        }
        Flavour::PythonProcesses => {
            let chunk = match executor.chunk_size() {
                0 => shape::chunk(workload, executor),
                chosen => chosen.into(),
            };
            let chunk = Constant::new("chunkSize", json!(chunk), "tasks sent at a time");
            let start = option(&START_METHOD, "Windows has spawn only");
            [Some(workers()), Some(chunk), start].into_iter().flatten().collect()
        }
        Flavour::PythonHybrid => {
            let queue = option(&QUEUE_MAX, "answers that wait to be computed with, at most");
            let io = option(&IO_WORKERS, "requests at a time");
            let cpu = option(&CPU_WORKERS, "workers that compute");
            [io, cpu, queue].into_iter().flatten().collect()
        }
        Flavour::PythonLoop | Flavour::PythonAsyncio => Vec::new(),
        _ => vec![workers()],
    }
}

/// The parts with the work itself.
fn work(workload: &Workload, wait: Wait, parts: &mut Vec<&'static str>) {
    let own: &[&str] = match workload.id() {
        WorkloadId::Mandelbrot => &[part!("cut"), part!("work/mandelbrot")],
        WorkloadId::Primes => &[part!("cut"), part!("work/primes")],
        WorkloadId::Matmul => &[part!("r"), part!("cut"), part!("work/matmul")],
        WorkloadId::MonteCarloPi => &[part!("r"), part!("cut"), part!("work/monte_carlo_pi")],
        WorkloadId::Sha256 => &[part!("r"), part!("cut"), part!("work/sha256")],
        WorkloadId::ArraySum => &[part!("r"), part!("cut"), part!("work/array_sum")],
        WorkloadId::Sort => &[part!("r"), part!("cut"), part!("work/sort")],
        WorkloadId::Blur => &[part!("r"), part!("cut"), part!("work/blur")],
        WorkloadId::WordCount if workload.params().contains_key("text") => {
            &[part!("cut"), part!("work/given_text"), part!("work/word_count")]
        }
        WorkloadId::WordCount => {
            &[part!("r"), part!("cut"), part!("work/generated_text"), part!("work/word_count")]
        }
        WorkloadId::MixedThreads => &[part!("r"), part!("work/mixed_threads")],
        // It has no program (`shape::wait`).
        WorkloadId::Faults => &[],
        WorkloadId::Custom => &[part!("r"), part!("work/custom")],
        WorkloadId::Requests | WorkloadId::Pipeline => {
            parts.extend([part!("r"), part!("waits/body")]);
            parts.extend(asked(wait));
            match workload.id() {
                WorkloadId::Pipeline => &[part!("work/pipeline")],
                _ => &[part!("work/requests")],
            }
        }
    };
    parts.extend(own);
}

/// What requests are, and how long they take.
fn asked(wait: Wait) -> &'static [&'static str] {
    match wait {
        Wait::Request { listed: true } => &[part!("waits/indices"), part!("waits/listed")],
        Wait::Request { listed: false } => &[part!("waits/indices"), part!("waits/spread")],
        Wait::Disk => &[part!("waits/disk")],
        Wait::Database => &[part!("waits/database")],
        Wait::Timer | Wait::Nothing => &[],
    }
}

/// The parts that wait, and what they make of a task for pools that do not wait by themselves.
fn waiting(
    workload: &Workload,
    executor: &Executor,
    flavour: Flavour,
    wait: Wait,
) -> Vec<&'static str> {
    debug_assert!(wait != Wait::Nothing, "{workload:?}");
    let by_asyncio = match flavour {
        Flavour::PythonHybrid => executor.options.io_stage == IoStage::EventLoop,
        _ => flavour == Flavour::PythonAsyncio,
    };
    let fetch = match (wait, by_asyncio) {
        (Wait::Request { .. }, false) => part!("waits/sleep"),
        (Wait::Request { .. }, true) => part!("waits/sleep_async"),
        (Wait::Timer | Wait::Nothing, false) => part!("waits/timer"),
        (Wait::Timer | Wait::Nothing, true) => part!("waits/timer_async"),
        (Wait::Disk | Wait::Database, false) => part!("waits/read"),
        (Wait::Disk | Wait::Database, true) => part!("waits/read_async"),
    };
    match (flavour, by_asyncio) {
        (Flavour::PythonHybrid, _) => vec![fetch],
        (_, true) => vec![fetch, part!("waits/work_async")],
        (_, false) => vec![fetch, part!("waits/work")],
    }
}

/// The parts that run the tasks.
fn pool(
    workload: &Workload,
    executor: &Executor,
    flavour: Flavour,
    wait: Wait,
) -> Vec<&'static str> {
    let options = &executor.options;
    let preloads =
        options.static_data == StaticData::Initializer && workload.work().input_len() > 0;
    vec![match flavour {
        Flavour::PythonAsyncio if wait == Wait::Nothing => part!("pools/asyncio_computes"),
        Flavour::PythonAsyncio => part!("pools/asyncio_waits"),
        Flavour::PythonThreads if executor.kind() == ExecutorKind::ThreadsGil => {
            part!("pools/threads_gil")
        }
        Flavour::PythonThreads => part!("pools/threads"),
        Flavour::PythonProcesses if shape::is_shared(workload, executor) => {
            part!("pools/processes_shared")
        }
        Flavour::PythonProcesses if preloads => part!("pools/processes_preloaded"),
        Flavour::PythonProcesses => part!("pools/processes"),
        Flavour::PythonInterpreters => part!("pools/interpreters"),
        Flavour::PythonJoblib => part!("pools/joblib"),
        Flavour::PythonDask => part!("pools/dask"),
        Flavour::PythonRay => part!("pools/ray"),
        Flavour::PythonSpark => part!("pools/spark"),
        Flavour::PythonHybrid => {
            let stage = match options.cpu_stage {
                CpuStage::Processes => part!("hybrid/cpu_processes"),
                CpuStage::Threads => part!("hybrid/cpu_threads"),
            };
            let run = match (options.io_stage, options.streaming) {
                (IoStage::EventLoop, true) => part!("hybrid/asyncio_streaming"),
                (IoStage::EventLoop, false) => part!("hybrid/asyncio_in_turn"),
                (IoStage::Threads, true) => part!("hybrid/threads_streaming"),
                (IoStage::Threads, false) => part!("hybrid/threads_in_turn"),
            };
            return vec![stage, run];
        }
        _ => part!("pools/loop"),
    }]
}
