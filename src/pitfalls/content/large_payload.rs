//! Payloads that take longer to send than to work on.

use crate::guide::figure::Figure;
use crate::pitfalls::definition::{Attempt, Case, Needs, Pitfall, Python, Start};
use crate::pitfalls::id::PitfallId;

/// What it is.
pub const PITFALL: Pitfall = Pitfall {
    id: PitfallId::LargePayload,
    title: "Too large a payload",
    line: "Sending the data to a process takes longer than working on it here.",
    needs: Needs::NOTHING,
    advice: Some("cpu.one.bytecode.heavy"),
    cases: &[Case {
        title: None,
        see: &[
            "An array of 34 MB is summed: by one loop, and by two processes, which are sent their \
                shares of it.",
        ],
        fails: &[Attempt {
            id: "copy",
            label: "Send copies",
            about: "The browser copies each share into the memory of a process (`dataMode` copy).",
            start: Start::Experiment {
                query: "workload=array-sum&n=8388608&models=main-thread,processes:2;dataMode=copy",
                shows: &[Figure::Bytes(1)],
            },
        }],
        why: &[
            "Adding up reads every byte once. Sending reads and writes every byte at least once \
                more. Work that does little with much data is over before its data has arrived.",
        ],
        cures: &[
            Attempt {
                id: "transfer",
                label: "Transfer instead of copy",
                about: "The buffer changes hands and is not copied (`dataMode` transfer). The sender \
                        no longer has it. A process still copies it into the memory that it computes \
                        in.",
                start: Start::Experiment {
                    query: "workload=array-sum&n=8388608&models=main-thread,processes:2;dataMode=copy,\
                     processes:2;dataMode=transfer",
                    shows: &[Figure::Bytes(1), Figure::Bytes(2)],
                },
            },
            Attempt {
                id: "shared",
                label: "Share the memory",
                about: "Threads read the array where it is: nothing is sent. Data that is shared \
                        and written to needs a lock. Python has `multiprocessing.shared_memory` \
                        for processes.",
                start: Start::Experiment {
                    query: "workload=array-sum&n=8388608&models=main-thread,threads:2,\
                     processes:2;dataMode=copy",
                    shows: &[Figure::Bytes(1), Figure::Bytes(2)],
                },
            },
        ],
    }],
    python: &[Python {
        says: "Arguments of a process pool are [pickled](pickle), written into a pipe, read, and unpickled. \
               Send what tells the worker where the data is (a file's name and a range, or the name \
               of a shared memory) rather than the data.",
        code: include_str!("python/payload.py"),
        output: "here: 24 ms
in a process: 136 ms",
        version: "CPython 3.11, Linux",
        source: Some("https://docs.python.org/3/library/multiprocessing.shared_memory.html"),
    }],
};
