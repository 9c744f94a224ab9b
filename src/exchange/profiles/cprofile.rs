//! The table that `python -m cProfile`, or `pstats`, prints.

use super::spent::{Source, TimeSpent};

/// Built-in functions that wait, as the table names them: parts of "{built-in method time.sleep}" and
/// "{method 'recv' of '_socket.socket' objects}".
const WAITS: [&str; 12] = [
    " time.sleep}",
    "'recv' of '_socket",
    "'recv_into' of '_socket",
    "'recvfrom' of '_socket",
    "'accept' of '_socket",
    "'connect' of '_socket",
    "_socket.getaddrinfo",
    "'read' of '_ssl",
    "'do_handshake' of '_ssl",
    " select.select}",
    "'poll' of 'select",
    "'control' of 'select",
];

/// Those that wait for threads or processes of the program's own: that is neither computing nor waiting for
/// something else, and left out.
const JOINS: [&str; 4] = [
    "'acquire' of '_thread",
    "'_acquire_restore' of '_thread",
    "'get' of '_queue",
    "posix.waitpid",
];

/// Reads it; `None` where it is something else.
pub fn read(text: &str) -> Option<TimeSpent> {
    let all_s = text.lines().find_map(all_seconds)?;
    let of = |names: &[&str]| text.lines().filter_map(|line| spent_in(line, names)).sum::<f64>();
    let (waiting_s, joining_s) = (of(&WAITS), of(&JOINS));
    Some(TimeSpent {
        computing_ms: 1_000.0 * (all_s - waiting_s - joining_s).max(0.0),
        waiting_ms: 1_000.0 * waiting_s,
        source: Source::CProfile,
    })
}

/// "197 function calls (192 primitive calls) in 0.002 seconds".
fn all_seconds(line: &str) -> Option<f64> {
    let (_, rest) = line.split_once(" function calls ")?;
    let (_, rest) = rest.rsplit_once("in ")?;
    rest.trim().strip_suffix("seconds")?.trim().parse().ok()
}

/// The time of a function that is one of `names`, in s: the column `tottime` of "ncalls tottime percall cumtime percall name".
fn spent_in(line: &str, names: &[&str]) -> Option<f64> {
    if !names.iter().any(|name| line.contains(name)) {
        return None;
    }
    let mut columns = line.split_whitespace();
    let calls = columns.next()?;
    calls.starts_with(|first: char| first.is_ascii_digit()).then(|| columns.next()?.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    /// As CPython 3.13 prints it, shortened.
    const TABLE: &str = "         2014 function calls (2009 primitive calls) in 1.750 seconds

   Ordered by: cumulative time

   ncalls  tottime  percall  cumtime  percall filename:lineno(function)
      3/1    0.000    0.000    1.250    1.250 {built-in method builtins.exec}
        1    0.240    0.240    1.250    1.250 fetch.py:1(<module>)
       10    0.900    0.090    0.900    0.090 {method 'recv_into' of '_socket.socket' objects}
        4    0.100    0.025    0.100    0.025 {built-in method time.sleep}
        2    0.500    0.250    0.500    0.250 {method 'acquire' of '_thread.lock' objects}
        9    0.010    0.001    0.010    0.001 fetch.py:9(recv_into)
";

    #[test]
    fn functions_that_wait_are_told_from_those_that_compute() {
        let spent = read(TABLE).expect("a table");
        assert!((spent.waiting_ms - 1_000.0).abs() < 1e-6, "{spent:?}");
        assert!((spent.computing_ms - 250.0).abs() < 1e-6, "{spent:?}");
    }

    #[test]
    fn a_table_of_which_a_part_is_printed_has_its_time() {
        let spent = read(TABLE.split_once("\n\n").expect("a head").0).expect("its head is enough");
        assert_eq!((spent.computing_ms, spent.waiting_ms), (1_750.0, 0.0));
        assert_eq!(read("12 function calls"), None);
        assert_eq!(read("12 function calls in many seconds"), None);
    }
}
