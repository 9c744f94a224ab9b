//! Requests that take their time: work that only waits.

use super::answer::{AnswerValue, grouped};
use super::params::{MAX_SAFE_INTEGER, ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::Preset;
use super::{Definition, Kind, Work, splitmix};
use crate::failure::{Failure, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Longest a single request may be made to take, in milliseconds.
pub const MAX_DELAY_MS: u64 = 10_000;
/// Most bytes that a single request may bring; `www/sw.js` refuses more.
pub const MAX_BYTES: u64 = 1 << 20;
/// Most bytes that all requests of a run may bring together.
const MAX_TOTAL_BYTES: u64 = 64 << 20;
const MAX_COUNT: u64 = 1000;

/// What the workload accepts.
const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "kind",
        label: "Kind",
        accepts: ParamType::Choice(&["network", "timer"]),
        unit: "",
        help: "Real requests, answered by this page's own service worker, or plain timed waits.",
        place: Place::Front,
        unless: None,
    },
    ParamSpec {
        name: "count",
        label: "Requests",
        accepts: ParamType::Integer { min: 1, max: MAX_COUNT, default: 12 },
        unit: "",
        help: "How many requests there are to make.",
        place: Place::Front,
        unless: Some("delaysMs"),
    },
    ParamSpec {
        name: "latencyMs",
        label: "Latency",
        accepts: ParamType::Integer { min: 0, max: MAX_DELAY_MS / 2, default: 40 },
        unit: "ms",
        help: "How long each takes at least.",
        place: Place::Front,
        unless: Some("delaysMs"),
    },
    ParamSpec {
        name: "varianceMs",
        label: "Spread",
        accepts: ParamType::Integer { min: 0, max: MAX_DELAY_MS / 2, default: 80 },
        unit: "ms",
        help: "How much longer than that one may take.",
        place: Place::Front,
        unless: Some("delaysMs"),
    },
    ParamSpec {
        name: "bytes",
        label: "Bytes",
        accepts: ParamType::Integer { min: 0, max: MAX_BYTES, default: 1024 },
        unit: "B",
        help: "How much each brings.",
        place: Place::More,
        unless: None,
    },
    SEED,
    ParamSpec {
        name: "delaysMs",
        label: "Latencies",
        accepts: ParamType::List { min: 0, max: MAX_DELAY_MS, max_len: MAX_COUNT as usize },
        unit: "ms",
        help: "How long each request takes, instead of a count and a spread.",
        place: Place::Scripts,
        unless: None,
    },
];

/// What it teaches.
const PRESETS: &[Preset] = &[];

/// How a request is waited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RequestKind {
    /// A `fetch` through the browser's network stack, answered by the page's own
    /// service worker.
    Network,
    /// A plain timed wait.
    Timer,
}

/// One request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// How it is waited for.
    pub kind: RequestKind,
    /// How long the answer takes.
    pub delay_ms: u64,
    /// How many bytes it has.
    pub bytes: usize,
    /// The seed of the whole run.
    pub seed: u64,
    /// Which request of the run it is.
    pub index: usize,
}

impl Request {
    /// The bytes that the answer must have: byte j is r(seed + index, j) >> 56.
    pub fn body(&self) -> Vec<u8> {
        let seed = self.seed.wrapping_add(self.index as u64);
        (0..self.bytes as u64).map(|j| (splitmix::r(seed, j) >> 56) as u8).collect()
    }

    /// The path below the page's own at which the service worker answers.
    pub fn path(&self) -> String {
        let Self { delay_ms, bytes, seed, index, .. } = self;
        format!("io/delay/{delay_ms}?bytes={bytes}&seed={seed}&i={index}")
    }

    /// The answer's bytes, if they are as many as were asked for.
    ///
    /// # Errors
    /// `TaskFailed` where they are not.
    pub fn check(&self, body: Vec<u8>) -> Result<Vec<u8>> {
        if body.len() == self.bytes {
            return Ok(body);
        }
        let message = format!(
            "Request {} brought {} bytes instead of {}. Reload the page, so that its service \
             worker is the right one.",
            self.index + 1,
            body.len(),
            self.bytes
        );
        Err(Failure::new(crate::failure::FailureKind::TaskFailed, message))
    }
}

