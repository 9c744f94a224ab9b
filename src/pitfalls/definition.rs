//! What a pitfall consists of.

use super::id::PitfallId;
use super::programs::Program;
use crate::guide::figure::Figure;
use crate::measure::report::Capabilities;

/// A pitfall, as its page shows it. In sentences, code stands between backticks.
#[derive(Debug)]
pub struct Pitfall {
    /// Which one it is.
    pub id: PitfallId,
    /// Its heading.
    pub title: &'static str,
    /// What happens, in a sentence for the list.
    pub line: &'static str,
    /// What its attempts need of the browser and the machine.
    pub needs: Needs,
    /// The path through the decision tree to the model that it is about, as links have it.
    pub advice: Option<&'static str>,
    /// The forms in which it comes; most have one.
    pub cases: &'static [Case],
    /// How it is in Python.
    pub python: &'static [Python],
}

/// One form of a pitfall: it fails, why, and what cures it.
#[derive(Debug)]
pub struct Case {
    /// Its heading, where a pitfall has several cases.
    pub title: Option<&'static str>,
    /// What the reader is about to see, a paragraph each.
    pub see: &'static [&'static str],
    /// The attempts that fail.
    pub fails: &'static [Attempt],
    /// Why they do, a paragraph each.
    pub why: &'static [&'static str],
    /// The attempts that hold.
    pub cures: &'static [Attempt],
}

/// Something that the reader can run.
#[derive(Debug)]
pub struct Attempt {
    /// Its name, unique in its pitfall.
    pub id: &'static str,
    /// The label of its button.
    pub label: &'static str,
    /// What it does; of a cure, how it works and what it costs.
    pub about: &'static str,
    /// What is run.
    pub start: Start,
}

/// What an attempt runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// A program of its own.
    Program(Program),
    /// An experiment of the lab.
    Experiment {
        /// The query of its link.
        query: &'static str,
        /// The figures that its text speaks of. Models are counted from 0, as they stand in the query.
        shows: &'static [Figure],
    },
}

/// What a pitfall's attempts need.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Needs {
    /// Whether they need memory that threads share.
    pub shared_memory: bool,
    /// How many cores they need.
    pub cores: u32,
}

/// How a pitfall is in Python: a short program and what it prints.
#[derive(Debug, PartialEq, Eq)]
pub struct Python {
    /// What to look at.
    pub says: &'static str,
    /// The program.
    pub code: &'static str,
    /// What it prints, and where; empty where it prints nothing.
    pub output: &'static str,
    /// What was run it with: "CPython 3.11, Linux".
    pub version: &'static str,
    /// Where the Python documentation says more.
    pub source: Option<&'static str>,
}

impl Pitfall {
    /// The queries of its attempts that are experiments of the lab.
    pub fn queries(&self) -> impl Iterator<Item = &'static str> {
        self.attempts().filter_map(|attempt| match attempt.start {
            Start::Experiment { query, .. } => Some(query),
            Start::Program(_) => None,
        })
    }

    /// All attempts, in the order of the page.
    pub fn attempts(&self) -> impl Iterator<Item = &'static Attempt> {
        self.cases.iter().flat_map(|case| case.fails.iter().chain(case.cures))
    }

    /// The attempt with this name.
    pub fn attempt(&self, id: &str) -> Option<&'static Attempt> {
        self.attempts().find(|attempt| attempt.id == id)
    }

    /// Whether the attempt with this name is one that fails.
    pub fn is_failing(&self, id: &str) -> bool {
        self.cases.iter().any(|case| case.fails.iter().any(|attempt| attempt.id == id))
    }
}

impl Needs {
    /// Nothing but a browser that runs the page.
    pub const NOTHING: Self = Self { shared_memory: false, cores: 1 };

    /// What is missing here, and what to do; `None` where nothing is.
    pub fn missing(self, capabilities: &Capabilities) -> Option<String> {
        let browser = &capabilities.browser;
        if let Some(reason) = browser.workers.reason() {
            return Some(reason);
        }
        if self.shared_memory
            && let Some(reason) = browser.shared_memory.reason()
        {
            return Some(reason);
        }
        let cores = capabilities.machine.hardware_concurrency;
        (cores < self.cores).then(|| {
            format!(
                "This needs {} cores that compute at the same time, and the browser reports {cores}.",
                self.cores
            )
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::failure::Lack;
    use crate::measure::report::{Availability, Browser, Machine};

    #[test]
    fn what_is_missing_is_named() {
        let needs = Needs { shared_memory: true, cores: 2 };
        let mut here = Capabilities {
            machine: Machine {
                hardware_concurrency: 2,
                effective_cores: None,
                clock_resolution_us: 5.0,
            },
            browser: Browser {
                cross_origin_isolated: true,
                service_worker: Availability::Available,
                shared_memory: Availability::Available,
                workers: Availability::Available,
            },
        };
        assert_eq!(needs.missing(&here), None);
        here.machine.hardware_concurrency = 1;
        assert!(needs.missing(&here).is_some_and(|it| it.contains("2 cores")));
        here.browser.shared_memory = Availability::Lacking(Lack::NotIsolated);
        assert!(needs.missing(&here).is_some_and(|it| it.contains("isolated")));
        assert_eq!(Needs::NOTHING.missing(&here), None);
    }
}
