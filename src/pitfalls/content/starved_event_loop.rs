//! One task computes and stops all others.

use crate::guide::figure::Figure;
use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::StarvedEventLoop,
    title: "A starved event loop",
    line: "One task computes, and every other task on the event loop stands still.",
    needs: Needs::NOTHING,
    advice: Some("io.thousands"),
    cases: &[Case {
        title: None,
        see: &[
            "Twelve tasks make short requests on an [event loop](event-loop), and one computes for some tenths \
                of a second. Look at the latency of the requests, and at how long the page was \
                frozen.",
        ],
        fails: &[Attempt {
            id: "on-the-loop",
            label: "Compute on the event loop",
            about: "All thirteen tasks are on one event loop.",
            start: Start::Experiment {
                query: "workload=mixed-threads&models=event-loop",
                shows: &[Figure::Latency(0), Figure::Freeze(0)],
            },
        }],
        why: &["An event loop has one thread. It switches between tasks only where a task awaits \
                something. A task that computes awaits nothing, so until it is done no other task \
                runs: no answer is read, no timer fires, no button works."],
        cures: &[Attempt {
            id: "elsewhere",
            label: "Compute in a thread or a process",
            about: "What computes goes to threads, or to processes; the page stays free. In Python \
                    with a GIL a thread only shares the one interpreter: heavy computing in pure \
                    Python goes to a process.",
            start: Start::Experiment {
                query: "workload=mixed-threads&models=event-loop,threads:2,processes:2",
                shows: &[
                    Figure::Latency(0),
                    Figure::Freeze(0),
                    Figure::Latency(1),
                    Figure::Freeze(1),
                    Figure::Latency(2),
                    Figure::Freeze(2),
                ],
            },
        }],
    }],
    python: &[Python {
        says: "In `asyncio` use `asyncio.to_thread` for calls that block, and a process pool by \
               `loop.run_in_executor` for heavy computing. With the GIL a thread that computes still \
               delays the loop by up to a switch interval of 5 ms at a time, but does not stop it. \
               `to_thread` shares one pool with name look-ups: fill it, and DNS looks slow.",
        code: include_str!("python/event_loop.py"),
        output: "in a coroutine
  longest pause: 500 ms
to_thread
  longest pause: 20 ms",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/asyncio-task.html#running-in-threads"),
    }],
};
