//! README names everything that a report, a link or a script may name.

use concurrency_playground::measure::explain::Rule;
use concurrency_playground::models::ExecutorKind;
use concurrency_playground::workloads::WorkloadId;
use std::collections::HashSet;

const README: &str = include_str!("../README.md");

/// The section under a heading, up to the next one.
fn section(heading: &str) -> &'static str {
    let (_, after) = README.split_once(&format!("\n{heading}\n")).expect(heading);
    after.split("\n## ").next().expect("there is a first part")
}

fn has_row(section: &str, id: &str) -> bool {
    section.lines().any(|line| line.starts_with('|') && line.contains(&format!("`{id}` |")))
}

#[test]
fn each_workload_has_a_row_and_a_formula() {
    for id in WorkloadId::ALL {
        assert!(has_row(section("## What runs"), id.id()), "“What runs” has no {}", id.id());
        let formulas = section("## Recompute an answer");
        assert!(has_row(formulas, id.id()), "“Recompute an answer” has no {}", id.id());
    }
}

#[test]
fn each_model_has_a_row() {
    for kind in ExecutorKind::ALL {
        assert!(has_row(section("## What runs"), kind.id()), "“What runs” has no {}", kind.id());
    }
}

#[test]
fn each_rule_has_words_and_an_id_that_readme_names() {
    let mut ids = HashSet::new();
    for rule in Rule::ALL {
        let id = rule.id();
        assert!(ids.insert(id), "two rules are called {id}");
        assert!(README.contains(&format!("`{id}`")), "“The report” has no {id}");
        assert!(!rule.title().is_empty() && rule.summary().ends_with('.'), "{id}");
    }
}
