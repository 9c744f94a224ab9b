//! What is computed: parameters, splitting into tasks, the kernel, merging, the
//! answer and its digest.
//!
//! Invariants: nothing here reads a clock or a global, and a workload's answer
//! does not depend on who computes it, on how many, or on how it was cut. The
//! formulas are fixed, so that anyone can recompute an answer elsewhere.

pub mod answer;
pub mod array_sum;
pub mod blur;
pub mod custom;
pub mod faults;
pub mod mandelbrot;
pub mod matmul;
pub mod mix;
pub mod mixed_threads;
pub mod monte_carlo_pi;
pub mod no_answer;
pub mod own;
pub mod params;
pub mod pipeline;
pub mod preset;
pub mod primes;
pub mod request;
pub mod requests;
pub mod sha256;
pub mod sort;
pub mod split;
pub mod splitmix;
pub mod summary;
pub mod task_order;
pub mod units;
pub mod urls;
pub mod word_count;
mod work;
mod workload;

pub use work::{Definition, FILL_BYTES, INPUT_GRAIN, Kernel, Kind, Work};
pub use workload::{Workload, WorkloadId, named};
