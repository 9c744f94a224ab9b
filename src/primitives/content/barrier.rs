//! `Barrier`.

use crate::pitfalls::definition::{Attempt, Python};
use crate::pitfalls::programs::primitive::demonstration::{DEFAULT, Demonstration};
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::primitives::definition::{
    AT_WORK, Part, Primitive, SHARED_MEMORY, at_work, demonstration,
};

const ABSENT: Demonstration =
    Demonstration { one_is_absent: true, ..Demonstration::of(PrimitiveId::Barrier, DEFAULT) };

/// `threading.Barrier`.
pub const BARRIER: Primitive = Primitive {
    address: PrimitiveId::Barrier.id(),
    title: PrimitiveId::Barrier.name(),
    line: "A place where threads wait until all of them have come.",
    needs: SHARED_MEMORY,
    about: &[
        "Use a barrier between the steps of a computation, when no [thread](thread) may begin the next \
         step before all have ended this one. `wait()` returns in all of them at the same time, and gives \
         each a different number. The barrier can be used again and again.",
        "A step takes as long as its slowest thread. The others wait, so divide the work evenly.",
    ],
    parts: &[
        Part {
            title: AT_WORK,
            see: &[
                "Each thread works for a time that differs from thread to thread, and waits at the \
                 barrier. They meet 3 times. Look for the one that does not wait: it came last, and woke \
                 the others.",
            ],
            attempts: &[at_work(
                PrimitiveId::Barrier,
                "A fast thread may come to the barrier again while slow ones have not left it. It has to wait \
                 until all have, or it would be counted twice.",
            )],
        },
        Part {
            title: "One thread stays away",
            see: &["All threads but one come, and wait for no longer than 20 ms."],
            attempts: &[Attempt {
                id: "absent",
                label: "Run it with one missing",
                about: "The first thread that gives up breaks the barrier: `BrokenBarrierError` is raised in \
                        all that wait, and in all that come later, until somebody calls `reset()`. \
                        `abort()` breaks it without a timeout.",
                start: demonstration(ABSENT),
            }],
        },
    ],
    got: "Passages",
    one_use: "`wait()` at a barrier for one thread",
    python: &[Python {
        says: "Three threads meet. After that one waits alone, and its timeout breaks the barrier.",
        code: include_str!("python/barrier.py"),
        output: "3 False\nbroken: True",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/threading.html#barrier-objects"),
    }],
};
