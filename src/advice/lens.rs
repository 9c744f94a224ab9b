//! For whom the advice is: the language, and whether it has a GIL.

use crate::decision::race::HOLDS_GIL;
use crate::decision::{Leaf, TREE, leaves};
use crate::failure::{Failure, InputProblem, Result, names};
use crate::models::ExecutorKind;
use crate::workloads::params::shown;
use serde::{Serialize, Serializer};
use serde_json::Value;

/// For whom the advice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lens {
    /// Python with the GIL.
    Python,
    /// Python without it (PEP 703).
    FreeThreaded,
    /// Rust.
    Rust,
}

impl Lens {
    /// Every lens, the default first.
    pub const ALL: [Self; 3] = [Self::Python, Self::FreeThreaded, Self::Rust];

    /// The word in links and scripts.
    pub fn id(self) -> &'static str {
        match self {
            Self::Python => "python",
            Self::FreeThreaded => "free-threaded",
            Self::Rust => "rust",
        }
    }

    /// Reads the value of the key `lens`.
    ///
    /// # Errors
    /// `InvalidInput` that names `lens`.
    pub fn read(value: &Value) -> Result<Self> {
        let word = value.as_str();
        let lens = Self::ALL.into_iter().find(|lens| word == Some(lens.id()));
        lens.ok_or_else(|| {
            let choices = names(Self::ALL.map(Self::id));
            Failure::invalid("lens", InputProblem::NotOneOf { choices, got: shown(value).into() })
        })
    }

    /// Whether there is a GIL.
    pub fn has_gil(self) -> bool {
        self == Self::Python
    }

    /// Whether the language is Python.
    pub fn is_python(self) -> bool {
        self != Self::Rust
    }

    /// What stands in for its threads here.
    pub fn threads(self) -> ExecutorKind {
        if self.has_gil() { ExecutorKind::ThreadsGil } else { ExecutorKind::Threads }
    }

    /// The models that stand in for what it has.
    pub fn models(self) -> [ExecutorKind; 5] {
        [
            ExecutorKind::MainThread,
            ExecutorKind::EventLoop,
            self.threads(),
            ExecutorKind::Processes,
            ExecutorKind::Hybrid,
        ]
    }

    /// The leaves of the decision tree that it has: without a GIL nothing leads to those that
    /// work around it.
    pub fn leaves(self) -> Vec<&'static Leaf> {
        let without = if self.has_gil() { "" } else { HOLDS_GIL };
        leaves(&TREE, without)
    }
}

impl Serialize for Lens {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn lenses_are_read_by_their_words() {
        for lens in Lens::ALL {
            assert_eq!(Lens::read(&json!(lens.id())), Ok(lens));
        }
        let refused = Lens::read(&json!("ruby")).expect_err("is no lens");
        assert_eq!(
            refused.message(),
            "lens: give one of python, free-threaded, rust; got \"ruby\"."
        );
    }

    #[test]
    fn only_python_has_the_leaves_that_work_around_the_gil() {
        let ids = |lens: Lens| lens.leaves().into_iter().map(|leaf| leaf.id).collect::<Vec<_>>();
        assert_eq!(ids(Lens::Python).len(), 8);
        assert_eq!(
            ids(Lens::Rust),
            ["thread-pool", "event-loop", "threads", "cluster", "hybrid", "one-thread"]
        );
        assert_eq!(ids(Lens::FreeThreaded), ids(Lens::Rust));
    }
}
