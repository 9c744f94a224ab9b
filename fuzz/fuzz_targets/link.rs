//! Whatever is read of a link survives being written as a link and read again.
//! To be run as `report` is: `cargo fuzz run link fuzz/corpus/link fuzz/seeds/link`.

#![no_main]

use concurrency_playground::experiment::link;
use libfuzzer_sys::fuzz_target;

const WORKERS: u32 = 4;

fuzz_target!(|text: &str| {
    let Ok(pairs) = link::pairs(text) else { return };
    let read = link::read(&pairs, WORKERS).expect("the defaults hold");
    let written = link::write(&read.experiment, WORKERS);
    let pairs = link::pairs(&written).expect("what was written is short enough");
    let again = link::read(&pairs, WORKERS).expect("the defaults hold");
    assert_eq!(again.refused, []);
    assert_eq!(again.experiment, read.experiment);
});
