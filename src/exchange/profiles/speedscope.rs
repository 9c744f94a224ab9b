//! speedscope's JSON, as `py-spy record --format speedscope` writes it
//! (<https://www.speedscope.app/file-format-schema.json>): samples of stacks, each with its weight.

use super::spent::{Source, TimeSpent};
use crate::failure::{Failure, FileProblem, Result};
use serde::Deserialize;

/// Functions of the standard library, by name and by the end of their file's name, that wait for something else.
const WAITS: [(&str, &str); 8] = [
    ("select", "selectors.py"),
    ("readinto", "socket.py"),
    ("accept", "socket.py"),
    ("getaddrinfo", "socket.py"),
    ("create_connection", "socket.py"),
    ("recv_into", "ssl.py"),
    ("read", "ssl.py"),
    ("do_handshake", "ssl.py"),
];

/// Those that wait for threads or processes of the program's own: that is neither computing nor waiting for
/// something else, and left out.
const JOINS: [(&str, &str); 8] = [
    ("wait", "threading.py"),
    ("_wait_for_tstate_lock", "threading.py"),
    ("join", "threading.py"),
    ("get", "queue.py"),
    ("_recv", "connection.py"),
    ("_poll", "connection.py"),
    ("_try_wait", "subprocess.py"),
    ("poll", "popen_fork.py"),
];

#[derive(Deserialize)]
struct File {
    shared: Shared,
    profiles: Vec<Profile>,
}

#[derive(Deserialize)]
struct Shared {
    frames: Vec<Frame>,
}

#[derive(Deserialize)]
struct Frame {
    name: String,
    #[serde(default)]
    file: Option<String>,
}

/// One thread.
#[derive(Deserialize)]
struct Profile {
    #[serde(rename = "type")]
    kind: String,
    unit: String,
    #[serde(default)]
    samples: Vec<Vec<usize>>,
    #[serde(default)]
    weights: Vec<f64>,
}

/// Reads it.
///
/// # Errors
/// `InvalidInput` about `file`.
pub fn read(text: &str) -> Result<TimeSpent> {
    let file: File = serde_json::from_str(text).map_err(|error| {
        let said = error.to_string().as_str().into();
        Failure::invalid("file", FileProblem::NotSpeedscope { said })
    })?;
    let frames = file.shared.frames.iter();
    let frames: Vec<_> = frames.map(|it| (it.is_one_of(&WAITS), it.is_one_of(&JOINS))).collect();
    let (mut computing_ms, mut waiting_ms) = (0.0, 0.0);
    for profile in &file.profiles {
        let unit_ms = profile.unit_ms()?;
        for (stack, weight) in profile.samples.iter().zip(&profile.weights) {
            // The innermost comes last. `time.sleep` and the like are no frames of Python's: their callers are.
            let innermost = stack.last().and_then(|at| frames.get(*at)).copied();
            let spent_ms = weight.max(0.0) * unit_ms;
            match innermost.unwrap_or_default() {
                (true, _) => waiting_ms += spent_ms,
                (_, true) => {}
                (false, false) => computing_ms += spent_ms,
            }
        }
    }
    Ok(TimeSpent { computing_ms, waiting_ms, source: Source::Speedscope })
}

impl Frame {
    fn is_one_of(&self, names: &[(&str, &str)]) -> bool {
        let file = self.file.as_deref().unwrap_or_default();
        names.iter().any(|(name, end)| self.name == *name && file.ends_with(end))
    }
}

impl Profile {
    fn unit_ms(&self) -> Result<f64> {
        let wrong = |said: String| {
            Failure::invalid("file", FileProblem::NotSpeedscope { said: said.as_str().into() })
        };
        if self.kind != "sampled" {
            return Err(wrong(format!(
                "its profiles are of the type “{}”, not “sampled”",
                cut(&self.kind)
            )));
        }
        match self.unit.as_str() {
            "seconds" => Ok(1_000.0),
            "milliseconds" => Ok(1.0),
            "microseconds" => Ok(1e-3),
            "nanoseconds" => Ok(1e-6),
            unit => Err(wrong(format!("its unit is “{}”, not one of time", cut(unit)))),
        }
    }
}

/// The beginning of what a file says, to be quoted.
fn cut(text: &str) -> String {
    text.chars().take(20).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(kind: &str, unit: &str) -> String {
        serde_json::json!({
            "$schema": "https://www.speedscope.app/file-format-schema.json",
            "shared": { "frames": [
                { "name": "main", "file": "fetch.py", "line": 3 },
                { "name": "recv_into", "file": "/usr/lib/python3.13/ssl.py", "line": 1 },
                { "name": "recv_into", "file": "fetch.py" },
                { "name": "wait", "file": "/usr/lib/python3.13/threading.py" },
            ] },
            "profiles": [{
                "type": kind, "name": "MainThread", "unit": unit, "startValue": 0.0, "endValue": 0.05,
                "samples": [[0], [0, 1], [0, 1], [0, 2], [], [7], [0, 3]],
                "weights": [0.01, 0.01, 0.01, 0.01, 0.0, 0.01, 5.0],
            }],
            "exporter": "py-spy",
        })
        .to_string()
    }

    #[test]
    fn what_waits_is_told_by_the_innermost_function() {
        let spent = read(&file("sampled", "seconds")).expect("it is right");
        assert!((spent.computing_ms - 30.0).abs() < 1e-9, "{spent:?}");
        assert!((spent.waiting_ms - 20.0).abs() < 1e-9, "{spent:?}");
    }

    #[test]
    fn what_is_no_time_or_no_sample_is_refused() {
        for (kind, unit, said) in [("sampled", "bytes", "bytes"), ("evented", "seconds", "evented")]
        {
            let message = read(&file(kind, unit)).expect_err("is wrong").message();
            assert!(message.contains(said), "{message}");
        }
    }
}
