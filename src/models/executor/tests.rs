use super::*;
use crate::models::option::OptionType;
use serde_json::{Value, json};

fn processes(options: &[(&str, Value)]) -> Executor {
    let mut executor = Executor::new(ExecutorKind::Processes, 2);
    for (name, value) in options {
        let spec = ExecutorKind::Processes.option(name).expect("an option");
        executor.set(spec, spec.read(value).expect("a value")).expect("an option");
    }
    executor
}

#[test]
fn pools_that_differ_by_an_option_have_names_of_their_own() {
    assert_eq!(processes(&[]).label(), "Processes × 2");
    assert_eq!(
        processes(&[("dataMode", json!("shared"))]).label(),
        "Processes × 2 (shared buffer)"
    );
    let all = processes(&[
        ("chunkSize", json!(8)),
        ("startMethod", json!("spawn")),
        ("dataMode", json!("transfer")),
        ("staticData", json!("initializer")),
    ]);
    assert_eq!(all.label(), "Processes × 2 (chunks of 8, spawn, transferred, preloaded)");
}

#[test]
fn the_first_word_is_the_default() {
    for kind in ExecutorKind::ALL {
        let default = Executor::new(kind, 2);
        for spec in default.beyond_workers() {
            let OptionType::Choice(words) = spec.accepts else { continue };
            let first = words.first().map(|word| OptionValue::Word(word.id));
            assert_eq!(default.value_of(spec), first, "{}", spec.name);
        }
    }
}

#[test]
fn what_was_set_is_what_is_read_and_written() {
    for spec in ExecutorKind::Processes.options() {
        let values: Vec<_> = match spec.accepts {
            OptionType::Integer { max, .. } => vec![json!(max)],
            OptionType::Choice(words) => words.iter().map(|word| json!(word.id)).collect(),
        };
        for value in values {
            let executor = processes(&[(spec.name, value.clone())]);
            assert_eq!(executor.value_of(spec), spec.read(&value).ok());
            assert_eq!(json!(executor)[spec.name], value);
        }
    }
    let mut main_thread = Executor::new(ExecutorKind::MainThread, 2);
    let workers = ExecutorKind::Threads.option("workers").expect("an option");
    assert_eq!(main_thread.value_of(workers), None);
    let failure = main_thread.set(workers, OptionValue::Number(2)).expect_err("has none");
    assert_eq!(failure.message(), "workers: is not an option of this model.");
    assert_eq!(json!(main_thread), json!({ "id": "main-thread" }));
}