/// Makes requests. Digested: all responses, in request order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    kind: RequestKind,
    delays: Delays,
    bytes: usize,
    seed: u64,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Delays {
    Spread { count: usize, latency_ms: u64, variance_ms: u64 },
    List(Vec<u64>),
}

impl Requests {
    /// How the requests are waited for.
    pub fn kind(&self) -> RequestKind {
        self.kind
    }

    fn delay_ms(&self, i: usize) -> u64 {
        match &self.delays {
            Delays::Spread { latency_ms, variance_ms, .. } => {
                latency_ms + splitmix::r(self.seed, i as u64) % (variance_ms + 1)
            }
            Delays::List(delays) => delays[i],
        }
    }
}

impl Definition for Requests {
    const ID: &'static str = "requests";
    const TITLE: &'static str = "Requests";
    const KIND: Kind = Kind::Io;
    const WHY: &'static str = "The processor has nothing to do but wait: one thread that waits for \
                       everything at once is as fast as twelve that wait for one thing each.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;

    fn from_params(params: &Params) -> Result<Self> {
        let reader = Reader::new(params, PARAMS);
        let delays = match reader.list("delaysMs")? {
            Some(delays) => Delays::List(delays),
            None => Delays::Spread {
                count: reader.integer("count")? as usize,
                latency_ms: reader.integer("latencyMs")?,
                variance_ms: reader.integer("varianceMs")?,
            },
        };
        let kind = match reader.choice("kind")? {
            "timer" => RequestKind::Timer,
            _ => RequestKind::Network,
        };
        let bytes = reader.integer("bytes")?;
        let requests = Self { kind, delays, bytes: bytes as usize, seed: reader.integer("seed")? };
        let total = bytes * requests.task_count() as u64;
        if total > MAX_TOTAL_BYTES {
            let message = format!(
                "{} requests of this size bring {} MB; {} MB is the most. Give fewer or smaller ones.",
                requests.task_count(),
                total / 1_000_000,
                MAX_TOTAL_BYTES / 1_000_000
            );
            return Err(Failure::invalid("bytes", message));
        }
        // r(seed + i, j) must be one number here and in JavaScript.
        if requests.seed > MAX_SAFE_INTEGER - MAX_COUNT {
            let message = format!("give a whole number up to {}.", MAX_SAFE_INTEGER - MAX_COUNT);
            return Err(Failure::invalid("seed", message));
        }
        Ok(requests)
    }

    fn params(&self) -> Params {
        let mut params = Params::from_iter([("kind".into(), json!(self.kind))]);
        match &self.delays {
            Delays::Spread { count, latency_ms, variance_ms } => params.extend([
                ("count".into(), json!(count)),
                ("latencyMs".into(), json!(latency_ms)),
                ("varianceMs".into(), json!(variance_ms)),
            ]),
            Delays::List(delays) => params.extend([("delaysMs".into(), json!(delays))]),
        }
        params.extend([("bytes".into(), json!(self.bytes)), ("seed".into(), json!(self.seed))]);
        params
    }
}

impl Work for Requests {
    fn task_count(&self) -> usize {
        match &self.delays {
            Delays::Spread { count, .. } => *count,
            Delays::List(delays) => delays.len(),
        }
    }

    fn request(&self, task: usize) -> Option<Request> {
        Some(Request {
            kind: self.kind,
            delay_ms: self.delay_ms(task),
            bytes: self.bytes,
            seed: self.seed,
            index: task,
        })
    }

    fn compute(&self, _task: usize, payload: &[u8]) -> Vec<u8> {
        payload.to_vec()
    }

    fn merge(&self, parts: Vec<Vec<u8>>) -> Vec<u8> {
        parts.concat()
    }

    fn value(&self, _merged: &[u8]) -> Option<AnswerValue> {
        None
    }

    fn summary(&self, merged: &[u8]) -> String {
        format!(
            "{} answers, {} bytes together.",
            grouped(self.task_count() as u64),
            grouped(merged.len() as u64)
        )
    }
}
