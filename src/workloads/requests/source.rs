//! Where the answers come from: made when they are due, stored, or from elsewhere.

use super::stored::{Records, Store};
use crate::failure::{Failure, InputProblem, Result};
use crate::workloads::params::{MAX_SAFE_INTEGER, Params, Reader};
use crate::workloads::request::{Request, RequestKind};
use crate::workloads::{splitmix, urls};
use serde::{Deserialize, Serialize};
use serde_json::json;

/// Most requests in a run.
pub(super) const MAX_COUNT: u64 = 1000;
/// Most bytes that all requests of a run may bring together.
const MAX_TOTAL_BYTES: u64 = 64_000_000;

/// Most bytes of all bodies together that are made when they are due: the service worker makes
/// some 100 a microsecond, one body after another.
const MOST_MADE_WHEN_DUE: usize = 1 << 16;

/// Where the answers come from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Source {
    /// Answers that are made when they are due.
    Timed { is_real: bool, delays: Delays, bytes: usize, seed: u64 },
    /// Answers that were stored beforehand.
    Stored { store: Store, records: Records },
    /// Addresses of the reader's own.
    Urls(Vec<String>),
}

/// How long each answer takes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
enum Delays {
    Spread { count: usize, latency_ms: u64, variance_ms: u64 },
    List(Vec<u64>),
}

/// Makes requests. Digested: all responses, in request order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requests {
    source: Source,
    answered: Answered,
}

/// Where the requests of a run are answered, as the page found out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answered {
    /// An address each, where the requests do not know theirs.
    pub addresses: Vec<String>,
    /// The name by which the page's service worker knows this part of the run; empty where it
    /// does not answer.
    pub run: String,
}

/// What the page must prepare before the requests can be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Preparation<'a> {
    /// Having the service worker make so many bodies of so many bytes.
    Make {
        /// How many.
        count: usize,
        /// How many bytes each has.
        bytes: usize,
        /// What they are made of.
        seed: u64,
    },
    /// Storing these, there.
    Store(Store, &'a Records),
    /// Making these addresses absolute.
    Resolve(&'a [String]),
}

impl Requests {
    /// The requests that the parameters say.
    ///
    /// # Errors
    /// `InvalidInput` that names the key.
    pub(super) fn read(reader: &Reader) -> Result<Self> {
        let requests = Self { source: Source::read(reader)?, answered: Answered::default() };
        check(&requests)?;
        Ok(requests)
    }

    /// About how long they wait together, in ms. `None` where nobody knows.
    pub(super) fn waits_ms(&self) -> Option<f64> {
        self.source.waits_ms()
    }

    /// How the requests are waited for.
    pub fn kind(&self) -> RequestKind {
        match &self.source {
            Source::Timed { is_real: true, .. } => RequestKind::Network,
            Source::Timed { is_real: false, .. } => RequestKind::Timer,
            Source::Stored { store: Store::Disk, .. } => RequestKind::Disk,
            Source::Stored { store: Store::Database, .. } => RequestKind::Database,
            Source::Urls(_) => RequestKind::Url,
        }
    }

    /// What the page must prepare before they can be made, if anything.
    pub fn preparation(&self) -> Option<Preparation<'_>> {
        match &self.source {
            Source::Timed { is_real: true, bytes, seed, .. } => {
                let (count, bytes, seed) = (self.count(), *bytes, *seed);
                let is_much = count * bytes > MOST_MADE_WHEN_DUE;
                is_much.then_some(Preparation::Make { count, bytes, seed })
            }
            Source::Timed { is_real: false, .. } => None,
            Source::Stored { store, records } => Some(Preparation::Store(*store, records)),
            Source::Urls(urls) => Some(Preparation::Resolve(urls)),
        }
    }

    /// The addresses of the reader's own.
    pub fn urls(&self) -> &[String] {
        match &self.source {
            Source::Urls(urls) => urls,
            Source::Timed { .. } | Source::Stored { .. } => &[],
        }
    }

    /// The same requests, answered there.
    pub(in crate::workloads) fn answered(self, answered: Answered) -> Self {
        Self { answered, ..self }
    }

    /// How many there are.
    pub(in crate::workloads) fn count(&self) -> usize {
        match &self.source {
            Source::Timed { delays: Delays::Spread { count, .. }, .. } => *count,
            Source::Timed { delays: Delays::List(delays), .. } => delays.len(),
            Source::Stored { records, .. } => records.count,
            Source::Urls(urls) => urls.len(),
        }
    }

    /// Request `index`.
    pub(in crate::workloads) fn at(&self, index: usize) -> Request {
        let kind = self.kind();
        let run = self.answered.run.clone();
        let address = self.answered.addresses.get(index).cloned();
        match &self.source {
            Source::Timed { is_real, delays, bytes, seed } => {
                let (delay_ms, bytes, seed) = (delays.at(*seed, index), *bytes, *seed);
                let address = if *is_real {
                    format!("io/delay/{delay_ms}?bytes={bytes}&seed={seed}&i={index}")
                } else {
                    String::new()
                };
                Request { kind, delay_ms, bytes, seed, index, address, run }
            }
            Source::Stored { records, .. } => {
                let Records { bytes, seed, .. } = *records;
                let address = address.unwrap_or_default();
                Request { kind, delay_ms: 0, bytes, seed, index, address, run }
            }
            Source::Urls(urls) => {
                let bytes = urls::max_bytes(urls.len());
                let address = address.or_else(|| urls.get(index).cloned()).unwrap_or_default();
                Request { kind, delay_ms: 0, bytes, seed: 0, index, address, run }
            }
        }
    }

    /// The parameters that say all this.
    pub(super) fn written(&self) -> Params {
        if let Source::Urls(urls) = &self.source {
            return Params::from_iter([(urls::KEY.into(), json!(urls))]);
        }
        let mut params = Params::from_iter([("kind".into(), json!(self.kind()))]);
        match &self.source {
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
            Source::Stored { .. } | Source::Urls(_) => {
                params.extend([("count".into(), json!(self.count()))]);
            }
        }
        if let Some((bytes, seed)) = self.source.bytes_and_seed() {
            params.extend([("bytes".into(), json!(bytes)), ("seed".into(), json!(seed))]);
        }
        params
    }
}

