//! Experiments in links: `workload=mandelbrot&width=900&models=threads:4,processes`.
//! Behind a model may stand its options: `processes:4;dataMode=shared;chunkSize=8`.
//!
//! A link names only what differs from the defaults, and anything in it may be
//! wrong: a bad key is refused by name and the rest still holds, because a reader
//! who follows a stale link should get an experiment and a word about it, not an
//! empty page.

use super::executor::{self, OptionType};
use super::words;
use super::{DEFAULT_WARMUP, Executor, ExecutorKind, Experiment, Repeats};
use super::{MAX_EXECUTORS, MAX_WARMUP};
use crate::failure::{Failure, Result};
use crate::workloads::params::{self, MAX_SAFE_INTEGER, ParamSpec, ParamType, Params};
use crate::workloads::{self, Workload, WorkloadId};
use serde_json::Value;

/// The longest link that is read.
pub const MAX_LINK_BYTES: usize = 8192;

/// What a link asks for: an experiment, and what was refused on the way to it.
#[derive(Clone, Debug, PartialEq)]
pub struct Linked {
    /// The experiment, with defaults where the link is silent or wrong.
    pub experiment: Experiment,
    /// One failure per refused key.
    pub refused: Vec<Failure>,
}

/// Keys that say how the page is shown and not what is run.
const HOW_IT_IS_SHOWN: [&str; 2] = ["embed", "show"];

/// Splits a query string into decoded pairs. Those that say how the page is shown are
/// left out.
///
/// # Errors
/// `InvalidInput` where it is too long.
pub fn pairs(query: &str) -> Result<Vec<(String, String)>> {
    if query.len() > MAX_LINK_BYTES {
        return Err(Failure::invalid("link", "is too long to be read."));
    }
    let pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
    Ok(pairs.into_owned().filter(|(key, _)| !HOW_IT_IS_SHOWN.contains(&key.as_str())).collect())
}

/// Which of the page's tabs a query string asks for.
pub fn shown(query: &str) -> Option<String> {
    let pairs = form_urlencoded::parse(query.trim_start_matches('?').as_bytes());
    let shown = pairs.into_owned().filter(|(key, _)| key == "show").last();
    shown.map(|(_, tab)| tab).filter(|_| query.len() <= MAX_LINK_BYTES)
}

/// Reads an experiment from a link's pairs. Pools without a size are `workers`
/// wide.
///
/// # Errors
/// Only where the defaults themselves are at fault.
pub fn read(pairs: &[(String, String)], workers: u32) -> Result<Linked> {
    let mut refused = Vec::new();
    let mut id = WorkloadId::Mandelbrot;
    for (_, value) in pairs.iter().filter(|(key, _)| key == "workload") {
        match workloads::named(value) {
            Ok(named) => id = named,
            Err(failure) => refused.push(failure),
        }
    }
    let mut experiment = Experiment::default_for(id, workers)?;
    let mut given = Params::new();
    for (key, text) in pairs.iter().filter(|(key, _)| key != "workload") {
        let whole = |min, max| params::integer(key, &number_or_text(text), min, max);
        let taken = match key.as_str() {
            "models" => models(text, workers).map(|models| experiment.executors = models),
            "repeats" => Repeats::from_json(&number_or_text(text))
                .map(|repeats| experiment.repeats = repeats),
            "warmup" => whole(0, MAX_WARMUP.into()).map(|n| experiment.warmup = n as u32),
            "runSeed" => whole(0, MAX_SAFE_INTEGER).map(|n| experiment.seed = n),
            _ => match id.params().iter().find(|spec| spec.name == key) {
                Some(spec) => param(spec, text).map(|value| drop(given.insert(key.clone(), value))),
                None => Err(Failure::invalid(
                    key,
                    format!("{} has no such parameter, and a link has no such key.", id.id()),
                )),
            },
        };
        refused.extend(taken.err());
    }
    match Workload::new(id, &given) {
        Ok(workload) => experiment.workload = workload,
        Err(failure) => refused.push(failure),
    }
    Ok(Linked { experiment, refused })
}

