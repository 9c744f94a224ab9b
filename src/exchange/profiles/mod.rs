//! What a profiler or `time` tells of a program: how long it computed, and how long it waited.
//!
//! | file | reads |
//! | --- | --- |
//! | `cprofile` | the table that `python -m cProfile` prints |
//! | `speedscope` | speedscope's JSON, as `py-spy record --format speedscope` writes it |
//! | `time` | what `time` of shells, and GNU's, say |
//! | `spent` | what is told |

mod cprofile;
mod speedscope;
mod spent;
mod time;

pub use spent::{Source, TimeSpent};

use crate::failure::{Failure, FileProblem, Result};

/// The largest file, in bytes. py-spy fills it in half an hour.
pub const MAX_BYTES: usize = 10_000_000;

/// Reads a profile, of whichever kind it is.
///
/// # Errors
/// `InvalidInput` about `file`.
pub fn read(text: &str) -> Result<TimeSpent> {
    check_size(text.len() as f64)?;
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let read = match text.starts_with('{') {
        true => Some(speedscope::read(text)?),
        false => cprofile::read(text).or_else(|| time::read(text)),
    };
    let is_some_time = |spent: &TimeSpent| {
        let all_ms = spent.computing_ms + spent.waiting_ms;
        all_ms.is_finite() && all_ms > 0.0 && spent.computing_ms >= 0.0 && spent.waiting_ms >= 0.0
    };
    read.filter(is_some_time).ok_or_else(|| Failure::invalid("file", FileProblem::NotProfile))
}

/// Refuses a file by its size, before it is read.
///
/// # Errors
/// `InvalidInput` about `file`.
pub fn check_size(bytes: f64) -> Result<()> {
    match bytes > MAX_BYTES as f64 {
        true => {
            Err(Failure::invalid("file", FileProblem::ProfileTooLarge { most: MAX_BYTES as u64 }))
        }
        false => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::time::{Duration, Instant};

    fn refused(text: &str) -> String {
        read(text).expect_err("it is no profile").message()
    }

    #[test]
    fn what_is_no_profile_is_refused_with_a_reason() {
        for text in ["", "hello", "{}", "[1]", "{\"profiles\": 3}", "real", "\u{0}\u{1}", "PK\u{3}"]
        {
            assert!(refused(text).starts_with("file: "), "{text:?}");
        }
    }

    #[test]
    fn large_and_deep_files_are_refused_at_once() {
        let large = "x".repeat(50_000_000);
        let deep = format!("{{\"profiles\": {}", "[".repeat(100_000));
        for text in [&large, &deep] {
            let began = Instant::now();
            refused(text);
            // A tenth of a second is promised where tests are optimised; this guards against a reader that takes
            // seconds.
            assert!(began.elapsed() < Duration::from_secs(1), "{:?}", began.elapsed());
        }
    }

    const WORDS: &str = "(real|user|sys|system|total|elapsed| function calls | in |seconds|\\{built-in method time.sleep\\}\
                         |[0-9]{1,20}|[.:msh,e-]|\n|\t| |\\{\"profiles\":|NaN|inf){0,40}";

    proptest! {
        #[test]
        fn whatever_a_file_says_is_some_time_or_refused(text in WORDS) {
            match read(&text) {
                Ok(spent) => {
                    let TimeSpent { computing_ms, waiting_ms, .. } = spent;
                    prop_assert!(computing_ms >= 0.0 && waiting_ms >= 0.0, "{:?}", spent);
                    prop_assert!((computing_ms + waiting_ms).is_finite() && computing_ms + waiting_ms > 0.0);
                }
                Err(failure) => prop_assert_eq!(failure.key.as_deref(), Some("file")),
            }
        }
    }
}
