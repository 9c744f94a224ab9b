//! Links, whole and damaged.

use super::*;
use crate::experiment::MAX_EXECUTORS;
use crate::models::option::{OptionType, OptionValue};
use crate::models::{Executor, ExecutorKind};
use proptest::prelude::*;
use serde_json::Value;

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
        [Executor::new(ExecutorKind::EventLoop, 1), Executor::new(ExecutorKind::Threads, 12)]
    );
    assert_eq!(experiment.repeats, Repeats::Fixed(3));
}

#[test]
fn what_is_wrong_is_refused_and_the_rest_holds() {
    let Linked { experiment, refused } =
        linked("workload=mandelbrot&width=99999&maxIter=50&colour=red&models=fibers&repeats=x");
    let keys: Vec<_> = refused.iter().filter_map(|failure| failure.key.as_deref()).collect();
    assert_eq!(keys, ["width", "colour", "models", "repeats"]);
    assert_eq!(experiment.workload.params()["maxIter"], 50);
    assert_eq!(experiment.workload.params()["width"], 900);
    let suited = ExecutorKind::ALL.iter().filter(|kind| kind.suits(WorkloadId::Mandelbrot));
    assert_eq!(experiment.executors.len(), suited.count());
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
    assert_eq!(experiment.executors[0].label(), "Processes × 4 (chunks of 8, shared buffer)");
    assert_eq!(experiment.executors[1], Executor::new(ExecutorKind::Threads, 4));
    assert_eq!(
        write(&experiment, 4),
        "workload=primes&models=processes:4;chunkSize=8;dataMode=shared,threads:4"
    );
}

#[test]
fn options_that_are_wrong_are_refused_by_name_and_the_model_stays() {
    for (models, said) in [
        ("processes;dataMode=telepathy", "dataMode: "),
        ("processes;chunkSize=5000", "chunkSize: "),
        ("processes;chunkSize", "chunkSize: "),
        ("threads;dataMode=copy", "models: threads has no option \"dataMode\". It has workers"),
        ("main-thread;workers=2", "models: main-thread has no options"),
        ("main-thread:2", "models: main-thread has no workers"),
        ("threads:99", "models: threads: give a whole number"),
        ("threads:2;", "models: threads has no option"),
        ("fibers,threads", "models: \"fibers\" is not a known model"),
    ] {
        let Linked { experiment, refused } = linked(&format!("workload=primes&models={models}"));
        assert!(refused.len() == 1 && refused[0].message().starts_with(said), "{refused:?}");
        assert_eq!(experiment.executors.len(), 1, "{models}");
    }
    let many = vec!["threads"; MAX_EXECUTORS + 1].join(",");
    let Linked { experiment, refused } = linked(&format!("models={many}"));
    assert_eq!((experiment.executors.len(), refused.len()), (MAX_EXECUTORS, 1));
}

/// The link that the damaged ones below were.
const WHOLE: &str = "workload=primes&count=50&models=threads:4,processes:2;dataMode=shared";

#[test]
fn damaged_links_are_read_as_they_were() {
    for damaged in [
        "workload%3Dprimes%26count%3D50%26models%3Dthreads%3A4%2Cprocesses%3A2%3BdataMode%3Dshared",
        "workload=primes%26count%3D50&models=threads%253A4%252Cprocesses:2;dataMode=shared",
        "workload%253Dprimes&count=50&models=threads%25253A4,processes:2%3BdataMode=shared",
        "workload=primes&amp;count=50&amp;amp;models=threads:4,processes:2;dataMode=shared",
        "workload=primes&#38;count=50&#x26;models=threads:4,processes:2;dataMode=shared",
        "workload=primes&count=50&models=threads:4,processes:2;dataMode=shared).",
        "workload=primes&count=50&models=threads:4,processes:2;dataMode=shared%22%29",
        "workload=primes&count=50&models=threads:4,processes:2;dataMode=shared%E2%80%9D,",
        "workload=primes&count=50&models=threads:4,%20processes:2;+dataMode=shared%0A",
        "workload=primes%20&models=threads:4,processes:2;dataMode=shared&count=50&embed=1>",
        "utm_source=mail&workload=primes&fbclid=x%3D&count=50\
         &models=threads:4,processes:2;dataMode=shared&mc_cid=7&gclid=a]",
    ] {
        assert_eq!(linked(damaged), linked(WHOLE), "{damaged}");
        assert_eq!(linked(damaged).refused, [], "{damaged}");
    }
}

