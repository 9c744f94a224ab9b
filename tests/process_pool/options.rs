//! What a script may choose of a pool and of a call, and what is refused by name.

use concurrency_playground::failure::{Failure, FailureKind};
use concurrency_playground::pool::{CallSpec, PoolSpec, StartWhen};
use serde_json::json;

fn pool(text: &str) -> Result<PoolSpec, Failure> {
    PoolSpec::from_json(text, 6)
}

fn call(call: &str, options: Option<&str>) -> Result<CallSpec, Failure> {
    CallSpec::from_json(call, options, &pool("{}").expect("valid"))
}

/// Checks that each text is refused with the key beside it.
fn are_refused<T: std::fmt::Debug>(
    cases: &[(&str, &str)],
    read: impl Fn(&str) -> Result<T, Failure>,
) {
    for (text, key) in cases {
        let refused = read(text).expect_err(text);
        assert_eq!(refused.kind(), FailureKind::InvalidInput, "{text}");
        assert!(
            refused.message().starts_with(&format!("{key}: ")),
            "{text}: {}",
            refused.message()
        );
    }
}

#[test]
fn a_pool_without_options_has_the_default_size_and_no_limits() {
    let spec = pool("{}").expect("valid");
    assert_eq!(spec.options.workers, 6);
    assert_eq!(spec.options.start_when, StartWhen::OnDemand);
    assert_eq!(spec.options.max_tasks_per_child, None);
    assert_eq!((spec.initializer, spec.timeout_ms), (None, None));
}

#[test]
fn all_options_of_a_pool_are_read() {
    let given = json!({
        "kind": "processes", "workers": 3, "start": "at-once", "maxTasksPerChild": 5,
        "initializer": { "workload": "primes" }, "timeoutMs": 250,
    });
    let spec = pool(&given.to_string()).expect("valid");
    assert_eq!(spec.options.workers, 3);
    assert_eq!(spec.options.start_when, StartWhen::AtOnce);
    assert_eq!(spec.options.max_tasks_per_child, Some(5));
    assert!(spec.options.has_initializer && spec.initializer.is_some());
    assert_eq!(spec.timeout_ms, Some(250));
}

#[test]
fn a_bad_number_of_workers_is_refused() {
    let bad = ["0", "-1", "2.5", "33", "200", "1e9", "null", "true", "\"4\"", "[4]"];
    for workers in bad {
        are_refused(&[(&format!("{{ \"workers\": {workers} }}"), "workers")], pool);
    }
    for good in [1, 32] {
        pool(&format!("{{ \"workers\": {good} }}")).expect("within its bounds");
    }
}

#[test]
fn bad_options_of_a_pool_are_refused_by_name() {
    let cases = [
        (r#"{ "workres": 2 }"#, "workres"),
        (r#"{ "max_workers": 2 }"#, "max_workers"),
        (r#"{ "kind": "threads" }"#, "kind"),
        (r#"{ "kind": 1 }"#, "kind"),
        (r#"{ "start": "fork" }"#, "start"),
        (r#"{ "start": true }"#, "start"),
        (r#"{ "maxTasksPerChild": 0 }"#, "maxTasksPerChild"),
        (r#"{ "maxTasksPerChild": -1 }"#, "maxTasksPerChild"),
        (r#"{ "maxTasksPerChild": "3" }"#, "maxTasksPerChild"),
        (r#"{ "timeoutMs": 0 }"#, "timeoutMs"),
        (r#"{ "timeoutMs": 86400001 }"#, "timeoutMs"),
        (r#"{ "timeoutMs": null }"#, "timeoutMs"),
        (r#"{ "initializer": "primes" }"#, "initializer"),
        (r#"{ "initializer": {} }"#, "workload"),
        (r#"{ "initializer": { "workload": "primes", "args": [] } }"#, "args"),
        (r#"{ "initializer": { "workload": "requests" } }"#, "workload"),
        ("[]", "pool"),
        ("5", "pool"),
        ("{", "pool"),
    ];
    are_refused(&cases, pool);
}

#[test]
fn an_unknown_option_is_answered_with_those_there_are() {
    let said = pool(r#"{ "size": 2 }"#).expect_err("there is none").message();
    for key in ["workers", "start", "maxTasksPerChild", "initializer", "timeoutMs"] {
        assert!(said.contains(key), "{said}");
    }
}

#[test]
fn bad_calls_are_refused_by_name() {
    let cases = [
        ("{}", "workload"),
        ("null", "call"),
        ("[]", "call"),
        (r#""primes""#, "call"),
        (r#"{ "workload": "prime" }"#, "workload"),
        (r#"{ "workload": "primes", "param": {} }"#, "param"),
        (r#"{ "workload": "primes", "params": { "conut": 5 } }"#, "conut"),
        (r#"{ "workload": "primes", "params": { "count": "5" } }"#, "count"),
        (r#"{ "workload": "faults", "params": { "fault": "segfault" } }"#, "fault"),
        (r#"{ "workload": "faults", "params": { "fault": "trap", "tasks": 1, "at": 1 } }"#, "at"),
        (r#"{ "workload": "requests" }"#, "workload"),
    ];
    are_refused(&cases, |text| call(text, None));
}

#[test]
fn bad_options_of_a_call_are_refused_by_name() {
    let cases = [
        (r#"{ "timeout": 5 }"#, "timeout"),
        (r#"{ "timeoutMs": 0 }"#, "timeoutMs"),
        (r#"{ "timeoutMs": "5" }"#, "timeoutMs"),
        (r#"{ "repeatable": "yes" }"#, "repeatable"),
        (r#"{ "repeatable": 1 }"#, "repeatable"),
        ("5", "options"),
    ];
    are_refused(&cases, |text| call(r#"{ "workload": "primes" }"#, Some(text)));
}

#[test]
fn a_call_has_the_time_limit_of_its_pool_unless_it_has_its_own() {
    let of_pool = pool(r#"{ "timeoutMs": 100 }"#).expect("valid");
    let read = |options| {
        let call = CallSpec::from_json(r#"{ "workload": "primes" }"#, options, &of_pool);
        call.expect("valid").options.timeout_ms
    };
    assert_eq!(read(None), Some(100));
    assert_eq!(read(Some(r#"{ "timeoutMs": 5 }"#)), Some(5));
    assert_eq!(call(r#"{ "workload": "primes" }"#, None).expect("valid").options.timeout_ms, None);
}

#[test]
fn a_pool_is_resized_within_the_bounds_of_its_size() {
    assert_eq!(PoolSpec::workers(&json!(32)), Ok(32));
    for bad in [json!(0), json!(-1), json!(33), json!(1.5), json!(null), json!("2")] {
        let refused = PoolSpec::workers(&bad).expect_err("it is out of bounds");
        assert!(refused.message().starts_with("workers: "), "{}", refused.message());
    }
}
