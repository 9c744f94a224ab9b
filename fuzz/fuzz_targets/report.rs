//! Whatever text is read as a report is written, and read again, as the same report.
//!
//! `cargo install cargo-fuzz --locked`, and in the project's folder
//!
//! ```text
//! mkdir -p fuzz/corpus/report
//! cargo fuzz run report fuzz/corpus/report fuzz/seeds/report -- -max_len=65536 -max_total_time=60
//! ```
//!
//! The compiler is the project's, by `rust-toolchain.toml`; that its settings have the
//! standard library built, too, does no harm.

#![no_main]

use concurrency_playground::exchange::{json, read};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(report) = read::read(text) {
        let written = json::write(&report);
        let again = read::read(&written).expect("what was written can be read");
        assert_eq!(json::write(&again), written);
        assert_eq!(again, report);
    }
});
