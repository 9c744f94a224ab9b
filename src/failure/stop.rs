//! Why the compute program stopped for good, as the text in which that leaves it.
//!
//! A program that is out of memory cannot send a message: it throws its figures, which must be
//! written without allocating and found again in whatever the browser makes of what is thrown.

use super::{Failure, MemoryProblem, Who, WorkProblem};
use std::fmt;

/// What a thread throws that has closed itself, as there is no other way out of what it is at. A page takes it for
/// a worker that ended without a word.
pub const CLOSED: &str = "[closed]";
/// Begins what is thrown for [`Stop::OutOfMemory`], before its figures in bytes.
const EXHAUSTED: &str = "[OutOfMemory asked=";
const IN_USE: &str = " inUse=";
const END: &str = "]";

/// What browsers, and Rust, write where memory could not be had.
const MEMORY_WORDS: [&str; 8] = [
    "out of memory",
    "could not allocate memory",
    "cannot allocate",
    "allocation failed",
    "allocation size overflow",
    "invalid array length",
    "invalid array buffer length",
    "capacity overflow",
];

/// Why the program stopped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stop {
    /// It asked for memory that it could not have.
    OutOfMemory {
        /// How many bytes it asked for.
        asked: u64,
        /// How many bytes it had then.
        in_use: u64,
    },
    /// The browser had no memory left for something beside the program's own.
    NoRoom,
    /// It panicked, or trapped.
    Broken(String),
}

impl Stop {
    /// What a thrown text, or the message of an error event, says.
    pub fn read(text: &str) -> Self {
        if let Some(exhausted) = read_exhausted(text) {
            return exhausted;
        }
        let lower = text.to_lowercase();
        if MEMORY_WORDS.iter().any(|words| lower.contains(words)) {
            return Self::NoRoom;
        }
        Self::Broken(text.trim_end_matches('.').to_owned())
    }

    /// The failure of `who`, which stopped for this.
    pub fn failure(self, who: Who) -> Failure {
        match self {
            Self::OutOfMemory { asked, in_use } => {
                MemoryProblem::Exhausted { who, asked, in_use }.into()
            }
            Self::NoRoom => MemoryProblem::NoneLeft { who }.into(),
            Self::Broken(what) => WorkProblem::Stopped { who, said: what.into() }.into(),
        }
    }
}

/// Writes what is thrown for [`Stop::OutOfMemory`]. Allocates nothing, unless `into` does.
pub fn write_out_of_memory(into: &mut impl fmt::Write, asked: usize, in_use: usize) -> fmt::Result {
    write!(into, "{EXHAUSTED}{asked}{IN_USE}{in_use}{END}")
}

fn read_exhausted(text: &str) -> Option<Stop> {
    let (_, rest) = text.split_once(EXHAUSTED)?;
    let (asked, rest) = rest.split_once(IN_USE)?;
    let (in_use, _) = rest.split_once(END)?;
    Some(Stop::OutOfMemory { asked: asked.parse().ok()?, in_use: in_use.parse().ok()? })
}

/// A text of bounded length, which needs no allocation. What does not fit is cut off.
pub struct ShortText {
    bytes: [u8; Self::MOST],
    len: usize,
}

impl Default for ShortText {
    fn default() -> Self {
        Self { bytes: [0; Self::MOST], len: 0 }
    }
}

impl ShortText {
    const MOST: usize = 96;

    /// What was written.
    pub fn as_str(&self) -> &str {
        // Only whole texts are written to it.
        std::str::from_utf8(&self.bytes[..self.len]).unwrap_or_default()
    }
}

impl fmt::Write for ShortText {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let room = self.bytes.get_mut(self.len..self.len + text.len()).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.len += text.len();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::FailureKind;

    #[test]
    fn out_of_memory_survives_what_browsers_make_of_it() {
        let mut text = ShortText::default();
        write_out_of_memory(&mut text, usize::MAX, 805_306_368).expect("it fits");
        let thrown = Stop::OutOfMemory { asked: usize::MAX as u64, in_use: 805_306_368 };
        for around in ["{}", "Uncaught Error: {}", "Error: {} (at worker.js:1)"] {
            assert_eq!(Stop::read(&around.replace("{}", text.as_str())), thrown, "{around}");
        }
    }

    #[test]
    fn out_of_memory_says_how_much_would_fit() {
        let stop = Stop::OutOfMemory { asked: 400_000_000, in_use: 600_000_000 };
        let failure = stop.failure(Who::Thread);
        assert_eq!(failure.kind(), FailureKind::OutOfMemory);
        assert!(failure.message().contains("at most 60% of it fits"), "{failure}");
        assert!(failure.message().contains("had 600 MB and needed 400 MB more"), "{failure}");
    }

    #[test]
    fn words_of_browsers_about_memory_are_known() {
        for text in [
            "RangeError: WebAssembly.Memory(): could not allocate memory",
            "Uncaught RangeError: Array buffer allocation failed",
            "InternalError: allocation size overflow",
            "Data cannot be cloned, out of memory.",
            "capacity overflow",
        ] {
            assert_eq!(Stop::read(text), Stop::NoRoom, "{text}");
            assert_eq!(Stop::read(text).failure(Who::Worker).kind(), FailureKind::OutOfMemory);
        }
        let broken = Stop::read("RuntimeError: unreachable.");
        assert_eq!(broken, Stop::Broken("RuntimeError: unreachable".into()));
        let failure = broken.failure(Who::Thread);
        assert_eq!(failure.kind(), FailureKind::TaskFailed);
        assert!(failure.message().starts_with("A thread stopped: RuntimeError"), "{failure}");
    }
}
