//! What the reports of the sharing card's experiments come to.

mod by_hand;

use by_hand::{report_of, sample};
use concurrency_playground::failure::{Failure, FailureKind, MemoryProblem, Result};
use concurrency_playground::measure::report::{Measured, Moved, Report, WarmedUp};
use concurrency_playground::measure::sharing::{Costs, Overtaking, SIZES, SharingStep, Way, steps};
use concurrency_playground::measure::study::{Study, StudyStep, Summary};

/// The report of a step whose sums took these times in ms, and moved so many bytes.
fn report(step: &SharingStep, takes: impl Fn(Way) -> Result<(f64, u64), Failure>) -> Report {
    let measured = |way: &Way| {
        let samples = takes(*way).map(|(ms, bytes_sent)| {
            let mut sample = sample(ms, "the same");
            (sample.bytes_sent, sample.bytes_received) = (bytes_sent, bytes_sent / 100);
            vec![sample; 3]
        });
        let warm_up = WarmedUp::default();
        Measured {
            executor: way.executor(),
            startup_ms: 1.0,
            started_again: false,
            warm_up,
            samples,
        }
    };
    let measured: Vec<_> = step.ways.iter().map(measured).collect();
    report_of(step.experiment.clone(), &measured)
}

#[test]
fn a_table_comes_of_the_reports_size_by_size() {
    let mut costs = Costs::default();
    let steps = steps(&Way::ALL).expect("within bounds");
    for step in &steps {
        let work_ms = step.bytes as f64 / 1e6;
        costs.note(
            step,
            Ok(&report(step, |way| match way {
                Way::Copy => Ok((0.5 + 4.0 * work_ms, step.bytes)),
                Way::Initializer if step.bytes == 1 << 28 => {
                    Err(MemoryProblem::DoesNotFit { bytes: 2, most: 1 }.into())
                }
                Way::Initializer => Ok((0.5 + work_ms, 0)),
                _ => Ok((work_ms, 0)),
            })),
        );
    }
    let sizes: Vec<_> = costs.rows().iter().map(|row| row.bytes).collect();
    assert_eq!(sizes, SIZES);
    assert_eq!(costs.overtaking(Way::Copy), Some(Overtaking::Always));
    // 0.5 ms are more than the sum of 256 KB takes, and less than that of 1 MB.
    assert_eq!(costs.overtaking(Way::Initializer), Some(Overtaking::UpTo(1 << 18)));
    let last = &costs.rows()[6];
    let lost = last.costs[&Way::Initializer].as_ref().expect_err("it does not fit");
    assert_eq!(lost.kind(), FailureKind::OutOfMemory);
    let copied = last.costs[&Way::Copy].as_ref().expect("a cost");
    let Moved { sent, received, per_s } = copied.moved.expect("something moves");
    assert_eq!((sent, received), (1 << 28, (1 << 28) / 100));
    let expected = (sent + received) as f64 / copied.median_ms * 1000.0;
    assert!((per_s / expected - 1.0).abs() < 1e-9);
    assert_eq!(last.costs[&Way::Threads].as_ref().expect("a cost").moved, None);
}

#[test]
fn a_study_sums_up_the_reports_of_its_steps() {
    let mut study = Study::sharing(&[Way::MainThread, Way::Copy]).expect("within bounds");
    while let Some(StudyStep::Sharing(step)) = study.next_step().cloned() {
        let came = report(&step, |way| Ok((if way == Way::Copy { 4.0 } else { 1.0 }, 1)));
        study.note(Ok(&came)).expect("it goes on");
    }
    assert_eq!(study.done(), study.plan().len());
    let Summary::Sharing(costs) = study.summary() else { panic!("it is about sharing") };
    assert_eq!(costs.rows().len(), SIZES.len());
    assert!(costs.rows().iter().all(|row| row.ms(Way::Copy) == Some(4.0)));
}
