//! Reports for the tests of this folder: one by hand, and any number at random.

use crate::experiment::{Experiment, Repeats};
use crate::failure::{Failure, FailureKind, Lack, MemoryProblem, Who, WorkerProblem};
use crate::measure::queue_depth::{DepthChange, QueueDepth};
use crate::measure::report::{
    Availability, Block, Browser, Disturbance, Environment, Facts, Machine, Measured, Measuring,
    ModelFacts, Producer, Report, Sample, Visibility, WarmedUp,
};
use crate::measure::{ClockCheck, Lane, LaneKind, Phase, Span};
use crate::models::option::OptionValue;
use crate::models::stage_options::STREAMING;
use crate::models::{DataMode, Executor, ExecutorKind, ForeignModel, Memory, StartMethod};
use crate::workloads::answer::{self, Answer, AnswerValue};
use crate::workloads::params::Params;
use crate::workloads::summary::Summary;
use crate::workloads::{Workload, WorkloadId};
use proptest::prelude::*;

/// The page's and one process's part in a sample that begins at `at_ms`.
fn sample(at_ms: f64, total_ms: f64) -> Sample {
    let end_ms = at_ms + total_ms;
    let mut page = Lane::new(
        LaneKind::Page,
        1,
        vec![
            Span::new(Phase::Serialize, 0, at_ms, at_ms + 1.25),
            // Two requests side by side, and a kernel within one of them.
            Span::new(Phase::IoWait, 1, at_ms + 2.0, at_ms + 7.0),
            Span::new(Phase::IoWait, 2, at_ms + 3.0, at_ms + 9.5),
            Span::new(Phase::Compute, 3, at_ms + 3.5, at_ms + 4.0),
            Span::new(Phase::Merge, None, end_ms - 0.5, end_ms),
        ],
    );
    page.beats_ms = vec![at_ms - 3.0, at_ms + 7.0];
    let mut process = Lane::new(
        LaneKind::Process,
        1,
        vec![
            Span::new(Phase::Transfer, 0, at_ms - 0.02, at_ms + 2.0),
            Span::new(Phase::Compute, 0, at_ms + 2.0, end_ms - 1.0),
        ],
    );
    process.clock = Some(ClockCheck { offset_ms: -2.5, residual_ms: 0.05 });
    Sample {
        started_ms: at_ms,
        ended_ms: end_ms,
        computations: 2,
        lanes: vec![page, process],
        blocked_ms: 1.0,
        bytes_sent: 100,
        bytes_received: 2_000,
        answer: Answer {
            digest: answer::digest(b"abc"),
            value: Some(AnswerValue::Count(25)),
            summary: Summary::Foreign { said: "25 primes, \"quoted\".".into() },
        },
    }
}

fn measured(executor: Executor, totals_ms: &[f64]) -> Measured {
    Measured {
        executor,
        startup_ms: 4.5,
        started_again: false,
        warm_up: WarmedUp { totals_ms: totals_ms.to_vec(), settled: true },
        samples: Ok(totals_ms.iter().map(|total_ms| sample(1e6 / 3.0, *total_ms)).collect()),
    }
}

fn environment() -> Environment {
    Environment {
        machine: Machine {
            hardware_concurrency: 4,
            effective_cores: Some(10.0 / 3.0),
            clock_resolution_us: 100.0 / 7.0,
        },
        browser: Some(Browser {
            cross_origin_isolated: true,
            service_worker: Availability::Available,
            shared_memory: Availability::Lacking(Lack::NotIsolated),
            workers: Availability::Available,
        }),
        user_agent: Some("a browser <b>".to_owned()),
        started_at: "2026-11-22T16:00:00.000Z".to_owned(),
        visibility: Some(Visibility::Visible),
    }
}

fn of(workload: Workload, seed: u64, drift: f64, measured: &[Measured]) -> Report {
    let places = (0..measured.len()).rev().collect();
    let calm = Block { drift, cores: Some(drift + 1.0), disturbed: None, kept: drift < 0.1 };
    let hidden = Block { disturbed: Some(Disturbance::TabHidden), ..calm };
    Report::of(Facts {
        producer: Producer::this(),
        environment: environment(),
        experiment: Experiment {
            workload,
            executors: measured.iter().map(|one| one.executor.clone()).collect(),
            repeats: Repeats::Fixed(5),
            warmup: 1,
            seed,
            spans: true,
            timeout_ms: seed.is_multiple_of(2).then_some(60_000),
        },
        order: vec![places, (0..measured.len()).collect()],
        measuring: Measuring {
            calibrated: true,
            blocks: vec![calm, hidden, Block { kept: true, ..calm }],
            looks: 2,
        },
        results: measured.iter().map(ModelFacts::of).collect(),
    })
}

/// A report by hand: two models that ran and one that did not.
pub fn report() -> Report {
    let mut processes = Executor::new(ExecutorKind::Processes, 3);
    processes.options.chunk_size = 8;
    processes.options.start_method = StartMethod::Spawn;
    processes.options.data_mode = DataMode::Transfer;
    let lost = Measured {
        executor: Executor::new(ExecutorKind::Threads, 2),
        startup_ms: 0.0,
        started_again: false,
        warm_up: WarmedUp::default(),
        samples: Err(WorkerProblem::Gone.into()),
    };
    let workload = Workload::new(WorkloadId::Primes, &Params::new()).expect("valid");
    let measured = [
        measured(Executor::new(ExecutorKind::MainThread, 1), &[50.0, 51.0, 49.5, 50.25, 50.0]),
        measured(processes, &[20.0, 21.0, 20.5, 19.75, 20.25]),
        lost,
    ];
    of(workload, 7, 0.01, &measured)
}

