use super::*;
use crate::executors::mock::MockFleet;
use crate::executors::run;
use crate::experiment::Experiment;
use crate::measure::{Lane, LaneKind, Phase, Span};

#[test]
fn each_request_is_a_dot_and_the_median_is_among_them() {
    let text = r#"{"workload":"primes","params":{"count":9},
        "executors":[{"id":"main-thread"},{"id":"threads"}]}"#;
    let experiment = Experiment::from_json(text, 2).expect("valid");
    let finished = pollster::block_on(run::run(&MockFleet::default(), &experiment));
    let mut results = finished.report.results;
    assert_eq!(layout(&results, 600.0), None, "nobody made requests");
    let wait = |task: u32, ms: f64| Span::new(Phase::IoWait, task, 10.0, 10.0 + ms);
    let spans = [1.0, 2.0, 100.0].into_iter().zip(0..).map(|(ms, task)| wait(task, ms));
    results[1].lanes = vec![Lane::new(LaneKind::Thread, 1, spans.collect())];
    let chart = layout(&results, 600.0).expect("somebody made requests");
    let [row] = &chart.rows[..] else { panic!("{:?}", chart.rows) };
    assert_eq!((row.result, row.median_ms, row.dots.len()), (1, 2.0, 3));
    assert!(row.dots.iter().all(|dot| (0.0..=600.0).contains(&dot.x)), "{:?}", row.dots);
    let labels: Vec<_> = chart.ticks.iter().map(|tick| tick.label.as_str()).collect();
    assert_eq!(labels, ["1 ms", "2 ms", "5 ms", "10 ms", "20 ms", "50 ms", "100 ms"]);
}
