//! A global that each process has for itself, and errors that nobody reads.

use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::processes::ProcessProgram;
use crate::pitfalls::programs::processes::counting::Way;

const fn run(program: ProcessProgram) -> Start {
    Start::Program(Program::Processes(program))
}

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::GlobalState,
    title: "A global that stays what it was",
    line: "Workers change a global variable, and yours stays 0: each process has its own.",
    needs: Needs::NOTHING,
    advice: None,
    cases: &[
        Case {
            title: Some("Each process has its own global"),
            see: &[
                "Two [processes](process) run 400 [tasks](task). Each task adds 1 to a global counter. The program that \
                 the page started has that counter as well.",
            ],
            fails: &[Attempt {
                id: "globals",
                label: "See it fail",
                about: "The tasks add to a global variable. The page reads its own.",
                start: run(ProcessProgram::Count(Way::Globals)),
            }],
            why: &[
                "A process has a memory of its own, and global variables are in it. The name is the \
                 same in each process, the variable is not. What a worker writes there, nobody else \
                 ever sees.",
            ],
            cures: &[
                Attempt {
                    id: "results",
                    label: "Return results",
                    about: "Each task returns what it has counted, and the page adds it up. This is \
                            what pools are made for. It costs nothing here, because each task sends \
                            an answer anyway.",
                    start: run(ProcessProgram::Count(Way::Results)),
                },
                Attempt {
                    id: "shared-memory",
                    label: "Share the memory",
                    about: "The counter is in [shared memory](shared-memory), and the tasks add to it with one atomic \
                            instruction. Without that they would lose updates. It needs an isolated \
                            page. Python has `multiprocessing.Value`, with a lock.",
                    start: run(ProcessProgram::Count(Way::SharedMemory)),
                },
            ],
        },
        Case {
            title: Some("Errors that nobody reads"),
            see: &[
                "Two processes run 10 tasks. Each calls a function that takes no argument, with one. \
                 Every call fails, and the counter stays 0 for another reason.",
            ],
            fails: &[Attempt {
                id: "unread",
                label: "See it fail",
                about: "The program submits the calls and does not read their results.",
                start: run(ProcessProgram::Call { reads_results: false }),
            }],
            why: &[
                "A call in a process raises its error there. The error is sent back and kept in the \
                 future of that call. It is raised here only when you ask that future for its result. \
                 A program that never asks ends without a word.",
            ],
            cures: &[Attempt {
                id: "read",
                label: "Read the results",
                about: "The program reads the result of each call, and finds each error there. It \
                        costs a line: `future.result()`, or a loop over what `map` returns.",
                start: run(ProcessProgram::Call { reads_results: true }),
            }],
        },
    ],
    python: &[
        Python {
            says: "The same in Python: the global stays 0; results and a shared `Value` have it all.",
            code: include_str!("python/counting.py"),
            output: "global: 0\nresults: 400\nshared memory: 400",
            version: "CPython 3.11, Linux",
            source: Some(
                "https://docs.python.org/3/library/multiprocessing.html#shared-ctypes-objects",
            ),
        },
        Python {
            says: "`map` gives back an iterator at once. The error is raised when you read from it.",
            code: include_str!("python/unread_results.py"),
            output: "no error\nincrement() takes 0 positional arguments but 1 was given",
            version: "CPython 3.11, Linux",
            source: Some(
                "https://docs.python.org/3/library/concurrent.futures.html#concurrent.futures.Executor.map",
            ),
        },
    ],
};
