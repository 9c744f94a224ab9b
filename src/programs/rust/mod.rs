//! Programs in Rust.

use super::assembly::assembled;
use super::constants::{self, Constant};
use super::flavour::Flavour;
use super::notes;
use super::shape::Wait;
use crate::models::Executor;
use crate::models::IoStage;
use crate::models::option::{CPU_WORKERS, WORKERS};
use crate::models::stage_options::{IO_WORKERS, QUEUE_MAX};
use crate::workloads::{Workload, WorkloadId};
use serde_json::{Value, json};

/// A part of a program, from a file beside this one.
macro_rules! part {
    ($name:literal) => {
        include_str!(concat!($name, ".rs.txt"))
    };
}

/// The text of a program.
pub fn text(workload: &Workload, executor: &Executor, flavour: Flavour, wait: Wait) -> String {
    let mut parts = work(workload, wait);
    if wait != Wait::Nothing {
        parts.extend(waiting(executor, flavour, wait));
    }
    parts.extend(pool(executor, flavour));
    parts.push(match wait {
        Wait::Disk => part!("main_disk"),
        _ => part!("main"),
    });
    let (imports, rest) = assembled(&parts, &["use "], "\n\n");
    let imports: Vec<_> = imports.into_iter().collect();
    let mut sections = vec![head(workload, executor, flavour, wait), imports.join("\n")];
    sections.push(written(&constants::of_workload(workload)));
    sections.push(written(&options(executor, flavour)));
    sections.push(rest);
    sections.retain(|section| !section.is_empty());
    format!("{}\n", sections.join("\n\n"))
}

fn head(workload: &Workload, executor: &Executor, flavour: Flavour, wait: Wait) -> String {
    let (id, with) = (workload.id().id(), flavour.in_text());
    let mut paragraphs = vec![format!("The playground's workload {id}, with {with}.")];
    paragraphs.push(notes::prints(flavour).to_owned());
    paragraphs.push("Save it as src/main.rs, and run it: cargo run --release".to_owned());
    paragraphs
        .extend(notes::notes(workload, executor, flavour, wait).into_iter().map(str::to_owned));
    let mut lines = Vec::new();
    for paragraph in paragraphs {
        lines.extend(constants::filled(paragraph.split(' ').map(str::to_owned)));
        lines.push(String::new());
    }
    lines.push("Cargo.toml has:".into());
    lines.push("    [dependencies]".into());
    lines.extend(dependencies(executor, flavour).iter().map(|line| format!("    {line}")));
    let lines: Vec<_> =
        lines.iter().map(|line| format!("// {line}").trim_end().to_owned()).collect();
    lines.join("\n")
}

/// Whether Tokio does the waiting.
fn is_tokio(executor: &Executor, flavour: Flavour) -> bool {
    match flavour {
        Flavour::RustHybrid => executor.options.io_stage == IoStage::EventLoop,
        _ => flavour == Flavour::RustTokio,
    }
}

