//! `queue.Queue`.

use crate::pitfalls::definition::Python;
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::primitives::definition::{AT_WORK, Part, Primitive, SHARED_MEMORY, at_work};

/// `queue.Queue`.
pub const QUEUE: Primitive = Primitive {
    address: PrimitiveId::Queue.id(),
    title: PrimitiveId::Queue.name(),
    line: "Threads put items in and take them out, first in, first out.",
    needs: SHARED_MEMORY,
    about: &[
        "Use a [queue](queue) to hand work from one [thread](thread) to another: then they share nothing \
         else, and you need no [lock](lock). With a `maxsize`, `put()` waits while it is full, which is \
         [backpressure](backpressure). `get()` waits while it is empty.",
        "`task_done()` says that an item is dealt with, and `join()` waits until that was said of all. \
         Since Python 3.13, `shutdown()` ends it: `put()` raises `ShutDown` at once, `get()` once the queue \
         is empty, or at once with `immediate=True`. Before 3.13, send a \
         [poison pill](poison-pill) to each consumer.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "Thread 1 puts items into a queue that holds 2, and the others take them and work on each for \
             5 ms. Then it joins the queue and shuts it down. With two threads the producer waits for \
             room; with eight the consumers wait for items.",
        ],
        attempts: &[at_work(
            PrimitiveId::Queue,
            "Each `put()` wakes one consumer that waits, and each `get()` one producer. The shutdown wakes all.",
        )],
    }],
    got: "Items taken",
    one_use: "`put()` and `get()`",
    python: &[Python {
        says: "Two threads square numbers. `jobs.join()` returns when each number is dealt with.",
        code: include_str!("python/jobs.py"),
        output: "[0, 1, 4, 9, 16, 25]\nfull",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/queue.html"),
    }],
};
