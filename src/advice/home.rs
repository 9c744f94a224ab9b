//! What concurrency costs outside of a browser, in CPython and in Rust.
//!
//! What starting costs was published; what handing over costs was measured with
//! `docs/cpython_costs.py`, CPython 3.11 on Linux, two cores.

use super::costs::{Costs, PoolCosts};
use super::lens::Lens;
use super::uncertain::Uncertain;

/// How long eight threads take to be created, run and joined, in ms: CPython 3.14 on Linux
/// (<https://github.com/REASY/python-free-threading-vs-multiprocessing-benchmarks>).
pub const EIGHT_THREADS_MS: f64 = 1.8;
/// The same of eight processes by forkserver, the default on Linux since 3.14.
pub const EIGHT_FORKSERVER_MS: f64 = 4.5;
/// The same by spawn, on Linux, macOS (where it is the default) and Windows (where there is
/// nothing else).
pub const EIGHT_SPAWNED_MS: [f64; 3] = [32.9, 51.6, 70.9];
const EIGHT: f64 = 8.0;

/// A call in a loop, in ms: `docs/cpython_costs.py`.
const CALL: Uncertain = Uncertain::new(0.000_034, 0.000_01);
/// A task of `asyncio.gather` that waits for one turn of the loop, in ms: the same.
const ASYNCIO_TASK: Uncertain = Uncertain::new(0.006_9, 0.002);
/// A task of a `ThreadPoolExecutor`, in ms: the same.
const THREAD_TASK: Uncertain = Uncertain::new(0.010, 0.003);
/// A task, or a chunk of them, of a `ProcessPoolExecutor`, in ms: the same.
const PROCESS_MESSAGE: Uncertain = Uncertain::new(0.104, 0.03);
/// A byte of a `bytes` object sent to a process, in ms: the same, 1.9 ns.
const PICKLED_BYTE: Uncertain = Uncertain::new(1.9e-6, 0.5e-6);
/// How many times as long a byte of a list of tuples takes to be pickled as one of a `bytes` object:
/// the same, 22.8 ns and 0.6 ns.
pub const OBJECTS_OVER_BYTES: f64 = 37.0;

/// By which part a figure of another machine may be off here.
const OTHER_MACHINE: f64 = 0.25;

/// What free-threading costs one thread in CPython 3.14: 1% (macOS, arm64) to 8% (Linux,
/// x86-64), see docs.python.org/3.14/howto/free-threading-python.html.
pub const FREE_THREADING: [f64; 2] = [1.01, 1.08];

/// CPython's switch interval, in ms: `sys.getswitchinterval()`.
const SWITCH_MS: f64 = 5.0;

/// Most threads that are proposed: below what Linux and Windows allow a process by default, and a
/// few GB of stacks at the very most.
const MOST_WORKERS: u32 = 1_000;
/// Most processes that are proposed where there are no more cores: as many as `ProcessPoolExecutor`
/// takes on Windows (docs.python.org/3/library/concurrent.futures.html). Each has an interpreter and
/// memory of its own.
const MOST_PROCESSES: u32 = 61;

/// What the models cost in the language of `lens`.
///
/// Rust's costs are bounded from above by CPython's, as it starts the same threads of the same
/// operating system and does less beside: they count as half of CPython's, give or take as much.
pub fn costs(lens: Lens) -> Costs {
    let cost = |cost: Uncertain| match lens {
        Lens::Rust => Uncertain::new(cost.value / 2.0, cost.value / 2.0),
        Lens::Python | Lens::FreeThreaded => cost,
    };
    let published = |eight_ms: f64| {
        let each_ms = eight_ms / EIGHT;
        cost(Uncertain::new(each_ms, OTHER_MACHINE * each_ms))
    };
    let pool = |eight_ms, message, byte, shared| PoolCosts {
        start_ms: published(eight_ms),
        job_ms: Uncertain::exact(0.0),
        message_ms: cost(message),
        one_core_ms: Uncertain::exact(0.0),
        one_core_share: Uncertain::exact(0.0),
        byte_ms: cost(byte),
        shared_byte_ms: shared,
    };
    let nothing = Uncertain::exact(0.0);
    Costs {
        counts_start: true,
        most_workers: MOST_WORKERS,
        most_processes: MOST_PROCESSES,
        task_ms: cost(CALL),
        turn_ms: cost(ASYNCIO_TASK),
        request_ms: cost(ASYNCIO_TASK),
        late_ms: nothing,
        last_late_ms: nothing,
        served_ms: nothing,
        slowdown: match lens {
            Lens::FreeThreaded => {
                let [least, most] = FREE_THREADING;
                Uncertain::new((least + most) / 2.0, (most - least) / 4.0)
            }
            Lens::Python | Lens::Rust => Uncertain::exact(1.0),
        },
        switch_ms: SWITCH_MS,
        threads: Some(pool(EIGHT_THREADS_MS, THREAD_TASK, nothing, Some(nothing))),
        // Data in shared memory is read where it is.
        processes: Some(pool(EIGHT_FORKSERVER_MS, PROCESS_MESSAGE, PICKLED_BYTE, Some(nothing))),
    }
}