fn dependencies(executor: &Executor, flavour: Flavour) -> Vec<&'static str> {
    let rayon = (flavour == Flavour::RustRayon).then_some(r#"rayon = "1.12""#);
    let tokio = is_tokio(executor, flavour)
        .then_some(r#"tokio = { version = "1.54", features = ["rt", "sync", "time"] }"#);
    [rayon, Some(r#"sha2 = "0.11""#), tokio].into_iter().flatten().collect()
}

fn written(constants: &[Constant]) -> String {
    let lines = constants.iter().map(|constant| {
        let Constant { name, value, about } = constant;
        let about = if about.is_empty() { String::new() } else { format!(" // {about}") };
        format!("const {name}: {} = {};{about}", kind(name, value), literal(value))
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The type of a constant.
fn kind(name: &str, value: &Value) -> &'static str {
    match (value, name) {
        (Value::String(_), _) => "&str",
        (Value::Array(_), _) => "&[u64]",
        (Value::Number(number), _) if number.is_f64() => "f64",
        (_, "CENTER_X" | "CENTER_Y" | "SPAN") => "f64",
        (_, "MAX_ITER") => "u32",
        (_, "SEED" | "START" | "COMPUTE_UNITS" | "VARIANCE") => "u64",
        _ if name.ends_with("_MS") => "u64",
        _ => "usize",
    }
}

fn literal(value: &Value) -> String {
    match value {
        Value::String(text) => match constants::text_pieces(text).as_slice() {
            [] => "\"\"".to_owned(),
            [only] => quoted(only),
            pieces => {
                let lines: Vec<_> =
                    pieces.iter().map(|piece| format!("    {},", quoted(piece))).collect();
                format!("concat!(\n{}\n)", lines.join("\n"))
            }
        },
        Value::Array(items) => match constants::list_lines(items).as_slice() {
            [only] => format!("&[{}]", only.trim_end_matches(',')),
            lines => format!("&[\n    {}\n]", lines.join("\n    ")),
        },
        other => constants::number(other),
    }
}

/// Not by `{:?}`, which writes nothing in the page's program.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.escape_debug())
}

fn options(executor: &Executor, flavour: Flavour) -> Vec<Constant> {
    let workers = Constant::new(WORKERS.name, json!(executor.workers()), "");
    let option = |spec, about| constants::of_option(executor, spec, about);
    match flavour {
        Flavour::RustThreads => vec![workers],
        Flavour::RustRayon if executor.chunk_size() > 1 => {
            let chunk = json!(executor.chunk_size());
            vec![workers, Constant::new("chunkSize", chunk, "tasks that a thread takes at a time")]
        }
        Flavour::RustRayon => vec![workers],
        Flavour::RustHybrid => {
            let queue = option(&QUEUE_MAX, "answers that wait to be computed with, at most");
            let io = option(&IO_WORKERS, "requests at a time");
            let cpu = option(&CPU_WORKERS, "threads that compute");
            [io, cpu, queue].into_iter().flatten().collect()
        }
        _ => Vec::new(),
    }
}

/// The parts with the work itself.
fn work(workload: &Workload, wait: Wait) -> Vec<&'static str> {
    let params = workload.params();
    let own: &[&str] = match workload.id() {
        WorkloadId::Mandelbrot => &[part!("cut"), part!("work/mandelbrot")],
        WorkloadId::Primes if params.contains_key("start") => {
            &[part!("work/numbers_range"), part!("cut"), part!("work/primes")]
        }
        WorkloadId::Primes => &[part!("work/numbers_list"), part!("cut"), part!("work/primes")],
        WorkloadId::Matmul => &[part!("r"), part!("cut"), part!("work/matmul")],
        WorkloadId::MonteCarloPi => &[part!("r"), part!("cut"), part!("work/monte_carlo_pi")],
        WorkloadId::Sha256 => &[part!("r"), part!("cut"), part!("work/sha256")],
        WorkloadId::ArraySum => &[part!("r"), part!("cut"), part!("work/array_sum")],
        WorkloadId::Sort => &[part!("r"), part!("cut"), part!("work/sort")],
        WorkloadId::Blur => &[part!("r"), part!("cut"), part!("work/blur")],
        WorkloadId::WordCount if params.contains_key("text") => {
            &[part!("cut"), part!("work/given_text"), part!("work/word_count")]
        }
        WorkloadId::WordCount => {
            &[part!("r"), part!("cut"), part!("work/generated_text"), part!("work/word_count")]
        }
        WorkloadId::MixedThreads => &[part!("r"), part!("work/mixed_threads")],
        // It has no program (`shape::wait`).
        WorkloadId::Faults => &[],
        WorkloadId::Custom => &[part!("r"), part!("work/custom")],
        WorkloadId::Requests => &[part!("work/requests")],
        WorkloadId::Pipeline => &[part!("work/pipeline")],
    };
    let asked: &[&str] = match wait {
        Wait::Request { listed: true } => &[part!("waits/indices"), part!("waits/listed")],
        Wait::Request { listed: false } => &[part!("waits/indices"), part!("waits/spread")],
        Wait::Database => &[part!("waits/indices"), part!("waits/no_wait")],
        Wait::Disk => &[part!("waits/disk")],
        Wait::Timer | Wait::Nothing => &[],
    };
    let body: &[&str] = if asked.is_empty() { &[] } else { &[part!("r"), part!("waits/body")] };
    [asked, body, own].concat()
}

/// The parts that wait, and what they make of a task for pools that do not wait by themselves.
fn waiting(executor: &Executor, flavour: Flavour, wait: Wait) -> Vec<&'static str> {
    let fetch = match (wait, is_tokio(executor, flavour)) {
        (Wait::Request { .. } | Wait::Database, false) => part!("waits/sleep"),
        (Wait::Request { .. } | Wait::Database, true) => part!("waits/sleep_async"),
        (Wait::Timer | Wait::Nothing, false) => part!("waits/timer"),
        (Wait::Timer | Wait::Nothing, true) => part!("waits/timer_async"),
        (Wait::Disk, false) => part!("waits/read"),
        (Wait::Disk, true) => part!("waits/read_async"),
    };
    match flavour {
        Flavour::RustHybrid | Flavour::RustTokio => vec![fetch],
        _ => vec![fetch, part!("waits/work")],
    }
}

/// The parts that run the tasks.
fn pool(executor: &Executor, flavour: Flavour) -> Vec<&'static str> {
    let options = &executor.options;
    match flavour {
        Flavour::RustTokio => vec![part!("pools/runtime"), part!("pools/tokio")],
        Flavour::RustThreads => vec![part!("pools/spread"), part!("pools/threads")],
        Flavour::RustRayon if executor.chunk_size() > 1 => vec![part!("pools/rayon_chunks")],
        Flavour::RustRayon => vec![part!("pools/rayon")],
        Flavour::RustHybrid => match (options.io_stage, options.streaming) {
            (IoStage::EventLoop, true) => vec![
                part!("pools/runtime"),
                part!("hybrid/computing"),
                part!("hybrid/tokio_streaming"),
            ],
            (IoStage::EventLoop, false) => {
                vec![part!("pools/runtime"), part!("pools/spread"), part!("hybrid/tokio_in_turn")]
            }
            (IoStage::Threads, true) => {
                vec![part!("hybrid/computing"), part!("hybrid/threads_streaming")]
            }
            (IoStage::Threads, false) => {
                vec![part!("pools/spread"), part!("hybrid/threads_in_turn")]
            }
        },
        _ => vec![part!("pools/loop")],
    }
}
