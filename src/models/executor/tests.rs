use super::*;
use crate::models::option::{OptionType, RELEASE_IN_NATIVE, SWITCH_INTERVAL, thousandths};
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
fn a_pool_with_a_gil_says_what_is_not_python_s_default() {
    let mut gil = Executor::new(ExecutorKind::ThreadsGil, 2);
    assert_eq!(gil.label(), "Threads with a GIL × 2");
    for (name, value) in [("switchIntervalMs", json!(0.5)), ("releaseInNative", json!(true))] {
        let spec = ExecutorKind::ThreadsGil.option(name).expect("an option");
        gil.set(spec, spec.read(&value).expect("a value")).expect("an option");
    }
    let said = "Threads with a GIL × 2 (switch interval 0.5 ms, GIL released in native code)";
    assert_eq!(gil.label(), said);
    assert!(SWITCH_INTERVAL.read(&json!(0.05)).is_err());
    assert!(RELEASE_IN_NATIVE.read(&json!("yes")).is_err());
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
    let of = |kind: ExecutorKind| kind.options().iter().map(move |spec| (kind, spec));
    for (kind, spec) in ExecutorKind::ALL.into_iter().flat_map(of) {
        let values: Vec<_> = match spec.accepts {
            OptionType::Integer { max, .. } => vec![json!(max)],
            OptionType::Decimal { min, max } => {
                [min, 1_250, max].map(|value| json!(thousandths(value))).to_vec()
            }
            OptionType::Choice(words) => words.iter().map(|word| json!(word.id)).collect(),
            OptionType::Flag { .. } => vec![json!(false), json!(true)],
        };
        for value in values {
            let mut executor = Executor::new(kind, 2);
            executor.set(spec, spec.read(&value).expect("a value")).expect("an option");
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
