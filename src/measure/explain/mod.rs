//! Why a run came out as it did: rules that check the figures of a report.
//!
//! | file | subject |
//! | --- | --- |
//! | `case` | what a rule looks at: a model's outcome beside the others |
//! | `check` | what a rule says, and what it may lack |
//! | `definition` | what a rule is about in general |
//! | `rules` | the rules, a file for each |
//! | `finding` | what was found out about a model, and its sentence |

mod case;
mod check;
mod definition;
mod finding;
pub mod rules;

pub use check::Missing;
pub use finding::{Finding, Status};
pub use rules::{Figures, Rule};

use super::report::outcome::RunResults;
use case::Case;

/// What the rules find out. What explains the measured time comes first, by what it
/// cost, then what happened beside it, and last what could not be told: once for
/// each thing that is missing, and only of models with which nothing was found.
pub fn findings(run: &RunResults) -> Vec<Finding> {
    let mut found: Vec<(usize, Figures)> = Vec::new();
    let mut lacking: Vec<MissingData> = Vec::new();
    let ran = run.results.iter().enumerate().filter(|(_, one)| !one.samples.is_empty());
    for (result, outcome) in ran {
        let case = Case::of(run, outcome);
        let (found_before, mut lacks) = (found.len(), Vec::new());
        for &rule in Rule::ALL {
            match rule.check(&case) {
                Ok(figures) => found.extend(figures.map(|figures| (result, figures))),
                Err(missing) => lacks.push((rule, missing)),
            }
        }
        if found.len() == found_before {
            for (rule, missing) in lacks {
                note(&mut lacking, rule, missing, result);
            }
        }
    }
    found.sort_by(|(_, a), (_, b)| {
        let beside = |one: &Figures| !one.rule().is_about_the_time();
        beside(a).cmp(&beside(b)).then(b.cost_ms().total_cmp(&a.cost_ms()))
    });
    let executor = |result: usize| run.results[result].executor.clone();
    let found = found.into_iter().map(|(result, figures)| Finding::Found {
        result,
        executor: executor(result),
        figures,
    });
    let lacking = lacking.into_iter().map(|MissingData { rule, missing, results }| {
        let executors = results.iter().map(|at| executor(*at)).collect();
        Finding::NotEnoughData { rule, missing, executors, results }
    });
    found.chain(lacking).collect()
}

/// Something that is missing, and of which models.
struct MissingData {
    missing: Missing,
    rule: Rule,
    results: Vec<usize>,
}

fn note(lacking: &mut Vec<MissingData>, rule: Rule, missing: Missing, result: usize) {
    match lacking.iter_mut().find(|lack| lack.missing == missing) {
        Some(lack) if lack.results.last() == Some(&result) => {}
        Some(lack) => lack.results.push(result),
        None => lacking.push(MissingData { missing, rule, results: vec![result] }),
    }
}
