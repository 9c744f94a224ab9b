//! Whether a preset showed what it is about: told by intervals, with the finding that
//! says why not.

mod by_hand;

use by_hand::{measured, report};
use concurrency_playground::experiment::Experiment;
use concurrency_playground::measure::explain::rules::{freeze, sending};
use concurrency_playground::measure::explain::{Figures, Finding, Missing, Rule};
use concurrency_playground::measure::lesson::{LessonOutcome, outcome, preset_of};
use concurrency_playground::measure::report::Report;
use concurrency_playground::models::{Executor, ExecutorKind, StaticData};
use concurrency_playground::workloads::preset::Lesson;
use concurrency_playground::workloads::{Workload, WorkloadId};

/// Rounds about `ms`, by so much more or less.
fn rounds(ms: f64, noise: f64) -> Vec<f64> {
    let swing = [-1.0, 0.6, -0.3, 1.0, -0.8, 0.2, 0.9, -0.5, 0.4, -1.0, 0.7, -0.1];
    swing.iter().map(|one| ms * (1.0 + noise * one)).collect()
}

/// The report of a main thread, threads and processes that took so many ms.
fn run(alone: f64, threads: f64, processes: f64) -> Report {
    report(&[
        measured(ExecutorKind::MainThread, &rounds(alone, 0.02), "a"),
        measured(ExecutorKind::Threads, &rounds(threads, -0.02), "a"),
        measured(ExecutorKind::Processes, &rounds(processes, 0.01), "a"),
    ])
}

fn text(outcome: Option<LessonOutcome>) -> String {
    outcome.expect("it can be told").text()
}

#[test]
fn a_lesson_that_came_out_says_by_how_much() {
    for (lesson, report, figures) in [
        (
            Lesson::ThreadsWin,
            run(100.0, 50.0, 80.0),
            ["threads were 2.00× as fast as the main thread", "1.60× as fast as processes"],
        ),
        (
            Lesson::ProcessesWin,
            run(100.0, 50.0, 52.0),
            [
                "processes were 1.92× as fast as the main thread",
                "processes took 1.04× as long as threads",
            ],
        ),
        (
            Lesson::NeitherHelps,
            run(100.0, 100.0, 150.0),
            ["threads were no faster than the main thread", "processes took 1.50× as long as"],
        ),
    ] {
        let text = text(outcome(lesson, &report));
        assert!(text.starts_with("Confirmed here: "), "{text}");
        for figure in figures {
            assert!(text.contains(figure), "{text} lacks {figure}");
        }
    }
}

#[test]
fn a_lesson_that_did_not_come_out_says_which_figure_and_why() {
    for (lesson, report, figure) in [
        (Lesson::ThreadsWin, run(100.0, 100.0, 150.0), "threads were no faster than the main"),
        (Lesson::ThreadsWin, run(100.0, 50.0, 50.0), "threads were no faster than processes"),
        (Lesson::ProcessesWin, run(100.0, 50.0, 90.0), "processes took 1.80× as long as threads"),
        (Lesson::NeitherHelps, run(100.0, 50.0, 90.0), "threads were 2.00× as fast as the main"),
    ] {
        let text = text(outcome(lesson, &report));
        assert!(text.starts_with("Not confirmed here: "), "{text}");
        assert!(text.contains(figure), "{text} lacks {figure}");
    }
    let mut report = run(100.0, 50.0, 90.0);
    let moving = |bytes| {
        Figures::SerializationDominates(sending::Figures {
            cost_ms: 45.0,
            measured_ms: 90.0,
            bytes,
        })
    };
    report.findings = vec![
        found(&report, 1, moving(16_000_000)),
        found(&report, 2, Figures::MainThreadBlocked(freeze::Figures { cost_ms: 80.0 })),
        Finding::NotEnoughData {
            rule: Rule::OverheadDominates,
            missing: Missing::Samples { rounds: 2 },
            results: vec![2],
            executors: vec![report.results[2].executor.clone()],
        },
        found(&report, 2, moving(64_000_000)),
    ];
    let text = text(outcome(Lesson::ProcessesWin, &report));
    let figure = "as long as threads. Processes × 2: moving 64.0 MB between memories took 45.0 ms";
    assert!(text.contains(figure), "{text}");
}

fn found(report: &Report, result: usize, figures: Figures) -> Finding {
    Finding::Found { result, executor: report.results[result].executor.clone(), figures }
}

#[test]
fn noisy_run_is_too_noisy_to_tell() {
    let report = report(&[
        measured(ExecutorKind::MainThread, &rounds(100.0, 0.6), "a"),
        measured(ExecutorKind::Threads, &rounds(95.0, -0.6), "a"),
        measured(ExecutorKind::Processes, &rounds(95.0, 0.1), "a"),
    ]);
    for lesson in [Lesson::ThreadsWin, Lesson::ProcessesWin, Lesson::NeitherHelps] {
        assert_eq!(outcome(lesson, &report), Some(LessonOutcome::TooNoisyToTell), "{lesson:?}");
    }
}

#[test]
fn lesson_without_its_models_has_no_outcome() {
    let without = report(&[
        measured(ExecutorKind::MainThread, &rounds(100.0, 0.02), "a"),
        measured(ExecutorKind::Threads, &rounds(50.0, 0.02), "a"),
    ]);
    for lesson in [Lesson::ThreadsWin, Lesson::ProcessesWin, Lesson::NeitherHelps] {
        assert_eq!(outcome(lesson, &without), None, "{lesson:?}");
    }
}

#[test]
fn a_preset_is_known_by_its_parameters_and_when_data_is_given() {
    for &id in WorkloadId::ALL {
        let default = Experiment::default_for(id, 2).expect("valid");
        assert_eq!(preset_of(&default), None, "{id:?}");
        for preset in id.presets() {
            let workload = Workload::new(id, &preset.params()).expect("valid");
            let mut experiment = Experiment { workload, ..default.clone() };
            let is_pool = |one: &&mut Executor| one.kind() == ExecutorKind::Processes;
            let pool = experiment.executors.iter_mut().find(is_pool).expect("processes");
            pool.options.static_data = match preset.beforehand {
                true => StaticData::Initializer,
                false => StaticData::Tasks,
            };
            assert_eq!(preset_of(&experiment), Some(preset), "{id:?} {}", preset.name);
            experiment.executors.truncate(1);
            assert_eq!(preset_of(&experiment), Some(preset), "{id:?} {}", preset.name);
        }
    }
}
