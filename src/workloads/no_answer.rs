//! Why a request brought no answer.

use super::answer::grouped;
use std::fmt;

/// Nobody waits for an answer for longer, in ms: those of the page's own take 10 s at the
/// most. `www/answering.js` gives up after the same time.
pub const LONGEST_MS: u32 = 30_000;
/// How much longer the page waits for its service worker, in ms, which says by itself when it
/// gives up.
const GRACE_MS: u32 = 2_000;
/// The header in which the page's service worker says what became of a request.
pub const OUTCOME: &str = "playground-outcome";

/// Why a request brought no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The browser gave none, and says this.
    Refused(String),
    /// The answer has a status that is no success.
    Status(u16),
    /// There was none within [`LONGEST_MS`].
    Late,
    /// The answer has more bytes than are taken.
    TooLong,
    /// The answer has so many bytes instead of those that were asked for.
    WrongLength(usize),
}

impl NoAnswer {
    /// Refuses an answer of `bytes` bytes where there may be `most`, before it is copied.
    ///
    /// # Errors
    /// `TooLong`.
    pub fn unless_within(most: usize, bytes: usize) -> Result<(), Self> {
        if bytes <= most { Ok(()) } else { Err(Self::TooLong) }
    }

    /// What the page's service worker says in the header [`OUTCOME`], which nobody else sends.
    ///
    /// # Errors
    /// Why there is no answer.
    pub fn unless_answered(outcome: Option<&str>) -> Result<(), Self> {
        let Some(outcome) = outcome else {
            return Err(Self::Refused("the page's service worker did not answer".to_owned()));
        };
        let (word, rest) = outcome.split_once(' ').unwrap_or((outcome, ""));
        Err(match word {
            "answered" => return Ok(()),
            "late" => Self::Late,
            "too-long" => Self::TooLong,
            "status" => Self::Status(rest.parse().unwrap_or_default()),
            _ => Self::Refused(rest.to_owned()),
        })
    }
}

/// For how long whoever made a request waits for it, in ms.
pub fn longest_ms(by_service_worker: bool) -> u32 {
    LONGEST_MS + if by_service_worker { GRACE_MS } else { 0 }
}

/// What went wrong, as part of a sentence.
impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(what) => f.write_str(what),
            Self::Status(status) => write!(f, "status {status}"),
            Self::Late => write!(f, "no whole answer within {} s", LONGEST_MS / 1000),
            Self::TooLong => f.write_str("too many bytes"),
            Self::WrongLength(bytes) => write!(f, "{} bytes", grouped(*bytes as u64)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_of_the_service_worker_are_read() {
        for (outcome, expected) in [
            ("answered", None),
            ("late", Some(NoAnswer::Late)),
            ("too-long", Some(NoAnswer::TooLong)),
            ("status 404", Some(NoAnswer::Status(404))),
            ("refused Failed to fetch", Some(NoAnswer::Refused("Failed to fetch".to_owned()))),
        ] {
            assert_eq!(NoAnswer::unless_answered(Some(outcome)).err(), expected, "{outcome}");
        }
    }

    #[test]
    fn an_answer_without_outcome_is_not_the_service_workers() {
        let refused = NoAnswer::unless_answered(None).unwrap_err();
        assert!(refused.to_string().contains("service worker did not answer"), "{refused}");
    }
}
