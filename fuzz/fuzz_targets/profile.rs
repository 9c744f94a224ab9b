//! Whatever a file says of time that was spent, it is read as some or refused.
//! To be run as `report` is: `cargo fuzz run profile fuzz/corpus/profile fuzz/seeds/profile`.

#![no_main]

use concurrency_playground::exchange::profiles;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    if let Ok(spent) = profiles::read(text) {
        let all_ms = spent.computing_ms + spent.waiting_ms;
        assert!(all_ms > 0.0 && all_ms.is_finite());
        assert!(spent.computing_ms >= 0.0 && spent.waiting_ms >= 0.0);
    }
});
