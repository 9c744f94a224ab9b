//! What an executor hands over: samples, as they were taken.

use crate::failure::Failure;
use crate::measure::Lane;
use crate::models::Executor;
use crate::workloads::answer::Answer;
use serde::Serialize;

/// One measured computation, as an executor hands it over. Times are absolute.
#[derive(Clone, Debug, PartialEq)]
pub struct Sample {
    /// When it began, in ms.
    pub started_ms: f64,
    /// When its answer was whole, in ms.
    pub ended_ms: f64,
    /// How often the workload was computed, one time after the other: more than
    /// once where once is too short to be a sample.
    pub computations: u32,
    /// Who did what, all computations through; the page's own lane is the first.
    pub lanes: Vec<Lane>,
    /// The longest stretch for which the page's thread did not answer, in ms.
    pub blocked_ms: f64,
    /// Bytes that left the parent's memory, in all computations.
    pub bytes_sent: u64,
    /// Bytes that came back into it, in all computations.
    pub bytes_received: u64,
    /// The answer.
    pub answer: Answer,
}

impl Sample {
    /// From beginning to answer, of one computation, in ms.
    pub fn total_ms(&self) -> f64 {
        self.lasted_ms() / f64::from(self.computations.max(1))
    }

    /// From the first beginning to the last answer, in ms.
    pub fn lasted_ms(&self) -> f64 {
        self.ended_ms - self.started_ms
    }
}

/// How a model warmed up before it was measured.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WarmedUp {
    /// How long each time took, in ms; thrown away.
    pub totals_ms: Vec<f64>,
    /// Whether the last three medians were within 10% of one another.
    pub settled: bool,
}

/// What one model did in a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// The model.
    pub executor: Executor,
    /// How long its workers took to be ready, in ms; not part of any sample.
    pub startup_ms: f64,
    /// Whether their first start got stuck, so that they were started again.
    pub started_again: bool,
    /// How it warmed up.
    pub warm_up: WarmedUp,
    /// Its samples, one per block; or why there are none.
    pub samples: Result<Vec<Sample>, Failure>,
}

impl Measured {
    /// The samples, none where the model failed.
    pub fn samples(&self) -> &[Sample] {
        self.samples.as_deref().unwrap_or_default()
    }
}
