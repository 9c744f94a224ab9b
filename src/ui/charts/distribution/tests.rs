use super::*;
use crate::executors::mock::MockFleet;
use crate::executors::run;
use crate::experiment::Experiment;
use crate::measure::stats;
use crate::ui::charts::dot_plot::BASE;

fn outcome(totals_ms: &[f64]) -> Outcome {
    let text = r#"{"workload":"primes","params":{"count":9},"executors":[{"id":"main-thread"}]}"#;
    let experiment = Experiment::from_json(text, 2).expect("valid");
    let finished = pollster::block_on(run::run(&MockFleet::default(), &experiment));
    let mut outcome = finished.report.results.into_iter().next().expect("one model");
    let sample = outcome.samples[0].clone();
    let samples = totals_ms.iter().map(|ms| {
        let mut sample = sample.clone();
        sample.total_ms = *ms;
        sample
    });
    outcome.samples = samples.collect();
    outcome.summary = stats::summarise(totals_ms, 1);
    outcome
}

#[test]
fn two_modes_are_said_to_be_two() {
    let two = [100.0, 101.0, 102.0, 103.0, 150.0, 151.0, 152.0, 153.0];
    assert!(has_two_groups(&outcome(&two)));
    assert!(!has_two_groups(&outcome(&two[..7])));
    assert!(!has_two_groups(&outcome(&[100.0, 110.0, 120.0, 130.0, 140.0, 150.0, 160.0, 170.0])));
    assert!(!has_two_groups(&outcome(&[5.0; 9])));
}

#[test]
fn equal_samples_stand_on_one_another() {
    let chart = layout(&[outcome(&[100.0, 100.0, 100.0, 200.0])], 600.0);
    let dots = &chart.rows[0].dots;
    assert_eq!(dots.iter().map(|dot| dot.y).collect::<Vec<_>>(), [62.0, 55.0, 48.0, 62.0]);
    assert!(dots[0].x == dots[2].x && dots[3].x > 500.0);
    assert!(chart.axis.start_ms > 90.0);
}

#[test]
fn a_hundred_samples_stay_in_their_row() {
    let same = layout(&[outcome(&[100.0; 100])], 600.0);
    assert!(same.rows[0].dots.iter().all(|dot| dot.y >= 20.0 && dot.y <= BASE));
    let none = layout(&[outcome(&[])], 600.0);
    assert!(none.rows.is_empty());
    assert_eq!(none.height, height(1));
}
