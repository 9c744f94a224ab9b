use super::*;
use crate::executors::run::Interim;
use crate::failure::{Lack, Unavailable};
use crate::ui::lab::state::Action;
use crate::ui::lab::state::example::{experiment, report, state};
use std::rc::Rc;

/// A run under way, in which the models have taken these samples and, before them,
/// these to warm up.
fn running(samples_ms: &[&[f64]], warm_up_ms: &[f64]) -> State {
    let before =
        state("", "/lab?workload=primes&count=50&models=main-thread,event-loop,threads,processes");
    let experiment = experiment(&before);
    let executors = experiment.executors.iter().zip(samples_ms);
    let model = |(executor, samples_ms): (&Executor, &&[f64])| InterimModel {
        executor: executor.clone(),
        startup_ms: 12.0,
        warm_up_ms: warm_up_ms.to_vec(),
        samples_ms: samples_ms.to_vec(),
        frozen_ms: 3.0,
        failure: None,
    };
    let interim = Rc::new(Interim { models: executors.map(model).collect() });
    let progress = Progress { interim, ..Progress::new(Stage::Measuring, 1, 3, 9) };
    before.after(Action::Began(experiment)).after(Action::Progressed(progress))
}

#[test]
fn rows_are_there_before_a_run() {
    let rows = state("", "/lab?workload=primes&models=main-thread,threads:3").rows();
    let labels: Vec<_> = rows.iter().map(|row| row.executor.label()).collect();
    assert_eq!(labels, ["Main thread", "Threads × 3"]);
    assert!(rows.iter().all(|row| row.stage == RowStage::Pending && row.times.is_none()));
}

#[test]
fn warming_up_is_shown_until_something_is_measured() {
    let rows = running(&[&[], &[]], &[50.0, 20.0]).rows();
    let times = rows[0].times.as_ref().expect("they warm up");
    assert_eq!((times.is_warm_up, times.median_ms, times.longest_ms()), (true, 20.0, 50.0));
    assert_eq!((rows[0].ratio, rows[0].frozen_ms), (None, None));
}

#[test]
fn what_was_measured_so_far_is_compared() {
    let rows = running(&[&[30.0, 40.0, 35.0], &[70.0], &[17.5]], &[9.0]).rows();
    assert_eq!(rows[0].stage, RowStage::Pending);
    assert_eq!(rows[1].stage, RowStage::Running(Stage::Measuring));
    let ratios: Vec<_> = rows.iter().map(|row| row.ratio).collect();
    assert_eq!(ratios, [Some(1.0), Some(0.5), Some(2.0), None]);
    assert_eq!(rows[0].startup_ms, None, "there is nothing to start");
    assert_eq!(rows[2].startup_ms, Some(12.0));
}

#[test]
fn rows_say_what_was_measured_and_why_nothing_was() {
    let mut report = report();
    report.results[2].error = Some(Unavailable::Lacking { lack: Lack::NotIsolated }.into());
    report.results[2].summary = None;
    let opened = Action::Opened(Box::new(report));
    let rows = state("", "").after(opened).rows();
    let stages: Vec<_> = rows.iter().map(|row| row.stage.id()).collect();
    assert_eq!(stages, ["done", "done", "unavailable", "done"]);
    assert_eq!(rows[0].ratio, Some(1.0));
    assert!(rows[0].times.as_ref().is_some_and(|times| times.ci95_ms.is_some()));
}
