//! The rules. Each is a file here: what it is about (`RULE`), how it checks a case (`check`), the
//! figures of what it found (`Figures`), and the sentence made of them (`Figures::text`). A new
//! one is its own file, and its line in the table below.
//!
//! | file | subject |
//! | --- | --- |
//! | `overhead`, `sending`, `imbalance`, `cores`, `locks`, `gil`, `gil_released`, `convoy`, `slower_stage` | where the measured time went |
//! | `slow_answers`, `cached_answers` | what requests waited for that is not the model's doing |
//! | `clock`, `first_run`, `freeze` | what else a reader should know of it |

use super::case::Case;
use super::check::Check;
use super::definition::Definition;
use crate::models::Executor;
use serde::{Serialize, Serializer};

/// Registers the rules, each of which is a file here, in the order in which they are asked.
macro_rules! rules {
    ($($module:ident: $Rule:ident),+ $(,)?) => {
        $(pub mod $module;)+

        /// What can be found out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Rule {
            $(#[doc = concat!("See `explain/rules/", stringify!($module), ".rs`.")] $Rule,)+
        }

        /// The figures of what a rule found.
        #[derive(Clone, Debug, PartialEq, Serialize)]
        #[serde(untagged)]
        pub enum Figures {
            $(#[doc = concat!("See `explain/rules/", stringify!($module), ".rs`.")]
            $Rule($module::Figures),)+
        }

        impl Rule {
            /// Every rule, in the order in which they are asked.
            pub const ALL: &[Self] = &[$(Self::$Rule),+];

            fn definition(self) -> &'static Definition {
                match self { $(Self::$Rule => &$module::RULE,)+ }
            }

            /// Checks a case.
            pub(super) fn check(self, case: &Case) -> Check<Figures> {
                match self { $(Self::$Rule => Ok($module::check(case)?.map(Figures::$Rule)),)+ }
            }
        }

        impl Figures {
            /// Whose figures they are.
            pub fn rule(&self) -> Rule {
                match self { $(Self::$Rule(_) => Rule::$Rule,)+ }
            }

            /// How much time it is about, in ms of one computation: the more, the more
            /// important.
            pub fn cost_ms(&self) -> f64 {
                match self { $(Self::$Rule(figures) => figures.cost_ms,)+ }
            }

            /// What was found of `executor`, and what to do about it; without its name.
            pub fn text(&self, executor: &Executor) -> String {
                match self { $(Self::$Rule(figures) => figures.text(executor),)+ }
            }
        }
    };
}

rules! {
    overhead: OverheadDominates,
    sending: SerializationDominates,
    slow_answers: SlowAnswers,
    cached_answers: CachedAnswers,
    imbalance: Imbalance,
    cores: MoreWorkersThanCores,
    locks: LockContention,
    gil: Gil,
    gil_released: GilReleased,
    convoy: Convoy,
    slower_stage: SlowerStage,
    clock: ClockTooCoarse,
    first_run: FirstRunSlow,
    freeze: MainThreadBlocked,
}

impl Rule {
    /// The word in reports.
    pub fn id(self) -> &'static str {
        self.definition().id
    }

    /// The words on the page.
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// What this is about in general, in a sentence for someone who learns it.
    pub fn summary(self) -> &'static str {
        self.definition().summary
    }

    /// Whether it is about the measured time, rather than what happened beside it.
    pub fn is_about_the_time(self) -> bool {
        self.definition().is_about_the_time
    }
}

impl Serialize for Rule {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.id())
    }
}
