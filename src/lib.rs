//! The Concurrency Playground: the same work, run for real under every
//! concurrency model that a browser has.
//!
//! Layers, each importing only those above it in this list. Those marked *pure*
//! never name a browser crate; `tests/layers` holds them to it.
//!
//! | layer | | holds |
//! | --- | --- | --- |
//! | [`wording`] | pure | numbers in sentences |
//! | [`coded`](mod@coded) | pure | values that are sent and stored by code and figures |
//! | [`highlight`] | pure | source code as tokens |
//! | [`failure`] | pure | the ways a run can fail |
//! | [`sync`] | pure | what threads meet at: the queue of tasks, safepoints, the GIL |
//! | [`workloads`] | pure | what is computed |
//! | [`models`] | pure | what the models are: ids, names, options |
//! | [`programs`] | pure | the same work as programs in Python and Rust |
//! | [`experiment`] | pure | what is to be run: workload, models, bounds, links |
//! | [`measure`] | pure | clock, spans, statistics, the report |
//! | [`pitfalls`] | pure | mistakes that can be seen to fail here, and their cures |
//! | [`pool`] | pure | a process pool's tasks and workers, without the workers |
//! | [`primitives`] | pure | what the pages of `threading`'s primitives say |
//! | [`protocol`] | pure | the messages between page and workers |
//! | [`decision`] | pure | the decision tree |
//! | [`advice`] | pure | which model suits measured work, and why |
//! | [`guide`] | pure | chapters, claims and terms, and the figures that they quote |
//! | [`exchange`] | pure | reports out of the page and back into it |
//! | `browser` | | the only home of browser glue |
//! | [`executors`] | scheduling pure | how the models run |
//! | `compute` | | what runs inside the compute binary |
//! | [`scripting`] | catalogue pure | the interface for scripts |
//! | [`ui`] | state and geometry pure | the page |

#![feature(portable_simd)]
#![cfg_attr(feature = "compute", feature(alloc_error_hook))]
#![cfg_attr(
    all(target_arch = "wasm32", target_feature = "atomics"),
    feature(stdarch_wasm_atomic_wait)
)]
#![warn(missing_docs)]
#![deny(unsafe_code)]
#![cfg_attr(not(test), warn(clippy::unwrap_used, clippy::expect_used, clippy::panic))]

pub mod advice;
#[cfg(any(feature = "app", feature = "compute"))]
pub mod browser;
pub mod coded;
#[cfg(feature = "compute")]
pub mod compute;
pub mod decision;
pub mod exchange;
pub mod executors;
pub mod experiment;
pub mod failure;
pub mod guide;
pub mod highlight;
pub mod measure;
pub mod models;
pub mod pitfalls;
pub mod pool;
pub mod primitives;
pub mod programs;
pub mod protocol;
pub mod scripting;
pub mod sync;
pub mod ui;
pub mod wording;
pub mod workloads;
