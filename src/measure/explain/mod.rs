//! Why a run came out as it did: rules that check the figures of a report. A rule
//! can check (fine, found, or not enough to go by), explain this case in a sentence
//! that cites the figure it rests on, and [summarise](Rule::summary) its class.
//!
//! | file | subject |
//! | --- | --- |
//! | `case` | what a rule looks at: a model's outcome in its report |
//! | `check` | what it says, and what it may lack |
//! | `rule` | what it is about |
//! | `overhead`, `sending`, `imbalance`, `cores`, `locks` | where the measured time went |
//! | `slow_answers`, `cached_answers` | what requests waited for that is not the model's doing |
//! | `clock`, `first_run`, `freeze` | what else a reader should know of it |

mod case;
mod check;
mod rule;

use super::findings::{Finding, Status};
use super::report::Report;
use case::Case;
use check::{Check, Missing};
use rule::Definition;
use serde::{Serialize, Serializer};

/// Registers the rules, each of which is a file here, in the order in which they are asked.
macro_rules! rules {
    ($($module:ident: $Rule:ident),+ $(,)?) => {
        $(mod $module;)+

        /// What can be found out.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Rule {
            $(#[doc = concat!("See `explain/", stringify!($module), ".rs`.")] $Rule,)+
        }

        impl Rule {
            /// Every rule, in the order in which they are asked.
            pub const ALL: &[Self] = &[$(Self::$Rule),+];

            fn definition(self) -> &'static Definition {
                match self { $(Self::$Rule => &$module::RULE,)+ }
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

/// What the rules find out. What explains the measured time comes first, by what it
/// cost, then what happened beside it, and last what could not be told: once for
/// each thing that is missing, and only of models with which nothing was found.
pub fn findings(report: &Report) -> Vec<Finding> {
    let mut found: Vec<(f64, Finding)> = Vec::new();
    let mut lacking: Vec<Lack> = Vec::new();
    let ran = report.results.iter().enumerate().filter(|(_, one)| !one.samples.is_empty());
    for (result, outcome) in ran {
        let case = Case::of(report, outcome);
        let (found_before, mut lacks) = (found.len(), Vec::new());
        for &rule in Rule::ALL {
            match (rule.definition().check)(&case) {
                Check::Fine => {}
                Check::NotEnoughData(missing) => lacks.push((rule, missing)),
                Check::Found { cost_ms, text } => {
                    let text = format!("{}: {text}", outcome.executor.label());
                    let status = Status::Found;
                    found.push((cost_ms, Finding { rule, result, status, text }));
                }
            }
        }
        if found.len() == found_before {
            for (rule, missing) in lacks {
                note(&mut lacking, rule, missing, result);
            }
        }
    }
    found.sort_by(|(a_ms, a), (b_ms, b)| {
        let beside = |one: &Finding| !one.rule.is_about_the_time();
        beside(a).cmp(&beside(b)).then(b_ms.total_cmp(a_ms))
    });
    let could_not_tell = lacking.iter().map(|lack| lack.finding(report));
    found.into_iter().map(|(_, finding)| finding).chain(could_not_tell).collect()
}

/// Something that is missing, and of which models.
struct Lack {
    missing: Missing,
    rule: Rule,
    results: Vec<usize>,
}

fn note(lacking: &mut Vec<Lack>, rule: Rule, missing: Missing, result: usize) {
    match lacking.iter_mut().find(|lack| lack.missing == missing) {
        Some(lack) if lack.results.last() == Some(&result) => {}
        Some(lack) => lack.results.push(result),
        None => lacking.push(Lack { missing, rule, results: vec![result] }),
    }
}

impl Lack {
    /// More models than this are counted, not named.
    const MOST_NAMES: usize = 3;

    fn finding(&self, report: &Report) -> Finding {
        let models = if self.results.len() > Self::MOST_NAMES {
            format!("{} models", self.results.len())
        } else {
            let label = |at: &usize| report.results[*at].executor.label();
            self.results.iter().map(label).collect::<Vec<_>>().join(", ")
        };
        Finding {
            rule: self.rule,
            result: self.results[0],
            status: Status::NotEnoughData,
            text: format!("{models}: {}", self.missing.explain()),
        }
    }
}
