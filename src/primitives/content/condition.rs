//! `Condition`.

use crate::pitfalls::definition::Python;
use crate::pitfalls::programs::primitive::id::PrimitiveId;
use crate::primitives::definition::{AT_WORK, Part, Primitive, SHARED_MEMORY, at_work};

/// `threading.Condition`.
pub const CONDITION: Primitive = Primitive {
    address: PrimitiveId::Condition.id(),
    title: PrimitiveId::Condition.name(),
    line: "A lock whose holder can wait until another thread says that something has changed.",
    needs: SHARED_MEMORY,
    about: &[
        "Use a condition where a [thread](thread) has to wait until shared data is as it needs it. It \
         takes the [lock](lock), looks, and if it has to wait, `wait()` releases the lock, sleeps, and has \
         the lock again when it returns. Whoever changes the data calls `notify()` to wake one thread, \
         or `notify_all()`.",
        "Look again after `wait()`: another thread may have been faster. `wait_for(predicate)` does that \
         for you. A notification that nobody waits for is lost.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "Thread 1 makes items, adds each under the lock, and notifies one of the others. They wait \
             until there is an item, take it, and work on it without the lock.",
        ],
        attempts: &[at_work(
            PrimitiveId::Condition,
            "There are two kinds of waiting: in `wait()` for an item, and in `acquire()` for the lock. A \
             thread that is notified needs the lock, too, before it goes on.",
        )],
    }],
    got: "Items taken",
    one_use: "`acquire()`, `notify()` and `release()`",
    python: &[Python {
        says: "Three threads wait for an item each. `with changed:` takes the condition's lock.",
        code: include_str!("python/condition.py"),
        output: "[0, 1, 2]",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/threading.html#condition-objects"),
    }],
};
