//! One request: how it is waited for, what it brings, and what it says where it fails.

use super::splitmix;
use crate::failure::{Failure, NoAnswer, RequestProblem, Result};
use form_urlencoded::byte_serialize;
use serde::{Deserialize, Serialize};

/// Longest a single request may be made to take, in milliseconds.
pub const MAX_DELAY_MS: u64 = 10_000;
/// Most bytes that a single request may bring; `www/answering.js` refuses more.
pub const MAX_BYTES: u64 = 1 << 20;

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
    /// The part of a run that it belongs to, for the page's service worker. Empty where that
    /// does not answer.
    pub run: String,
}

impl Request {
    /// A plain timed wait of `delay_ms` that brings nothing.
    pub fn timer(delay_ms: u64, index: usize) -> Self {
        let kind = RequestKind::Timer;
        let (address, run) = (String::new(), String::new());
        Self { kind, delay_ms, bytes: 0, seed: 0, index, address, run }
    }

    /// The bytes that the answer must have: byte j is r(seed + index, j) >> 56. What a
    /// reader's address brings is not known before, and empty here.
    pub fn body(&self) -> Vec<u8> {
        match self.kind {
            RequestKind::Url => Vec::new(),
            _ => body(self.seed, self.index, self.bytes),
        }
    }

    /// Whether the page's service worker answers it. It asks reader's addresses on behalf of all
    /// models, where there is one.
    pub fn by_service_worker(&self) -> bool {
        self.kind.needs_service_worker() || self.kind == RequestKind::Url && !self.run.is_empty()
    }

    /// The whole address on a page whose folder is at `base`.
    pub fn url(&self, base: &str) -> String {
        let Self { bytes, address, run, .. } = self;
        match self.kind {
            RequestKind::Network | RequestKind::Database => format!("{base}{address}&run={run}"),
            RequestKind::Url if self.by_service_worker() => {
                let to: String = byte_serialize(address.as_bytes()).collect();
                format!("{base}io/url?to={to}&most={bytes}&run={run}")
            }
            RequestKind::Timer | RequestKind::Disk | RequestKind::Url => address.clone(),
        }
    }

    /// The answer's bytes, if they are as many as were asked for.
    ///
    /// # Errors
    /// `TaskFailed` where they are not.
    pub fn check(&self, body: Vec<u8>) -> Result<Vec<u8>> {
        match self.kind {
            _ if body.len() == self.bytes => Ok(body),
            RequestKind::Url if body.len() < self.bytes => Ok(body),
            RequestKind::Url => Err(self.failed(&NoAnswer::TooLong)),
            _ => Err(self.failed(&NoAnswer::WrongLength { bytes: body.len() as u64 })),
        }
    }

    /// The failure of this request for want of an answer, with what to do: `TimedOut` where it
    /// was too late, else `TaskFailed`.
    pub fn failed(&self, why: &NoAnswer) -> Failure {
        let (number, why) = (self.index as u64 + 1, why.clone());
        match (self.kind, &why) {
            (RequestKind::Url, _) => {
                let (address, most) = (self.address.as_str().into(), self.bytes as u64);
                RequestProblem::ToAddress { address, most, why }
            }
            (_, NoAnswer::TooLong | NoAnswer::WrongLength { .. }) => {
                RequestProblem::WrongLength { number, wanted: self.bytes as u64, why }
            }
            (RequestKind::Disk | RequestKind::Database, _) => {
                RequestProblem::ToStore { number, why }
            }
            (RequestKind::Network | RequestKind::Timer, _) => RequestProblem::ToPage { why },
        }
        .into()
    }
}

/// `bytes` bytes of request `index`: byte j is r(seed + index, j) >> 56.
pub fn body(seed: u64, index: usize, bytes: usize) -> Vec<u8> {
    let seed = seed.wrapping_add(index as u64);
    (0..bytes as u64).map(|j| (splitmix::r(seed, j) >> 56) as u8).collect()
}

#[cfg(test)]
mod tests;
