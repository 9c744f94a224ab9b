//! The questions, from the first one on.

use super::super::tree::{Answer, Node, Question};
use super::leaves::{
    CLUSTER, EVENT_LOOP, HYBRID, ONE_THREAD, PROCESS_POOL, SHARED_MEMORY, THREAD_POOL, THREADS,
};

/// The first question, from which every other node is reached.
pub static TREE: Question = Question {
    id: "work",
    text: "Where does the program spend its time?",
    short: "Where does the time go?",
    how_to_find_out: "Profile one plain run before you change anything. Compare its processor \
        time with the time on the clock: `time` prints both, and in Python so do \
        `time.process_time()` and `time.perf_counter()`. Far less processor time than clock time \
        means waiting, about as much means computing. A sampling profiler names the lines: \
        `py-spy` for Python, `perf` or `samply` for Rust.",
    answers: &[
        Answer {
            id: "io",
            label: "Waiting",
            detail: "For a network, a disk or a database, while the processor has nothing to do.",
            next: Node::Question(&CONCURRENCY),
        },
        Answer {
            id: "cpu",
            label: "Computing",
            detail: "One core is busy nearly all the time.",
            next: Node::Question(&SCALE),
        },
        Answer {
            id: "mixed",
            label: "Both, in stages",
            detail: "It fetches something, then computes with it, and both take a fair share.",
            next: Node::Leaf(&HYBRID),
        },
        Answer {
            id: "little",
            label: "Hardly anywhere",
            detail: "The whole program takes a few milliseconds.",
            next: Node::Leaf(&ONE_THREAD),
        },
    ],
};

static CONCURRENCY: Question = Question {
    id: "concurrency",
    text: "How many waits are open at the same moment?",
    short: "How many waits at once?",
    how_to_find_out: "Multiply how many begin in a second by how many seconds one lasts (Little's \
        law): 200 requests a second of half a second each keep 100 open. On a running Linux \
        server, `ss -s` counts the connections.",
    answers: &[
        Answer {
            id: "hundreds",
            label: "Tens to hundreds",
            detail: "A thread for each is affordable.",
            next: Node::Leaf(&THREAD_POOL),
        },
        Answer {
            id: "thousands",
            label: "Thousands",
            detail: "A thread for each would cost memory and switches, only to wait.",
            next: Node::Leaf(&EVENT_LOOP),
        },
    ],
};

static SCALE: Question = Question {
    id: "scale",
    text: "Is one machine enough?",
    short: "Is one machine enough?",
    how_to_find_out: "Divide the time on one core by the number of cores: one machine cannot do \
        better than that. Then compare the size of the data with the machine's memory. If the \
        time meets your target and the data fits, one machine is enough.",
    answers: &[
        Answer {
            id: "one",
            label: "One is enough",
            detail: "Its cores meet the target, and its memory holds the data.",
            next: Node::Question(&INTERPRETER),
        },
        Answer {
            id: "machines",
            label: "It takes several",
            detail: "All its cores together are too slow, or the data does not fit.",
            next: Node::Leaf(&CLUSTER),
        },
    ],
};

static INTERPRETER: Question = Question {
    id: "interpreter",
    text: "Does the busy code hold Python's GIL?",
    short: "Does a GIL hold it up?",
    how_to_find_out: "Let a profiler count only the moments in which the lock is held: \
        `py-spy record --gil`. If the busy lines are still there, they are Python bytecode. If \
        they are gone, native code released the lock. `sys._is_gil_enabled()` (Python 3.13 and \
        later) tells whether there is one at all; in Rust there is none.",
    answers: &[
        Answer {
            id: "bytecode",
            label: "Yes, bytecode",
            detail: "The hot loop is Python, and only one thread may run it at a time.",
            next: Node::Question(&PAYLOAD),
        },
        Answer {
            id: "native",
            label: "No, it is free",
            detail: "It is native code that releases the lock, as much of NumPy does, or \
                free-threaded Python, or Rust.",
            next: Node::Leaf(&THREADS),
        },
    ],
};

static PAYLOAD: Question = Question {
    id: "payload",
    text: "How much must each task be sent, beside what it computes?",
    short: "How much is sent?",
    how_to_find_out: "Time `pickle.dumps(argument)` and `pickle.loads` of it with `timeit`, for \
        the argument and for the result of one task, and compare that with the time the task \
        computes. `len(pickle.dumps(argument))` gives the bytes.",
    answers: &[
        Answer {
            id: "light",
            label: "Little",
            detail: "Pickling takes a small part of the time that the task computes.",
            next: Node::Leaf(&PROCESS_POOL),
        },
        Answer {
            id: "heavy",
            label: "A lot",
            detail: "Pickling takes about as long as the task, or longer.",
            next: Node::Leaf(&SHARED_MEMORY),
        },
    ],
};
