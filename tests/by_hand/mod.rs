//! Reports made by hand, of samples that nobody had to take.
#![allow(dead_code, reason = "each test uses a part of it")]

use concurrency_playground::executors::mock::MockFleet;
use concurrency_playground::executors::run::Fleet;
use concurrency_playground::experiment::Experiment;
use concurrency_playground::measure::report::{
    Environment, Facts, Measured, Measuring, ModelFacts, Producer, Report, Sample, WarmedUp,
};
use concurrency_playground::measure::{Lane, LaneKind, Phase, Span};
use concurrency_playground::models::{Executor, ExecutorKind};
use concurrency_playground::workloads::WorkloadId;
use concurrency_playground::workloads::answer::Answer;
use concurrency_playground::workloads::summary::Summary;

/// A browser on a machine of two cores.
pub fn environment() -> Environment {
    let started_at = "2026-11-22T16:00:00.000Z".into();
    Environment {
        user_agent: Some("a browser".into()),
        started_at,
        ..MockFleet::default().environment()
    }
}

/// A sample that computed all the time on the page.
pub fn sample(total_ms: f64, answer: &str) -> Sample {
    let started_ms = 1_000.0;
    let ended_ms = started_ms + total_ms;
    let compute = Span::new(Phase::Compute, 0, started_ms, ended_ms);
    Sample {
        started_ms,
        ended_ms,
        computations: 1,
        lanes: vec![Lane::new(LaneKind::Page, 1, vec![compute])],
        blocked_ms: 0.0,
        bytes_sent: 0,
        bytes_received: 0,
        answer: Answer { digest: answer.into(), value: None, summary: Summary::Nothing },
    }
}

/// What a model did in so many samples.
pub fn measured(kind: ExecutorKind, totals_ms: &[f64], answer: &str) -> Measured {
    let samples = totals_ms.iter().map(|total_ms| sample(*total_ms, answer)).collect();
    Measured {
        executor: Executor::new(kind, 2),
        startup_ms: 0.0,
        started_again: false,
        warm_up: WarmedUp { totals_ms: totals_ms.to_vec(), settled: true },
        samples: Ok(samples),
    }
}

/// The report of what models did.
pub fn report(measured: &[Measured]) -> Report {
    let mut experiment = Experiment::default_for(WorkloadId::Primes, 2).expect("valid");
    experiment.executors = measured.iter().map(|one| one.executor.clone()).collect();
    report_of(experiment, measured)
}

/// The report of an experiment.
pub fn report_of(experiment: Experiment, measured: &[Measured]) -> Report {
    Report::of(Facts {
        producer: Producer::this(),
        environment: environment(),
        experiment,
        order: Vec::new(),
        measuring: Measuring { calibrated: true, blocks: Vec::new(), looks: 1 },
        results: measured.iter().map(ModelFacts::of).collect(),
    })
}
