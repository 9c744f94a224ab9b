//! Answers that are stored beforehand.

use crate::workloads::{request, split};
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// Bytes that are stored at once.
const BATCH_BYTES: usize = 1 << 20;

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
