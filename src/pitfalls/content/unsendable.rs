//! What cannot be sent to a process.

use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::processes::ProcessProgram;

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::Unsendable,
    title: "What cannot be sent to a process",
    line: "Functions, open files, locks: much of what a thread can use cannot be sent to a process.",
    needs: Needs::NOTHING,
    advice: None,
    cases: &[Case {
        title: None,
        see: &[
            "The page tries to send values of 14 kinds to a [worker](worker). The table shows what the browser \
             says of each, and what [pickle](pickle) says of something like it in Python.",
        ],
        fails: &[Attempt {
            id: "send",
            label: "See it fail",
            about: "Each value is posted to a real worker, which says what arrives.",
            start: Start::Program(Program::Processes(ProcessProgram::Send { instead: false })),
        }],
        why: &[
            "A [process](process) has a memory of its own. What you send is turned into bytes, and the other \
             side makes a new value of them. Python calls this pickling, the browser calls it \
             structured cloning.",
            "It works for data: numbers, texts, lists, dictionaries. It does not work for what is \
             more than its data: code and the point that it has reached, a file that the operating \
             system has opened for this process, a lock that somebody here holds.",
            "Some values arrive, but not whole. The browser sends the fields of an object and drops \
             its class. pickle sends the name of the class, and the worker imports it.",
        ],
        cures: &[Attempt {
            id: "send-instead",
            label: "Send it in another form",
            about: "The page sends data in place of what stands for it, names in place of functions and \
                    classes, and a result in place of a promise. The worker makes of it what it needs.",
            start: Start::Program(Program::Processes(ProcessProgram::Send { instead: true })),
        }],
    }],
    python: &[
        Python {
            says: "A lambda, or a function within a function, cannot be pickled: pickle sends a \
                   function by its name, and the worker cannot find this one.",
            code: include_str!("python/sending.py"),
            output: "Can't pickle local object 'main.<locals>.<lambda>'",
            version: "CPython 3.11, Linux; 3.13 says “Can't get local object”, 3.14 raises \
                      PicklingError instead of AttributeError",
            source: Some(
                "https://docs.python.org/3/library/pickle.html#what-can-be-pickled-and-unpickled",
            ),
        },
        Python {
            says: "The ways round: a function at the top of the module, `functools.partial` for its \
                   arguments, and `__getstate__` for an object that holds something unsendable.",
            code: include_str!("python/sending_instead.py"),
            output: "42\n10",
            version: "CPython 3.11, Linux",
            source: Some("https://docs.python.org/3/library/pickle.html#handling-stateful-objects"),
        },
    ],
};
