//! Which tests take longest, by what the test harness prints.

use std::io::{BufRead, BufReader};
use std::process::Command;

use crate::command;
use crate::error::Error;
use crate::say::say;

/// The options by which a test harness reports times.
pub const REPORT_TIME: [&str; 2] = ["-Zunstable-options", "--report-time"];

/// How many are listed.
const LISTED: usize = 10;

/// Runs tests that report their times (`--report-time`), passes on what they print, and lists
/// the slowest at the end.
pub fn run(tests: &mut Command) -> Result<(), Error> {
    let mut times: Vec<(f64, String)> = Vec::new();
    let ran = command::run_and_read(tests, |stdout| {
        for line in BufReader::new(stdout).lines().map_while(Result::ok) {
            println!("{line}");
            times.extend(time(&line));
        }
    });
    times.sort_by(|(a, _), (b, _)| b.total_cmp(a));
    if let [(slowest, name), ..] = &times[..] {
        let all: f64 = times.iter().map(|(seconds, _)| seconds).sum();
        say(format!("{} tests took {all:.0} s, the slowest {slowest:.0} s ({name}):", times.len()));
        for (seconds, name) in times.iter().take(LISTED) {
            println!("{seconds:8.1} s  {name}");
        }
    }
    ran
}

/// What a line such as `test form::it_fits ... ok <1.234s>` says: seconds, and whose.
fn time(line: &str) -> Option<(f64, String)> {
    let (name, rest) = line.strip_prefix("test ")?.split_once(" ... ")?;
    let (_, time) = rest.rsplit_once('<')?;
    Some((time.strip_suffix("s>")?.parse().ok()?, name.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_read_from_the_line_of_its_test() {
        assert_eq!(time("test a::b ... ok <1.250s>"), Some((1.25, "a::b".to_owned())));
        assert_eq!(time("test a::b ... FAILED <0.5s>"), Some((0.5, "a::b".to_owned())));
        assert_eq!(time("test a::b ... ignored, takes long"), None);
        assert_eq!(time("running 3 tests"), None);
    }
}
