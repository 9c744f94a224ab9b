//! Requests that take their time: work that only waits.

use super::answer::{AnswerValue, grouped};
use super::params::{Idle, MAX_SAFE_INTEGER, ParamSpec, ParamType, Params, Place, Reader, SEED};
use super::preset::{Lesson, Preset, Setting};
use super::request::{self, MAX_BYTES, MAX_DELAY_MS, Request, RequestKind};
use super::{Definition, Kind, Work, split, splitmix, urls};
use crate::failure::{Failure, Result};
use serde::{Deserialize, Serialize};
use serde_json::json;
use std::ops::Range;

/// Most bytes that all requests of a run may bring together.
const MAX_TOTAL_BYTES: u64 = 64_000_000;
const MAX_COUNT: u64 = 1000;
/// Bytes that are stored at once.
const BATCH_BYTES: usize = 1 << 20;

/// What the workload accepts.
pub(super) const PARAMS: &[ParamSpec] = &[
    ParamSpec {
        name: "kind",
        label: "Kind",
        accepts: ParamType::Choice(&["network", "timer", "disk", "database"]),
        unit: "",
        help: "Real requests, answered by this page's own service worker; plain timed waits; \
               a file read from this browser's private disk space; records that the service \
               worker looks up in the browser's database. What is read is written before \
               anything is measured, and removed after the run.",
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
    ParamSpec {
        name: urls::KEY,
        label: "Your own addresses",
        accepts: ParamType::Texts { max_len: urls::MAX_COUNT },
        unit: "",
        help: "Asked instead of all that, for real: one address a line, https, or relative to \
               this page. Other hosts must allow it (Access-Control-Allow-Origin), are sent no \
               cookies, and see that you ask.",
        place: Place::More,
        unless: None,
    },
];

/// What reading takes is not to be ordered, and an address of one's own brings everything
/// along.
pub(super) const IDLE: &[Idle] = &[
    Idle {
        names: &["latencyMs", "varianceMs", "delaysMs"],
        beside: "kind",
        words: &["disk", "database"],
    },
    Idle {
        names: &["kind", "count", "latencyMs", "varianceMs", "bytes", "seed", "delaysMs"],
        beside: urls::KEY,
        words: &[],
    },
];

/// What it teaches.
const PRESETS: &[Preset] = &[
    Preset {
        lesson: Lesson::ProcessesWin,
        name: "Two waits, two workers",
        params: &[
            ("count", Setting::Integer(2)),
            ("latencyMs", Setting::Integer(200)),
            ("varianceMs", Setting::Integer(0)),
        ],
        beforehand: false,
    },
    Preset {
        lesson: Lesson::NeitherHelps,
        name: "More waits than workers",
        params: &[
            ("count", Setting::Integer(40)),
            ("latencyMs", Setting::Integer(100)),
            ("varianceMs", Setting::Integer(100)),
        ],
        beforehand: false,
    },
];

/// Makes requests. Digested: all responses, in request order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests(Source);

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Source {
    /// Answers that are made when they are due.
    Timed { is_real: bool, delays: Delays, bytes: usize, seed: u64 },
    /// Answers that were stored beforehand.
    Stored { store: Store, records: Records, addresses: Vec<String> },
    /// Addresses of the reader's own; `addresses` are the same, made absolute by the page.
    Urls { urls: Vec<String>, addresses: Vec<String> },
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Delays {
    Spread { count: usize, latency_ms: u64, variance_ms: u64 },
    List(Vec<u64>),
}

/// Where answers are stored beforehand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Store {
    /// In a file.
    Disk,
    /// In a database.
    Database,
}

/// What is stored beforehand: the answers, in request order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Records {
    /// How many.
    pub count: usize,
    /// How many bytes each has.
    pub bytes: usize,
    /// What they are made of.
    pub seed: u64,
}

impl Records {
    /// A name that says all that is in them.
    pub fn name(&self) -> String {
        format!("{}-of-{}-seed-{}", self.count, self.bytes, self.seed)
    }

    /// Runs of records that are written at once: about a megabyte, so that making them
    /// never holds up a page.
    pub fn batches(&self) -> impl Iterator<Item = Range<usize>> + use<> {
        let size = (BATCH_BYTES / self.bytes.max(1)).max(1);
        let count = self.count;
        (0..split::pieces(count, size)).map(move |batch| split::every(count, size, batch))
    }

    /// The record of request `index`.
    pub fn body(&self, index: usize) -> Vec<u8> {
        request::body(self.seed, index, self.bytes)
    }
}

