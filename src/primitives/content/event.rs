//! `Event`.

use crate::pitfalls::definition::Python;
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::primitives::definition::{AT_WORK, Part, Primitive, SHARED_MEMORY, at_work};

/// `threading.Event`.
pub const EVENT: Primitive = Primitive {
    address: PrimitiveId::Event.id(),
    title: PrimitiveId::Event.name(),
    line: "Something that happens once, and that threads can wait for.",
    needs: SHARED_MEMORY,
    about: &[
        "Use an event to tell [threads](thread) that something has happened: the data is loaded, the \
         program should stop. `wait()` waits until somebody calls `set()`; after that it returns at once. \
         `clear()` makes threads wait again.",
        "`set()` wakes all who wait. If only one of them should go on, use a condition, a semaphore, or \
         a [queue](queue).",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "Thread 1 works for 12 ms and then sets the event. The others wait for it. With three or \
             more threads, the last one comes when it is set already.",
        ],
        attempts: &[at_work(
            PrimitiveId::Event,
            "All waits end at the same moment, and the last thread does not wait at all. Here an event \
             counts how often it was set, so that a thread that waited goes on even if somebody clears the \
             event before that thread has its turn.",
        )],
    }],
    got: "Waits that ended",
    one_use: "`set()`, `wait()` and `clear()`",
    python: &[Python {
        says: "`wait` with a timeout says whether the event was set.",
        code: include_str!("python/event.py"),
        output: "False []\nTrue [0, 1, 2]",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/threading.html#event-objects"),
    }],
};
