//! The leaves: what each path comes to.

use super::super::lab_link::LabLink;
use super::super::tree::{Leaf, Model};
use crate::models::ExecutorKind::{EventLoop, Hybrid, MainThread, Processes, Threads, ThreadsGil};
use crate::models::option::{DATA_MODE, OptionValue};
use crate::programs::Flavour::{
    PythonAsyncio, PythonDask, PythonHybrid, PythonInterpreters, PythonJoblib, PythonLoop,
    PythonProcesses, PythonRay, PythonSpark, PythonThreads, RustHybrid, RustLoop, RustRayon,
    RustThreads, RustTokio,
};
use crate::workloads::WorkloadId::{ArraySum, Mandelbrot, Pipeline, Primes, Requests};

/// What the plain links say.
const TRY_IT: &str = "Try it in the lab";

/// Tens to hundreds of waits.
pub static THREAD_POOL: Leaf = Leaf {
    id: "thread-pool",
    title: "Thread pool",
    model: Model::Lab(Threads),
    why: "A thread that waits needs no core and, in Python, gives up the GIL. So the waits \
        overlap, and all of them together take about as long as the longest one. Blocking code \
        and blocking libraries can stay as they are.",
    python: "`concurrent.futures.ThreadPoolExecutor`. Set `max_workers` to the number of waits \
        you want open: the default is never more than 32.",
    rust: "`std::thread::scope` with a thread for each wait; the standard library has no pool. \
        Within Tokio, `tokio::task::spawn_blocking` has one, of up to 512 threads unless you say \
        otherwise.",
    in_the_lab: "Twenty waits of 100 ms, one after another and on twenty threads: expect about \
        2 s and about 0.1 s. The event loop does as well with one thread.",
    links: &[LabLink {
        label: TRY_IT,
        workload: Requests,
        params: &[("kind", "timer"), ("count", "20"), ("latencyMs", "100"), ("varianceMs", "0")],
        models: &[(MainThread, None), (EventLoop, None), (Threads, Some(20))],
        repeats: Some(8),
    }],
    programs: &[PythonThreads, RustThreads],
    options: &[],
};

/// Thousands of waits.
pub static EVENT_LOOP: Leaf = Leaf {
    id: "event-loop",
    title: "Event loop",
    model: Model::Lab(EventLoop),
    why: "One thread waits for everything at once, so a wait costs a small object instead of a \
        thread and its stack. The price: nothing may block. A single long computation holds up \
        every other task, and the libraries must be written for it.",
    python: "`asyncio`: `async def`, `await` and `asyncio.TaskGroup`, with libraries made for it \
        such as `aiohttp` or `httpx`. A call that blocks goes to `asyncio.to_thread`.",
    rust: "`async fn` on a runtime such as Tokio, with `tokio::spawn` and `JoinSet`. Tokio's \
        usual runtime shares the tasks among several threads; the `current_thread` one is \
        closest to `asyncio`.",
    in_the_lab: "A thousand waits of 100 ms: the event loop keeps all of them open, a pool of 32 \
        threads only 32, so that it needs 32 rounds. No pool here is larger; a larger one costs \
        memory.",
    links: &[LabLink {
        label: TRY_IT,
        workload: Requests,
        params: &[
            ("kind", "timer"),
            ("count", "1000"),
            ("latencyMs", "100"),
            ("varianceMs", "0"),
            ("bytes", "64"),
        ],
        models: &[(EventLoop, None), (Threads, Some(32))],
        repeats: Some(7),
    }],
    programs: &[PythonAsyncio, RustTokio],
    options: &[],
};

/// Computing that no lock holds up.
pub static THREADS: Leaf = Leaf {
    id: "threads",
    title: "Threads, one per core",
    model: Model::Lab(Threads),
    why: "Where no lock holds them up, threads compute at the same time, and they read the same \
        memory, so nothing is copied. More threads than cores gain nothing. What two threads \
        write to must be guarded.",
    python: "`ThreadPoolExecutor` around native calls that release the GIL, or around any code \
        in a free-threaded build (PEP 703, from Python 3.13). Time it against a process pool: \
        not every call releases the lock.",
    rust: "`rayon`, often by writing `par_iter()` for `iter()`, or `std::thread::scope`. The \
        compiler refuses a data race.",
    in_the_lab: "A picture of the Mandelbrot set on one thread, on threads and in processes. \
        The threads have no GIL; the lab has threads with one, too, which can release it in native \
        code.",
    links: &[LabLink {
        label: TRY_IT,
        workload: Mandelbrot,
        params: &[("width", "900"), ("height", "600"), ("maxIter", "4000")],
        models: &[(MainThread, None), (Threads, None), (Processes, None)],
        repeats: None,
    }],
    programs: &[PythonThreads, RustRayon, RustThreads],
    options: &[],
};

/// Computing in Python bytecode, on small data.
pub static PROCESS_POOL: Leaf = Leaf {
    id: "process-pool",
    title: "Process pool",
    model: Model::Lab(Processes),
    why: "Each process has an interpreter and a GIL of its own, so all cores compute at once. \
        Whatever goes in or out is pickled and copied, which costs little as long as it is \
        small. One process per core is enough.",
    python: "`concurrent.futures.ProcessPoolExecutor`, started below \
        `if __name__ == \"__main__\"`. Where the tasks are many and short, give `map` a \
        `chunksize`.",
    rust: "Not needed for speed, since there is no GIL: `rayon` threads do the same without \
        copying. `std::process::Command` is for isolation, where a crash must stay contained.",
    in_the_lab: "300,000 numbers tested for primality on one thread, on threads with a GIL and \
        without, and in processes. Threads with a GIL are as fast as one thread.",
    links: &[LabLink {
        label: TRY_IT,
        workload: Primes,
        params: &[("start", "1000000000"), ("count", "300000")],
        models: &[(MainThread, None), (ThreadsGil, None), (Threads, None), (Processes, None)],
        repeats: None,
    }],
    programs: &[PythonProcesses, PythonJoblib, PythonInterpreters, RustRayon],
    options: &[],
};

