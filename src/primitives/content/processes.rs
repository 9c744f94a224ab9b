//! `Process`, `Queue`, `Pipe`, `Manager`, `Value` and `Array` of `multiprocessing`.

use crate::pitfalls::definition::{Attempt, Needs, Python, Start};
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::processes::ProcessProgram;
use crate::pitfalls::programs::processes::primitive::{ProcessDemonstration, Sharing};
use crate::primitives::definition::{AT_WORK, Part, Primitive, SHARED_MEMORY};

const fn demonstrate(of: ProcessDemonstration) -> Start {
    Start::Program(Program::Processes(ProcessProgram::Demonstrate(of)))
}

const fn add(sharing: Sharing) -> Start {
    demonstrate(ProcessDemonstration::Shared(sharing))
}

/// `multiprocessing.Process`.
pub const PROCESS: Primitive = Primitive {
    address: "process",
    title: "Process",
    line: "Starts a process, waits for its end, or ends it.",
    needs: Needs::NOTHING,
    about: &[
        "A [process](process) has a memory and a [GIL](gil) of its own. `start()` starts it, `join()` waits \
         for its end, and `exitcode` says how it ended: 0 if all went well, another number from `sys.exit()`, \
         a negative one if a signal ended it.",
        "`terminate()` ends a process wherever it is. What it was at is lost, and a [lock](lock) or a \
         [queue](queue) that it was using may be left unusable. Ask a process to end where you can.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "A web worker with a memory of its own stands in for a process. The first works for a moment and \
             ends with exit code 3. The second never ends: the page waits 200 ms for it, and then ends it.",
        ],
        attempts: &[Attempt {
            id: "use",
            label: "Run it",
            about: "A browser can end a worker that never returns, as `terminate()` does, but keeps no \
                    exit code of it. Python has −15 then: minus the number of the signal `SIGTERM`.",
            start: demonstrate(ProcessDemonstration::Process),
        }],
    }],
    got: "",
    one_use: "",
    python: &[Python {
        says: "The same in Python.",
        code: include_str!("python/process.py"),
        output: "3\nTrue None\n-15",
        version: "CPython 3.11, Linux",
        source: Some(
            "https://docs.python.org/3/library/multiprocessing.html#process-and-exceptions",
        ),
    }],
};

/// `multiprocessing.Queue`.
pub const QUEUE: Primitive = Primitive {
    address: "process-queue",
    title: "Queue between processes",
    line: "Processes put items in and take them out. Each item is copied.",
    needs: Needs::NOTHING,
    about: &[
        "A `multiprocessing.Queue` works like the one for [threads](thread), but items are \
         [pickled](pickle), sent, and unpickled, which costs time for each. Send few large items rather than \
         many tiny ones.",
        "A consumer cannot know that nothing more will come. Put a [poison pill](poison-pill) into the queue \
         for each consumer: an item, often `None`, that says so.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "One process puts 2,000 numbers into a queue and a poison pill for each of two others, which take \
             what they get until they meet a pill. A fourth process has the queue.",
        ],
        attempts: &[Attempt {
            id: "use",
            label: "Run it",
            about: "Who is free takes the next item, so the two rarely take equally many. Together they \
                    take each item once.",
            start: demonstrate(ProcessDemonstration::Queue),
        }],
    }],
    got: "",
    one_use: "",
    python: &[Python {
        says: "Read the results before you join: a process does not end while what it has put is unread.",
        code: include_str!("python/process_queue.py"),
        output: "5050",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/multiprocessing.html#pipes-and-queues"),
    }],
};

/// `multiprocessing.Pipe`.
pub const PIPE: Primitive = Primitive {
    address: "pipe",
    title: "Pipe",
    line: "Two ends: what one process sends, the other receives.",
    needs: Needs::NOTHING,
    about: &[
        "Use a pipe where two [processes](process) talk to each other and nobody else takes part. It has no \
         [lock](lock) and no helper thread, so it is faster than a [queue](queue). Two processes that receive \
         from the same end at the same time may damage each other's messages.",
        "`recv()` waits for a message, `poll()` says whether one is there.",
    ],
    parts: &[Part {
        title: AT_WORK,
        see: &[
            "A `MessageChannel` stands in for the pipe. One process sends a message, the other sends it back: \
             500 times with 8 bytes, and 20 times with 1 MB. Both copies are paid for, there and back.",
        ],
        attempts: &[Attempt {
            id: "use",
            label: "Run it",
            about: "A small message costs what it takes to wake the other process. A large one costs what \
                    it takes to copy it.",
            start: demonstrate(ProcessDemonstration::Pipe),
        }],
    }],
    got: "",
    one_use: "",
    python: &[Python {
        says: "`Pipe()` gives two ends, both of which send and receive.",
        code: include_str!("python/pipe.py"),
        output: "THERE AND BACK False",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/multiprocessing.html#multiprocessing.Pipe"),
    }],
};

