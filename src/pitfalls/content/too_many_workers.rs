//! More workers than cores.

use crate::guide::figure::Figure;
use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::TooManyWorkers,
    title: "More workers than cores",
    line: "A pool with more processes than there are cores is no faster, and takes longer to start.",
    needs: Needs::NOTHING,
    advice: Some("cpu.one.bytecode.light"),
    cases: &[Case {
        title: None,
        see: &[
            "The same primes are tested by two pools: one has as many processes as the browser reports \
             cores (at least 2), the other has 32. Compare the times, and how long the workers took \
             to start.",
            "With 32 cores or more both pools are the same: this page starts no wider one.",
        ],
        fails: &[Attempt {
            id: "beyond-cores",
            label: "32 processes beside one for each core",
            about: "The page starts both pools, then gives them the same work.",
            start: Start::Experiment {
                query: "workload=primes&count=300000&models=processes,processes:32",
                shows: &[Figure::StartUp(0), Figure::StartUp(1)],
            },
        }],
        why: &[
            "A core runs one worker at a time. Workers beyond the number of cores take turns, and \
             every turn costs a context switch and cold caches. Each worker also costs time to start \
             and memory of its own.",
            "It multiplies: 8 processes whose library starts 8 threads each are 64 threads. This is \
             called [oversubscription](oversubscription).",
        ],
        cures: &[Attempt {
            id: "as-many-as-cores",
            label: "A process for each core beside one loop",
            about: "As many workers as there are cores, no more. Work that waits is another matter: \
                    a worker that waits needs no core.",
            start: Start::Experiment {
                query: "workload=primes&count=300000&models=main-thread,processes",
                shows: &[Figure::StartUp(1)],
            },
        }],
    }],
    python: &[Python {
        says: "`ProcessPoolExecutor()` starts up to `os.process_cpu_count()` workers since 3.13, which \
               knows your process's affinity but not a container's quota. There, say how many you \
               want. For NumPy and the like, limit the library's own threads as well.",
        code: include_str!("python/workers.py"),
        output: "12",
        version: "CPython 3.11, Linux",
        source: Some(
            "https://docs.python.org/3/library/concurrent.futures.html#processpoolexecutor",
        ),
    }],
};
