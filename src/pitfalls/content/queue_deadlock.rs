//! Queues whose ends wait for each other.

use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::queue_deadlock::QueueDeadlock;
use crate::pitfalls::programs::threads::ThreadProgram;

const fn run(way: QueueDeadlock) -> Start {
    Start::Program(Program::Threads(ThreadProgram::QueueDeadlock(way)))
}

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::QueueDeadlock,
    title: "A queue that deadlocks",
    line: "There is no lock, and still each waits for the other.",
    needs: Needs { shared_memory: true, cores: 1 },
    advice: None,
    cases: &[
        Case {
            title: Some("Join before drain"),
            see: &[
                "A producer puts 8 items into a [queue](queue) that holds 4, and ends. Its parent first \
                    waits for that end (join), then takes the items (drain).",
            ],
            fails: &[Attempt {
                id: "join-first",
                label: "See it fail",
                about: "The parent joins, then drains.",
                start: run(QueueDeadlock::JoinFirst),
            }],
            why: &[
                "After 4 items the queue is full, and the producer waits for room. Only the parent \
                    makes room, and the parent waits for the producer. With 4 items or fewer it would \
                    work, so a test with little data does not find it.",
            ],
            cures: &[Attempt {
                id: "drain-first",
                label: "Drain, then join",
                about: "The parent takes all items first. Then the producer can end. This costs \
                        nothing.",
                start: run(QueueDeadlock::DrainFirst),
            }],
        },
        Case {
            title: Some("A consumer that waits for its producer"),
            see: &[
                "A producer puts 8 items into a queue that holds 4, and then signals that it is \
                    done. The consumer waits for this signal before it takes anything.",
            ],
            fails: &[Attempt {
                id: "consume-after",
                label: "See it fail",
                about: "The consumer starts when the producer is done.",
                start: run(QueueDeadlock::ConsumeAfter),
            }],
            why: &[
                "The signal never comes, because the producer is never done: the queue is full, \
                    and the producer waits for room. A bound on a queue only works with a consumer \
                    that does not wait for its producer.",
            ],
            cures: &[
                Attempt {
                    id: "unbounded",
                    label: "A queue without a bound",
                    about: "Everything fits, so the producer never waits. It costs memory for all \
                            that is produced before anything is consumed.",
                    start: run(QueueDeadlock::Unbounded),
                },
                Attempt {
                    id: "meanwhile",
                    label: "Consume while it produces",
                    about: "The consumer takes items as they come, until the queue is closed. Memory \
                            stays within the bound, and both sides work at the same time.",
                    start: run(QueueDeadlock::ConsumeMeanwhile),
                },
            ],
        },
        Case {
            title: Some("A pool whose tasks wait for each other"),
            see: &[
                "A [pool](pool) has 2 threads and gets 2 tasks. Each task gives the same pool a subtask \
                    and waits for its result.",
            ],
            fails: &[Attempt {
                id: "in-pool",
                label: "See it fail",
                about: "Both tasks wait for subtasks that the pool has not begun.",
                start: run(QueueDeadlock::WaitInPool),
            }],
            why: &[
                "Both threads of the pool are taken by tasks that wait. The subtasks wait for a \
                    free thread, and no thread becomes free before a subtask is done. With a third \
                    thread it would work, until there is a third task.",
            ],
            cures: &[
                Attempt {
                    id: "second-pool",
                    label: "A second pool for subtasks",
                    about: "Subtasks have threads of their own, so tasks may wait for them. It costs \
                            those threads.",
                    start: run(QueueDeadlock::SecondPool),
                },
                Attempt {
                    id: "outside",
                    label: "Wait outside of the pool",
                    about: "A task starts its subtask and ends. The caller, which is not a thread of \
                            the pool, waits for the results. No thread of the pool ever waits.",
                    start: run(QueueDeadlock::WaitOutside),
                },
            ],
        },
    ],
    python: &[
        Python {
            says: "A process that has put much into a `multiprocessing.Queue` does not end before it \
                   is drained: one of its threads writes into a pipe, and the pipe's buffer has 64 KB on \
                   Linux. So get first, then join.",
            code: include_str!("python/join_or_drain.py"),
            output: "60000 bytes: ended
    ended
70000 bytes: still running
    ended",
            version: "CPython 3.11, Linux",
            source: Some(
                "https://docs.python.org/3/library/multiprocessing.html#programming-guidelines",
            ),
        },
        Python {
            says: "A task of a `ThreadPoolExecutor` that waits for a [future](future) of the same pool takes a \
                   thread from it. Where all threads are taken like this, nothing goes on. A second \
                   pool cures it.",
            code: include_str!("python/waiting_in_pool.py"),
            output: "1024, no free thread
1024, 1024",
            version: "CPython 3.11, Linux; once one gives up, its thread runs the other's subtask",
            source: Some(
                "https://docs.python.org/3/library/concurrent.futures.html#threadpoolexecutor",
            ),
        },
    ],
};