/// Writes an experiment as a query string, without what are the defaults.
pub fn write(experiment: &Experiment, workers: u32) -> String {
    let workload = experiment.workload.id();
    let mut pairs = vec![("workload".to_owned(), workload.id().to_owned())];
    for (name, value) in experiment.workload.params() {
        let default = workload.params().iter().find(|spec| spec.name == name);
        if default.and_then(ParamSpec::default_value) != Some(value.clone()) {
            pairs.push((name, plain(&value)));
        }
    }
    let all = ExecutorKind::ALL.map(|kind| Executor::new(kind, workers));
    if experiment.executors != all {
        let models = experiment.executors.iter().map(written);
        pairs.push(("models".to_owned(), models.collect::<Vec<_>>().join(",")));
    }
    if let Repeats::Fixed(rounds) = experiment.repeats {
        pairs.push(("repeats".to_owned(), rounds.to_string()));
    }
    for (key, value, default) in [
        ("warmup", experiment.warmup.into(), DEFAULT_WARMUP.into()),
        ("runSeed", experiment.seed, 1),
    ] {
        if value != default {
            pairs.push((key.to_owned(), value.to_string()));
        }
    }
    let pairs: Vec<_> =
        pairs.into_iter().map(|(key, value)| format!("{key}={}", encoded(&value))).collect();
    pairs.join("&")
}

/// A model with the size of its pool, and what of its options is not the default.
fn written(executor: &Executor) -> String {
    let kind = executor.kind();
    if !kind.has_workers() {
        return kind.id().to_owned();
    }
    let mut text = format!("{}:{}", kind.id(), executor.workers());
    for (spec, value) in words::changed(executor) {
        text.push_str(&format!(";{}={}", spec.name, plain(&value)));
    }
    text
}

/// `value` in a link. Ids, numbers, and what stands between models and their options stay
/// as they are, so that people can read them.
fn encoded(value: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b",:.-_;=".contains(&byte);
    if value.bytes().all(plain) {
        return value.to_owned();
    }
    form_urlencoded::byte_serialize(value.as_bytes()).collect()
}

fn models(text: &str, workers: u32) -> Result<Vec<Executor>> {
    let list: Vec<_> = text.split(',').collect();
    if list.len() > MAX_EXECUTORS {
        return Err(Failure::invalid("models", format!("give at most {MAX_EXECUTORS}.")));
    }
    list.iter().map(|entry| model(entry, workers)).collect()
}

/// Reads a model, the size of its pool and its options: `processes:4;dataMode=shared`.
fn model(entry: &str, workers: u32) -> Result<Executor> {
    let mut parts = entry.split(';');
    let named = parts.next().unwrap_or_default();
    let (id, size) = named.split_once(':').map_or((named, None), |(id, size)| (id, Some(size)));
    let kind = executor::named(id).map_err(|failure| {
        Failure::invalid("models", failure.message.trim_start_matches("id: "))
    })?;
    let mut executor = Executor::new(kind, workers);
    if let Some(size) = size {
        if !kind.has_workers() {
            return Err(Failure::invalid("models", format!("{id} has no workers to count.")));
        }
        executor.set(executor::workers_option(), &number_or_text(size)).map_err(|failure| {
            Failure::invalid("models", failure.message.trim_start_matches("workers: "))
        })?;
    }
    for option in parts {
        let (name, text) = option.split_once('=').unwrap_or((option, ""));
        let spec = Executor::options(kind).iter().find(|spec| spec.name == name);
        let spec = spec.ok_or_else(|| no_such_option(kind, name))?;
        executor.set(spec, &option_value(spec.accepts, text))?;
    }
    Ok(executor)
}

fn no_such_option(kind: ExecutorKind, name: &str) -> Failure {
    let known: Vec<_> = Executor::options(kind).iter().map(|spec| spec.name).collect();
    let (id, shown) = (kind.id(), params::shown(&name.into()));
    Failure::invalid(
        "models",
        match known.is_empty() {
            true => format!("{id} has no options, but is given {shown}."),
            false => format!("{id} has no option {shown}. It has {}.", known.join(", ")),
        },
    )
}

/// What `text`, typed or in a link, may be the value of.
pub fn option_value(accepts: OptionType, text: &str) -> Value {
    match accepts {
        OptionType::Integer { .. } => number_or_text(text),
        OptionType::Choice(_) => text.into(),
    }
}

