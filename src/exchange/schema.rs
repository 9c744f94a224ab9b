//! Reports and their JSON Schema, `docs/report.schema.json`: what is written fits it, what is read
//! is what it allows, and the golden files of `tests/golden/` stay as they are.

use super::{example, json, read};
use crate::measure::Phase;
use crate::measure::report::{Report, SCHEMA};
use crate::models::option::{OptionType, thousandths};
use crate::models::{ExecutorKind, OptionSpec};
use crate::workloads::WorkloadId;
use jsonschema::Validator;
use proptest::prelude::*;
use serde_json::{Value, json};

const TEXT: &str = include_str!("../../docs/report.schema.json");
const THIS_PAGE: &str = include_str!("../../tests/golden/this-page.json");
const ANOTHER_PROGRAM: &str = include_str!("../../tests/golden/another-program.json");

fn schema() -> Value {
    serde_json::from_str(TEXT).expect("JSON")
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("a schema")
}

fn parsed(text: &str) -> Value {
    serde_json::from_str(text).expect("JSON")
}

/// Holds a file to what the code makes of it, or writes it anew where `UPDATE_GOLDEN` is set.
fn is_golden(path: &str, text: &str, made: &Value) {
    let made = serde_json::to_string_pretty(made).expect("is JSON");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(path, format!("{made}\n")).expect("is written");
    } else {
        let how = "UPDATE_GOLDEN=1 cargo test --lib exchange::schema writes it";
        assert_eq!(made, text.trim_end(), "{path} is another; if that is meant, {how}");
    }
}

fn ids(of: &Value) -> Vec<&str> {
    of.as_array().expect("a list").iter().filter_map(Value::as_str).collect()
}

#[test]
fn the_schema_has_the_ids_of_the_code() {
    let schema = schema();
    let defs = &schema["$defs"];
    assert_eq!(schema["properties"]["schema"]["const"], SCHEMA);
    let phases = Phase::ALL.map(Phase::id);
    assert_eq!(
        ids(&defs["lane"]["properties"]["spans"]["items"]["properties"]["phase"]["enum"]),
        phases
    );
}

/// The shape of an option's value.
fn option(spec: &OptionSpec) -> Value {
    match spec.accepts {
        OptionType::Integer { min, max } => {
            json!({ "type": "integer", "minimum": min, "maximum": max, "description": spec.help })
        }
        OptionType::Decimal { min, max } => {
            json!({ "type": "number", "minimum": thousandths(min), "maximum": thousandths(max),
                    "description": spec.help })
        }
        OptionType::Flag { .. } => json!({ "type": "boolean", "description": spec.help }),
        OptionType::Choice(words) => {
            let ids: Vec<_> = words.iter().map(|word| word.id).collect();
            json!({ "enum": ids, "description": spec.help })
        }
    }
}

/// The shape of a model of this program, with all its options.
fn model(kind: ExecutorKind) -> Value {
    let mut properties = json!({ "id": { "const": kind.id() } });
    for spec in kind.options() {
        properties[spec.name] = option(spec);
    }
    // Where it means nothing it is left out.
    let always = |name: &&String| kind.option(name).is_none_or(|spec| spec.needs.is_none());
    let keys = properties.as_object().expect("an object").keys();
    let required: Vec<_> = keys.filter(always).collect();
    json!({ "type": "object", "required": required, "properties": properties,
            "additionalProperties": false })
}

#[test]
fn the_schema_has_the_models_and_workloads_of_the_code() {
    let mut schema = schema();
    let mut shapes = ExecutorKind::ALL.map(model).to_vec();
    shapes.push(json!({ "$ref": "#/$defs/foreignExecutor" }));
    schema["$defs"]["executor"]["anyOf"] = shapes.into();
    schema["$defs"]["experiment"]["properties"]["workload"]["enum"] =
        json!(WorkloadId::ALL.iter().map(|id| id.id()).collect::<Vec<_>>());
    schema["$defs"]["foreignExecutor"]["properties"]["id"]["not"]["enum"] =
        json!(ExecutorKind::ALL.map(ExecutorKind::id));
    is_golden("docs/report.schema.json", TEXT, &schema);
}

#[test]
fn a_report_of_this_page_stays_as_it_is() {
    let mut facts = example::report().facts();
    facts.producer.version = "0.1.0".to_owned();
    let report = Report::of(facts);
    is_golden("tests/golden/this-page.json", THIS_PAGE, &report.to_json());
    assert!(validator().is_valid(&parsed(THIS_PAGE)));
    assert_eq!(read::read(THIS_PAGE), Ok(report));
}

