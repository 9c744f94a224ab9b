use super::*;
use crate::measure::sharing::SIZES;
use crate::workloads::WorkloadId;

fn experiment() -> Experiment {
    Experiment::default_for(WorkloadId::Primes, 2).expect("within bounds")
}

fn failed(kind: FailureKind) -> Failure {
    Failure::stored(kind, "It failed.", None, None)
}

#[test]
fn a_comparison_is_one_experiment_as_it_was_given() {
    let study = Study::comparison(experiment());
    let step = study.next_step().expect("there is one");
    assert_eq!((study.plan().len(), step.experiment()), (1, &experiment()));
}

#[test]
fn scaling_has_all_widths_take_turns_in_one_experiment() {
    let study = Study::scaling(&experiment(), ExecutorKind::Threads, 2);
    let executors = &study.plan()[0].experiment().executors;
    let widths: Vec<_> = executors.iter().skip(1).map(|one| one.workers()).collect();
    assert_eq!((study.plan().len(), &widths[..]), (1, &[1, 2, 3, 4][..]));
    assert_eq!(executors[0].kind(), ExecutorKind::MainThread);
}

#[test]
fn a_step_that_fails_leaves_the_others_to_be_run() {
    let mut study = Study::sharing(&[Way::Copy]).expect("within bounds");
    let failure = failed(FailureKind::OutOfMemory);
    for at in 0..SIZES.len() {
        assert_eq!((study.done(), study.next_step()), (at, study.plan().get(at)));
        assert_eq!(study.note(Err(&failure)), Ok(()));
    }
    assert_eq!((study.done(), study.next_step()), (SIZES.len(), None));
    let Summary::Sharing(costs) = study.summary() else { panic!("it is about sharing") };
    assert!(costs.rows().iter().all(|row| row.costs[&Way::Copy] == Err(failure.clone())));
}

#[test]
fn cancelling_ends_a_study_and_keeps_what_there_is() {
    let mut study = Study::sharing(&[Way::Copy]).expect("within bounds");
    study.note(Err(&failed(FailureKind::OutOfMemory))).expect("it goes on");
    for kind in [FailureKind::Cancelled, FailureKind::Unavailable] {
        assert_eq!(study.note(Err(&failed(kind))), Err(failed(kind)));
        assert_eq!(study.done(), 1);
    }
}
