//! Runs that were recorded on another device: for readers whose browser cannot run them, and for
//! static pages.

use super::measured::Measurements;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Recorded runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Recorded {
    /// The device: "Chromium 153 on Linux, 2 cores".
    pub device: String,
    /// The day, as ISO 8601 has it.
    pub date: String,
    /// What each run came to, by its query.
    pub runs: BTreeMap<String, Measurements>,
}

impl Recorded {
    /// Those of `queries` alone, as far as they were recorded.
    pub fn only<'a>(&self, queries: impl IntoIterator<Item = &'a str>) -> Self {
        let run = |query: &str| Some((query.to_owned(), self.runs.get(query)?.clone()));
        let runs = queries.into_iter().filter_map(run).collect();
        Self { device: self.device.clone(), date: self.date.clone(), runs }
    }
}