/// Computing in Python bytecode, on data too large to be sent around.
pub static SHARED_MEMORY: Leaf = Leaf {
    id: "shared-memory",
    title: "Processes, shared memory",
    model: Model::Lab(Processes),
    why: "Copying would cost what the cores gain. Put the data where every process can read it, \
        and send only its name and a range. Or let each worker load its own part, so that \
        nothing large is sent at all.",
    python: "`multiprocessing.shared_memory.SharedMemory` under a NumPy array, or `numpy.memmap` \
        over a file. Data that never changes can be loaded once per worker with the pool's \
        `initializer`.",
    rust: "Threads that borrow the data: `rayon`'s `par_chunks` copies nothing. Between \
        processes, a memory map, for example with the crate `memmap2`.",
    in_the_lab: "The sum of 64 MiB of numbers. Here the processes are sent copies and the threads \
        share memory, which shows what the copies cost. A shared buffer is one of the options of \
        processes.",
    links: &[LabLink {
        label: TRY_IT,
        workload: ArraySum,
        params: &[("n", "16777216")],
        models: &[(MainThread, None), (Threads, None), (Processes, None)],
        repeats: None,
    }],
    programs: &[PythonProcesses, PythonJoblib, RustRayon],
    options: &[(&DATA_MODE, OptionValue::Word("shared"))],
};

/// Computing that one machine is not enough for.
pub static CLUSTER: Leaf = Leaf {
    id: "cluster",
    title: "Ray, Dask or Spark",
    model: Model::Machines,
    why: "A framework places the work on the machines, moves the data and repeats what is lost \
          with a machine. The network makes every transfer more expensive, so use up one machine \
          first.",
    python: "Ray for functions and objects that keep state, Dask for tables and arrays larger than \
        memory, Spark for pipelines over terabytes, where losing a machine is routine.",
    rust: "There is no usual choice. Common are one program on each machine, fed from a message \
        queue or started by Kubernetes or Slurm; MPI through the crate `mpi`; and, for queries \
        over tables, Apache DataFusion Ballista.",
    in_the_lab: "A page has only this one machine. The lab shows where it ends: 32 workers \
        are about as fast as one per core, and no faster.",
    links: &[LabLink {
        label: "See where one machine ends",
        workload: Mandelbrot,
        params: &[("width", "900"), ("height", "600"), ("maxIter", "4000")],
        models: &[(MainThread, None), (Threads, Some(32)), (Processes, Some(32))],
        repeats: None,
    }],
    programs: &[PythonRay, PythonDask, PythonSpark],
    options: &[],
};

/// Waiting and computing, in stages.
pub static HYBRID: Leaf = Leaf {
    id: "hybrid",
    title: "Hybrid pipeline",
    model: Model::Lab(Hybrid),
    why: "Each stage gets the model that suits it: an event loop or threads overlap the \
        waits, processes keep the cores computing, and both go on at once. A bounded queue between them stops the faster \
        stage from filling the memory (backpressure). Try one model alone first: the second is \
        worth it only if a profile shows both shares.",
    python: "A `ThreadPoolExecutor` that fetches and a `ProcessPoolExecutor` that computes. \
        Under `asyncio`, `loop.run_in_executor` with the process pool.",
    rust: "Tokio for the waits, `rayon` for the computing, and a bounded channel between them, \
        such as `tokio::sync::mpsc::channel`.",
    in_the_lab: "24 answers that each take 40 ms to arrive and about 15 ms to process. The \
        pipeline overlaps the waits and uses all cores; its timeline shows both stages, and how \
        deep the queue between them is.",
    links: &[LabLink {
        label: TRY_IT,
        workload: Pipeline,
        params: &[
            ("rounds", "30000"),
            ("kind", "timer"),
            ("count", "24"),
            ("latencyMs", "40"),
            ("varianceMs", "0"),
        ],
        models: &[
            (MainThread, None),
            (EventLoop, None),
            (Threads, None),
            (Processes, None),
            (Hybrid, None),
        ],
        repeats: None,
    }],
    programs: &[PythonHybrid, RustHybrid],
    options: &[],
};

/// Work too small to be shared out.
pub static ONE_THREAD: Leaf = Leaf {
    id: "one-thread",
    title: "Stay with one thread",
    model: Model::Lab(MainThread),
    why: "Handing work to others costs time too: microseconds for a thread, milliseconds to start \
        a process. Work shorter than that gets slower, and code for one thread has no races and no \
        deadlocks.",
    python: "A plain loop or a comprehension. If it must be faster, look for a better algorithm \
        or a vectorised call first.",
    rust: "A plain iterator. Should the work grow, `iter()` often becomes `rayon`'s `par_iter()`.",
    in_the_lab: "A thousand small numbers tested for primality: handing them out takes longer \
        than testing them.",
    links: &[LabLink {
        label: TRY_IT,
        workload: Primes,
        params: &[("start", "1000"), ("count", "1000")],
        models: &[(MainThread, None), (Threads, None), (Processes, None)],
        repeats: None,
    }],
    programs: &[PythonLoop, RustLoop],
    options: &[],
};
