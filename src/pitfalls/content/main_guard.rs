//! A main module that runs again in each worker.

use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;
use crate::pitfalls::programs::Program;
use crate::pitfalls::programs::processes::ProcessProgram;

const fn run(is_guarded: bool) -> Start {
    Start::Program(Program::Processes(ProcessProgram::StartMain { is_guarded }))
}

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::MainGuard,
    title: "The missing main guard",
    line: "Each worker runs the main module again. Without a guard it starts workers again, too.",
    needs: Needs::NOTHING,
    advice: None,
    cases: &[Case {
        title: None,
        see: &[
            "A program starts two [workers](worker), and each worker runs that program from its first line. \
             Without a guard each of them starts two workers again.",
            "Here it ends after three generations, because the program itself says so. All workers \
             are ended once they have reported.",
        ],
        fails: &[Attempt {
            id: "unguarded",
            label: "See it fail",
            about: "The program starts workers wherever it runs.",
            start: run(false),
        }],
        why: &[
            "A new process has nothing of your program. To find the function that it is to call, it \
             imports your main module, and that runs every line at the top of it. If one of these \
             lines starts workers, each worker starts workers.",
            "Python stops this after the first generation. A worker that starts a process while it is \
             still importing the main module raises a `RuntimeError` and ends. A `ProcessPoolExecutor` \
             is then broken. A `multiprocessing.Pool` starts its workers again and again, so you see \
             the same error for ever.",
        ],
        cures: &[Attempt {
            id: "guarded",
            label: "Add a main guard",
            about: "The program starts workers only where it is the main program. Here it asks whether \
                    it has a document, which only the page has. In Python it asks whether `__name__` \
                    is `\"__main__\"`: in a worker the module is called `__mp_main__`.",
            start: run(true),
        }],
    }],
    python: &[
        Python {
            says: "Without a [guard](main-guard), with the [start method](start-method) spawn. From 3.14 on the default on Linux is \
                   forkserver, which imports the main module as well; on macOS it has been spawn since \
                   3.8, and on Windows always. With fork alone, the default on Linux up to 3.13, the \
                   guard is not missed.",
            code: include_str!("python/no_main_guard.py"),
            output: "the module runs as __main__
the module runs as __mp_main__
RuntimeError:
        An attempt has been made to start a new process before the
        current process has finished its bootstrapping phase.

        This probably means that you are not using fork to start your
        child processes and you have forgotten to use the proper idiom
        in the main module:

            if __name__ == '__main__':
                freeze_support()
                ...",
            version: "CPython 3.11, Linux; without the traceback, and shortened",
            source: Some("https://docs.python.org/3/whatsnew/3.14.html"),
        },
        Python {
            says: "With a guard the module still runs in the worker, under another name, and starts \
                   nothing.",
            code: include_str!("python/main_guard.py"),
            output: "the module runs as __main__\nthe module runs as __mp_main__\nworking",
            version: "CPython 3.11, Linux",
            source: Some(
                "https://docs.python.org/3/library/multiprocessing.html#the-spawn-and-forkserver-start-methods",
            ),
        },
    ],
};