/// What the page has to see to before requests can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Errand<'a> {
    /// Storing these, there.
    Store(Store, &'a Records),
    /// Making these addresses absolute.
    Resolve(&'a [String]),
}

impl Requests {
    /// How the requests are waited for.
    pub fn kind(&self) -> RequestKind {
        match &self.0 {
            Source::Timed { is_real: true, .. } => RequestKind::Network,
            Source::Timed { is_real: false, .. } => RequestKind::Timer,
            Source::Stored { store: Store::Disk, .. } => RequestKind::Disk,
            Source::Stored { store: Store::Database, .. } => RequestKind::Database,
            Source::Urls { .. } => RequestKind::Url,
        }
    }

    /// What the page has to see to before they can be made, if anything.
    pub fn errand(&self) -> Option<Errand<'_>> {
        match &self.0 {
            Source::Timed { .. } => None,
            Source::Stored { store, records, .. } => Some(Errand::Store(*store, records)),
            Source::Urls { urls, .. } => Some(Errand::Resolve(urls)),
        }
    }

    /// The same requests, answered at these addresses. Timed ones know theirs.
    pub(super) fn answered_at(mut self, found: Vec<String>) -> Self {
        match &mut self.0 {
            Source::Timed { .. } => {}
            Source::Stored { addresses, .. } | Source::Urls { addresses, .. } => *addresses = found,
        }
        self
    }

    /// How many there are.
    pub(super) fn count(&self) -> usize {
        match &self.0 {
            Source::Timed { delays: Delays::Spread { count, .. }, .. } => *count,
            Source::Timed { delays: Delays::List(delays), .. } => delays.len(),
            Source::Stored { records, .. } => records.count,
            Source::Urls { urls, .. } => urls.len(),
        }
    }

    /// Request `index`.
    pub(super) fn at(&self, index: usize) -> Request {
        let kind = self.kind();
        match &self.0 {
            Source::Timed { is_real, delays, bytes, seed } => {
                let (delay_ms, bytes, seed) = (delays.at(*seed, index), *bytes, *seed);
                let address = if *is_real {
                    format!("io/delay/{delay_ms}?bytes={bytes}&seed={seed}&i={index}")
                } else {
                    String::new()
                };
                Request { kind, delay_ms, bytes, seed, index, address }
            }
            Source::Stored { records, addresses, .. } => {
                let address = addresses.get(index).cloned().unwrap_or_default();
                let Records { bytes, seed, .. } = *records;
                Request { kind, delay_ms: 0, bytes, seed, index, address }
            }
            Source::Urls { urls, addresses } => {
                let address = addresses.get(index).or_else(|| urls.get(index));
                let (bytes, address) =
                    (urls::max_bytes(urls.len()), address.cloned().unwrap_or_default());
                Request { kind, delay_ms: 0, bytes, seed: 0, index, address }
            }
        }
    }
}

impl Delays {
    fn at(&self, seed: u64, i: usize) -> u64 {
        match self {
            Self::Spread { latency_ms, variance_ms, .. } => {
                latency_ms + splitmix::r(seed, i as u64) % (variance_ms + 1)
            }
            Self::List(delays) => delays.get(i).copied().unwrap_or_default(),
        }
    }

    fn read(reader: &Reader) -> Result<Self> {
        Ok(match reader.list("delaysMs")? {
            Some(delays) => Self::List(delays),
            None => Self::Spread {
                count: reader.integer("count")? as usize,
                latency_ms: reader.integer("latencyMs")?,
                variance_ms: reader.integer("varianceMs")?,
            },
        })
    }
}

impl Source {
    fn read(reader: &Reader) -> Result<Self> {
        if let Some(urls) = reader.texts(urls::KEY)? {
            urls.iter().try_for_each(|url| urls::check(url))?;
            return Ok(Self::Urls { urls, addresses: Vec::new() });
        }
        let bytes = reader.integer("bytes")? as usize;
        let seed = reader.integer("seed")?;
        let stored = |store| {
            let count = reader.integer("count")? as usize;
            let records = Records { count, bytes, seed };
            Ok(Self::Stored { store, records, addresses: Vec::new() })
        };
        match reader.choice("kind")? {
            "disk" => stored(Store::Disk),
            "database" => stored(Store::Database),
            kind => {
                let delays = Delays::read(reader)?;
                Ok(Self::Timed { is_real: kind == "network", delays, bytes, seed })
            }
        }
    }

    /// How many bytes each answer has, and their seed; `None` where nobody knows.
    fn bytes_and_seed(&self) -> Option<(usize, u64)> {
        match self {
            Self::Timed { bytes, seed, .. } => Some((*bytes, *seed)),
            Self::Stored { records, .. } => Some((records.bytes, records.seed)),
            Self::Urls { .. } => None,
        }
    }
}

/// Refuses more than fits, and a seed with which r(seed + i, j) would not be one number
/// here and in JavaScript.
fn check(requests: &Requests) -> Result<()> {
    let Some((bytes, seed)) = requests.0.bytes_and_seed() else { return Ok(()) };
    let total = bytes as u64 * requests.count() as u64;
    if total > MAX_TOTAL_BYTES {
        let message = format!(
            "{} requests of this size bring {} MB; {} MB is the most. Give fewer or smaller ones.",
            requests.count(),
            total / 1_000_000,
            MAX_TOTAL_BYTES / 1_000_000
        );
        return Err(Failure::invalid("bytes", message));
    }
    if seed > MAX_SAFE_INTEGER - MAX_COUNT {
        let message = format!("give a whole number up to {}.", MAX_SAFE_INTEGER - MAX_COUNT);
        return Err(Failure::invalid("seed", message));
    }
    Ok(())
}

