//! `Lock` and `RLock`.

use crate::pitfalls::definition::{Attempt, Python, Start};
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::lost_update::{Adders, LostUpdate};
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::pitfalls::programs::threads::ThreadProgram;
use crate::primitives::definition::{AT_WORK, Part, Primitive, SHARED_MEMORY, at_work};

const fn add(way: LostUpdate) -> Start {
    Start::Program(Program::Threads(ThreadProgram::LostUpdate(way, Adders::FOUR)))
}

/// `threading.Lock`.
pub const LOCK: Primitive = Primitive {
    address: PrimitiveId::Lock.id(),
    title: PrimitiveId::Lock.name(),
    line: "Only one thread has it at a time. Others that want it wait.",
    needs: SHARED_MEMORY,
    about: &[
        "Use a [lock](lock) where several [threads](thread) change the same data. A thread takes it \
         before it reads and releases it after it has written, so no other comes in between. What \
         stands between the two is a [critical section](critical-section). Keep it short.",
        "A lock does not know who has it: any thread may release it, and a thread that takes it twice \
         waits for itself for ever.",
    ],
    parts: &[
        Part {
            title: AT_WORK,
            see: &[
                "Each thread takes the lock 3 times and keeps it for 4 ms. A pause stands in for the \
                 work, so more threads than cores can take part. Look at how the solid bars follow \
                 one another: never two at a time, in any lane.",
            ],
            attempts: &[at_work(
                PrimitiveId::Lock,
                "Here a lock is one number in shared memory. A thread that finds it taken sleeps until \
                 the one that releases it wakes one of those that wait. Who is woken takes part in a race \
                 with whoever comes just then, so threads need not get it in the order in which they came.",
            )],
        },
        Part {
            title: "With and without it",
            see: &["Four threads add 1 to one counter, a million times together."],
            attempts: &[
                Attempt {
                    id: "without",
                    label: "Without the lock",
                    about: "Each thread reads the counter, calls a function that returns 1, and writes \
                            the sum. Two threads can read the same value; then one addition is lost.",
                    start: add(LostUpdate::Apart),
                },
                Attempt {
                    id: "with",
                    label: "With the lock",
                    about: "The same, with the lock around reading and writing. No addition is lost. \
                            Compare the times to see what that costs when four threads want the lock all \
                            the time.",
                    start: add(LostUpdate::Lock),
                },
            ],
        },
    ],
    got: "Acquisitions",
    one_use: "`acquire()` and `release()`",
    python: &[Python {
        says: "`with lock:` takes the lock and releases it at the end, whatever happens in between.",
        code: include_str!("python/lock.py"),
        output: "400000\nFalse True",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/threading.html#lock-objects"),
    }],
};

/// `threading.RLock`.
pub const RLOCK: Primitive = Primitive {
    address: PrimitiveId::RLock.id(),
    title: PrimitiveId::RLock.name(),
    line: "A lock that its holder may take again.",
    needs: SHARED_MEMORY,
    about: &[
        "Use an RLock where a function that has the [lock](lock) calls another that takes it, too. It \
         knows its owner and counts: the owner takes it again without waiting, and it is free after as many \
         releases. Another thread that releases it gets a `RuntimeError`.",
        "It costs a little more than a `Lock`. Where no function calls another under the lock, you do \
         not need it.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "Each thread takes the lock 3 times, and each time takes it once more while it has it. \
             The darker part of a bar is where it has the lock twice. With a `Lock` every thread would \
             be stuck there.",
        ],
        attempts: &[at_work(
            PrimitiveId::RLock,
            "Other threads wait until the last of the releases. Only then is one of them woken.",
        )],
    }],
    got: "Acquisitions, the nested ones too",
    one_use: "`acquire()` and `release()`",
    python: &[Python {
        says: "`add_twice` has the lock and calls `add`, which takes it again. With an `RLock` that \
               works; with a `Lock` it would wait for ever without the timeout.",
        code: include_str!("python/rlock.py"),
        output: "10\na Lock cannot be taken twice",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/threading.html#rlock-objects"),
    }],
};
