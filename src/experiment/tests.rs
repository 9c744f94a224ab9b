use super::*;

fn refused(text: &str) -> String {
    Experiment::from_json(text, 4).unwrap_err().message()
}

#[test]
fn what_is_missing_is_filled_in() {
    let experiment = Experiment::from_json(r#"{"workload":"primes"}"#, 4).expect("valid");
    assert_eq!(experiment, Experiment::default_for(WorkloadId::Primes, 4).expect("valid"));
    assert_eq!(experiment.executors[2].workers(), 4);
}

#[test]
fn an_experiment_survives_the_round() {
    let text = r#"{"workload":"requests","params":{"kind":"timer","count":3},"executors":
        [{"id":"main-thread"},{"id":"processes","workers":3,"chunkSize":2,"startMethod":"spawn",
        "dataMode":"transfer"},{"id":"threads","workers":5}],"repeats":9,"warmup":0,"seed":7}"#;
    let experiment = Experiment::from_json(text, 2).expect("valid");
    let again = Experiment::from_json(&experiment.to_json().to_string(), 8).expect("valid");
    assert_eq!(experiment, again);
}

#[test]
fn scaling_goes_from_one_worker_to_beyond_the_cores() {
    assert_eq!(widths(1), [1, 2, 3, 4]);
    assert_eq!(widths(2), [1, 2, 3, 4]);
    assert_eq!(widths(8), [1, 2, 3, 4, 8, 16]);
    assert_eq!(widths(12), [1, 2, 3, 4, 8, 12, 16, 24]);
    for cores in 1..=128 {
        let widths = widths(cores);
        assert!(widths.len() < MAX_EXECUTORS, "{widths:?}");
        // The calibrator has workers of its own, and the page an instance.
        let memories = widths.iter().sum::<u32>() + cores.min(32) + 1;
        assert!(memories < 124, "{memories} memories for {widths:?}");
        assert!(widths.last() == Some(&(2 * cores).clamp(4, 32)), "{widths:?}");
        assert!(cores > 24 || widths.contains(&cores), "{widths:?}");
    }
    let text = r#"{"workload":"primes","executors":[{"id":"processes","chunkSize":7}]}"#;
    let experiment = Experiment::from_json(text, 2).expect("valid");
    let scaling = experiment.scaling(ExecutorKind::Processes, 2);
    assert_eq!(scaling.executors[0].kind(), ExecutorKind::MainThread);
    let widest = &scaling.executors[4];
    assert_eq!((widest.workers(), widest.chunk_size()), (4, 7));
}

#[test]
fn bad_input_is_refused_by_name() {
    for (text, key) in [
        ("[]", "experiment: "),
        ("{", "experiment: "),
        ("{}", "workload: "),
        (r#"{"workload":5}"#, "workload: "),
        (r#"{"workload":"prime"}"#, "workload: \"prime\" is not a known workload"),
        (r#"{"workload":"primes","parms":{}}"#, "parms: "),
        (r#"{"workload":"primes","params":[]}"#, "params: "),
        (r#"{"workload":"primes","executors":[]}"#, "executors: "),
        (r#"{"workload":"primes","executors":["threads"]}"#, "executors: "),
        (r#"{"workload":"primes","executors":[{}]}"#, "id: "),
        (r#"{"workload":"primes","executors":[{"id":"fibers"}]}"#, "id: "),
        (r#"{"workload":"primes","executors":[{"id":"threads","workers":0}]}"#, "workers: "),
        (r#"{"workload":"primes","executors":[{"id":"threads","workers":33}]}"#, "workers: "),
        (r#"{"workload":"primes","executors":[{"id":"threads","dataMode":"copy"}]}"#, "dataMode: "),
        (r#"{"workload":"primes","executors":[{"id":"processes","dataMode":"x"}]}"#, "dataMode: "),
        (r#"{"workload":"primes","executors":[{"id":"event-loop","workers":2}]}"#, "workers: "),
        (r#"{"workload":"primes","repeats":0}"#, "repeats: "),
        (r#"{"workload":"primes","repeats":"5"}"#, "repeats: "),
        (r#"{"workload":"primes","repeats":101}"#, "repeats: "),
        (r#"{"workload":"primes","seed":null}"#, "seed: "),
        (r#"{"workload":"primes","spans":0}"#, "spans: "),
        (r#"{"workload":"primes","timeoutMs":0}"#, "timeoutMs: "),
        (r#"{"workload":"primes","timeoutMs":86400001}"#, "timeoutMs: "),
        (r#"{"workload":"primes","__proto__":{}}"#, "__proto__: "),
    ] {
        let message = refused(text);
        assert!(message.starts_with(key), "{text} gave {message:?}");
    }
}

#[test]
fn others_are_asked_a_hundred_times_at_the_most() {
    let of = |urls: usize, repeats: u32| {
        let urls = vec!["https://example.org/"; urls];
        let given = json!({ "workload": "requests", "params": { "urls": urls },
                            "executors": [{ "id": "event-loop" }, { "id": "main-thread" }],
                            "repeats": repeats, "warmup": 3 });
        Experiment::from_json(&given.to_string(), 2).expect("valid by itself")
    };
    let most = of(10, 5);
    assert_eq!((most.asks_others(), most.warmup, most.check_asked()), (true, 0, Ok(())));
    let refused = of(10, 6).check_asked().unwrap_err().message();
    assert!(refused.starts_with("repeats: this run would send 120 requests"), "{refused}");
    let own = Experiment::default_for(WorkloadId::Requests, 2).expect("valid");
    assert_eq!((own.asks_others(), own.check_asked()), (false, Ok(())));
}

#[test]
fn what_is_huge_or_deep_is_refused() {
    assert!(refused(&"[".repeat(100_000)).starts_with("experiment: "));
    assert!(refused(&" ".repeat(MAX_TEXT_BYTES + 1)).starts_with("experiment: "));
    let many = vec![r#"{"id":"main-thread"}"#; MAX_EXECUTORS + 1].join(",");
    assert!(
        refused(&format!(r#"{{"workload":"primes","executors":[{many}]}}"#))
            .starts_with("executors: ")
    );
}
