//! The table of the models, each of which is a file here that says what the model is. A new one is
//! its own file, and its line in the table below.

use super::definition::{Definition, Memory};
use super::foreign::ForeignModel;
use super::option::OptionSpec;
use crate::failure::{Failure, NameProblem, Result, names};
use crate::workloads::{WorkloadId, params};
use serde::{Serialize, Serializer};

/// Registers the models, in the order in which the page lists them.
macro_rules! models {
    ($($module:ident: $name:ident),+ $(,)?) => {
        $(mod $module;)+

        /// A concurrency model that can run a workload.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum ExecutorKind {
            $(#[doc = concat!("See `models/registry/", stringify!($module), ".rs`.")] $name,)+
            /// A model of another program, in a report of its.
            Foreign(ForeignModel),
        }

        impl ExecutorKind {
            /// Every model of this program, in the order in which the page lists them.
            pub const ALL: [Self; [$(stringify!($name)),+].len()] = [$(Self::$name),+];

            /// What it is.
            pub fn definition(self) -> &'static Definition {
                match self {
                    $(Self::$name => &$module::DEFINITION,)+
                    Self::Foreign(model) => model.definition(),
                }
            }
        }
    };
}

models! {
    main_thread: MainThread,
    event_loop: EventLoop,
    threads: Threads,
    threads_gil: ThreadsGil,
    processes: Processes,
    hybrid: Hybrid,
}

impl ExecutorKind {
    /// The id in links, scripts and reports.
    pub fn id(self) -> &'static str {
        self.definition().id
    }

    /// The model of this program with this id.
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.id() == id)
    }

    /// The model named `id`, for ids from outside.
    ///
    /// # Errors
    /// `InvalidInput` that lists the ids there are.
    pub fn named(id: &str) -> Result<Self> {
        Self::from_id(id).ok_or_else(|| {
            let known = names(Self::ALL.iter().map(|kind| kind.id()));
            let got = params::shown(&id.into()).into();
            Failure::invalid("id", NameProblem::UnknownModel { got, known })
        })
    }

    /// The class of its styles in `www/models.css`.
    pub fn class(self) -> String {
        match self {
            Self::Foreign(model) => model.class(),
            own => format!("model-{}", own.id()),
        }
    }

    /// The name on the page.
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// The name in running text, in the plural where the model is one of many.
    pub fn in_text(self) -> &'static str {
        self.definition().in_text
    }

    /// The name at the beginning of a sentence.
    pub fn at_start(self) -> &'static str {
        self.definition().at_start
    }

    /// "was", or "were" where its name in running text is in the plural.
    pub fn was(self) -> &'static str {
        if self.definition().is_plural { "were" } else { "was" }
    }

    /// What Python calls it.
    pub fn python(self) -> &'static str {
        self.definition().python
    }

    /// What stands in for it in the browser, in a sentence.
    pub fn here(self) -> &'static str {
        self.definition().here
    }

    /// Where its tasks find their data, unless its options say otherwise.
    pub(super) fn memory(self) -> Memory {
        self.definition().memory
    }

    /// Whether it makes sense for a workload.
    pub fn suits(self, workload: WorkloadId) -> bool {
        !self.definition().needs_stages || workload.has_stages()
    }

    /// Whether it is of another program, so that this page cannot run it.
    pub fn is_foreign(self) -> bool {
        matches!(self, Self::Foreign(_))
    }

    /// Whether the model has a pool whose size can be chosen.
    pub fn has_workers(self) -> bool {
        self.memory() != Memory::Page
    }

    /// The size of its pool, where it has one.
    pub fn workers_option(self) -> Option<&'static OptionSpec> {
        self.options().first().filter(|spec| spec.is_workers())
    }

    /// The options the model takes, as documented to scripts.
    pub fn options(self) -> &'static [OptionSpec] {
        self.definition().options
    }

    /// The options of all models of this program but the size of the pool, each once.
    pub fn options_beyond_workers() -> Vec<&'static OptionSpec> {
        let mut found: Vec<&OptionSpec> = Vec::new();
        for spec in Self::ALL.into_iter().flat_map(Self::options) {
            if !spec.is_workers() && found.iter().all(|one| one.name != spec.name) {
                found.push(spec);
            }
        }
        found
    }

    /// Its option with this name.
    pub fn option(self, name: &str) -> Option<&'static OptionSpec> {
        self.options().iter().find(|spec| spec.name == name)
    }
}

impl Serialize for ExecutorKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn ids_are_unique_and_found_again() {
        let ids: HashSet<_> = ExecutorKind::ALL.iter().map(|kind| kind.id()).collect();
        assert_eq!(ids.len(), ExecutorKind::ALL.len());
        for kind in ExecutorKind::ALL {
            assert_eq!(ExecutorKind::named(kind.id()), Ok(kind));
        }
        let failure = ExecutorKind::named("fibers").expect_err("is unknown");
        assert!(failure.message().contains("main-thread, event-loop, threads"), "{failure:?}");
    }

    #[test]
    fn only_pools_have_options_and_workers_are_the_first() {
        for kind in ExecutorKind::ALL {
            assert_eq!(kind.workers_option().is_some(), kind.has_workers(), "{kind:?}");
            assert_eq!(kind.options().is_empty(), !kind.has_workers(), "{kind:?}");
        }
    }

    /// The styles of a model hang on its id.
    #[test]
    fn each_model_has_its_colour_and_pattern() {
        let styles = include_str!("../../../www/models.css");
        for kind in ExecutorKind::ALL {
            let rule = format!(".{} {{", kind.class());
            assert_eq!(styles.matches(&rule).count(), 1, "{rule}");
            // Light, dark by the system, dark by choice.
            let colour = format!(" --{}: #", kind.id());
            assert_eq!(styles.matches(&colour).count(), 3, "{colour}");
        }
    }
}
