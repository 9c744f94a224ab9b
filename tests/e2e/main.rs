//! The built site in a browser, from the outside: what a reader sees and clicks,
//! what a script gets, and what the operating system says is left running.
//!
//! `cargo xtask test` builds the site and runs these. Those that measure are in `alone` and have
//! the machine to themselves. Bounds on time are several times what is promised: a machine that
//! runs tests is a busy one. `tests/bench` has the promises themselves.

#[allow(dead_code, reason = "the benchmark uses what these tests do not")]
#[path = "../support/mod.rs"]
mod support;

mod advising;
mod alone;
mod answers;
mod bad_input;
mod by_hand;
mod charting;
mod code;
mod deciding;
mod embedding;
mod faults;
mod faults_on_purpose;
mod files;
mod firefox;
mod form;
mod gil;
mod guide;
mod hosting;
mod hybrid;
mod keeping;
mod loading;
mod mapping;
mod memory;
mod narrow;
mod own_data;
mod pitfalls;
mod pitfalls_processes;
mod pool;
mod predicting;
mod primitives;
mod quiet;
mod reporting;
mod results;
mod sharing;
mod start;
mod start_up;
mod waiting;
