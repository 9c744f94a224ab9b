//! One run of the history: the line that says what it was.

use crate::exchange::read::moment;
use crate::exchange::reader::Reader;
use crate::failure::Result;
use crate::measure::report::{Report, SCHEMA};
use crate::workloads::WorkloadId;
use serde_json::{Value, json};

/// What the keys begin with; a number follows.
pub const PREFIX: &str = "concurrency-playground.run.";
/// How many digits a key's number has.
const DIGITS: usize = 10;
/// Numbers from here on are not counted up to in anyone's life.
const TOO_LATE: u64 = 9_000_000_000;
/// The longest headline, in characters.
const MAX_TITLE: usize = 300;
/// The longest line, in bytes.
const MAX_LINE: usize = 4_000;

/// How long a run is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kept {
    /// In this browser, until it is removed.
    Here,
    /// Until the page is closed.
    InMemory,
}

impl Kept {
    /// What a reader should know about it.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::Here => "Kept in this browser; nothing is sent anywhere.",
            Self::InMemory => {
                "Kept until you close the page: this browser has no storage left, or does not let \
                 the page store anything. Download the report to keep it."
            }
        }
    }
}

/// One run.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// The key it is kept under. Later runs have greater keys.
    pub key: String,
    /// The headline of its verdict.
    pub title: String,
    /// When it began, ISO 8601 in UTC.
    pub when: String,
    /// What was computed.
    pub workload: WorkloadId,
    /// How much is kept of it.
    pub(super) bytes: usize,
    /// The report's text, where no store keeps it.
    pub(super) text: Option<String>,
}

impl Entry {
    /// How long it is kept.
    pub fn kept(&self) -> Kept {
        if self.text.is_none() { Kept::Here } else { Kept::InMemory }
    }

    /// The `number`-th run, whose report is `text`, and what to keep of it in a store.
    pub(super) fn of(number: u64, report: &Report, text: String) -> (Self, String) {
        let when = report.environment.started_at.clone();
        let title: String = report.verdict.headline().chars().take(MAX_TITLE).collect();
        let workload = report.experiment.workload.id();
        let line = json!({
            "schema": SCHEMA, "when": when, "headline": title, "workload": workload.id(),
            "bytes": text.len(),
        });
        let kept = format!("{line}\n{text}");
        let key = format!("{PREFIX}{number:0DIGITS$}");
        (Self { key, title, when, workload, bytes: kept.len(), text: Some(text) }, kept)
    }

    /// What `kept` says of the run under `key`; `None` where another version wrote it
    /// or it is damaged, as far as can be told without reading the report.
    pub(super) fn read(key: &str, kept: &str) -> Option<Self> {
        number(key)?;
        let (line, report) = kept.split_once('\n')?;
        if line.len() > MAX_LINE {
            return None;
        }
        let line: Value = serde_json::from_str(line).ok()?;
        let entry = Self::read_line(key, &Reader::new("run", &line), report.len()).ok()?;
        Some(Self { bytes: kept.len(), ..entry })
    }

    fn read_line(key: &str, line: &Reader, bytes: usize) -> Result<Self> {
        line.only(&["schema", "when", "headline", "workload", "bytes"])?;
        line.get("schema")?.integer(SCHEMA.into(), SCHEMA.into())?;
        line.get("bytes")?.integer(bytes as u64, bytes as u64)?;
        Ok(Self {
            key: key.to_owned(),
            title: line.get("headline")?.text(MAX_TITLE)?.to_owned(),
            when: moment(&line.get("when")?)?.to_owned(),
            workload: line.get("workload")?.one_of(WorkloadId::ALL, WorkloadId::id)?,
            bytes,
            text: None,
        })
    }

    /// Which run it is.
    pub(super) fn number(&self) -> u64 {
        number(&self.key).unwrap_or_default()
    }
}

/// The number of the run that is kept under `key`.
pub(super) fn number(key: &str) -> Option<u64> {
    let digits = key.strip_prefix(PREFIX)?;
    let are_digits = digits.len() == DIGITS && digits.bytes().all(|c| c.is_ascii_digit());
    digits.parse().ok().filter(|number| are_digits && *number < TOO_LATE)
}