/// `multiprocessing.Manager`.
pub const MANAGER: Primitive = Primitive {
    address: "manager",
    title: "Manager",
    line: "A process that has a dict or a list, and serves it to others.",
    needs: Needs::NOTHING,
    about: &[
        "Use a manager where [processes](process) share a dict, a list or an object of yours. It stays in one \
         process, and the others have a proxy: each access is a message there and one back. That is \
         convenient and slow.",
        "Single calls do not disturb one another, but `shared[\"count\"] += 1` is two: get, and set. Between \
         them another process can set the same key, and its addition is lost. Take a [lock](lock) around \
         both, or let the manager do the whole step in one call.",
    ],
    parts: &[
        Part {
            title: AT_WORK,
            see: &[
                "Two processes add 1 to a number in a dict, 500 times each. A third has the dict.",
            ],
            attempts: &[Attempt {
                id: "use",
                label: "Run it with two calls",
                about: "Each addition gets the number and sets it, as `+=` does. Additions are lost.",
                start: demonstrate(ProcessDemonstration::Manager { is_one_call: false }),
            }],
        },
        Part {
            title: "One call for the whole step",
            see: &["The same, with a method `add` that the manager carries out by itself."],
            attempts: &[Attempt {
                id: "one-call",
                label: "Run it with one call",
                about: "The manager does one call after the other, so nothing comes in between. It also \
                        takes half as many messages.",
                start: demonstrate(ProcessDemonstration::Manager { is_one_call: true }),
            }],
        },
    ],
    got: "",
    one_use: "",
    python: &[Python {
        says: "A manager has locks, too. With one around `+=` nothing is lost.",
        code: include_str!("python/manager.py"),
        output: "{'count': 400}",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/multiprocessing.html#managers"),
    }],
};

/// `multiprocessing.Value` and `Array`.
pub const VALUE: Primitive = Primitive {
    address: "value",
    title: "Value and Array",
    line: "Numbers in memory that processes share.",
    needs: SHARED_MEMORY,
    about: &[
        "A `Value` is one number, an `Array` several, in [shared memory](shared-memory): nothing is pickled \
         or sent, and an access costs about as much as one to memory of your own.",
        "Both come with a [lock](lock), which single accesses take by themselves. `value.value += 1` is two \
         accesses: take `value.get_lock()` around it. Where each process has elements of its own, none is \
         needed, and `lock=False` saves it.",
    ],
    parts: &[
        Part {
            title: AT_WORK,
            see: &[
                "Two processes add 1 to one value in shared memory, 500,000 times each: each reads the number, calls a \
                 function that returns 1, and writes the sum.",
            ],
            attempts: &[
                Attempt {
                    id: "unlocked",
                    label: "Without the lock",
                    about: "Both processes can read the same number. Then one of the two additions is lost.",
                    start: add(Sharing::Unlocked),
                },
                Attempt {
                    id: "locked",
                    label: "With the lock",
                    about: "Each takes the lock around reading and writing. Nothing is lost, and it takes \
                            longer: the lock's word moves from core to core.",
                    start: add(Sharing::Locked),
                },
            ],
        },
        Part {
            title: "An element for each process",
            see: &["The same with an array of two elements. Each process adds to its own."],
            attempts: &[Attempt {
                id: "own",
                label: "Without a lock, apart",
                about: "Nothing is lost, although there is no lock. The two elements lie side by side in \
                        one cache line, which still moves from core to core.",
                start: add(Sharing::OwnElements),
            }],
        },
    ],
    got: "",
    one_use: "",
    python: &[Python {
        says: "The value with its lock, and an array in which each process has an element.",
        code: include_str!("python/value.py"),
        output: "20000 [10000, 10000]",
        version: "CPython 3.11, Linux",
        source: Some(
            "https://docs.python.org/3/library/multiprocessing.html#shared-ctypes-objects",
        ),
    }],
};
