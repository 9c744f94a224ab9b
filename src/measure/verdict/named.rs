//! A model of a run, as sentences name it.

use crate::measure::report::outcome::Outcome;
use crate::models::Executor;

/// A model of a run, as sentences name it.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedModel {
    /// Its index in the report's results.
    pub result: usize,
    /// The model.
    pub executor: Executor,
    /// Whether the run has the model more than once: then its workers are named as well.
    pub is_one_of_several: bool,
}

impl NamedModel {
    /// The model that came to the outcome at `result`.
    pub fn of(results: &[Outcome], result: usize) -> Self {
        let executor = results[result].executor.clone();
        let same = results.iter().filter(|one| one.executor.kind() == executor.kind());
        let is_one_of_several = executor.kind().has_workers() && same.count() > 1;
        Self { result, executor, is_one_of_several }
    }

    /// The name in running text: "threads", "threads × 4".
    pub fn in_text(&self) -> String {
        self.with_workers(self.executor.kind().in_text())
    }

    /// The name at the beginning of a sentence: "Threads", "Threads × 4".
    pub fn at_start(&self) -> String {
        self.with_workers(self.executor.kind().at_start())
    }

    fn with_workers(&self, name: &str) -> String {
        if self.is_one_of_several {
            format!("{name} × {}", self.executor.workers())
        } else {
            name.to_owned()
        }
    }
}
