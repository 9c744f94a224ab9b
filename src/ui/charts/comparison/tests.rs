use super::*;
use crate::executors::mock::MockFleet;
use crate::executors::run;
use crate::models::ExecutorKind;
use std::collections::HashMap;

fn report(json: &str, threads_ms: f64) -> Report {
    let experiment = Experiment::from_json(json, 2).expect("valid");
    let takes_ms = HashMap::from([(ExecutorKind::Threads, threads_ms)]);
    let fleet = MockFleet { takes_ms, ..MockFleet::default() };
    pollster::block_on(run::run(&fleet, &experiment)).report
}

const NINE: &str = r#"{"workload":"primes","params":{"count":9}}"#;

#[test]
fn the_same_models_are_compared() {
    let compared = Comparison::of(&report(NINE, 50.0), &report(NINE, 60.0));
    assert!(compared.differences.is_empty(), "{:?}", compared.differences);
    let said: Vec<_> = compared.pairs.iter().map(Pair::sentence).collect();
    assert_eq!(said[0], "no difference (1.00 to 1.00)");
    assert_eq!(said[2], "1.20 times as long (1.20 to 1.20)");
    assert_eq!(said.len(), report(NINE, 50.0).results.len());
}

#[test]
fn of_several_widths_the_same_are_compared() {
    let threads = |widths: &[u32]| {
        let one = |width| format!(r#"{{"id":"threads","workers":{width}}}"#);
        let list: Vec<_> = widths.iter().map(one).collect();
        let list = list.join(",");
        report(
            &format!(r#"{{"workload":"primes","params":{{"count":9}},"executors":[{list}]}}"#),
            50.0,
        )
    };
    let compared = Comparison::of(&threads(&[1, 2, 4]), &threads(&[3, 2]));
    let pairs: Vec<_> =
        compared.pairs.iter().map(|pair| (pair.label.as_str(), pair.other_options)).collect();
    assert_eq!(pairs, [("Threads × 3", true), ("Threads × 2", false)]);
}

#[test]
fn other_work_is_said_to_be_other_work() {
    let more = report(r#"{"workload":"primes","params":{"count":12}}"#, 50.0);
    let said = Comparison::of(&report(NINE, 50.0), &more).differences;
    assert_eq!(said, ["The parameters differ: count was 9 and is now 12."]);
    let sum = report(r#"{"workload":"array-sum"}"#, 50.0);
    let said = Comparison::of(&report(NINE, 50.0), &sum).differences;
    assert!(said[0].starts_with("The pinned run was of another workload"), "{said:?}");
}

#[test]
fn long_lists_are_said_in_short() {
    let numbers = |list: &[u64]| {
        report(&format!(r#"{{"workload":"primes","params":{{"numbers":{list:?}}}}}"#), 50.0)
    };
    let said = |before: &Report, now: &Report| Comparison::of(before, now).differences;
    let long: Vec<_> = (0..500).collect();
    let (two, other, many) = (numbers(&[3, 5]), numbers(&[3, 7]), numbers(&long));
    assert_eq!(
        said(&two, &many),
        ["The parameters differ: numbers was a list of 2 and is now a list of 500."]
    );
    assert_eq!(said(&two, &other), ["The parameters differ: numbers differs (a list of 2)."]);
}

#[test]
fn the_machine_is_told_by_what_the_browser_says() {
    let (before, mut now) = (report(NINE, 50.0), report(NINE, 50.0));
    now.environment.machine.effective_cores = Some(1.23);
    assert_eq!(Comparison::of(&before, &now).differences, [""; 0]);
    now.environment.machine.hardware_concurrency += 1;
    assert!(Comparison::of(&before, &now).differences[0].contains("another machine"));
}

#[test]
fn bars_stay_within_the_width() {
    let compared = Comparison::of(&report(NINE, 50.0), &report(NINE, 60.0));
    let chart = layout(&compared, 320.0);
    assert!(chart.rows.iter().flatten().all(|bar| bar.width <= 320.0 && bar.interval[1] <= 320.0));
    assert_eq!(chart.rows.len(), report(NINE, 50.0).results.len());
}
