//! Progress on stderr, so that a command's own output stays clean.

use std::time::{Duration, Instant};

use crate::error::Error;

/// One line about what happens now.
pub fn say(message: impl AsRef<str>) {
    eprintln!("xtask: {}", message.as_ref());
}

/// Announces a step, takes it, and says how long it took.
pub fn step<T>(what: &str, work: impl FnOnce() -> Result<T, Error>) -> Result<T, Error> {
    say(format!("{what} ..."));
    let started = Instant::now();
    let result = work()?;
    say(format!("done in {}", human(started.elapsed())));
    Ok(result)
}

fn human(duration: Duration) -> String {
    match duration.as_secs() {
        0 => format!("{} ms", duration.as_millis()),
        seconds @ 1..60 => format!("{seconds} s"),
        seconds => format!("{} min {} s", seconds / 60, seconds % 60),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_like_speech() {
        assert_eq!(human(Duration::from_millis(340)), "340 ms");
        assert_eq!(human(Duration::from_millis(59_999)), "59 s");
        assert_eq!(human(Duration::from_secs(425)), "7 min 5 s");
    }
}