prop_compose! {
    fn spans()(
        spans in prop::collection::vec(
            (0..Phase::ALL.len(), prop::option::of(any::<u32>()), -1.0f64..90.0, -0.1f64..30.0), 0..8,
        ),
    ) -> Vec<Span> {
        let span = |(phase, task, at, ms): (usize, Option<u32>, f64, f64)| {
            let phase = Phase::ALL[phase];
            // Only a message may arrive, by another clock, before it was sent.
            let ms = if phase == Phase::Transfer { ms } else { ms.max(0.0) };
            Span::new(phase, task, 1e12 + at, 1e12 + at + ms)
        };
        spans.into_iter().map(span).collect()
    }
}

prop_compose! {
    fn any_sample()(
        total_ms in prop_oneof![0.0f64..1e-3, 0.0f64..100.0, 0.0f64..1e8],
        computations in 1u32..50,
        page in spans(),
        thread in spans(),
        beats in prop::collection::vec(-10.0f64..100.0, 0..4),
        bytes in 0u64..1 << 40,
        clock in prop::option::of((-100.0f64..100.0, 0.0f64..1.0)),
        count in prop::option::of(0u64..3),
        depths in prop::option::of(prop::collection::vec((0.0f64..100.0, 0u32..9), 0..4)),
    ) -> Sample {
        let mut page = Lane::new(LaneKind::Page, 1, page);
        page.beats_ms = beats.into_iter().map(|at| 1e12 + at).collect();
        page.queue = depths.map(|depths| {
            let change = |(at, depth)| DepthChange { at_ms: 1e12 + at, depth };
            QueueDepth { bound: 8, changes: depths.into_iter().map(change).collect() }
        });
        let mut thread = Lane::new(LaneKind::Thread, 2, thread);
        thread.clock = clock.map(|(offset_ms, residual_ms)| ClockCheck { offset_ms, residual_ms });
        Sample {
            started_ms: 1e12,
            ended_ms: 1e12 + total_ms,
            computations,
            lanes: vec![page, thread],
            blocked_ms: total_ms / 3.0,
            bytes_sent: bytes,
            bytes_received: bytes / 7,
            answer: Answer {
                digest: answer::digest(&[u8::from(count == Some(0))]),
                value: count.map(AnswerValue::Count),
                summary: match count {
                    Some(count) => Summary::Sorted { least: count, median: bytes << 20, greatest: u64::MAX },
                    None => Summary::Foreign { said: "ä\n\u{1}\"".into() },
                },
            },
        }
    }
}

/// A model of another program.
fn fibers() -> ExecutorKind {
    let fibers = ForeignModel::named("fibers", "Fibers", Memory::Own, 0);
    ExecutorKind::Foreign(fibers.expect("there is room"))
}

prop_compose! {
    fn any_measured()(
        kind in prop::option::weighted(0.8, 0..ExecutorKind::ALL.len()),
        workers in 1u32..4,
        startup_ms in 0.0f64..1e4,
        samples in prop::collection::vec(any_sample(), 0..6),
        fails in prop::bool::weighted(0.1),
    ) -> Measured {
        let lost = || match workers {
            1 => Failure::from(MemoryProblem::Exhausted { who: Who::Thread, asked: 1 << 60, in_use: 7 }),
            _ => Failure::stored(FailureKind::TaskFailed, "It failed. Try again.", None, None),
        };
        let kind = kind.map_or_else(fibers, |at| ExecutorKind::ALL[at]);
        let mut executor = Executor::new(kind, workers);
        if let Some(streaming) = kind.option(STREAMING.name).filter(|_| workers == 2) {
            executor.set(streaming, OptionValue::Flag(false)).expect("an option of it");
        }
        Measured {
            executor,
            startup_ms,
            started_again: fails && workers > 1,
            warm_up: WarmedUp { totals_ms: vec![startup_ms / 7.0; workers as usize], settled: fails },
            samples: if fails { Err(lost()) } else { Ok(samples) },
        }
    }
}

prop_compose! {
    /// Reports of any kind, with numbers as long as they come.
    pub fn reports()(
        measured in prop::collection::vec(any_measured(), 1..5),
        seed in 0u64..1 << 53,
        drift in 0.0f64..0.2,
        (center_x, span) in (-4.0f64..4.0, 1e-13f64..16.0),
    ) -> Report {
        let mut measured = measured;
        // As many samples of each model as there are blocks.
        let counts = measured.iter().map(|one| one.samples().len()).filter(|count| *count > 0);
        let fewest = counts.min().unwrap_or_default();
        for samples in measured.iter_mut().filter_map(|one| one.samples.as_mut().ok()) {
            samples.truncate(fewest);
        }
        let params = [("centerX".to_owned(), center_x.into()), ("span".to_owned(), span.into())];
        let params = Params::from_iter(params);
        of(Workload::new(WorkloadId::Mandelbrot, &params).expect("valid"), seed, drift, &measured)
    }
}
