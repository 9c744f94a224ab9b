//! One request: how it is waited for, what it brings, and what it says where it fails.

use super::answer::grouped;
use super::splitmix;
use crate::failure::{Failure, FailureKind, Result};
use serde::{Deserialize, Serialize};
use std::fmt;

/// Longest a single request may be made to take, in milliseconds.
pub const MAX_DELAY_MS: u64 = 10_000;
/// Most bytes that a single request may bring; `www/sw.js` refuses more.
pub const MAX_BYTES: u64 = 1 << 20;

/// Nobody waits for an answer for longer, in ms: those of the page's own take 10 s at the
/// most.
pub const LONGEST_MS: u32 = 30_000;

/// How a request is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequestKind {
    /// A `fetch` through the browser's network stack, answered by the page's own
    /// service worker.
    Network,
    /// A plain timed wait.
    Timer,
    /// Bytes of a file in the origin private file system.
    Disk,
    /// A record in IndexedDB, which the page's own service worker looks up.
    Database,
    /// What is at an address of the reader's own.
    Url,
}

impl RequestKind {
    /// Whether only the page's service worker can answer it.
    pub fn needs_service_worker(self) -> bool {
        matches!(self, Self::Network | Self::Database)
    }
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How it is waited for.
    pub kind: RequestKind,
    /// How long the answer takes, in ms; 0 where nobody makes it wait.
    pub delay_ms: u64,
    /// How many bytes it has; those of a reader's address at the most.
    pub bytes: usize,
    /// The seed of the whole run.
    pub seed: u64,
    /// Which request of the run it is.
    pub index: usize,
    /// Where it is answered: below the page's own address, unless it is absolute. Empty
    /// for timed waits.
    pub address: String,
}

/// Why a request brought no answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoAnswer {
    /// The browser gave none, and says this.
    Refused(String),
    /// The answer has a status that is no success.
    Status(u16),
    /// There was none within [`LONGEST_MS`].
    Late,
    /// The answer has so many bytes, more than are taken.
    TooLong(usize),
}

impl NoAnswer {
    /// Refuses an answer of `bytes` bytes where there may be `most`, before it is copied.
    ///
    /// # Errors
    /// `TooLong`.
    pub fn unless_within(most: usize, bytes: usize) -> Result<(), Self> {
        if bytes <= most { Ok(()) } else { Err(Self::TooLong(bytes)) }
    }
}

/// What went wrong, as part of a sentence.
impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(what) => f.write_str(what),
            Self::Status(status) => write!(f, "status {status}"),
            Self::Late => write!(f, "no answer within {} s", LONGEST_MS / 1000),
            Self::TooLong(bytes) => write!(f, "{} bytes", grouped(*bytes as u64)),
        }
    }
}

impl Request {
    /// A plain timed wait of `delay_ms` that brings nothing.
    pub fn timer(delay_ms: u64, index: usize) -> Self {
        let kind = RequestKind::Timer;
        Self { kind, delay_ms, bytes: 0, seed: 0, index, address: String::new() }
    }

    /// The bytes that the answer must have: byte j is r(seed + index, j) >> 56. What a
    /// reader's address brings is not known before, and empty here.
    pub fn body(&self) -> Vec<u8> {
        match self.kind {
            RequestKind::Url => Vec::new(),
            _ => body(self.seed, self.index, self.bytes),
        }
    }

    /// The whole address on a page whose folder is at `base`.
    pub fn url(&self, base: &str) -> String {
        match self.kind {
            RequestKind::Network | RequestKind::Database => format!("{base}{}", self.address),
            RequestKind::Timer | RequestKind::Disk | RequestKind::Url => self.address.clone(),
        }
    }

    /// The answer's bytes, if they are as many as were asked for.
    ///
    /// # Errors
    /// `TaskFailed` where they are not.
    pub fn check(&self, body: Vec<u8>) -> Result<Vec<u8>> {
        if body.len() == self.bytes || self.kind == RequestKind::Url && body.len() < self.bytes {
            return Ok(body);
        }
        Err(self.failed(&NoAnswer::TooLong(body.len())))
    }

    /// The failure of this request for want of an answer: `TaskFailed`, with what to do.
    pub fn failed(&self, why: &NoAnswer) -> Failure {
        let message = match (self.kind, why) {
            (RequestKind::Url, NoAnswer::TooLong(_)) => format!(
                "{} brought {why}; {} is the most of each. Name something smaller.",
                self.address,
                grouped(self.bytes as u64)
            ),
            (_, NoAnswer::TooLong(_)) => format!(
                "Request {} brought {why} instead of {}. Reload the page, so that its service \
                 worker is the right one.",
                self.index + 1,
                grouped(self.bytes as u64)
            ),
            (RequestKind::Url, NoAnswer::Refused(_)) => format!(
                "{} could not be read ({why}). Either nothing answers there, or its server does \
                 not let other pages read it: it has to send Access-Control-Allow-Origin.",
                self.address
            ),
            (RequestKind::Url, NoAnswer::Status(_) | NoAnswer::Late) => {
                format!("{}: {why}. Check the address.", self.address)
            }
            (RequestKind::Disk | RequestKind::Database, _) => format!(
                "What was stored for request {} could not be read ({why}). Run it again, and \
                 leave this site's data alone meanwhile.",
                self.index + 1
            ),
            (RequestKind::Network | RequestKind::Timer, _) => {
                format!("A request failed: {why}. Reload the page, or choose timed waits.")
            }
        };
        Failure::new(FailureKind::TaskFailed, message)
    }
}

/// `bytes` bytes of request `index`: byte j is r(seed + index, j) >> 56.
pub fn body(seed: u64, index: usize, bytes: usize) -> Vec<u8> {
    let seed = seed.wrapping_add(index as u64);
    (0..bytes as u64).map(|j| (splitmix::r(seed, j) >> 56) as u8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(bytes: usize) -> Request {
        let address = "https://example.org/a".to_owned();
        Request { kind: RequestKind::Url, bytes, address, ..Request::timer(0, 0) }
    }

    #[test]
    fn a_reader_s_address_may_bring_less_than_the_most_but_not_more() {
        assert_eq!(url(3).check(vec![1, 2]), Ok(vec![1, 2]));
        let failure = url(3).check(vec![0; 4]).unwrap_err();
        assert!(failure.message.starts_with("https://example.org/a brought 4"), "{failure}");
    }

    #[test]
    fn what_cannot_be_read_is_named_with_what_its_server_has_to_do() {
        let failure = url(3).failed(&NoAnswer::Refused("Failed to fetch".to_owned()));
        for word in ["https://example.org/a", "Access-Control-Allow-Origin"] {
            assert!(failure.message.contains(word), "{failure}");
        }
        let failure = url(3).failed(&NoAnswer::Status(404));
        assert!(failure.message.contains("status 404"), "{failure}");
    }

    #[test]
    fn own_addresses_are_below_the_page_and_all_others_are_as_they_are() {
        let request = Request { kind: RequestKind::Network, address: "io/x".into(), ..url(0) };
        assert_eq!(request.url("https://here.org/p/"), "https://here.org/p/io/x");
        assert_eq!(url(0).url("https://here.org/p/"), "https://example.org/a");
    }
}
