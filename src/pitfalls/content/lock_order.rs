//! Two locks in opposite orders.

use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::lock_order::LockOrder;
use crate::pitfalls::programs::threads::ThreadProgram;

const fn run(way: LockOrder) -> Start {
    Start::Program(Program::Threads(ThreadProgram::LockOrder(way)))
}

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::LockOrder,
    title: "Two locks, two orders",
    line: "Each of two threads holds one lock and waits for the other's. Neither ever goes on.",
    needs: Needs { shared_memory: true, cores: 1 },
    advice: None,
    cases: &[Case {
        title: None,
        see: &[
            "Two accounts have a [lock](lock) each. Thread 1 transfers from A to B, thread 2 from B to A, 50 \
             times each. A transfer takes both locks, and spends 1 ms between the two.",
            "When it fails, both threads are [blocked](blocking) for good. They no longer answer, so the page \
             reads from the shared memory who waits for what. Once nothing has changed for 1 s, it \
             ends the threads.",
        ],
        fails: &[Attempt {
            id: "opposite",
            label: "See it fail",
            about: "Each thread takes the lock of the account first that it takes money from.",
            start: run(LockOrder::Opposite),
        }],
        why: &[
            "Thread 1 holds lock A and waits for lock B. Thread 2 holds lock B and waits for lock A. \
             Each waits for something that only the other can release, so both wait for ever: a \
             [deadlock](deadlock).",
            "Draw an arrow from each thread to the lock it waits for, and from each lock to the thread \
             that holds it. This is a waits-for graph. Where its arrows go around in a circle, there \
             is a deadlock.",
        ],
        cures: &[
            Attempt {
                id: "same",
                label: "Take the locks in one order",
                about: "Both threads take lock A first, whichever way the money goes. Whoever has A \
                        gets B. It costs nothing but the rule, which everyone who takes both locks \
                        has to keep.",
                start: run(LockOrder::Same),
            },
            Attempt {
                id: "retry",
                label: "Give up and try again",
                about: "A thread waits for its second lock for 5 ms. Then it releases the first, \
                        waits for a moment, and starts over. That works without a common order. It \
                        costs the time of every failed try, and threads that wait equally long can \
                        fail again and again.",
                start: run(LockOrder::Retry),
            },
            Attempt {
                id: "owner",
                label: "Let one thread own both",
                about: "A third thread owns the accounts. The others put their transfers into a \
                        queue, and it makes them one by one. There are no locks left to confuse. The \
                        others do not know when their transfer is made.",
                start: run(LockOrder::Owner),
            },
        ],
    }],
    python: &[Python {
        says: "`with first, second:` deadlocks in Python as well, with or without a GIL. \
               `Lock.acquire` has a `timeout`, which turns the deadlock into something you can handle.",
        code: include_str!("python/two_locks.py"),
        output: "no second lock after 1 s
transferred",
        version: "CPython 3.11, Linux; once one gives up, the other gets through",
        source: Some("https://docs.python.org/3/library/threading.html#threading.Lock.acquire"),
    }],
};
