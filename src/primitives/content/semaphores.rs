//! `Semaphore` and `BoundedSemaphore`.

use crate::pitfalls::definition::Python;
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::primitives::definition::{AT_WORK, Part, Primitive, SHARED_MEMORY, at_work};

/// `threading.Semaphore`.
pub const SEMAPHORE: Primitive = Primitive {
    address: PrimitiveId::Semaphore.id(),
    title: PrimitiveId::Semaphore.name(),
    line: "A number of permits: as many threads at a time may go on.",
    needs: SHARED_MEMORY,
    about: &[
        "Use a semaphore to limit how many [threads](thread) do something at the same time, such as \
         downloading from one server. `acquire()` takes a permit and waits while there is none; \
         `release()` gives one back. It has no owner, so any thread may give back a permit, even one that \
         nobody took.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "There are half as many permits as threads. Each thread takes one 3 times and keeps it for \
             4 ms. Count the solid bars above one another: never more than there are permits.",
        ],
        attempts: &[at_work(
            PrimitiveId::Semaphore,
            "The semaphore is one number in shared memory: how many permits are left. Taking one is an \
             [atomic](atomic) subtraction. A thread that finds 0 sleeps until somebody gives one back.",
        )],
    }],
    got: "Permits taken",
    one_use: "`acquire()` and `release()`",
    python: &[Python {
        says: "Six downloads, of which two at a time go on. The program prints the most that it saw.",
        code: include_str!("python/semaphore.py"),
        output: "2",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/threading.html#semaphore-objects"),
    }],
};

/// `threading.BoundedSemaphore`.
pub const BOUNDED_SEMAPHORE: Primitive = Primitive {
    address: PrimitiveId::BoundedSemaphore.id(),
    title: PrimitiveId::BoundedSemaphore.name(),
    line: "A semaphore that refuses a release too many.",
    needs: SHARED_MEMORY,
    about: &[
        "A release too many is a mistake that a plain semaphore hides: from then on one thread more than \
         you meant may go on. A bounded semaphore never has more permits than at first, and raises \
         `ValueError` instead. Use it unless you want to add permits.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "The same as with a semaphore. When all permits have been given back, one thread releases \
             once more, which is refused.",
        ],
        attempts: &[at_work(
            PrimitiveId::BoundedSemaphore,
            "Giving back compares and adds in one [atomic](atomic) step, so that two threads that \
             release at the same time cannot get past the bound together.",
        )],
    }],
    got: "Permits taken",
    one_use: "`acquire()` and `release()`",
    python: &[Python {
        says: "The same mistake with both kinds.",
        code: include_str!("python/bounded_semaphore.py"),
        output: "Semaphore has a permit too many\nBoundedSemaphore Semaphore released too many times",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/threading.html#threading.BoundedSemaphore"),
    }],
};