#[test]
fn texts_are_left_as_they_are() {
    let text = "50%25 of A&B=c.)";
    let Linked { experiment, refused } =
        linked("workload=word-count&text=50%2525%20of+A%26B%3Dc.)");
    assert_eq!(refused, []);
    assert_eq!(experiment.workload.params()["text"], text);
    let Linked { experiment, .. } =
        linked("workload=requests&urls=https://a.test/?x%3D%2541%26y=(b)");
    assert_eq!(
        experiment.workload.params()["urls"],
        serde_json::json!(["https://a.test/?x=%41&y=(b)"])
    );
}

#[test]
fn a_key_given_more_than_once_is_told_and_the_last_that_can_be_read_counts() {
    let Linked { experiment, refused } = linked(
        "workload=primes&workload=sort&workload=nope&n=5&n=7&models=threads:2&models=event-loop\
         &seed=3&seed=3",
    );
    let said: Vec<_> = refused.iter().map(Failure::message).collect();
    assert!(said[0].starts_with("workload: \"nope\" is not a known workload"), "{said:?}");
    assert_eq!(
        said[1..],
        [
            "workload: is given more than once; \"sort\" is used.",
            "n: is given more than once; \"7\" is used.",
            "models: is given more than once; \"event-loop\" is used.",
        ]
    );
    assert_eq!(experiment.workload.params()["n"], 7);
    assert_eq!(experiment.executors, [Executor::new(ExecutorKind::EventLoop, 1)]);
}

#[test]
fn parameters_that_do_not_go_together_cost_only_one_of_them() {
    let Linked { experiment, refused } =
        linked("workload=requests&kind=disk&latencyMs=5&count=1000&bytes=1048576");
    let keys: Vec<_> = refused.iter().filter_map(|failure| failure.key.as_deref()).collect();
    assert_eq!(keys, ["latencyMs", "bytes"]);
    let params = experiment.workload.params();
    assert_eq!((&params["kind"], &params["count"]), (&"disk".into(), &1000.into()));
}

proptest! {
    #[test]
    fn options_survive_the_link(
        workers in 1u32..=32, chunk in 0u32..=4096, way in 0usize..12, kind in 0..4usize,
    ) {
        let pools: Vec<_> = ExecutorKind::ALL.into_iter().filter(|one| one.has_workers()).collect();
        let kind = pools[kind];
        let mut executor = Executor::new(kind, workers);
        for spec in kind.options() {
            if spec.is_workers() || !executor.option_applies(spec) {
                continue;
            }
            let value = match spec.accepts {
                OptionType::Integer { min, max } => OptionValue::Number(chunk.clamp(min, max)),
                OptionType::Decimal { min, .. } => OptionValue::Thousandths(min + chunk),
                OptionType::Flag { .. } => OptionValue::Flag(way % 2 == 1),
                OptionType::Choice(words) => OptionValue::Word(words[way % words.len()].id),
            };
            executor.set(spec, value).expect("an option");
        }
        let mut experiment = Experiment::default_for(WorkloadId::Primes, 4).expect("valid");
        experiment.executors = vec![Executor::new(ExecutorKind::MainThread, 1), executor];
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
            "workload=requests&kind=timer&delaysMs=5,10,40&bytes=7&repeats=9&runSeed=42&runTimeoutMs=500",
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
    fn arbitrary_links_never_panic(text in ".{0,200}") {
        if let Ok(pairs) = pairs(&text) {
            prop_assert!(read(&pairs, 4).is_ok());
        }
    }
}
