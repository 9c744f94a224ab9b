//! What a program says about itself, in sentences.

use super::flavour::Flavour;
use super::shape::{self, Wait};
use crate::highlight::Language;
use crate::models::{CpuStage, DataMode};
use crate::models::{Executor, ExecutorKind};
use crate::workloads::{Workload, WorkloadId};

/// What it prints.
pub fn prints(flavour: Flavour) -> &'static str {
    match flavour {
        Flavour::PythonLoop | Flavour::RustLoop | Flavour::PythonAsyncio | Flavour::RustTokio => {
            "Prints the digest that the page shows for the same work, then the time it took."
        }
        _ => {
            "Prints the digest that the page shows for the same work, then the time it took. That \
             includes starting the workers."
        }
    }
}

/// What else there is to know, in a paragraph each.
pub fn notes(
    workload: &Workload,
    executor: &Executor,
    flavour: Flavour,
    wait: Wait,
) -> Vec<&'static str> {
    let needs = needs(flavour);
    let is_slow = flavour.language() == Language::Python && workload.id() != WorkloadId::Requests;
    let slow = is_slow.then_some(
        "Python code computes much more slowly than the page, whose code is compiled: try it with \
         less work first.",
    );
    let notes = [
        needs,
        of_threads(executor, flavour),
        of_processes(workload, executor, flavour),
        of_pipelines(executor, flavour),
        of_waits(flavour, wait),
        chunks(executor, flavour),
        slow,
    ];
    notes.into_iter().flatten().collect()
}

fn needs(flavour: Flavour) -> Option<&'static str> {
    Some(match flavour {
        Flavour::PythonInterpreters => "Needs Python 3.14 or newer.",
        Flavour::PythonJoblib => "Needs joblib: pip install joblib",
        Flavour::PythonDask => "Needs Dask: pip install distributed",
        Flavour::PythonRay => "Needs Ray: pip install ray",
        Flavour::PythonSpark => "Needs Spark, and Java 17 or newer: pip install pyspark",
        _ if flavour.language() == Language::Python => "Needs Python 3.11 or newer.",
        _ => return None,
    })
}

fn of_threads(executor: &Executor, flavour: Flavour) -> Option<&'static str> {
    if flavour != Flavour::PythonThreads {
        return None;
    }
    Some(match executor.kind() {
        ExecutorKind::ThreadsGil if executor.options.release_in_native => {
            "The page's threads release the GIL while they compute, as NumPy's do. Python code, as \
             here, never does. A free-threaded build such as python3.14t has no GIL."
        }
        ExecutorKind::ThreadsGil => {
            "These threads share a GIL, like the page's: only one of them computes at a time. A \
             free-threaded build such as python3.14t has none."
        }
        _ => {
            "The page's threads have no GIL. Run this in a free-threaded build such as \
             python3.14t: in any other, only one thread computes at a time."
        }
    })
}

fn of_processes(
    workload: &Workload,
    executor: &Executor,
    flavour: Flavour,
) -> Option<&'static str> {
    if flavour != Flavour::PythonProcesses || workload.work().input_len() == 0 {
        return None;
    }
    match executor.options.data_mode {
        DataMode::Copy => None,
        DataMode::Transfer => {
            Some("The page transfers buffers. Python cannot: it pickles the data, which copies it.")
        }
        DataMode::Shared if shape::is_shared(workload, executor) => None,
        DataMode::Shared => Some(
            "The page shares one buffer. These tasks are not a plain array of numbers, so they are \
             pickled, which copies them.",
        ),
    }
}

fn of_pipelines(executor: &Executor, flavour: Flavour) -> Option<&'static str> {
    let has_processes = executor.options.cpu_stage == CpuStage::Processes;
    (flavour == Flavour::RustHybrid && has_processes)
        .then_some("Rust has no GIL, so threads compute here, where the page has processes.")
}

fn of_waits(flavour: Flavour, wait: Wait) -> Option<&'static str> {
    match (wait, flavour) {
        (Wait::Nothing, Flavour::PythonAsyncio) => Some(
            "The tasks only compute, and an event loop has one thread: it makes them no faster.",
        ),
        (Wait::Disk, _) => Some("It reads a temporary file, and removes it at the end."),
        (Wait::Database, _) if flavour.language() == Language::Python => {
            Some("It reads a temporary database, and removes it at the end.")
        }
        _ => None,
    }
}

fn chunks(executor: &Executor, flavour: Flavour) -> Option<&'static str> {
    let is_one_by_one = matches!(flavour, Flavour::PythonThreads | Flavour::RustThreads);
    (is_one_by_one && executor.chunk_size() > 1)
        .then_some("Each thread takes one task at a time: the page's chunkSize is not used here.")
}
