//! The lost update.

use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::lost_update::{Adders, LostUpdate};
use crate::pitfalls::programs::threads::ThreadProgram;

const fn run(way: LostUpdate) -> Start {
    Start::Program(Program::Threads(ThreadProgram::LostUpdate(way, Adders::PAIR)))
}

/// How an addition is lost: what thread 1 does, what thread 2 does, and the counter after that.
pub const STEPS: &[[&str; 3]] = &[
    ["reads 5", "", "5"],
    ["", "reads 5", "5"],
    ["adds 1", "adds 1", "5"],
    ["writes 6", "", "6"],
    ["", "writes 6", "6"],
];

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::LostUpdate,
    title: "Lost update",
    line: "Two threads add to one counter, and the total comes out too low.",
    needs: Needs { shared_memory: true, cores: 2 },
    advice: None,
    cases: &[Case {
        title: None,
        see: &[
            "Two [threads](thread) share one counter. Each adds 1 to it a million times. The counter should \
                show 2,000,000 at the end.",
        ],
        fails: &[Attempt {
            id: "apart",
            label: "See it fail",
            about: "Each thread reads the counter, calls a function that returns 1, adds that, and writes \
                    the result back.",
            start: run(LostUpdate::Apart),
        }],
        why: &[
            "Adding 1 takes three steps: read, add, write. Both threads can read the same value. Both \
             add 1 to it, and both write the same result. Two additions have happened, and the counter \
             has risen by 1: one update is lost.",
            "Neither thread does anything wrong by itself. The result depends on who comes first, so \
             this is called a [race condition](race-condition). Nothing reports it, and a test with less work may pass.",
        ],
        cures: &[
            Attempt {
                id: "lock",
                label: "With a lock",
                about: "A thread takes a [lock](lock) before it reads and releases it after it has written. \
                        No other thread comes in between. While one thread has the lock, \
                        the other waits, so here the two never work at the same time.",
                start: run(LostUpdate::Lock),
            },
            Attempt {
                id: "atomic",
                label: "With an atomic addition",
                about: "The processor reads, adds and writes in one instruction that no other can \
                        interrupt. It needs no lock, but the counter's cache line still moves from \
                        core to core. Python has no such instruction; Rust has `fetch_add`.",
                start: run(LostUpdate::Atomic),
            },
            Attempt {
                id: "message",
                label: "With a message",
                about: "Each thread counts by itself and sends its count once, at the end. Nothing is \
                        shared while they count, so this is usually the fastest cure. The total is \
                        known only at the end.",
                start: run(LostUpdate::Message),
            },
        ],
    }],
    python: &[
        Python {
            says: "With the [GIL](gil) of CPython 3.10 and later, a bare `counter += 1` loses nothing in \
                   practice: a thread hands the GIL over only at calls and at backward jumps, and \
                   there is none between the read and the write. Nothing promises that it stays so, \
                   and on a free-threaded build it does lose updates.",
            code: include_str!("python/adding_bare.py"),
            output: "1200000",
            version: "CPython 3.11, Linux",
            source: None,
        },
        Python {
            says: "As soon as there is a call between the read and the write, updates are lost with \
                   the GIL, too. A `Lock` cures it.",
            code: include_str!("python/adding_calls.py"),
            output: "add 136511
add_locked 400000",
            version: "CPython 3.11, Linux; the first number differs from run to run",
            source: None,
        },
    ],
};