#[test]
fn a_report_of_another_program_is_read_and_written() {
    let validator = validator();
    assert!(validator.is_valid(&parsed(ANOTHER_PROGRAM)));
    let report = read::read(ANOTHER_PROGRAM).expect("is a report");
    assert_eq!((report.producer.name.as_str(), &report.environment.browser), ("CPython", &None));
    let labels: Vec<_> = report.results.iter().map(|one| one.executor.label()).collect();
    assert_eq!(labels, ["Main thread", "ThreadPoolExecutor × 2", "ProcessPoolExecutor × 2"]);
    assert_eq!(report.agreement, Some(true));
    let verdict = report.verdict.headline();
    assert!(verdict.starts_with("ProcessPoolExecutor was"), "{verdict}");
    let written = json::write(&report);
    assert!(validator.is_valid(&parsed(&written)));
    assert_eq!(read::read(&written), Ok(report));
}

#[test]
fn what_is_no_model_is_refused_by_schema_and_reader() {
    let validator = validator();
    let model = |model: Value| {
        let mut report = parsed(ANOTHER_PROGRAM);
        report["experiment"]["executors"][1] = model.clone();
        report["results"][1]["executor"] = model;
        report
    };
    let good = json!({ "id": "fibers", "title": "Fibers", "memory": "shared", "workers": 64 });
    assert!(validator.is_valid(&model(good.clone())));
    assert!(read::read(&model(good.clone()).to_string()).is_ok());
    for (key, value, place) in [
        ("id", json!("<b>"), "id: give letters, digits"),
        ("id", json!(""), "id: give letters, digits"),
        ("id", json!("threads"), "title: threads has no such key"),
        ("title", json!("x".repeat(65)), "title: give a text of at most 64"),
        ("title", json!(null), "title: give a text"),
        ("title", json!("   "), "title: give letters, digits"),
        ("memory", json!("page"), "workers: is not known"),
        ("memory", json!("cloud"), "memory: give one of page, shared, own"),
        ("workers", json!(0), "workers: give a whole number from 1 to 4096"),
        ("workers", json!(4097), "workers: give a whole number from 1 to 4096"),
        ("startMethod", json!("spawn"), "startMethod: is not known"),
    ] {
        let mut bad = good.clone();
        bad[key] = value;
        let report = model(bad);
        assert!(!validator.is_valid(&report), "{place}");
        let message = read::read(&report.to_string()).expect_err(place).message();
        assert!(message.starts_with(&format!("experiment.executors[1].{place}")), "{message}");
    }
}

#[test]
fn models_of_other_programs_are_told_apart_by_their_ids() {
    let mut report = parsed(ANOTHER_PROGRAM);
    report["experiment"]["executors"][2]["id"] = json!("thread-pool");
    report["results"][2]["executor"]["id"] = json!("thread-pool");
    let message = read::read(&report.to_string()).expect_err("is refused").message();
    assert!(message.starts_with("experiment.executors[2].id: is the id of another"), "{message}");
    let report = read::read(ANOTHER_PROGRAM).expect("is a report");
    let classes: Vec<_> = report.results.iter().map(|one| one.executor.kind().class()).collect();
    assert_eq!(classes, ["model-main-thread", "model-foreign-1", "model-foreign-2"]);
}

#[test]
fn what_only_a_browser_has_is_there_or_not_as_a_whole() {
    let validator = validator();
    let mut report = parsed(THIS_PAGE);
    let environment = report["environment"].as_object_mut().expect("an object");
    environment.shift_remove("sharedMemory");
    assert!(!validator.is_valid(&report));
    let message = read::read(&report.to_string()).expect_err("is refused").message();
    assert!(message.starts_with("environment.sharedMemory: is missing"), "{message}");
    for key in ["crossOriginIsolated", "serviceWorker", "workers"] {
        report["environment"].as_object_mut().expect("an object").shift_remove(key);
    }
    assert!(validator.is_valid(&report));
    assert_eq!(read::read(&report.to_string()).expect("is a report").environment.browser, None);
}

proptest! {
    #[test]
    fn every_report_fits_the_schema(report in example::reports()) {
        let written = parsed(&json::write(&report));
        let errors: Vec<_> = validator().iter_errors(&written).map(|error| error.to_string()).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }
}