impl Source {
    /// Where the parameters say that they come from.
    ///
    /// # Errors
    /// `InvalidInput` where a value is not within its bounds.
    pub(super) fn read(reader: &Reader) -> Result<Self> {
        if let Some(urls) = reader.texts(urls::KEY)? {
            let urls: Vec<_> = urls.iter().map(|url| urls::cleaned(url).to_owned()).collect();
            urls.iter().try_for_each(|url| urls::check(url))?;
            return Ok(Self::Urls(urls));
        }
        let bytes = reader.integer("bytes")? as usize;
        let seed = reader.integer("seed")?;
        let stored = |store| {
            let count = reader.integer("count")? as usize;
            let records = Records { count, bytes, seed };
            Ok(Self::Stored { store, records })
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
            Self::Urls(_) => None,
        }
    }
}

impl Source {
    /// How long all waits take one after another, as a mean over all seeds, in ms.
    fn waits_ms(&self) -> Option<f64> {
        match self {
            Self::Timed { delays: Delays::Spread { count, latency_ms, variance_ms }, .. } => {
                // Even a request that is answered at once is made.
                Some((*latency_ms as f64 + *variance_ms as f64 / 2.0 + 1.0) * *count as f64)
            }
            Self::Timed { delays: Delays::List(delays), .. } => {
                Some(delays.iter().map(|delay| *delay as f64 + 1.0).sum())
            }
            Self::Stored { .. } | Self::Urls(_) => None,
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

/// Refuses more than fits, and a seed with which r(seed + i, j) would not be one number
/// here and in JavaScript.
fn check(requests: &Requests) -> Result<()> {
    let Some((bytes, seed)) = requests.source.bytes_and_seed() else { return Ok(()) };
    let total = bytes as u64 * requests.count() as u64;
    if total > MAX_TOTAL_BYTES {
        let (requests, most) = (requests.count() as u64, MAX_TOTAL_BYTES);
        let problem = InputProblem::TooManyBytes { requests, bytes: total, most };
        return Err(Failure::invalid("bytes", problem));
    }
    if seed > MAX_SAFE_INTEGER - MAX_COUNT {
        let most = MAX_SAFE_INTEGER - MAX_COUNT;
        return Err(Failure::invalid("seed", InputProblem::AboveMost { most }));
    }
    Ok(())
}
