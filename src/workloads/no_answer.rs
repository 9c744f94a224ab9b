//! Whether a request brought an answer.

use crate::failure::{NoAnswer, Result};

/// Nobody waits for an answer for longer, in ms: those of the page's own take 10 s at the
/// most. `www/answering.js` gives up after the same time.
pub const LONGEST_MS: u32 = 30_000;
/// How much longer the page waits for its service worker, in ms, which says by itself when it
/// gives up.
const GRACE_MS: u32 = 2_000;
/// The header in which the page's service worker says what became of a request.
pub const OUTCOME: &str = "playground-outcome";

impl NoAnswer {
    /// There was none within [`LONGEST_MS`].
    pub fn late() -> Self {
        Self::Late { after_ms: LONGEST_MS.into() }
    }

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
            return Err(Self::NoServiceWorker);
        };
        let (word, rest) = outcome.split_once(' ').unwrap_or((outcome, ""));
        Err(match word {
            "answered" => return Ok(()),
            "late" => Self::late(),
            "too-long" => Self::TooLong,
            "status" => Self::Status { status: rest.parse().unwrap_or_default() },
            _ => Self::Refused { said: rest.into() },
        })
    }
}

/// For how long whoever made a request waits for it, in ms.
pub fn longest_ms(by_service_worker: bool) -> u32 {
    LONGEST_MS + if by_service_worker { GRACE_MS } else { 0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_of_the_service_worker_are_read() {
        for (outcome, expected) in [
            ("answered", None),
            ("late", Some(NoAnswer::late())),
            ("too-long", Some(NoAnswer::TooLong)),
            ("status 404", Some(NoAnswer::Status { status: 404 })),
            ("refused Failed to fetch", Some(NoAnswer::Refused { said: "Failed to fetch".into() })),
        ] {
            assert_eq!(NoAnswer::unless_answered(Some(outcome)).err(), expected, "{outcome}");
        }
    }

    #[test]
    fn an_answer_without_outcome_is_not_the_service_workers() {
        assert_eq!(NoAnswer::unless_answered(None), Err(NoAnswer::NoServiceWorker));
    }
}