/// Reads `text`, typed by a person or written in a link, as `spec` wants it.
///
/// # Errors
/// `InvalidInput` that names the key and the bounds.
pub fn param(spec: &ParamSpec, text: &str) -> Result<Value> {
    let value = match spec.accepts {
        ParamType::Choice(_) | ParamType::Text { .. } => text.into(),
        ParamType::Integer { .. } | ParamType::Number { .. } => number_or_text(text),
        ParamType::List { .. } => text.split(',').map(number_or_text).collect(),
        ParamType::Texts { .. } => text.split_whitespace().map(Value::from).collect(),
    };
    spec.check(&value)?;
    Ok(value)
}

/// A number where the text is one; the text itself otherwise, so that the
/// refusal can quote it.
pub fn number_or_text(text: &str) -> Value {
    let text = text.trim();
    // As people write numbers, too: 05, and .5.
    let digits = text.trim_start_matches('0');
    let number = match digits.bytes().next() {
        Some(b'0'..=b'9') => digits.to_owned(),
        Some(b'.') => format!("0{digits}"),
        _ => text.to_owned(),
    };
    match serde_json::from_str(&number) {
        Ok(Value::Number(number)) => number.into(),
        _ => text.into(),
    }
}

/// A parameter as a link, or a field on the page, writes it.
pub fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        // Texts may have commas in them, but no white space.
        Value::Array(items) if items.iter().any(Value::is_string) => {
            items.iter().map(plain).collect::<Vec<_>>().join("\n")
        }
        Value::Array(items) => items.iter().map(plain).collect::<Vec<_>>().join(","),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn linked(query: &str) -> Linked {
        read(&pairs(query).expect("readable"), 4).expect("defaults hold")
    }

    #[test]
    fn a_link_says_what_to_run() {
        let Linked { experiment, refused } = linked(
            "?embed=1&workload=requests&kind=timer&count=6&models=event-loop,threads:12&repeats=3",
        );
        assert_eq!(refused, []);
        assert_eq!(experiment.workload.id(), WorkloadId::Requests);
        assert_eq!(experiment.workload.params()["count"], 6);
        assert_eq!(
            experiment.executors,
            [Executor::EventLoop, Executor::new(ExecutorKind::Threads, 12)]
        );
        assert_eq!(experiment.repeats, Repeats::Fixed(3));
    }

    #[test]
    fn what_is_wrong_is_refused_and_the_rest_holds() {
        let Linked { experiment, refused } =
            linked("workload=mandelbrot&width=99999&maxIter=50&colour=red&models=fibers&repeats=x");
        let keys: Vec<_> =
            refused.iter().filter_map(|failure| failure.message.split(':').next()).collect();
        assert_eq!(keys, ["width", "colour", "models", "repeats"]);
        assert_eq!(experiment.workload.params()["maxIter"], 50);
        assert_eq!(experiment.workload.params()["width"], 900);
        assert_eq!(experiment.executors.len(), 4);
    }

    #[test]
    fn what_cannot_be_a_link_is_refused() {
        assert!(pairs(&"a".repeat(MAX_LINK_BYTES + 1)).is_err());
        assert_eq!(pairs("a=%C3%A9+b"), Ok(vec![("a".into(), "é b".into())]));
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (text, number) in [
            ("5", 5.0),
            ("05", 5.0),
            ("0", 0.0),
            ("0.5", 0.5),
            (".5", 0.5),
            ("-0.65", -0.65),
            (" 1e3 ", 1000.0),
        ] {
            assert_eq!(number_or_text(text).as_f64(), Some(number), "{text}");
        }
        for text in ["", "0x10", "1e309", "NaN", "five", "-", "1 2", "0-5", "e5", "00"] {
            assert_eq!(number_or_text(text), Value::from(text), "{text}");
        }
    }

    #[test]
    fn what_is_the_default_is_not_written() {
        let experiment = Experiment::default_for(WorkloadId::Primes, 4).expect("valid");
        assert_eq!(write(&experiment, 4), "workload=primes");
    }

    #[test]
    fn a_link_says_with_which_options() {
        let query = "workload=primes&models=processes:4;dataMode=shared;chunkSize=8,threads";
        let Linked { experiment, refused } = linked(query);
        assert_eq!(refused, []);
        assert_eq!(experiment.executors[0].label(), "Processes × 4, 8 at a time, shared buffer");
        assert_eq!(experiment.executors[1], Executor::new(ExecutorKind::Threads, 4));
        assert_eq!(
            write(&experiment, 4),
            "workload=primes&models=processes:4;chunkSize=8;dataMode=shared,threads:4"
        );
    }

    #[test]
    fn options_that_are_wrong_are_refused_by_name() {
        for (models, said) in [
            ("processes;dataMode=telepathy", "dataMode: "),
            ("processes;chunkSize=5000", "chunkSize: "),
            ("processes;chunkSize", "chunkSize: "),
            ("threads;dataMode=copy", "models: threads has no option \"dataMode\". It has workers"),
            ("main-thread;workers=2", "models: main-thread has no options"),
            ("threads:99", "models: "),
            ("threads:2;", "models: threads has no option"),
        ] {
            let Linked { experiment, refused } =
                linked(&format!("workload=primes&models={models}"));
            assert!(refused.len() == 1 && refused[0].message.starts_with(said), "{refused:?}");
            assert_eq!(experiment.executors.len(), 4);
        }
    }

    proptest! {
        #[test]
        fn options_survive_the_link(
            workers in 1u32..=32, chunk in 0u32..=4096, way in 0usize..12, threads in any::<bool>(),
        ) {
            let kind = if threads { ExecutorKind::Threads } else { ExecutorKind::Processes };
            let mut executor = Executor::new(kind, workers);
            for spec in Executor::options(kind) {
                let value = match (spec.name, spec.accepts) {
                    ("workers", _) => continue,
                    (_, OptionType::Integer { .. }) => chunk.into(),
                    (_, OptionType::Choice(words)) => words[way % words.len()].into(),
                };
                executor.set(spec, &value).expect("an option");
            }
            let mut experiment = Experiment::default_for(WorkloadId::Primes, 4).expect("valid");
            experiment.executors = vec![Executor::MainThread, executor];
            let Linked { experiment: again, refused } = linked(&write(&experiment, 4));
            prop_assert_eq!(refused, []);
            prop_assert_eq!(again, experiment);
        }

        #[test]
        fn an_experiment_survives_the_link(
            width in 1u64..2048, span in 0.001f64..16.0, workers in 1u32..32, repeats in 1u32..100,
        ) {
            let mut experiment = Experiment::default_for(WorkloadId::Mandelbrot, 4).expect("valid");
            let params = [("width".to_owned(), width.into()), ("span".to_owned(), span.into())];
            experiment.workload =
                Workload::new(WorkloadId::Mandelbrot, &Params::from_iter(params)).expect("valid");
            experiment.executors = vec![Executor::new(ExecutorKind::Processes, workers)];
            experiment.repeats = Repeats::Fixed(repeats);
            let Linked { experiment: again, refused } = linked(&write(&experiment, 4));
            prop_assert_eq!(refused, []);
            prop_assert_eq!(again, experiment);
        }

        /// The fuzz target `link`, in small.
        #[test]
        fn what_is_read_of_a_spoilt_link_survives_the_link(
            which in 0usize..3, changes in prop::collection::vec((0usize..200, any::<u8>()), 0..8),
        ) {
            const LINKS: [&str; 3] = [
                "workload=mandelbrot&width=90&centerX=-0.743643887&span=1e-7&models=threads:12",
                "workload=requests&kind=timer&delaysMs=5,10,40&bytes=7&repeats=9&runSeed=42",
                "workload=primes&models=processes:4;dataMode=shared;chunkSize=8,threads;chunkSize=2",
            ];
            let mut text = LINKS[which].as_bytes().to_vec();
            for (at, how) in changes {
                let at = at % text.len();
                match how % 4 {
                    0 => drop(text.remove(at)),
                    1 => text.insert(at, text[at]),
                    2 => text.swap(at, usize::from(how) % LINKS[which].len() / 2),
                    _ => text[at] = b"0919-e.,:;&=+%f"[usize::from(how) % 15],
                }
            }
            let Linked { experiment, .. } = linked(&String::from_utf8_lossy(&text));
            let Linked { experiment: again, refused } = linked(&write(&experiment, 4));
            prop_assert_eq!(refused, []);
            prop_assert_eq!(again, experiment);
        }

        #[test]
        fn no_text_does_harm(text in ".{0,200}") {
            if let Ok(pairs) = pairs(&text) {
                prop_assert!(read(&pairs, 4).is_ok());
            }
        }
    }
}
