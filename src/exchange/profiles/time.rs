//! What `time` says: Bash's and POSIX's three lines, zsh's and GNU's one.

use super::spent::{Source, TimeSpent};

/// Reads it; `None` where it is something else.
pub fn read(text: &str) -> Option<TimeSpent> {
    let [real_s, user_s, system_s] = in_lines(text).or_else(|| in_words(text))?;
    let computing_s = user_s + system_s;
    Some(TimeSpent {
        computing_ms: 1_000.0 * computing_s,
        // With several cores busy nobody can tell.
        waiting_ms: 1_000.0 * (real_s - computing_s).max(0.0),
        source: Source::Time,
    })
}

/// "real 0m1.234s" (Bash) or "real 1.23" (POSIX), and the same of "user" and "sys".
fn in_lines(text: &str) -> Option<[f64; 3]> {
    let of = |name: &str| {
        let mut lines = text.lines().filter_map(|line| line.trim().strip_prefix(name));
        lines
            .find_map(|rest| rest.starts_with(char::is_whitespace).then(|| seconds(rest.trim()))?)
    };
    Some([of("real")?, of("user")?, of("sys")?])
}

/// "0.80s user 0.10s system 73% cpu 1.234 total" (zsh), and "0.80user 0.10system 0:01.23elapsed" (GNU).
fn in_words(text: &str) -> Option<[f64; 3]> {
    let line = text.lines().find(|line| line.contains("user") && line.contains("system"))?;
    let before = |name: &str| {
        // zsh begins with the command, which may have the word, too.
        let (before, _) = line.rsplit_once(name)?;
        let number = before.trim_end().rsplit(char::is_whitespace).next()?;
        seconds(number)
    };
    Some([before("elapsed").or_else(|| before("total"))?, before("user")?, before("system")?])
}

/// "1.23", "1.23s", "1m2.5s", "1:02.5", "1:02:03"; with a comma, too, as some languages have it.
fn seconds(text: &str) -> Option<f64> {
    let text = text.replace(',', ".");
    let text = text.trim_end_matches('s').replace(['h', 'm'], ":");
    let mut all = 0.0;
    for part in text.split(':') {
        let number: f64 = part.parse().ok()?;
        all = 60.0 * all + number;
    }
    (all.is_finite() && all >= 0.0).then_some(all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spent(text: &str) -> Option<[f64; 2]> {
        read(text).map(|spent| [spent.computing_ms.round(), spent.waiting_ms.round()])
    }

    #[test]
    fn bash_posix_zsh_and_gnu_are_read() {
        assert_eq!(
            spent("\nreal\t0m2.500s\nuser\t0m0.300s\nsys\t0m0.200s\n"),
            Some([500.0, 2_000.0])
        );
        assert_eq!(spent("real\t1m0,500s\nuser\t1m0,000s\nsys\t0m0,000s"), Some([60_000.0, 500.0]));
        assert_eq!(spent("real 2.50\nuser 0.30\nsys 0.20\n"), Some([500.0, 2_000.0]));
        let zsh = "python a.py  0.30s user 0.20s system 20% cpu 2.500 total";
        assert_eq!(spent(zsh), Some([500.0, 2_000.0]));
        let zsh = "python system_users.py total  0.30s user 0.20s system 20% cpu 2.500 total";
        assert_eq!(spent(zsh), Some([500.0, 2_000.0]));
        let gnu = "0.30user 0.20system 0:02.50elapsed 20%CPU (0avgtext+0avgdata 9000maxresident)k\n0inputs";
        assert_eq!(spent(gnu), Some([500.0, 2_000.0]));
    }

    #[test]
    fn several_busy_cores_are_no_waiting() {
        assert_eq!(spent("real 1.0\nuser 3.5\nsys 0.5"), Some([4_000.0, 0.0]));
    }

    #[test]
    fn other_words_are_nothing() {
        for text in [
            "real 1.0\nuser 2.0",
            "really 1.0\nuser 1.0\nsys 1.0",
            "real x\nuser y\nsys z",
            "user system",
        ] {
            assert_eq!(spent(text), None, "{text}");
        }
    }
}