impl Definition for Requests {
    const ID: &'static str = "requests";
    const TITLE: &'static str = "Requests";
    const KIND: Kind = Kind::Io;
    const WHY: &'static str = "The processor has nothing to do but wait: one thread that waits for \
                       everything at once is as fast as twelve that wait for one thing each.";
    const PARAMS: &'static [ParamSpec] = PARAMS;
    const PRESETS: &'static [Preset] = PRESETS;
    const IDLE: &'static [Idle] = IDLE;

    fn from_params(params: &Params) -> Result<Self> {
        let requests = Self(Source::read(&Reader::new(params, PARAMS))?);
        check(&requests)?;
        Ok(requests)
    }

    fn params(&self) -> Params {
        if let Source::Urls { urls, .. } = &self.0 {
            return Params::from_iter([(urls::KEY.into(), json!(urls))]);
        }
        let mut params = Params::from_iter([("kind".into(), json!(self.kind()))]);
        match &self.0 {
            Source::Timed { delays: Delays::List(delays), .. } => {
                params.extend([("delaysMs".into(), json!(delays))]);
            }
            Source::Timed { delays: Delays::Spread { count, latency_ms, variance_ms }, .. } => {
                params.extend([
                    ("count".into(), json!(count)),
                    ("latencyMs".into(), json!(latency_ms)),
                    ("varianceMs".into(), json!(variance_ms)),
                ]);
            }
            Source::Stored { .. } | Source::Urls { .. } => {
                params.extend([("count".into(), json!(self.count()))]);
            }
        }
        if let Some((bytes, seed)) = self.0.bytes_and_seed() {
            params.extend([("bytes".into(), json!(bytes)), ("seed".into(), json!(seed))]);
        }
        params
    }
}

impl Work for Requests {
    fn task_count(&self) -> usize {
        self.count()
    }

    fn request(&self, task: usize) -> Option<Request> {
        Some(self.at(task))
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
            grouped(self.count() as u64),
            grouped(merged.len() as u64)
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(params: serde_json::Value) -> Result<Requests> {
        let params = params.as_object().expect("an object").clone();
        super::super::params::check_keys(&params, crate::workloads::WorkloadId::Requests)?;
        Requests::from_params(&params)
    }

    #[test]
    fn what_has_no_meaning_is_refused_by_name() {
        for (params, key) in [
            (json!({ "kind": "disk", "latencyMs": 1 }), "latencyMs"),
            (json!({ "kind": "database", "varianceMs": 1 }), "varianceMs"),
            (json!({ "kind": "disk", "delaysMs": [1] }), "delaysMs"),
            (json!({ "urls": ["a"], "kind": "timer" }), "kind"),
            (json!({ "urls": ["a"], "count": 2 }), "count"),
            (json!({ "urls": ["a"], "seed": 2 }), "seed"),
            (json!({ "urls": ["ftp://a"] }), "urls"),
            (json!({ "urls": [] }), "urls"),
            (json!({ "urls": vec!["a"; 101] }), "urls"),
        ] {
            let failure = read(params.clone()).unwrap_err();
            assert!(failure.message.starts_with(&format!("{key}: ")), "{params}: {failure}");
        }
        assert!(read(json!({ "kind": "timer", "latencyMs": 1 })).is_ok());
    }

    #[test]
    fn the_page_says_where_answers_are_and_the_parameters_stay() {
        let requests = read(json!({ "urls": ["a", "b"] })).expect("valid");
        assert_eq!(requests.errand(), Some(Errand::Resolve(&["a".into(), "b".into()])));
        assert_eq!(requests.at(1).address, "b");
        let found = ["https://x/a", "https://x/b"].map(str::to_owned).to_vec();
        let found = requests.clone().answered_at(found);
        assert_eq!(found.at(1).address, "https://x/b");
        assert_eq!(found.params(), requests.params());
    }

    #[test]
    fn what_is_stored_is_what_is_asked_for() {
        let requests = read(json!({ "kind": "disk", "count": 3, "bytes": 5 })).expect("valid");
        let Some(Errand::Store(Store::Disk, records)) = requests.errand() else {
            panic!("it is stored beforehand")
        };
        assert_eq!((records.count, requests.count()), (3, 3));
        assert_eq!(records.body(2), requests.at(2).body());
        let batches = Records { count: 5, bytes: 1 << 19, seed: 1 }.batches();
        assert_eq!(batches.collect::<Vec<_>>(), [0..2, 2..4, 4..5]);
    }
}
