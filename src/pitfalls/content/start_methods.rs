//! What a child process inherits by fork, forkserver and spawn.

use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::processes::ProcessProgram;
use crate::pitfalls::programs::processes::inheriting;

const fn run(start: inheriting::Start) -> Start {
    Start::Program(Program::Processes(ProcessProgram::StartChild(start)))
}

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::StartMethods,
    title: "Fork, forkserver and spawn",
    line: "A forked child inherits everything, even a lock that nobody there will ever release.",
    needs: Needs::NOTHING,
    advice: None,
    cases: &[Case {
        title: None,
        see: &[
            "A [process](process) loads 16 MB of data, sets its global counter to 42, and takes its global lock. \
             Then it gets a child. The page asks the child for its counter, for its data, and to take \
             the lock.",
            "The child that [fork](fork) makes waits for the lock. The page ends it after 1 s. The parent then \
             releases its own lock and takes it again, which works.",
        ],
        fails: &[Attempt {
            id: "fork",
            label: "See it fail: fork",
            about: "The whole memory of the parent is copied, as it is now, and the child starts on \
                    that copy.",
            start: run(inheriting::Start::Fork),
        }],
        why: &[
            "The lock is a word in memory that says: held. The copy says so, too. Whoever holds it \
             is a thread of the parent, and only the thread that forks is copied. The one that would \
             release the lock does not exist in the child, so the child waits for ever.",
            "This is why Python warns, since 3.12, of forking a program that has threads, and why its \
             default on Linux is forkserver since 3.14.",
            "How this differs: fork in an operating system copies no memory at first, only the \
             pages that one of the two writes to later. It also inherits open files. And its child \
             goes on from the line of the fork, where the child here starts at the program's \
             beginning. A template here is a copy of a memory; a forkserver is a process that \
             forks.",
            "And here the parent has only one thread: it holds the lock, and its child begins anew \
             without it. In an operating system the lock has to be held by another thread, as in the \
             program below.",
        ],
        cures: &[
            Attempt {
                id: "fork-unlocked",
                label: "Fork before taking the lock",
                about: "The parent forks while nobody holds the lock: start processes first, threads \
                        later. The child has the parent's data without loading it again. You have to \
                        know every lock of every library, though.",
                start: run(inheriting::Start::ForkUnlocked),
            },
            Attempt {
                id: "forkserver",
                label: "forkserver",
                about: "The child is a copy of a process that was started before and has done nothing. \
                        (Python's has at most imported your main module.) No lock is held there. It \
                        has none of the parent's data either: send it what it needs.",
                start: run(inheriting::Start::Forkserver),
            },
            Attempt {
                id: "spawn",
                label: "spawn",
                about: "The child fetches and compiles the program anew. It inherits nothing at all. \
                        In an operating system this takes the longest.",
                start: run(inheriting::Start::Spawn),
            },
        ],
    }],
    python: &[Python {
        says: "The same in Python. What it costs there: 8 workers created, run and joined on 3.14 took \
               3.1 ms with fork, 4.5 ms with forkserver and 32.9 ms with spawn on Linux; 10.6, 14.8 and \
               51.6 ms on macOS; and 70.9 ms with spawn on Windows, which has no other \
               (github.com/REASY/python-free-threading-vs-multiprocessing-benchmarks).",
        code: include_str!("python/start_methods.py"),
        output: "fork: counter is 42, gets the lock: False
forkserver: counter is 0, gets the lock: True
spawn: counter is 0, gets the lock: True",
        version: "CPython 3.11, Linux",
        source: Some(
            "https://docs.python.org/3/library/multiprocessing.html#contexts-and-start-methods",
        ),
    }],
};
