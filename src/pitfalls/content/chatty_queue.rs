//! A message for every tiny task.

use crate::guide::figure::Figure;
use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::ChattyQueue,
    title: "A chatty queue",
    line: "Every tiny task travels in a message of its own, and the messages cost more than the work.",
    needs: Needs::NOTHING,
    advice: Some("cpu.one.bytecode.light"),
    cases: &[Case {
        title: None,
        see: &[
            "4,000 tasks of some 10 µs go to two processes: one task to a message, beside one loop \
                that does everything itself.",
        ],
        fails: &[Attempt {
            id: "one-by-one",
            label: "One task to a message",
            about: "Two processes with `chunkSize` 1, beside one loop.",
            start: Start::Experiment {
                query: "workload=custom&tasks=4000&computeUnits=2&waitMs=0&payloadBytes=0&\
                 models=main-thread,processes:2;chunkSize=1",
                shows: &[Figure::Concurrency(1)],
            },
        }],
        why: &[
            "A message is [serialized](serialization), sent, received and deserialized, and so is its answer. That \
                takes longer than such a task computes. The workers mostly wait for messages, and the \
                page is busy writing them.",
        ],
        cures: &[Attempt {
            id: "chunks",
            label: "64 tasks to a message",
            about: "The same with [chunks](chunk) (`chunkSize`) of 64: a message is paid for once for 64 tasks. Chunks \
                    that are too large leave workers idle at the end.",
            start: Start::Experiment {
                query: "workload=custom&tasks=4000&computeUnits=2&waitMs=0&payloadBytes=0&\
                 models=main-thread,processes:2;chunkSize=64",
                shows: &[Figure::Concurrency(1)],
            },
        }],
    }],
    python: &[Python {
        says: "`Executor.map` of a process pool sends items one by one, unless you give it a \
               `chunksize`. For threads it has no effect: nothing is sent there.",
        code: include_str!("python/chunksize.py"),
        output: "chunksize=1: 2.64 s
chunksize=1000: 0.01 s",
        version: "CPython 3.11, Linux, 2 cores",
        source: Some(
            "https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.Executor.map",
        ),
    }],
};
