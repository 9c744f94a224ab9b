//! What the models' options are called by people, in the form and beside a model's name.

use super::Executor;
use super::executor::{self, DataMode, OptionSpec, StartMethod, StaticData};
use serde_json::Value;

/// The options that are more than the pool's size, which stands beside the model anyway.
pub fn beyond_workers(executor: &Executor) -> impl Iterator<Item = &'static OptionSpec> {
    let specs = Executor::options(executor.kind()).iter();
    specs.filter(|spec| spec.name != executor::workers_option().name)
}

/// The options that are not the defaults, each with its value.
pub fn changed(executor: &Executor) -> Vec<(&'static OptionSpec, Value)> {
    let default = Executor::new(executor.kind(), executor.workers());
    let changed = |spec: &'static OptionSpec| {
        let value = executor.value_of(spec)?;
        (default.value_of(spec).as_ref() != Some(&value)).then_some((spec, value))
    };
    beyond_workers(executor).filter_map(changed).collect()
}

/// What is not the default, as it stands behind a model's name: "shared buffer", "8 at a
/// time".
pub fn differences(executor: &Executor) -> Vec<String> {
    changed(executor).iter().map(|(spec, value)| in_short(spec.name, value)).collect()
}

/// What the option is called above its field.
pub fn title(option: &'static str) -> &'static str {
    match option {
        "chunkSize" => "Tasks at a time",
        "startMethod" => "Start",
        "dataMode" => "Data",
        "staticData" => "Static data",
        other => other,
    }
}

/// What one of the option's words is called in the form.
pub fn choice<'a>(option: &str, word: &'a str) -> &'a str {
    let title = match option {
        "startMethod" => StartMethod::from_id(word).map(StartMethod::title),
        "dataMode" => DataMode::from_id(word).map(DataMode::title),
        "staticData" => StaticData::from_id(word).map(StaticData::title),
        _ => None,
    };
    title.unwrap_or(word)
}

fn in_short(option: &str, value: &Value) -> String {
    match (option, value) {
        ("chunkSize", size) => format!("{size} at a time"),
        // By itself "beforehand" would not say what.
        ("staticData", Value::String(word)) => format!("data given {}", choice(option, word)),
        (_, Value::String(word)) => choice(option, word).to_owned(),
        (option, other) => format!("{option} {other}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::experiment::ExecutorKind;
    use crate::experiment::executor::OptionType;
    use serde_json::json;

    fn processes(options: &[(&str, Value)]) -> Executor {
        let mut executor = Executor::new(ExecutorKind::Processes, 2);
        for spec in Executor::options(ExecutorKind::Processes) {
            if let Some((_, value)) = options.iter().find(|(name, _)| *name == spec.name) {
                executor.set(spec, value).expect("an option");
            }
        }
        executor
    }

    #[test]
    fn pools_that_differ_by_an_option_have_names_of_their_own() {
        assert_eq!(processes(&[]).label(), "Processes × 2");
        assert_eq!(
            processes(&[("dataMode", json!("shared"))]).label(),
            "Processes × 2, shared buffer"
        );
        let all = processes(&[
            ("chunkSize", json!(8)),
            ("startMethod", json!("spawn")),
            ("dataMode", json!("transfer")),
            ("staticData", json!("initializer")),
        ]);
        assert_eq!(
            all.label(),
            "Processes × 2, 8 at a time, each compiles its own program, handed over, data given beforehand"
        );
    }

    #[test]
    fn every_word_has_a_name_for_people_and_the_first_is_the_default() {
        for kind in ExecutorKind::ALL {
            for spec in beyond_workers(&Executor::new(kind, 2)) {
                assert_ne!(title(spec.name), spec.name);
                let OptionType::Choice(words) = spec.accepts else { continue };
                let default = Executor::new(kind, 2).value_of(spec);
                assert_eq!(default, words.first().map(|word| json!(word)), "{}", spec.name);
                for word in words {
                    assert_ne!(choice(spec.name, word), *word, "{} {word}", spec.name);
                }
            }
        }
    }

    #[test]
    fn what_was_set_is_what_is_read() {
        for spec in Executor::options(ExecutorKind::Processes) {
            let values: Vec<_> = match spec.accepts {
                OptionType::Integer { max, .. } => vec![json!(max)],
                OptionType::Choice(words) => words.iter().map(|word| json!(word)).collect(),
            };
            for value in values {
                let executor = processes(&[(spec.name, value.clone())]);
                assert_eq!(executor.value_of(spec), Some(value));
            }
        }
        assert_eq!(Executor::MainThread.value_of(executor::workers_option()), None);
    }
}
