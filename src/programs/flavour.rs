//! The kinds of programs that there are.

use crate::highlight::Language;
use crate::models::ExecutorKind;

/// A kind of program: a language, and what it uses there for concurrency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Flavour {
    /// A plain loop.
    PythonLoop,
    /// `asyncio`.
    PythonAsyncio,
    /// `ThreadPoolExecutor`.
    PythonThreads,
    /// `ProcessPoolExecutor`.
    PythonProcesses,
    /// `InterpreterPoolExecutor`.
    PythonInterpreters,
    /// Two stages with a bounded queue between them.
    PythonHybrid,
    /// joblib's `Parallel`.
    PythonJoblib,
    /// Dask's `Client`.
    PythonDask,
    /// Ray's remote functions.
    PythonRay,
    /// Spark's RDDs.
    PythonSpark,
    /// A plain loop.
    RustLoop,
    /// Tokio on one thread.
    RustTokio,
    /// `std::thread::scope`.
    RustThreads,
    /// `rayon`.
    RustRayon,
    /// Two stages with a bounded channel between them.
    RustHybrid,
}

impl Flavour {
    /// Every flavour, in the order of the cheatsheet.
    pub const ALL: [Self; 15] = [
        Self::PythonLoop,
        Self::RustLoop,
        Self::PythonAsyncio,
        Self::RustTokio,
        Self::PythonThreads,
        Self::RustRayon,
        Self::RustThreads,
        Self::PythonProcesses,
        Self::PythonInterpreters,
        Self::PythonJoblib,
        Self::PythonHybrid,
        Self::RustHybrid,
        Self::PythonDask,
        Self::PythonRay,
        Self::PythonSpark,
    ];

    /// Those that correspond to a model of the page, the most usual one first.
    pub fn of_model(kind: ExecutorKind) -> &'static [Self] {
        match kind {
            ExecutorKind::MainThread => &[Self::PythonLoop, Self::RustLoop],
            ExecutorKind::EventLoop => &[Self::PythonAsyncio, Self::RustTokio],
            ExecutorKind::Threads => &[Self::PythonThreads, Self::RustRayon, Self::RustThreads],
            ExecutorKind::ThreadsGil => &[Self::PythonThreads],
            ExecutorKind::Processes => {
                &[Self::PythonProcesses, Self::PythonInterpreters, Self::PythonJoblib]
            }
            ExecutorKind::Hybrid => &[Self::PythonHybrid, Self::RustHybrid],
            ExecutorKind::Foreign(_) => &[],
        }
    }

    /// Those for several machines.
    pub const OF_MACHINES: &'static [Self] =
        &[Self::PythonDask, Self::PythonRay, Self::PythonSpark];

    /// The model of the page whose options it takes.
    pub fn model(self) -> ExecutorKind {
        match self {
            Self::PythonLoop | Self::RustLoop => ExecutorKind::MainThread,
            Self::PythonAsyncio | Self::RustTokio => ExecutorKind::EventLoop,
            Self::PythonThreads | Self::RustThreads | Self::RustRayon => ExecutorKind::Threads,
            Self::PythonHybrid | Self::RustHybrid => ExecutorKind::Hybrid,
            Self::PythonProcesses
            | Self::PythonInterpreters
            | Self::PythonJoblib
            | Self::PythonDask
            | Self::PythonRay
            | Self::PythonSpark => ExecutorKind::Processes,
        }
    }

    /// Its name among the page's elements, and in the names of files.
    pub fn id(self) -> &'static str {
        match self {
            Self::PythonLoop | Self::RustLoop => "loop",
            Self::PythonAsyncio => "asyncio",
            Self::PythonThreads | Self::RustThreads => "threads",
            Self::PythonProcesses => "processes",
            Self::PythonInterpreters => "interpreters",
            Self::PythonHybrid | Self::RustHybrid => "hybrid",
            Self::PythonJoblib => "joblib",
            Self::PythonDask => "dask",
            Self::PythonRay => "ray",
            Self::PythonSpark => "spark",
            Self::RustTokio => "tokio",
            Self::RustRayon => "rayon",
        }
    }

    /// The language.
    pub fn language(self) -> Language {
        match self {
            Self::RustLoop
            | Self::RustTokio
            | Self::RustThreads
            | Self::RustRayon
            | Self::RustHybrid => Language::Rust,
            _ => Language::Python,
        }
    }

    /// The name on the page.
    pub fn title(self) -> String {
        let language = match self.language() {
            Language::Rust => "Rust",
            _ => "Python",
        };
        format!("{language}: {}", self.in_text())
    }

    /// What a program is made with, as it goes on behind "with".
    pub fn in_text(self) -> &'static str {
        match self {
            Self::PythonLoop | Self::RustLoop => "a plain loop",
            Self::PythonHybrid | Self::RustHybrid => "a pipeline of two stages",
            Self::PythonAsyncio => "asyncio",
            Self::PythonThreads => "ThreadPoolExecutor",
            Self::PythonProcesses => "ProcessPoolExecutor",
            Self::PythonInterpreters => "InterpreterPoolExecutor",
            Self::PythonJoblib => "joblib",
            Self::PythonDask => "Dask",
            Self::PythonRay => "Ray",
            Self::PythonSpark => "PySpark",
            Self::RustTokio => "Tokio",
            Self::RustThreads => "std::thread",
            Self::RustRayon => "rayon",
        }
    }

    /// When to use it, in a sentence. Code stands between backticks.
    pub fn when(self) -> &'static str {
        match self {
            Self::PythonLoop => {
                "The work takes a few milliseconds, or you have not profiled it yet."
            }
            Self::RustLoop => "The same, in Rust: `iter()` often becomes `par_iter()` later.",
            Self::PythonAsyncio => {
                "Hundreds or thousands of waits at once, with libraries made for `asyncio`."
            }
            Self::RustTokio => "Hundreds or thousands of waits at once, in Rust.",
            Self::PythonThreads => {
                "Up to hundreds of waits with libraries that block; computing in native code that \
                 releases the GIL, or in a free-threaded build."
            }
            Self::RustRayon => "Computing on all cores, in Rust: the usual choice.",
            Self::RustThreads => "Threads without a dependency, or blocking waits, in Rust.",
            Self::PythonProcesses => {
                "Computing in Python code on all cores, with little data for each task."
            }
            Self::PythonInterpreters => {
                "As processes, but in one process, with a GIL for each interpreter (Python 3.14)."
            }
            Self::PythonJoblib => {
                "A loop over NumPy arrays on all cores: joblib maps large arrays into memory \
                 instead of copying them."
            }
            Self::PythonHybrid => {
                "Every task waits, then computes: threads or `asyncio` wait, processes compute."
            }
            Self::RustHybrid => "Every task waits and then computes, in Rust.",
            Self::PythonDask => {
                "Several machines, or tables and arrays that are larger than memory."
            }
            Self::PythonRay => {
                "Several machines, for functions and for objects that keep their state."
            }
            Self::PythonSpark => "Several machines, for pipelines over terabytes.",
        }
    }
}
